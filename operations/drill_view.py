"""What a drill can look at (所见): the same small view of a case, whichever backend plays.

A backend that has the case as the rules know it makes the view with `view_of`; nothing here asks the backend anything.
"""

from dataclasses import dataclass
from datetime import date

from casework.case import Case
from casework.case_facts import ObjectionStatus
from casework.contact_counts import attempts, failed_row
from casework.refusal_counts import largest_window
from casework.ruling import Setting
from casework.services import service_counts


@dataclass(frozen=True, slots=True)
class TaskSeen:
    kind: str
    about: str | None
    due_on: date | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class ClockSeen:
    kind: str
    about: str | None
    due_on: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as a drill checks it; `services`, `refusals` are by member id."""

    state: str
    tasks: tuple[TaskSeen, ...]
    clocks: tuple[ClockSeen, ...]
    base: tuple[str, ...]
    counted: tuple[str, ...]
    outcome: str
    reason: str
    helper: str | None
    promise: dict[str, date | str | bool | None]
    services: dict[str, str]
    refusals: dict[str, int]
    contacts: int
    open_objections: int
    proposal: str | None
    respond_by: date | None
    decided: str | None
    appeal_by: date | None
    eliminated_on: date | None
    double_employment: bool
    exit: str | None
    in_charge: str | None
    """Who does the helper's work on this day: the helper, or its substitute."""


def view_of(case: Case, setting: Setting) -> CaseView:
    """Return the view of a case; the counters are counted anew from the facts."""
    promise = case.promise
    proposal = case.exit_proposal
    return CaseView(
        state=case.state.value,
        tasks=tuple(TaskSeen(t.kind, t.about, t.due_on, t.overdue) for t in case.tasks),
        clocks=tuple(ClockSeen(c.kind, c.about, c.due_on, c.provisional) for c in case.clocks),
        base=case.standing.base,
        counted=case.standing.counted,
        outcome=case.standing.outcome,
        reason=case.standing.reason,
        helper=case.helper,
        promise={
            "due": promise.due_on,
            "started": promise.started_on,
            "met": promise.met_on,
            "overdue": promise.overdue_on,
            "cause": promise.cause,
            "kept": promise.met_on is not None and promise.met_on <= promise.due_on,
            "provisional": promise.provisional,
            "first_due": promise.first_due_on,
            "target": promise.target_on,
            "offered": promise.offered_on,
        }
        if promise
        else {},
        services={
            m.member_id: "/".join(str(n) for n in service_counts(case, m.member_id).values())
            for m in case.household.members
        },
        refusals={m.member_id: len(largest_window(case, m.member_id, setting)) for m in case.household.members},
        contacts=attempts(failed_row(case), setting),
        open_objections=sum(o.status is ObjectionStatus.OPEN for o in case.objections),
        proposal=proposal.reason.value if proposal else None,
        respond_by=proposal.respond_by if proposal else None,
        decided=case.exit_decided.reason.value if case.exit_decided else None,
        appeal_by=case.exit_decided.appeal_by if case.exit_decided else None,
        eliminated_on=case.eliminated_on,
        double_employment=case.double_employment,
        exit=case.exit.reason.value if case.exit else None,
        in_charge=case.helper,
    )
