"""Numbers of areas by month (登记失业人数): entered in a small form or as a sheet; the radar judges by them (A31)."""

from datetime import datetime

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from console.asking import Posted, Supervisor, for_roles
from console.export import exported
from console.forms import Form, Mistake
from console.inspections.asked import ONLY, ROOT, area_names
from console.listing import SIZE, Column, Listing, wanted
from console.rendering import page
from console.sending_on import go
from console.supervision.area import view_of
from desk.desk import Caller, Desk
from desk.radar import months_before
from records.area_months import AreaNumbers, KeptNumbers, keep_numbers, numbers_of
from records.scope import area_prefix
from register.area_sheet import COLUMNS, PLATFORM, AreaLine, BadNumbers, read_line, read_numbers

router = APIRouter(prefix=ROOT + "/areas")

HERE = f"{ROOT}/areas"
SHOWN_MONTHS = 12
LARGEST = 2 * 1024 * 1024


@router.get("", **for_roles(ONLY))
def numbers(request: Request, desk: OurDesk, now: Now, caller: Supervisor) -> Response:
    return _page(request, desk, now, caller, Form(), ())


@router.get("/export.{kind}", **for_roles(ONLY))
def export(request: Request, desk: OurDesk, now: Now, caller: Supervisor, kind: str) -> Response:
    """The numbers in the very form in which they are imported."""
    with desk.record.read() as work:
        last = months_before(view_of(request, work, desk, caller, now).today, SHOWN_MONTHS)
        kept = numbers_of(work, caller.scope, last)
    return exported("area-numbers", _columns({k.numbers.area: k.numbers.area for k in kept})[1:5], kept, kind)


@router.post("", **for_roles(ONLY))
async def enter(request: Request, desk: OurDesk, now: Now, caller: Supervisor, form: Posted) -> Response:
    """One area and month, as typed."""
    own, last = area_prefix(caller.area), await run_in_threadpool(_last_month, request, desk, caller, now)
    cells = [(form.text(name) or "").strip() for name in ("code", "month", "number", "platform")]
    try:
        if cells[3] not in PLATFORM or not cells[3]:
            raise BadNumbers("请选择有无平台")
        line = read_line(cells, own, last)
    except BadNumbers as bad:
        mistakes = tuple(Mistake(_field(words), words) for words in bad.mistakes)
        return await run_in_threadpool(_page, request, desk, now, caller, form, mistakes)
    await run_in_threadpool(_keep, desk, caller, now, (line,))
    return go(f"{HERE}?kept=1")


@router.post("/uploads", **for_roles(ONLY))
async def upload(request: Request, desk: OurDesk, now: Now, caller: Supervisor, form: Posted) -> Response:
    """A sheet: all of its lines, or none."""
    file = form.file("sheet")
    own, last = area_prefix(caller.area), await run_in_threadpool(_last_month, request, desk, caller, now)
    try:
        if file is None:
            raise BadNumbers("请选择一个表格（.xlsx 或 .csv）")
        raw = await file.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise BadNumbers("文件超过 2 MB，请分次导入")
        lines = await run_in_threadpool(read_numbers, raw, file.filename or "", own, last)
    except BadNumbers as bad:
        mistakes = tuple(Mistake("sheet", words) for words in bad.mistakes)
        return await run_in_threadpool(_page, request, desk, now, caller, form, mistakes)
    await run_in_threadpool(_keep, desk, caller, now, lines)
    return go(f"{HERE}?kept={len(lines)}")


def _keep(desk: Desk, caller: Caller, now: datetime, lines: tuple[AreaLine, ...]) -> None:
    rows = [AreaNumbers(line.area, line.month, line.registered_unemployed, line.platform) for line in lines]
    with desk.record.write() as work:
        keep_numbers(work, rows, account=caller.account, now=now)


def _last_month(request: Request, desk: Desk, caller: Caller, now: datetime) -> str:
    with desk.record.read() as work:
        return months_before(view_of(request, work, desk, caller, now).today, 1)[0]


def _field(words: str) -> str:
    """Return the field that a mistake is about."""
    starts = {"地区": "code", "月份": "month", "登记": "number"}
    return starts.get(words[:2], "platform")


def _columns(names: dict[str, str]) -> tuple[Column[KeptNumbers], ...]:
    return (
        Column("name", "地区", lambda r: names[r.numbers.area]),
        Column("area", COLUMNS[0], lambda r: r.numbers.area),
        Column("month", COLUMNS[1], lambda r: r.numbers.month),
        Column("number", COLUMNS[2], lambda r: str(r.numbers.registered_unemployed), number=True),
        Column("platform", COLUMNS[3], lambda r: "有" if r.numbers.platform else "无"),
        Column("account", "填报", lambda r: f"账号 {r.account}"),
    )


def _page(
    request: Request, desk: Desk, now: datetime, caller: Caller, form: Form, mistakes: tuple[Mistake, ...]
) -> Response:
    asked = wanted(request, sorts=(), filters=())
    kept_now = request.query_params.get("kept", "")
    with desk.record.read() as work:
        months = months_before(view_of(request, work, desk, caller, now).today, SHOWN_MONTHS)
        kept = numbers_of(work, caller.scope, months)
        rows = sorted(kept, key=lambda k: (k.numbers.month, k.numbers.area), reverse=True)
        shown = rows[asked.offset : asked.offset + SIZE]
        names = area_names(work, {row.numbers.area for row in shown})
    listing = Listing(
        "area-numbers",
        HERE,
        _columns(names),
        shown,
        len(rows),
        asked,
        f"最近{SHOWN_MONTHS}个月还没有填报。没有填报的地区不判断“持续为零”。",
    )
    return page(
        request,
        "inspections/areas.html",
        title="登记失业人数",
        status=422 if mistakes else 200,
        listing=listing,
        columns=COLUMNS,
        last=months[-1],
        kept_now=int(kept_now) if kept_now.isascii() and kept_now.isdigit() and len(kept_now) < 6 else 0,
        form=form,
        mistakes=mistakes,
    )
