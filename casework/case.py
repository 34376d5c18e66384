"""The household case (零就业家庭个案) as frozen data: what the rules need to know, and nothing about persons.

What happened in each family of rules is kept in the small models of `casework/case_facts.py`; open tasks and clocks
are in `casework/tasks.py` and `casework/clocks.py`.  Only `casework/decide.py` makes a new case from an old one.
"""

from datetime import date, datetime

from pydantic import Field

from casework.amendment_facts import Amendment
from casework.case_facts import (
    Contact,
    Employment,
    FollowUp,
    Objection,
    Promise,
    Publicity,
    Referral,
    Refusal,
    RefusalWarning,
    Reviews,
    Service,
    Standing,
)
from casework.clocks import Clock
from casework.elimination_facts import Elimination
from casework.exit_facts import Appeal, Exit, ExitDecided, ExitProposal
from casework.explanation import called
from casework.former_terms import FormerTerms
from casework.household import Facts, Household
from casework.monitoring_facts import Monitoring
from casework.promise_facts import Hardship, Relocation, Suspension, Unsteady
from casework.reentry_facts import EarlierCase
from casework.review_facts import Comparison, Conflict, Supplement, Visit
from casework.states import State
from casework.tasks import Task
from casework.transfer_facts import Transfer

REMEMBERED_COMMANDS = 40
"""How many of the last commands a case remembers, so that a repeat after continue-as-new is answered, not repeated."""


class Taken(Facts):
    """A command that was accepted and the event it became."""

    command_id: str
    seq: int


class Case(Facts):
    """One household's help from application to exit; `seq` is the number of its last event, from 1."""

    case_id: str
    office: str
    pack_id: str
    pack_version: str
    pack_hash: str = ""
    former_terms: tuple[FormerTerms, ...] = ()
    calendar_version: str
    calendar_issue: int = 0
    clock_offset: int = 0
    state: State
    seq: int
    opened_on: date
    discovered_on: date
    household: Household
    standing: Standing
    reviews: Reviews = Reviews()
    publicity: Publicity | None = None
    objections: tuple[Objection, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    visits: tuple[Visit, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    promise: Promise | None = None
    suspensions: tuple[Suspension, ...] = ()
    relocation: Relocation | None = None
    hardship: Hardship | None = None
    unsteady: Unsteady | None = None
    helper: str | None = None
    plan_signed_on: date | None = None
    services: tuple[Service, ...] = ()
    referrals: tuple[Referral, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[RefusalWarning, ...] = ()
    contacts: tuple[Contact, ...] = ()
    exit_proposal: ExitProposal | None = None
    exit_decided: ExitDecided | None = None
    appeals: tuple[Appeal, ...] = ()
    heard_on: tuple[date, ...] = ()
    """Days on which the household itself spoke to the office: its answers and appeals."""
    weighed: tuple[str, ...] = ()
    """Refusals, attempts and grounds on which the county has decided already: alone they propose nothing again."""
    employments: tuple[Employment, ...] = ()
    eliminated_on: date | None = None
    eliminations: tuple[Elimination, ...] = ()
    double_employment: bool = False
    follow_ups: tuple[FollowUp, ...] = ()
    exit: Exit | None = None
    amendments: tuple[Amendment, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    forwarded_by: str | None = None
    """The office at whose window the household applied, when another one is in charge (A28)."""
    earlier_cases: tuple[EarlierCase, ...] = ()
    monitoring: Monitoring | None = None
    key_monitored: bool = False
    """重点监控: the only earner's work is low-paid or unstable (A33), as of the last event."""
    tasks: tuple[Task, ...] = ()
    clocks: tuple[Clock, ...] = ()
    taken: tuple[Taken, ...] = Field(default=(), max_length=REMEMBERED_COMMANDS)
    last_at: datetime | None = None
    """Business time of the last event: what fell due before it, but was not yet to be counted, falls due then."""

    def task(self, task_id: str) -> Task | None:
        """Return the open task with this id, or None."""
        return next((t for t in self.tasks if t.task_id == task_id), None)

    def tasks_of(self, kind: str) -> tuple[Task, ...]:
        """Return the open tasks of a kind."""
        return tuple(t for t in self.tasks if t.kind == kind)

    def clock(self, kind: str, about: str | None = None) -> Clock | None:
        """Return the open clock of a kind (and subject), or None."""
        return next((c for c in self.clocks if c.kind == kind and (about is None or c.about == about)), None)

    def taken_seq(self, command_id: str) -> int | None:
        """Return the event number that this command became, if it is among the remembered ones."""
        return next((t.seq for t in reversed(self.taken) if t.command_id == command_id), None)

    def member_words(self, member_id: str) -> str:
        """Return how explanations call a member: relation and id, never a name."""
        member = self.household.member(member_id)
        return called(member) if member else f"成员{member_id}"

    @property
    def monitored(self) -> bool:
        """True while the case only follows a household that still has an earner (J14)."""
        return self.monitoring is not None and self.monitoring.lost_on is None

    @property
    def early_help(self) -> bool:
        """True when help may begin before the seal: the household lost its job while it was monitored."""
        return self.monitoring is not None and self.monitoring.lost_on is not None

    @property
    def active_employments(self) -> tuple[Employment, ...]:
        return tuple(e for e in self.employments if e.active)
