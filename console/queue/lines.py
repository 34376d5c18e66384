"""The lines of the queue as people read them (待办一行): what, about whom, until when, who has it, and what one may do.

Everything a page of fifty shows is asked in a few reads; names are opened together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from casework.states import Role
from casework.tasks import TASK_KINDS
from console.listing import Column
from console.words import Due, at, day, due
from desk.desk import Caller
from desk.tasks import may_claim
from records.applicants import Applicant, applicants_of, members_of, staff_names
from records.calendars import AreaCalendars
from records.engine import Reading
from records.queue import QueueRow
from records.worklists import TaskRow

NOBODY = Applicant("—", "—")


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One task.  `claimed` says by whom and since when; `notes` are said beside the task's words."""

    task: TaskRow
    words: str
    notes: tuple[str, ...]
    state: str
    limit: Due
    who: Applicant = field(repr=False)
    claimed: str
    since: str
    can_claim: bool
    can_release: bool

    @property
    def anchor(self) -> str:
        return f"{self.task.case_id}-{self.task.local_id}"


def lines_of(work: Reading, caller: Caller, rows: Sequence[QueueRow], now: datetime) -> tuple[QueueLine, ...]:
    """Return the lines of some tasks, in their order."""
    who = applicants_of(work, caller.scope, (row.task.case_id for row in rows))
    named = {name for row in rows for name in (row.task.claimed_by, row.task.acting_for) if name}
    names = staff_names(work, named)
    people = members_of(
        work, caller.scope, ((t.case_id, t.about) for row in rows if (t := row.task).about and _of_a_member(t))
    )
    calendars = AreaCalendars(work)
    return tuple(
        replace(line, notes=(*_member(row.task, people), *line.notes))
        for row in rows
        for line in (_line(caller, row, who.get(row.task.case_id, NOBODY), names, calendars, now),)
    )


def _line(
    caller: Caller, row: QueueRow, who: Applicant, names: dict[str, str], calendars: AreaCalendars, now: datetime
) -> QueueLine:
    task = row.task
    mine = task.claimed_by is not None and task.claimed_by in (caller.account, task.acting_for)
    limit = due(
        task.due_on,
        task.clock.day(now),
        calendars.of(task.office),
        overdue=task.overdue,
        paused=bool(task.paused),
    )
    return QueueLine(
        task=task,
        words=task.title or TASK_KINDS[task.kind].words,
        notes=tuple(_notes(task, caller.role, names)),
        state=row.state.words,
        limit=limit,
        who=who,
        claimed=_claimed(task, caller, names),
        since=at(task.claimed_at) if task.claimed_by else "",
        can_claim=task.claimed_by is None and may_claim(caller.role, task.kind),
        can_release=mine,
    )


def _of_a_member(task: TaskRow) -> bool:
    return task.about is not None and task.about[:1] == "M" and task.about[1:].isdigit()


def _member(task: TaskRow, people: dict[tuple[str, str], str]) -> tuple[str, ...]:
    if not _of_a_member(task):
        return ()
    name = people.get((task.case_id, task.about or ""), "")
    return (f"成员{name}（{task.about}）",)


def _notes(task: TaskRow, role: Role, names: dict[str, str]) -> list[str]:
    said = []
    if task.role is not role:
        said.append(f"由{task.role.words}办理")
    if task.acting_for:
        said.append(f"代{names.get(task.acting_for) or task.acting_for}办理")
    return said


def _claimed(task: TaskRow, caller: Caller, names: dict[str, str]) -> str:
    if task.claimed_by is None:
        return "无人领取"
    return "我" if task.claimed_by == caller.account else names.get(task.claimed_by) or task.claimed_by


def _limit(line: QueueLine) -> str:
    told = line.limit.words + ("（内部时限）" if line.task.internal and line.task.due_on else "")
    return f"{told}，{line.limit.day}" if line.limit.day else told


COLUMNS: tuple[Column[QueueLine], ...] = (
    Column("due", "期限", _limit, sortable=True),
    Column("words", "待办", lambda line: "；".join((line.words, *line.notes))),
    Column("who", "申请人", lambda line: line.who.name),
    Column("community", "社区", lambda line: line.who.community),
    Column("case", "个案编号", lambda line: line.task.case_id, sortable=True),
    Column("state", "状态", lambda line: line.state),
    Column("opened", "生成日期", lambda line: day(line.task.opened_on), sortable=True),
    Column("claimed", "领取", lambda line: f"{line.claimed} {line.since}".strip()),
)
"""As a file; the page lays the same out closer."""
