"""The helper's first page (今天的帮扶户): who needs something today, a card each, the most urgent first, in pages.

The number in a text message is typed as it stands, or its last digits: it leads to the household when it is the
helper's, and else says so.
"""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.states import Role
from casework.table import allowed_steps
from console import words
from console.asking import Helper, for_roles
from console.doorstep.at_hand import TermsOf, promise_due
from console.doorstep.wants import RANK, Want, wants
from console.listing import wanted
from console.rendering import page
from console.sending_on import go
from desk import offline_entries
from desk.desk import Caller, Desk
from desk.following import plain_number
from records.applicants import Applicant, applicants_of, staff_names
from records.doorstep import A_PAGE, Helped, helped_ending, helped_households, how_many_helped
from records.worklists import LONGEST_LIST, TaskRow, my_tasks

router = APIRouter()

HELPERS = (Role.HELPER,)
ON_A_CARD = 3
TO_DO = {"retry", "adopt"}
"""What makes an offline entry the caller's to do; one that was handed over waits for somebody else."""


@dataclass(frozen=True, slots=True)
class Card:
    """One household of the list."""

    case_id: str
    who: str
    community: str
    state: str
    promise: words.Due | None
    wants: tuple[Want, ...]
    stands_for: str
    away: bool
    may: frozenset[str]

    @property
    def shown(self) -> tuple[Want, ...]:
        return self.wants[:ON_A_CARD]

    @property
    def more(self) -> int:
        return max(0, len(self.wants) - ON_A_CARD)

    @property
    def urgency(self) -> tuple[int, int, str]:
        first = min((want.rank for want in self.wants), default=len(RANK))
        return (first, -sum(want.rank == first for want in self.wants), self.case_id)


@router.get("/doorstep", **for_roles(HELPERS))
def today(request: Request, desk: OurDesk, caller: Helper, now: Now, number: str = "") -> Response:
    """Show today's households, or go to the one whose number was typed."""
    typed = plain_number(number)
    found: tuple[str, ...] = ()
    with desk.record.read() as work:
        total = how_many_helped(work, caller.scope)
        if typed:
            found = helped_ending(work, caller.scope, typed)
    if len(found) == 1:
        return go(f"/doorstep/{found[0]}")
    pages = max(1, -(-total // A_PAGE))
    this = min(wanted(request, sorts=(), filters=()).page, pages)
    cards, waiting = _read(desk, caller, now, (this - 1) * A_PAGE)
    busy = [card for card in cards if card.wants and not card.away]
    quiet = [card for card in cards if not card.wants and not card.away]
    return page(
        request,
        "doorstep/today.html",
        title="今天的帮扶户",
        busy=sorted(busy, key=lambda card: card.urgency),
        quiet=quiet,
        away=[card for card in cards if card.away],
        waiting=waiting,
        wanted=typed,
        several=len(found) > 1,
        total=total,
        first=(this - 1) * A_PAGE + 1,
        number=this,
        pages=pages,
    )


def _read(desk: Desk, caller: Caller, now: datetime, offset: int) -> tuple[tuple[Card, ...], int]:
    with desk.record.read() as work:
        households = helped_households(work, caller.scope, offset=offset)
        shown = [helped.row.case_id for helped in households]
        tasks: dict[str, list[TaskRow]] = {}
        for task in my_tasks(work, caller.scope, LONGEST_LIST, of=shown):
            tasks.setdefault(task.case_id, []).append(task)
        who = applicants_of(work, caller.scope, shown)
        names = staff_names(work, {helped.acting_for for helped in households if helped.acting_for})
        terms = TermsOf(work)
        cards = tuple(
            _card(helped, terms, tasks.get(helped.row.case_id, []), who.get(helped.row.case_id), names, now)
            for helped in households
        )
    entries = offline_entries.unsettled(desk, caller, LONGEST_LIST)
    return cards, sum(bool(TO_DO & set(offline_entries.choices_of(entry, caller))) for entry in entries)


def _card(
    helped: Helped,
    terms_of: TermsOf,
    tasks: list[TaskRow],
    who: Applicant | None,
    names: dict[str, str],
    now: datetime,
) -> Card:
    case, terms, day = helped.case, terms_of(helped.case), helped.row.clock.day(now)
    colleague = helped.acting_for
    return Card(
        case_id=case.case_id,
        who=who.name if who else "（未登记）",
        community=who.community if who else "",
        state=case.state.words,
        promise=promise_due(case, day, terms.calendar),
        wants=wants(case, tasks, terms, day),
        stands_for=(names.get(colleague) or colleague) if colleague else "",
        away=helped.away,
        may=frozenset(allowed_steps(case.state, Role.HELPER)),
    )
