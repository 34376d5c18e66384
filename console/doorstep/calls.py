"""Calling a household (打电话): numbers are shown once, after a logged look; the result is saved afterwards.

A call is an attempt only when its result is saved: opening this page, or the dialler, counts for nothing.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from console import one_look
from console.asking import Helper, for_roles
from console.doorstep.at_hand import AtHand, at_hand
from console.doorstep.kinds import KINDS, choices, opened
from console.doorstep.reading import CALL_RESULTS
from console.doorstep.today import HELPERS
from console.rendering import page
from console.sending_on import go
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from records.household_pages import HouseholdPage, open_household, whole_household

router = APIRouter()

REASON = "电话联系本户"
"""What the view log says; who calls a household of its own needs no other reason."""


@router.post("/doorstep/{case_id}/phones", **for_roles(HELPERS))
def show_phones(request: Request, case_id: str, desk: OurDesk, caller: Helper, now: Now) -> Response:
    """Log the look and go on to the page that shows the numbers, once."""
    with desk.record.write() as work:
        or_not_found(open_household(work, caller.scope, case_id, reason=REASON, now=now))
    answer = go(f"/doorstep/{case_id}/call")
    one_look.grant(request, answer, case_id, now)
    return answer


@router.get("/doorstep/{case_id}/call", **for_roles(HELPERS))
def call(request: Request, case_id: str, desk: OurDesk, caller: Helper, now: Now) -> Response:
    """Show whom to call, whole only right after `show_phones`, and under it the form of the result."""
    hand = at_hand(desk, caller, case_id, now)
    whole = one_look.granted(request, case_id, now)
    people = _whole(desk, caller, case_id) if whole else hand.people
    kind = KINDS["contact"]
    given = choices(kind, hand, "")
    answer = page(
        request,
        "doorstep/call.html",
        title="打电话",
        hand=hand,
        whole=whole,
        lines=_lines(hand, people),
        address=people.address,
        form=opened(kind, hand),
        action=f"/doorstep/{case_id}/contact",
        seen=hand.row.seq,
        checked="",
        filled_on=hand.today.isoformat(),
        filled_at=int(now.timestamp()),
        **{**given, "results": CALL_RESULTS},
    )
    if whole:
        one_look.spend(request, answer)
    return answer


def _whole(desk: Desk, caller: Caller, case_id: str) -> HouseholdPage:
    with desk.record.read() as work:
        return or_not_found(whole_household(work, caller.scope, case_id))


def _lines(hand: AtHand, people: HouseholdPage) -> tuple[tuple[str, str, str], ...]:
    """Return relation, name and phone of the members who are there, those to find work first."""
    present = {m.member_id: m.relation.value for m in hand.case.household.members if m.left_on is None}
    there = [p for p in people.persons if p.member_id in present]
    there.sort(key=lambda p: (not p.phone, p.member_id not in hand.case.standing.base))
    return tuple((present[p.member_id], p.name, p.phone or "") for p in there)
