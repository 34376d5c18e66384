"""The rows behind a number of the statistics (统计数字的明细), as a list and as a file of the same.

A member is its number in the case; who it is, the case itself says to those who may see it.
"""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from console.asking import for_roles
from console.export import MOST_ROWS, exported
from console.figures.asked import LIST, PATH, View, view_of
from console.figures.pages import OFFICE, Office
from console.listing import SIZE, Column, Listing, wanted
from console.rendering import page
from console.words import day, yuan
from desk.desk import Caller, Desk
from desk.errors import NotFound
from policies.groups_subsidies import CHANNELS
from records.ledger_names import office_names
from records.member_measures import MARKS
from records.statistic_rows import StatisticRow, statistic_rows
from records.statistics import COMPARED, MARKED, STATISTICS, Of, Statistic

router = APIRouter()

FILTERS = ("figure", "day", "since", "until", "area")
_CHANNELS: dict[str, str] = dict(CHANNELS.items())
_DAYS = {Of.HOUSEHOLDS: "消除日期", Of.MEMBERS: "上岗日期", Of.PLACEMENTS: "上岗日期", Of.MARKED: "标记日期"}
EMPTY = "没有计入这个数字的记录。请换一个日期、期间或地区。"


def _a_head(fen: int | None, heads: int | None) -> str:
    return f"{yuan(fen)}，{heads}人" if heads else "—"


def _columns(this: Statistic, offices: dict[str, str]) -> tuple[Column[StatisticRow], ...]:
    columns: list[Column[StatisticRow]] = [
        Column("case", "个案编号", lambda row: row.case_id, lambda row: f"/cases/{row.case_id}"),
        Column("office", "机构", lambda row: offices.get(row.office, row.office)),
        Column("state", "家庭状态", lambda row: row.state.words),
    ]
    if this.of is not Of.HOUSEHOLDS:
        columns.append(Column("member", "成员", lambda row: row.member or "—"))
    if this.of in (Of.MEMBERS, Of.PLACEMENTS):
        columns.append(Column("channel", "就业渠道", lambda row: _CHANNELS.get(row.channel or "", "—")))
    columns.append(Column("day", _DAYS[this.of], lambda row: day(row.day)))
    if this is COMPARED:
        columns.append(Column("before", "认定时月收入和人口", lambda row: _a_head(row.before_fen, row.before_heads)))
        columns.append(Column("now", "现在月收入和人口", lambda row: _a_head(row.now_fen, row.now_heads)))
    return tuple(columns)


@router.get(LIST, **for_roles(OFFICE))
def behind(request: Request, desk: OurDesk, caller: Office, now: Now) -> Response:
    view, this, listing = _listed(request, desk, caller, now, whole=False)
    title = _title(this)
    return page(request, "figures/list.html", title=title, listing=listing, view=view, words=title, back=PATH)


@router.get(LIST + "/export.{kind}", **for_roles(OFFICE))
def export(
    request: Request, desk: OurDesk, caller: Office, now: Now, kind: Annotated[str, Path(pattern="^(csv|xlsx)$")]
) -> Response:
    view, this, listing = _listed(request, desk, caller, now, whole=True)
    return exported(f"figures-{this.code}-{view.asked.day}", listing.columns, listing.rows, kind)


def _title(this: Statistic) -> str:
    for mark, these in MARKED.items():
        if this in these:
            return f"{MARKS[mark]}：{this.words}"
    return this.words


def _listed(
    request: Request, desk: Desk, caller: Caller, now: datetime, *, whole: bool
) -> tuple[View, Statistic, Listing[StatisticRow]]:
    said = wanted(request, sorts=(), filters=FILTERS)
    this = STATISTICS.get(said.get("figure") or "")
    if this is None:
        raise NotFound("统计数字")
    with desk.record.read() as work:
        view = view_of(request, work, desk, caller, now)
        offset, limit = (0, MOST_ROWS) if whole else (said.offset, SIZE)
        rows, total = statistic_rows(work, caller.scope, view.asked, this, offset=offset, limit=limit)
        names = office_names(work)
    return view, this, Listing("figures", LIST, _columns(this, names), rows, total, said, EMPTY, total <= MOST_ROWS)
