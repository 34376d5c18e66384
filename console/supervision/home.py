"""The supervisor's first page (督导首页): what is overdue in the area on top, then what waits for the supervisor.

Each row says since when, who holds it, who helps, and leads to the case.  A supervisor sees numbers and no names.
"""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.escalation import LEVEL_WORDS
from casework.states import Role
from casework.tasks import TASK_KINDS
from casework.working_days import working_days_between
from console import words
from console.asking import Supervisor, for_roles
from console.rendering import page
from console.staff_words import named
from console.supervision.area import View, view_of
from desk.desk import Caller
from policies.calendar_model import WorkCalendar
from records.calendars import newest
from records.engine import Reading
from records.escalations import Escalation, escalations
from records.figure_rows import FigureRow, Narrowed, known_areas, open_by_kind, rows_behind
from records.figures import FIGURES, totals
from records.figures import counted as counts_of
from records.responsible import responsible_for

router = APIRouter()

ONLY = (Role.SUPERVISOR,)
ON_THE_FIRST_PAGE = 15
HERE = {"decide_appeal": "exit"}
"""Tasks that are decided on a page of the county's; the others on their step's own form."""


@dataclass(frozen=True, slots=True)
class LateHousehold:
    """A household past its promise."""

    of: Escalation
    office: str
    days: int
    told: str
    helper: str
    path: str


@dataclass(frozen=True, slots=True)
class LateTask:
    """An overdue task of anybody in the area."""

    of: FigureRow
    what: str
    office: str
    due: words.Due
    held_by: str
    helper: str


@router.get("/supervision", **for_roles(ONLY))
def home(request: Request, desk: OurDesk, now: Now, caller: Supervisor) -> Response:
    with desk.record.read() as work:
        view = view_of(request, work, desk, caller, now)
        calendar = newest(work)
        late, late_total = escalations(work, caller.scope, view.area, limit=ON_THE_FIRST_PAGE)
        figure = FIGURES["overdue_tasks"]
        tasks, tasks_total = rows_behind(
            work,
            caller.scope,
            Narrowed(figure, view.period.days, view.area),
            sort="due_on",
            limit=ON_THE_FIRST_PAGE,
        )
        mine = open_by_kind(work, caller.scope, Role.SUPERVISOR)
        codes = ("open", "overdue_now", "tasks", "overdue_tasks", "to_confirm")
        sums = totals(counts_of(work, caller.scope, (FIGURES[c] for c in codes), view.period.days, view.prefix))
        offices = known_areas(work, tuple({*(each.office for each in late), *(each.office for each in tasks)}))
        households = [_household(work, each, offices, calendar, now) for each in late]
        shown_tasks = [_task(work, each, offices, calendar, now) for each in tasks]
    return page(
        request,
        "supervision/home.html",
        title="督导",
        view=view,
        tiles=[(FIGURES[c].words, sums.get(c, 0), view.rows(c)) for c in codes],
        late=households,
        late_total=late_total,
        tasks=shown_tasks,
        tasks_total=tasks_total,
        mine=_mine(view, mine),
    )


def _household(
    work: Reading, each: Escalation, offices: dict[str, str], calendar: WorkCalendar, now: datetime
) -> LateHousehold:
    today = each.clock.day(now)
    step = f"/cases/{each.case_id}/steps/confirm_breach_cause"
    return LateHousehold(
        of=each,
        office=offices.get(each.office, each.office),
        days=working_days_between(calendar.for_area(each.office), each.due_on, today),
        told="、".join(LEVEL_WORDS.get(level, level) for level in each.told) or "尚未逐级督办",
        helper=helper_words(work, each.helper, each, now),
        path=f"{step}?task={each.task_id}" if each.task_id else f"/cases/{each.case_id}",
    )


def _task(work: Reading, each: FigureRow, offices: dict[str, str], calendar: WorkCalendar, now: datetime) -> LateTask:
    role = each.role.words if each.role else ""
    return LateTask(
        of=each,
        what=each.title or TASK_KINDS[each.kind or ""].words,
        office=offices.get(each.office, each.office),
        due=words.due(each.due_on, each.clock.day(now), calendar.for_area(each.office), overdue=True),
        held_by=f"{role}，{named(work, each.claimed_by)}" if each.claimed_by else f"{role}，未领取",
        helper=helper_words(work, each.helper, each, now),
    )


def helper_words(work: Reading, helper: str | None, of: Escalation | FigureRow, now: datetime) -> str:
    """Return the helper of a household, with who does the work while the helper is away."""
    if helper is None:
        return "未指定"
    on_duty = responsible_for(work, helper, of.clock.day(now))
    return named(work, helper) if on_duty == helper else f"{named(work, helper)}，请假，{named(work, on_duty)}代办"


def _mine(view: View, counts: dict[str, tuple[int, int]]) -> list[tuple[str, int, int, str]]:
    """Return what supervisors have to do: words, how many, how many overdue, where."""
    return [
        (
            TASK_KINDS[kind].words,
            total,
            late,
            view.rows("tasks", kind=kind, role=Role.SUPERVISOR.value),
        )
        for kind, (total, late) in sorted(counts.items(), key=lambda each: (-each[1][1], -each[1][0]))
    ]


def link_of(row: FigureRow, caller: Caller) -> str:
    """Return where a row of a list leads: a task of the supervisor's own to where it is decided, else to its case."""
    if row.kind is None or row.task_id is None or row.role is not caller.role:
        return f"/cases/{row.case_id}"
    if row.kind in HERE:
        return f"/county/{row.case_id}/{HERE[row.kind]}"
    local = row.task_id[len(row.case_id) + 1 :]
    return f"/cases/{row.case_id}/steps/{TASK_KINDS[row.kind].steps[0]}?task={local}"
