"""What a rule is given and what it answers.  Rules live in one file per family; this is their common shape."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from casework.case import Case
from casework.clocks import Clock
from casework.explanation import Why
from casework.former_terms import FormerTerms, Terms, terms_on, terms_over, terms_under
from casework.states import ExitReason, Role
from casework.times import local_date
from policies.calendar_model import WorkCalendar
from policies.schema import Policy


@dataclass(frozen=True, slots=True)
class Setting:
    """The policy in force, the working-day calendar and the business time: all a rule may know beside the case.

    `replaced` is the calendar, `replaced_policy` the policy that a new one takes the place of, while it does.  `former`
    are the terms the case was under before: what is counted asks `terms_on` the day of each event (A36).
    """

    policy: Policy
    calendar: WorkCalendar
    now: datetime
    replaced: WorkCalendar | None = None
    replaced_policy: Policy | None = None
    former: tuple[FormerTerms, ...] = ()

    @property
    def today(self) -> date:
        return local_date(self.now)

    def terms_on(self, day: date) -> Terms:
        """Return the terms valid on the day of an event."""
        return terms_on(self.former, self.policy, day)

    def terms_under(self, label: str) -> Terms:
        """Return the terms under which a clock or a fact runs that remembers them (`under`)."""
        return terms_under(self.former, self.policy, label)

    def terms_over(self, days: Iterable[date]) -> tuple[Terms, ...]:
        """Return the different terms valid on some days."""
        return terms_over(self.former, self.policy, days)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A rule's yes: the case with its new facts (state, tasks and clocks are the table's business) and why.

    `about` is the subject of the tasks and clocks that the row opens and closes; `each` names several subjects for a
    kind of task; `ended` is the reason when the row leads to exit; `moved` are running clocks with other dates.
    `unsaid` are notices of the row that this ruling does not call for; `roles` names kinds of task that for once are
    another role's than usual.
    """

    case: Case
    why: Why
    about: str | None = None
    each: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ended: ExitReason | None = None
    roles: Mapping[str, Role] = field(default_factory=dict)
    moved: tuple[Clock, ...] = ()
    unsaid: frozenset[str] = frozenset()
