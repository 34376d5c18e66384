"""The households behind a number of a report (数字对应的户), each with the event that made it count; also as a file."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.states import Role
from casework.times import month_in_words
from console import words
from console.asking import for_roles
from console.export import MOST_ROWS, exported
from console.listing import SIZE, Column, Listing, Wanted, wanted
from console.rendering import page
from console.reports.asking import EVERYONE, Area, Month, Reader
from console.reports.numbers import CHANNELS, FILTERS, Number, number_asked
from desk.desk import Caller, Desk
from desk.monthly_reports import Seen, own_area, see
from records.figure_rows import known_areas
from records.report_rows import Listed, Row, rows_behind

router = APIRouter()

PATH = "/reports/{month}/{area}/rows"
EMPTY = "这个数字没有可列的个案。"


@router.get(PATH, **for_roles(EVERYONE))
def rows(request: Request, desk: OurDesk, now: Now, caller: Reader, month: Month, area: Area) -> Response:
    asked = wanted(request, sorts=(), filters=FILTERS)
    seen = see(desk, caller, area, month, now)
    number = number_asked(seen, asked.filters)
    listed, listing, names = _listing(desk, caller, seen, number, asked, asked.offset, SIZE)
    place = number.behind.office or seen.area
    return page(
        request,
        "reports/rows.html",
        title=number.words,
        seen=seen,
        name=names.get(place, place),
        month_words=month_in_words(month),
        number=number,
        listed=listed,
        before_the_record=number.value - listed.number if number.balance else 0,
        listing=listing,
    )


@router.get(PATH + "/export.{kind}", **for_roles(EVERYONE))
def export(
    request: Request,
    desk: OurDesk,
    now: Now,
    caller: Reader,
    month: Month,
    area: Area,
    kind: Annotated[str, Path(pattern="^(csv|xlsx)$")],
) -> Response:
    asked = wanted(request, sorts=(), filters=FILTERS)
    seen = see(desk, caller, area, month, now)
    _, listing, _ = _listing(desk, caller, seen, number_asked(seen, asked.filters), asked, 0, MOST_ROWS)
    return exported(listing.name, listing.columns, listing.rows, kind)


def _listing(
    desk: Desk, caller: Caller, seen: Seen, number: Number, asked: Wanted, offset: int, limit: int
) -> tuple[Listed, Listing[Row], dict[str, str]]:
    behind = number.behind
    with desk.record.read() as work:
        listed = rows_behind(work, behind, offset=offset, limit=limit)
        names = known_areas(work, tuple({row.office for row in listed.rows} | {seen.area, behind.office or seen.area}))
    mine = own_area(caller)

    def link(row: Row) -> str | None:
        inside = row.now_at == mine if caller.role is Role.CASEWORKER else row.now_at.startswith(mine)
        return f"/cases/{row.case_id}/timeline#event-{row.seq}" if inside else None

    columns: tuple[Column[Row], ...] = (
        Column("case_id", "个案", lambda r: r.case_id, link),
        Column("office", "当时的机构", lambda r: names.get(r.office, r.office)),
        Column("kind", "变动", lambda r: r.kind.words),
        Column("member", "成员", lambda r: r.member or "—"),
        Column("channel", "就业渠道", lambda r: CHANNELS.get(r.channel or "", "—")),
        Column("on", "事实日期", lambda r: words.day(r.on)),
        Column("known_on", "记录日期", lambda r: words.day(r.known_on)),
        Column("event", "事件", lambda r: f"第{r.seq}号"),
        Column("sign", "计入", lambda r: f"{r.sign:+d}", number=True),
    )
    total = {None: listed.plus + listed.minus, 1: listed.plus, -1: listed.minus}[behind.sign]
    path = f"/reports/{seen.month}/{seen.area}/rows"
    name = f"report-{seen.month}-{seen.area}-rows"
    return listed, Listing(name, path, columns, listed.rows, total, asked, EMPTY, total <= MOST_ROWS), names
