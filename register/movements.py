"""What moves a household into or out of the stock (户数变动), and its members into work: for the monthly numbers.

The stock are households recognised, not ended, not eliminated.  Each movement has the day it concerns (`on`) and the
day it became known (`known_on`): a month, once reported, never changes (A35).  `moved_by` reads one event after what is
known of its case; `movements_of` is that, from a case's beginning.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from casework.case import Case
from casework.events import CaseEvent
from casework.exit_facts import Exit
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
    TRANSFERRED_IN = "transferred_in"
    TRANSFERRED_OUT = "transferred_out"
    PLACED = "placed"
    PLACEMENT_WITHDRAWN = "placement_withdrawn"
    MEMBER_EMPLOYED = "member_employed"
    MEMBER_WITHDRAWN = "member_withdrawn"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def sign(self) -> int:
        """What it does to the stock."""
        if self in _NOT_OF_THE_STOCK:
            return 0
        return 1 if self in _IN else -1


_IN = (Kind.RECOGNISED, Kind.RETURNED, Kind.ELIMINATION_WITHDRAWN, Kind.TRANSFERRED_IN)
_NOT_OF_THE_STOCK = (Kind.PLACED, Kind.PLACEMENT_WITHDRAWN, Kind.MEMBER_EMPLOYED, Kind.MEMBER_WITHDRAWN)
_WORDS = {
    Kind.RECOGNISED: "新认定",
    Kind.RETURNED: "恢复认定",
    Kind.ELIMINATED: "消除",
    Kind.ELIMINATION_WITHDRAWN: "撤销消除",
    Kind.EXITED: "其他退出",
    Kind.REVOKED: "撤销认定",
    Kind.TRANSFERRED_IN: "转入",
    Kind.TRANSFERRED_OUT: "转出",
    Kind.PLACED: "实现就业（人次）",
    Kind.PLACEMENT_WITHDRAWN: "撤销就业（人次）",
    Kind.MEMBER_EMPLOYED: "实现就业（人）",
    Kind.MEMBER_WITHDRAWN: "撤销就业（人）",
}


class Movement(Facts):
    """One household, or one member, moved.  `on` of a withdrawal is the day of what it takes back.

    `office` is the one whose case it was then; `other` the one on the other side of a transfer.  `job` names the
    employment of a placement, `channel` how it came (N7).
    """

    case_id: str
    kind: Kind
    on: date
    known_on: date
    seq: int = 0
    office: str = ""
    other: str | None = None
    member: str | None = None
    job: str | None = None
    channel: str | None = None


def movements_of(events: Iterable[CaseEvent]) -> tuple[Movement, ...]:
    """Return the movements of one case, in the order of its events."""
    found: tuple[Movement, ...] = ()
    for event in events:
        found += moved_by(found, event)
    return found


def moved_by(so_far: Sequence[Movement], event: CaseEvent) -> tuple[Movement, ...]:
    """Return what an event moves, after the movements of its case so far."""
    if event.case.reviews.certified_on is None:
        return ()
    return (*_household(so_far, event), *_members(so_far, event))


def _household(so_far: Sequence[Movement], event: CaseEvent) -> list[Movement]:
    case, found = event.case, list[Movement]()

    def moved(kind: Kind, on: date, office: str = case.office, other: str | None = None) -> None:
        row = {"case_id": event.case_id, "kind": kind, "on": on, "known_on": event.on, "seq": event.seq}
        found.append(Movement(**row, office=office, other=other))

    last = _last(so_far, *_OF_THE_STOCK)
    if last is None:
        assert case.reviews.certified_on is not None
        moved(Kind.RECOGNISED, case.reviews.certified_on)
    inside = last is None or last.kind.sign > 0
    if event.trigger == "transfer_case" and inside and case.transfers:
        handed = case.transfers[-1]
        moved(Kind.TRANSFERRED_OUT, event.on, handed.from_office, handed.to_office)
        moved(Kind.TRANSFERRED_IN, event.on, handed.to_office, handed.from_office)
    out_since = last.on if last is not None and last.kind is Kind.ELIMINATED else None
    now_out = case.eliminated_on
    if out_since != now_out:
        withdrawn = event.trigger == "withdraw_elimination" or (case.exit is not None and _revoked(case.exit))
        if out_since is not None:
            moved(Kind.ELIMINATION_WITHDRAWN if withdrawn else Kind.RETURNED, out_since if withdrawn else event.on)
        if now_out is not None:
            moved(Kind.ELIMINATED, now_out)
    if event.target is State.EXITED and case.exit is not None and not _over(last):
        if _revoked(case.exit):
            if now_out is not None:
                moved(Kind.ELIMINATION_WITHDRAWN, now_out)
            moved(Kind.REVOKED, case.exit.on)
        elif now_out is None:
            moved(Kind.EXITED, case.exit.on)
    return found


_OF_THE_STOCK = tuple(kind for kind in Kind if kind.sign)


def _last(so_far: Sequence[Movement], *kinds: Kind) -> Movement | None:
    return next((m for m in reversed(so_far) if m.kind in kinds), None)


def _revoked(exit_: Exit) -> bool:
    return exit_.reason.value in REVOKED


def _over(last: Movement | None) -> bool:
    return last is not None and last.kind in (Kind.EXITED, Kind.REVOKED)


def _members(so_far: Sequence[Movement], event: CaseEvent) -> list[Movement]:
    """A job counts once the county has approved it, and no longer when it was found not to be real.

    A member counts once, however many jobs; so "人" is of members and "人次" of jobs.
    """
    count = Counter[str | None]()
    known: dict[str | None, Movement] = {}
    first: dict[str | None, Movement] = {}
    for m in so_far:
        if m.kind is Kind.PLACED:
            known[m.job] = m
            count[m.member] += 1
        elif m.kind is Kind.PLACEMENT_WITHDRAWN:
            del known[m.job]
            count[m.member] -= 1
        elif m.kind is Kind.MEMBER_EMPLOYED:
            first[m.member] = m
        elif m.kind is Kind.MEMBER_WITHDRAWN:
            del first[m.member]
    found: list[Movement] = []
    base = {"case_id": event.case_id, "known_on": event.on, "seq": event.seq, "office": event.case.office}
    real = _real(event.case)
    for job, placed in known.items():
        if job not in real:
            told = {"on": placed.on, "member": placed.member, "job": job, "channel": placed.channel}
            found.append(Movement(**base, **told, kind=Kind.PLACEMENT_WITHDRAWN))
            count[placed.member] -= 1
    for job, (member, channel, on) in real.items():
        if job not in known:
            told = {"on": on, "member": member, "job": job, "channel": channel}
            found.append(Movement(**base, **told, kind=Kind.PLACED))
            count[member] += 1
    for who, number in sorted(count.items(), key=lambda each: each[0] or ""):
        if number and who not in first:
            on = min(on for member, _, on in real.values() if member == who)
            found.append(Movement(**base, on=on, member=who, kind=Kind.MEMBER_EMPLOYED))
        elif not number and who in first:
            found.append(Movement(**base, on=first[who].on, member=who, kind=Kind.MEMBER_WITHDRAWN))
    return found


def _real(case: Case) -> dict[str, tuple[str, str, date]]:
    """Return the jobs that count: member, channel and first day by number."""
    if case.exit is not None and _revoked(case.exit):
        return {}
    return {
        job.employment_id: (job.member, job.channel, job.started_on)
        for job in case.employments
        if job.approved_on is not None and job.rejected_on is None
    }
