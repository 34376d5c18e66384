"""How old the queues are (待办时长): open tasks by kind, how many, the oldest, the median in working days.

A median of days is the median day counted in working days: counting keeps the order of days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.states import Role
from casework.tasks import TASK_KINDS
from casework.working_days import working_days_between
from console.asking import Supervisor, for_roles
from console.rendering import page
from console.supervision.area import Cell, View, view_of
from console.supervision.charts import Series, bars
from console.supervision.numbers import short
from policies.calendar_model import WorkCalendar
from records.calendars import newest_for
from records.figure_rows import Age, open_ages

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Queue:
    """The open tasks of one kind."""

    words: str
    role: str
    number: Cell
    overdue: Cell
    oldest: date
    oldest_days: int
    median_days: int


@router.get("/supervision/backlog", **for_roles((Role.SUPERVISOR,)))
def backlog(request: Request, desk: OurDesk, now: Now, caller: Supervisor) -> Response:
    with desk.record.read() as work:
        view = view_of(request, work, desk, caller, now)
        ages = open_ages(work, caller.scope, view.area)
        calendar = newest_for(work, caller.area)
    found = tuple(_queue(view, kind, tuple(rows), calendar) for kind, rows in groupby(ages, lambda a: a.kind))
    queues = tuple(sorted(found, key=lambda q: (-q.overdue.number, -q.number.number)))
    chart = bars(
        "未办结的待办，按种类",
        [short(queue.words) for queue in queues],
        (
            Series("超期", tuple(queue.overdue.number for queue in queues)),
            Series("未超期", tuple(queue.number.number - queue.overdue.number for queue in queues)),
        ),
    )
    return page(
        request,
        "supervision/backlog.html",
        title="待办时长",
        view=view,
        queues=queues,
        chart=chart,
        total=Cell(sum(q.number.number for q in queues), view.rows("tasks") if queues else None),
        overdue=_total_overdue(view, queues),
    )


def _queue(view: View, kind: str, ages: tuple[Age, ...], calendar: WorkCalendar) -> Queue:
    total, late = sum(a.tasks for a in ages), sum(a.overdue for a in ages)
    oldest, middle = ages[0].opened_on, median_day(ages)
    return Queue(
        words=TASK_KINDS[kind].words if kind in TASK_KINDS else kind,
        role=TASK_KINDS[kind].role.words if kind in TASK_KINDS else "",
        number=Cell(total, view.rows("tasks", kind=kind)),
        overdue=Cell(late, view.rows("overdue_tasks", kind=kind) if late else None),
        oldest=oldest,
        oldest_days=working_days_between(calendar, oldest, view.today),
        median_days=working_days_between(calendar, middle, view.today),
    )


def _total_overdue(view: View, queues: tuple[Queue, ...]) -> Cell:
    number = sum(queue.overdue.number for queue in queues)
    return Cell(number, view.rows("overdue_tasks") if number else None)


def median_day(ages: Iterable[Age]) -> date:
    """Return the day on which the middle task was opened (of an even number the earlier of the two: the older)."""
    rows = sorted(ages, key=lambda a: a.opened_on)
    middle = (sum(a.tasks for a in rows) + 1) // 2
    for age in rows:
        middle -= age.tasks
        if middle <= 0:
            return age.opened_on
    raise ValueError("no tasks")
