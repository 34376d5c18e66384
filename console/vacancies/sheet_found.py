"""What a sheet of vacancies would do (岗位表核对): every line beside the pool, lines to correct, the confirmation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import Conflict
from console import words
from console.asking import Posted, for_roles
from console.export import exported
from console.forms import Form, Mistake
from console.listing import Column
from console.rendering import page
from console.sending_on import go
from console.vacancies.areas import own_areas
from console.vacancies.entering import Writer
from console.vacancies.pool import HERE, pay_words
from console.vacancies.reading import LABELS
from console.vacancies.sheet_lines import SheetRead, WrongCell, read_sheet
from desk import vacancy_sheets
from desk.desk import Caller, Desk
from desk.errors import NotFound
from desk.vacancies import WRITERS
from desk.vacancy_sheets import KEPT_FOR, Becomes, Compared
from records.vacancy_sheets import KeptSheet
from register.sheet_fields import REASONS
from register.vacancy import Demand, Education, Offered, Vacancy

router = APIRouter()

SHEET = HERE + "/sheet/{sheet_id}"
SheetId = Annotated[str, Path(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
SHOWN, SHOWN_WRONG = 100, 50


@router.get(SHEET, **for_roles(WRITERS))
def found(request: Request, desk: OurDesk, caller: Writer, sheet_id: SheetId) -> Response:
    return _page(request, desk, caller, vacancy_sheets.find(desk, caller, sheet_id))


@router.get(SHEET + "/errors.xlsx", **for_roles(WRITERS))
def errors(desk: OurDesk, now: Now, caller: Writer, sheet_id: SheetId) -> Response:
    """The wrong lines in the columns of the sheet, with the reason in the last: to be corrected and imported again."""
    kept = vacancy_sheets.find(desk, caller, sheet_id)
    read = _read(desk, caller, kept)
    if not read.bad:
        raise NotFound("文件")
    vacancy_sheets.log_errors(desk, caller, sheet_id, now)
    places = [place for place, title in enumerate(read.header) if title != REASONS]
    columns = [_column(at, read.header[place]) for at, place in enumerate(places)]
    columns.append(_column(len(places), REASONS))
    answer = exported("vacancy-errors", columns, _bad_rows(read, places), "xlsx")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.post(SHEET + "/confirm", **for_roles(WRITERS))
async def confirmed(
    request: Request, desk: OurDesk, now: Now, caller: Writer, sheet_id: SheetId, form: Posted
) -> Response:
    return await run_in_threadpool(_confirm, request, desk, now, caller, sheet_id, form)


def _confirm(request: Request, desk: Desk, now: datetime, caller: Caller, sheet_id: str, form: Form) -> Response:
    kept = vacancy_sheets.find(desk, caller, sheet_id)
    here = f"{HERE}/sheet/{sheet_id}"
    if kept.taken_at is not None:
        return go(here)
    if not form.ticked("sure", "yes"):
        wrong = (Mistake("sure", "请核对各行，勾选确认后再导入"),)
        return _page(request, desk, caller, kept, form=form, mistakes=wrong)
    entries = _read(desk, caller, kept).entries
    if entries:
        try:
            vacancy_sheets.take_in(desk, caller, sheet_id, entries, now)
        except Conflict:  # a second click: the first one did it
            return go(here)
    return go(here)


def _read(desk: Desk, caller: Caller, kept: KeptSheet) -> SheetRead:
    with desk.record.read() as work:
        areas = own_areas(work, caller)
    return read_sheet(kept.content, f"sheet.{kept.kind}", areas)


def _page(
    request: Request,
    desk: Desk,
    caller: Caller,
    kept: KeptSheet,
    *,
    form: Form | None = None,
    mistakes: tuple[Mistake, ...] = (),
) -> Response:
    read = _read(desk, caller, kept)
    compared = vacancy_sheets.compare(desk, caller, read.entries) if kept.taken_at is None else ()
    counts = {each: sum(one.becomes is each for one in compared) for each in Becomes}
    return page(
        request,
        "vacancies/sheet_found.html",
        title="核对岗位表",
        status=422 if mistakes else 200,
        here=f"{HERE}/sheet/{kept.sheet_id}",
        kept=kept,
        counts=tuple((each.words, f"{number} 个") for each, number in counts.items() if number),
        to_write=len(compared) - counts[Becomes.SAME],
        right=len(read.entries),
        lines=_lines(compared),
        shown=SHOWN,
        wrong=read.wrong[:SHOWN_WRONG],
        wrongs=len(read.wrong),
        bad=len(read.bad),
        kept_for=KEPT_FOR.days,
        form=form or Form(),
        mistakes=mistakes,
    )


def _lines(compared: Sequence[Compared]) -> list[tuple[Compared, str, str, tuple[str, ...]]]:
    """Return the lines that do something first, with pay, places and what would change."""
    order = sorted(compared, key=lambda one: (one.becomes is Becomes.SAME, one.line))[:SHOWN]
    return [(one, pay_words(Offered(one.vacancy)), _posts(one.vacancy), changes_of(one)) for one in order]


def _posts(vacancy: Vacancy) -> str:
    return f"{vacancy.posts}人" + (f"（预留{vacancy.reserved}人）" if vacancy.reserved else "")


def changes_of(one: Compared) -> tuple[str, ...]:
    """Say field by field what a line would change: 招用人数：3 → 5."""
    if one.before is None:
        return ()
    pairs = [(name, getattr(one.before, name), getattr(one.vacancy, name)) for name in LABELS if name != "contact"]
    said = [f"{LABELS[name]}：{_said(name, old)} → {_said(name, new)}" for name, old, new in pairs if old != new]
    return (*said, "联系人和电话：有变化") if one.new_contact else tuple(said)


def _said(name: str, value: object) -> str:
    match value:
        case None | "" | ():
            return "未填"
        case Education():
            return value.words
        case tuple():
            return "、".join(each.words for each in value if isinstance(each, Demand))
        case int() if name in ("pay_fen", "pay_to_fen"):
            return words.yuan(value)
        case _ if name == "channel":
            return Vacancy("", "", "", 0, "", channel=str(value)).channel_words
        case _ if name in ("open_from", "open_until"):
            return words.day(value)  # type: ignore[arg-type]
        case _:
            return str(value)


def _column(at: int, title: str) -> Column[list[str]]:
    return Column(str(at), title or f"第{at + 1}列", lambda row: row[at])


def _bad_rows(read: SheetRead, places: Sequence[int]) -> list[list[str]]:
    told: dict[int, list[str]] = {}
    for cell in read.wrong:
        told.setdefault(cell.line, []).append(_reason(cell))
    return [
        [*(cells[place] if place < len(cells) else "" for place in places), "；".join(told.get(line, []))]
        for line, cells in read.bad
    ]


def _reason(cell: WrongCell) -> str:
    return f"第{cell.line}行“{cell.column}”：{cell.words}"
