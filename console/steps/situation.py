"""What a step page shows of the case (办理时的情况), read in one look: the case, its people masked, the choices.

Out of the caller's scope there is no such case (404).  Nothing here decides whether a step may be taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from casework.case import Case
from casework.ruling import Setting
from casework.states import Actor
from casework.table import allowed_steps
from console.steps.choices import choices_for
from console.steps.choosing import People, people_of
from console.steps.fields import Options
from console.steps.possible import setting_of
from console.steps.prefilled import prefilled
from desk.acting import actor_of
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.step_checks import check_role
from policies.calendar_model import WorkCalendar
from policies.schema import Policy
from records import case_files, worklists
from records.accounts import account_of
from records.calendars import calendar_of, newest_for
from records.case_files import CaseRow
from records.engine import Reading
from records.offices import office_for
from records.policies import policy_of
from records.worklists import TaskRow


@dataclass(frozen=True, slots=True)
class Situation:
    """A case as the page of a step needs it, `today` being the case's own day.

    `acts_as` is who would act: the caller, perhaps in a colleague's stead; `may_act_for` the colleagues it may name.
    """

    row: CaseRow
    case: Case
    policy: Policy
    calendar: WorkCalendar
    people: People
    today: date
    setting: Setting
    office_words: str
    helper_words: str
    acts_as: Actor
    may_act_for: tuple[str, ...]
    task: TaskRow | None
    held_by: str
    tasks: tuple[TaskRow, ...]
    choices: dict[str, Options]
    prefilled: Mapping[str, str] = field(default_factory=dict)
    """What the record already says for the form: the words of the plans, the pay of the vacancy that was chosen."""

    def allows(self, trigger: str) -> bool:
        """Say whether the table has this step for the state the case is in."""
        return trigger in allowed_steps(self.case.state)


def situation(
    desk: Desk,
    caller: Caller,
    case_id: str,
    trigger: str | None,
    task_id: str | None,
    now: datetime,
    asked: Mapping[str, str] | None = None,
) -> Situation:
    """Read the situation of a case for a step (or for a task alone).

    Raises `NotFound` outside the scope, `NotYourStep` when the table never lets this role take the step.
    """
    with desk.record.read() as work:
        row = or_not_found(case_files.get(work, caller.scope, case_id))
        if trigger is not None:
            check_role(caller, trigger)
        task = None
        if task_id is not None:
            task = or_not_found(worklists.task(work, caller.scope, f"{case_id}/{task_id}"), "待办")
        case = or_not_found(case_files.full_case(work, caller.scope, case_id))
        people = people_of(work, caller.scope, case)
        today, office = row.clock.day(now), office_for(work, row.office)
        policy, calendar = policy_of(work, case), calendar_of(work, case) or newest_for(work, case.office)
        found = Situation(
            row=row,
            case=case,
            policy=policy,
            calendar=calendar,
            people=people,
            today=today,
            setting=setting_of(case, policy, calendar, now),
            office_words=office.name if office else row.office,
            helper_words=_called(work, row.helper),
            acts_as=actor_of(caller, row.helper, task.claimed_by if task else None, row.clock),
            may_act_for=caller.scope.standing_in(row.clock),
            task=task,
            held_by=_called(work, task.claimed_by if task else None),
            tasks=or_not_found(worklists.tasks_of(work, caller.scope, case_id)),
            choices={},
        )
        if trigger is None:
            return found
        choices = choices_for(work, caller, trigger, case, policy, people, today)
        return replace(found, choices=choices, prefilled=prefilled(work, caller, trigger, case, asked or {}))


def _called(work: Reading, account: str | None) -> str:
    """Return a colleague by name and account; nobody is nothing."""
    found = account_of(work, account) if account else None
    return f"{found.name}（{account}）" if found and found.name else account or ""
