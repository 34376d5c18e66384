"""The households behind a number of a report (数字对应的户), each with the event that made it count; also as a file."""

from fastapi import APIRouter
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
from console.reports.one import CHANNELS
from desk.desk import Caller, Desk
from desk.errors import NotFound
from desk.monthly_reports import Seen, own_area, see
from records.figure_rows import known_areas
from records.report_rows import CHANNEL, Row, known, rows_behind

router = APIRouter()

PATH = "/reports/{month}/{area}/rows"
COUNT_WORDS = {
    "opening": "月初实存户数",
    "closing": "月末实存户数",
    "new": "本月新认定户数",
    "returned": "恢复认定户数",
    "transferred_in": "转入户数",
    "transferred_out": "转出户数",
    "corrected": "更正以前月份的户数",
    "eliminated": "本月消除户数",
    "exited": "其他退出户数",
    "revoked": "撤销认定户数",
    "placed": "本月实现就业人次",
    "members": "本月实现就业人数",
    "members_corrected": "更正以前月份的就业人数",
    "late_placements": "更正以前月份的就业人次",
    "all_recognised": "累计认定户数",
    "all_revoked": "累计撤销认定户数",
    "all_eliminated": "累计消除户次",
    "all_employed": "累计实现就业人数",
}


@router.get(PATH, **for_roles(EVERYONE))
def rows(request: Request, desk: OurDesk, now: Now, caller: Reader, month: Month, area: Area) -> Response:
    asked = wanted(request, sorts=(), filters=("count",))
    seen = see(desk, caller, area, month, now)
    listing = _listing(desk, caller, seen, asked, asked.offset, SIZE)
    count = asked.get("count") or ""
    return page(
        request,
        "reports/rows.html",
        title=_called(count),
        seen=seen,
        month_words=month_in_words(month),
        called=_called(count),
        number=seen.whole.channels.get(count.removeprefix(CHANNEL), 0)
        if count.startswith(CHANNEL)
        else seen.whole.counts.get(count),
        before_the_record=count in ("all_recognised", "all_eliminated", "all_employed"),
        listing=listing,
    )


@router.get(PATH + "/export.{kind}", **for_roles(EVERYONE))
def export(request: Request, desk: OurDesk, now: Now, caller: Reader, month: Month, area: Area, kind: str) -> Response:
    asked = wanted(request, sorts=(), filters=("count",))
    listing = _listing(desk, caller, see(desk, caller, area, month, now), asked, 0, MOST_ROWS)
    return exported(listing.name, listing.columns, listing.rows, kind)


def _called(count: str) -> str:
    if count.startswith(CHANNEL):
        code = count.removeprefix(CHANNEL)
        return f"本月实现就业人次：{CHANNELS.get(code, code)}"
    return COUNT_WORDS[count]


def _listing(desk: Desk, caller: Caller, seen: Seen, asked: Wanted, offset: int, limit: int) -> Listing[Row]:
    count = asked.get("count") or ""
    if not known(count):
        raise NotFound("数字")
    with desk.record.read() as work:
        found, total = rows_behind(work, seen.area, seen.month, count, offset=offset, limit=limit)
        names = known_areas(work, tuple({row.office for row in found}))
    mine = own_area(caller)

    def link(row: Row) -> str | None:
        inside = row.now_at == mine if caller.role is Role.CASEWORKER else row.now_at.startswith(mine)
        return f"/cases/{row.case_id}/timeline#event-{row.seq}" if inside else None

    columns: tuple[Column[Row], ...] = (
        Column("case_id", "个案", lambda r: r.case_id, link),
        Column("office", "当时的机构", lambda r: names.get(r.office, r.office)),
        Column("kind", "变动", lambda r: r.kind.words),
        Column("member", "成员", lambda r: r.member or "—"),
        Column("on", "事实日期", lambda r: words.day(r.on)),
        Column("known_on", "记录日期", lambda r: words.day(r.known_on)),
        Column("event", "事件", lambda r: f"第{r.seq}号"),
        Column("sign", "计入", lambda r: f"{r.sign:+d}", number=True),
    )
    path = f"/reports/{seen.month}/{seen.area}/rows"
    empty = "这个数字没有对应的个案。可能是期初累计数，或增减相抵。"
    return Listing(f"report-{seen.month}-{seen.area}-rows", path, columns, found, total, asked, empty)
