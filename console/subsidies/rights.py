"""Entitled and not claimed (应享未享): the first page of subsidies, with the way to claim each."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from casework.times import in_words, local_date
from console.asking import Staff, for_roles
from console.export import MOST_ROWS, exported
from console.listing import SIZE, Column, Listing, Wanted, wanted
from console.rendering import page
from console.subsidies.shown import BY_WORDS, KIND_CHOICES, Line, area_of, lines, tabs
from desk.desk import Caller, Desk
from policies.groups_subsidies import CHANNELS
from records import benefit_tasks
from records.subsidy_applications import count_of as applied_count
from records.subsidy_applications import listed
from records.subsidy_ends import ends_soon
from records.subsidy_rights import Right, count_of, unclaimed
from records.subsidy_rights import page as page_of
from register.subsidies import kind_words

router = APIRouter()

HERE = "/subsidies"
FILTERS = ("kind", "area")
EMPTY = "没有应享未享的补贴。登记就业、培训、鉴定或创业贷款后，符合办法的会自动列在这里。"


COLUMNS: tuple[Column[Line[Right]], ...] = (
    Column("case", "个案", lambda x: x.row.case_id, link=lambda x: f"/cases/{x.row.case_id}/subsidies"),
    Column("who", "成员", lambda x: x.who),
    Column("kind", "可以申请", lambda x: kind_words(x.row.kind)),
    Column("by", "由谁申请", lambda x: BY_WORDS[x.row.by]),  # type: ignore[index]
    Column("because", "依据", lambda x: _because(x.row)),
    Column("since", "自", lambda x: in_words(x.row.since)),
)


def _because(right: Right) -> str:
    return CHANNELS.get(right.channel, right.channel) if right.channel else "已登记的措施"  # type: ignore[call-overload]


@router.get(HERE, **for_roles(STAFF))
def rights(request: Request, desk: OurDesk, now: Now, caller: Staff) -> Response:
    asked = wanted(request, sorts=(), filters=FILTERS)
    found, total = _read(desk, caller, now, asked, asked.offset, SIZE)
    listing = Listing("subsidy-rights", HERE, COLUMNS, found, total, asked, EMPTY)
    return page(
        request,
        "subsidies/rights.html",
        title="应享未享的补贴",
        tabs=tabs(caller.role, HERE),
        listing=listing,
        kinds=KIND_CHOICES,
        waiting=_waiting(desk, caller, now),
    )


@router.get(f"{HERE}/export.{{kind}}", **for_roles(STAFF))
def export(request: Request, desk: OurDesk, now: Now, caller: Staff, kind: str) -> Response:
    asked = wanted(request, sorts=(), filters=FILTERS)
    found, _ = _read(desk, caller, now, asked, 0, MOST_ROWS)
    return exported("subsidy-rights", COLUMNS, found, kind)


def _waiting(desk: Desk, caller: Caller, now: Now) -> tuple[tuple[str, str], ...]:
    """Return what else there is to see to: what ends soon, what is to be coordinated, what is past its limit."""
    today = local_date(now)
    with desk.record.read() as work:
        ending = applied_count(work, listed(caller.scope, also=ends_soon(today)))
        open_tasks = benefit_tasks.listed(caller.scope)
        tasks, late = benefit_tasks.count_of(work, open_tasks), benefit_tasks.late(work, open_tasks, today)
    return (
        *((("/subsidies/ending", f"{ending}项补贴即将到期，看能否续期"),) if ending else ()),
        *((("/subsidies/coordination", f"{tasks}项待遇衔接待协调，其中{late}项已过期限"),) if tasks else ()),
    )


def _read(
    desk: Desk, caller: Caller, now: Now, asked: Wanted, offset: int, limit: int
) -> tuple[list[Line[Right]], int]:
    kind = asked.get("kind")
    known = kind if kind in dict(KIND_CHOICES) else None
    with desk.record.read() as work:
        rights = unclaimed(caller.scope, local_date(now), area=area_of(asked.get("area")), kind=known)
        if rights is None:
            return [], 0
        return lines(work, page_of(work, rights, offset=offset, limit=limit)), count_of(work, rights)
