"""What moves a household into or out of the stock (户数变动), read from a case's events: for the monthly numbers.

The stock are households recognised, not ended, not eliminated.  Each movement has the day it concerns (`on`) and the
day it became known (`known_on`): a month, once reported, never changes (A35).
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from casework.events import CaseEvent
from casework.household import Facts
from casework.states import ExitReason, State

REVOKED = frozenset({"revoked", ExitReason.FALSE_REPORT.value})
"""Exit reasons by which the recognition itself falls (A42)."""


class Kind(StrEnum):
    RECOGNISED = "recognised"
    RETURNED = "returned"
    ELIMINATED = "eliminated"
    ELIMINATION_WITHDRAWN = "elimination_withdrawn"
    EXITED = "exited"
    REVOKED = "revoked"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def sign(self) -> int:
        """What it does to the stock."""
        return 1 if self in (Kind.RECOGNISED, Kind.RETURNED, Kind.ELIMINATION_WITHDRAWN) else -1


_WORDS = {
    Kind.RECOGNISED: "新认定",
    Kind.RETURNED: "恢复认定",
    Kind.ELIMINATED: "消除",
    Kind.ELIMINATION_WITHDRAWN: "撤销消除",
    Kind.EXITED: "其他退出",
    Kind.REVOKED: "撤销认定",
}


class Movement(Facts):
    """One household moved.  `on` of a withdrawal is the day of the elimination it takes back."""

    case_id: str
    kind: Kind
    on: date
    known_on: date


def movements_of(events: Iterable[CaseEvent]) -> tuple[Movement, ...]:
    """Return the movements of one case, in the order of its events."""
    found: list[Movement] = []
    counted, out_since = False, None
    for event in events:
        case = event.case

        def moved(kind: Kind, on: date, at: CaseEvent = event) -> None:
            found.append(Movement(case_id=at.case_id, kind=kind, on=on, known_on=at.on))

        if not counted:
            if case.reviews.certified_on is None:
                continue
            counted = True
            moved(Kind.RECOGNISED, case.reviews.certified_on)
        now_out = case.eliminated_on
        if out_since != now_out:
            withdrawn = event.trigger == "withdraw_elimination"
            if out_since is not None:
                moved(Kind.ELIMINATION_WITHDRAWN if withdrawn else Kind.RETURNED, out_since if withdrawn else event.on)
            if now_out is not None:
                moved(Kind.ELIMINATED, now_out)
            out_since = now_out
        if event.target is State.EXITED and case.exit is not None:
            if case.exit.reason.value in REVOKED:
                if out_since is not None:
                    moved(Kind.ELIMINATION_WITHDRAWN, out_since)
                moved(Kind.REVOKED, case.exit.on)
            elif out_since is None:
                moved(Kind.EXITED, case.exit.on)
    return tuple(found)
