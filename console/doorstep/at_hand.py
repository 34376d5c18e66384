"""What a helper has at hand of one household: the case on its own day, its people masked, its open tasks.

Everything is read at once, so that a page never shows two moments.  No names or phones whole: see `calls.py`.
"""

from dataclasses import dataclass
from datetime import date, datetime

from casework.case import Case
from casework.contact_counts import GROWN_UP
from casework.states import Role
from casework.table import allowed_steps
from casework.working_days import add_months
from console import words
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from policies.calendar_model import WorkCalendar
from policies.schema import Policy
from records import calendars, case_files
from records.case_files import CaseRow
from records.engine import Reading
from records.household_pages import HouseholdPage, masked_household
from records.policies import policy_of
from records.vacancies import vacancies_in
from records.worklists import TaskRow, tasks_of
from register.vacancy import Vacancy

COUNTY = 6


@dataclass(frozen=True, slots=True)
class Terms:
    """By what a case counts: its policy and its calendar."""

    policy: Policy
    calendar: WorkCalendar


@dataclass(frozen=True, slots=True)
class AtHand:
    """One household as its helper sees it."""

    row: CaseRow
    case: Case
    terms: Terms
    today: date
    people: HouseholdPage
    tasks: tuple[TaskRow, ...]
    vacancies: tuple[Vacancy, ...]
    acting_for: str | None

    @property
    def allowed(self) -> frozenset[str]:
        """The steps the table lets a helper take in this state."""
        return frozenset(allowed_steps(self.case.state, Role.HELPER))

    @property
    def base(self) -> tuple[tuple[str, str], ...]:
        """The members who are to find work, to choose from."""
        return tuple((member, self.called(member)) for member in self.case.standing.base)

    @property
    def adults(self) -> tuple[tuple[str, str], ...]:
        """The members who may answer for the household, those to find work first."""
        grown = [
            m.member_id
            for m in self.case.household.members
            if m.left_on is None and add_months(m.birth_date, GROWN_UP) <= self.today
        ]
        grown.sort(key=lambda member: member not in self.case.standing.base)
        return tuple((member, self.called(member)) for member in grown)

    @property
    def title(self) -> str:
        """How a page calls the household: masked."""
        return f"{self.people.persons[0].name}家庭" if self.people.persons else "家庭"

    def called(self, member_id: str) -> str:
        """Return a member as choices show it: 本人 张*."""
        member = self.case.household.member(member_id)
        shown = next((p.name for p in self.people.persons if p.member_id == member_id), "")
        return f"{member.relation.value if member else member_id} {shown}".strip()

    @property
    def promise(self) -> words.Due | None:
        """The promise as a limit; None before it runs."""
        return promise_due(self.case, self.today, self.terms.calendar)


def promise_due(case: Case, today: date, calendar: WorkCalendar) -> words.Due | None:
    """Say how long the placement promise (安置承诺) still runs; None before it does."""
    promise = case.promise
    if promise is None:
        return None
    if promise.met_on is not None:
        return words.Due("安置承诺已兑现", "calm", words.day(promise.met_on))
    late = promise.overdue_on is not None
    left = words.due(promise.due_on, today, calendar, overdue=late, paused=promise.paused)
    return words.Due(f"安置承诺{left.words}", left.tone, left.day)


class TermsOf:
    """The terms of cases, each policy and calendar read once."""

    def __init__(self, work: Reading) -> None:
        self._work = work
        self._policies: dict[tuple[str, str, str], Policy] = {}
        self._calendars: dict[tuple[str, int, str], WorkCalendar] = {}

    def __call__(self, case: Case) -> Terms:
        lived_by = (case.pack_id, case.pack_version, case.pack_hash)
        if lived_by not in self._policies:
            self._policies[lived_by] = policy_of(self._work, case)
        counted_on = (case.calendar_version, case.calendar_issue, case.office)
        if counted_on not in self._calendars:
            found = calendars.calendar_of(self._work, case)
            self._calendars[counted_on] = found or calendars.newest_for(self._work, case.office)
        return Terms(self._policies[lived_by], self._calendars[counted_on])


def at_hand(desk: Desk, caller: Caller, case_id: str, now: datetime) -> AtHand:
    """Return a household of the caller's; raises `NotFound`."""
    with desk.record.read() as work:
        row = or_not_found(case_files.get(work, caller.scope, case_id))
        case = or_not_found(case_files.full_case(work, caller.scope, case_id))
        people = or_not_found(masked_household(work, caller.scope, case_id))
        today = row.clock.day(now)
        return AtHand(
            row=row,
            case=case,
            terms=TermsOf(work)(case),
            today=today,
            people=people,
            tasks=or_not_found(tasks_of(work, caller.scope, case_id)),
            vacancies=vacancies_in(work, row.office[:COUNTY], today),
            acting_for=caller.scope.acting_for(row.helper, None, row.clock),
        )
