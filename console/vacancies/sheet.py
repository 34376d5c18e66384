"""Handing in a sheet of vacancies (导入岗位表), and its template; what it would do is in `sheet_found.py`."""

from datetime import datetime
from pathlib import PurePath

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from console.asking import Posted, for_roles
from console.export import exported
from console.forms import Form, Mistake
from console.listing import Column
from console.rendering import page
from console.sending_on import go
from console.vacancies.areas import own_areas
from console.vacancies.entering import Writer
from console.vacancies.pool import HERE
from console.vacancies.reading import LABELS, REQUIRED
from console.vacancies.sheet_lines import MOST_LINES, read_sheet
from desk import vacancy_sheets
from desk.desk import Caller, Desk
from desk.vacancies import WRITERS
from register.survey import SheetUnreadable
from register.vacancy import CHANNEL_WORDS, DEMAND_WORDS, EDUCATION_WORDS

router = APIRouter()

EXAMPLE = {
    "employer": "向阳物业公司",
    "title": "保洁员",
    "channel": "单位吸纳",
    "posts": "3",
    "reserved": "1",
    "pay_fen": "2600",
    "area": "220302004",
    "skills": "保洁",
    "education": "不限",
    "demands": "长时间站立",
    "open_until": "2026-12-31",
}


@router.get(HERE + "/sheet", **for_roles(WRITERS))
def upload(request: Request, desk: OurDesk, caller: Writer) -> Response:
    return _page(request, desk, caller)


@router.get(HERE + "/sheet/template.{kind}", **for_roles(WRITERS))
def template(_: Writer, kind: str) -> Response:
    """An empty sheet with one line as an example."""
    columns = tuple(_column(name) for name in LABELS)
    return exported("vacancy-sheet", columns, (EXAMPLE,), kind)


@router.post(HERE + "/sheet/uploads", **for_roles(WRITERS))
async def uploaded(request: Request, desk: OurDesk, now: Now, caller: Writer, form: Posted) -> Response:
    file = form.file("file")
    if file is None:
        return _page(request, desk, caller, mistakes=(Mistake("file", "请选择一个岗位表（.xlsx或.csv）"),))
    content = await file.read()
    return await run_in_threadpool(_keep, request, desk, now, caller, content, file.filename or "")


def _keep(request: Request, desk: Desk, now: datetime, caller: Caller, content: bytes, filename: str) -> Response:
    with desk.record.read() as work:
        areas = own_areas(work, caller)
    try:
        read_sheet(content, filename, areas)
    except SheetUnreadable as error:
        return _page(request, desk, caller, mistakes=(Mistake("file", error.message),))
    kind = PurePath(filename).suffix.lower().lstrip(".")
    return go(f"{HERE}/sheet/{vacancy_sheets.keep(desk, caller, kind, content, now)}")


def _page(
    request: Request,
    desk: Desk,
    caller: Caller,
    *,
    mistakes: tuple[Mistake, ...] = (),
) -> Response:
    with desk.record.read() as work:
        areas = own_areas(work, caller)
    return page(
        request,
        "vacancies/sheet.html",
        title="导入岗位表",
        status=422 if mistakes else 200,
        columns=tuple((label, name in REQUIRED) for name, label in LABELS.items()),
        lists=(
            ("就业渠道", "、".join(CHANNEL_WORDS.values())),
            ("学历要求", "、".join(EDUCATION_WORDS.values())),
            ("身体要求（可写几项，用顿号隔开）", "、".join(DEMAND_WORDS.values())),
        ),
        areas=tuple(areas.items()),
        most=MOST_LINES,
        form=Form(),
        mistakes=mistakes,
    )


def _column(name: str) -> Column[dict[str, str]]:
    return Column(name, LABELS[name], lambda row: row.get(name, ""))
