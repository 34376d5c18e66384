"""The rule of overdue tasks: "overdue" is an event that a timer wrote, never a comparison in a list."""

from casework.case import Case
from casework.commands.deadlines import TaskOverdue
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.ruling import Ruling, Setting
from casework.tasks import TASK_KINDS
from casework.times import end_of, in_words

INTERNAL = "内部规定：内部时限（N18）"


def task_overdue(case: Case, command: TaskOverdue, setting: Setting) -> Ruling:
    """24:00 of a task's last day has passed and it is still open (N18)."""
    task = case.task(command.about or "")
    if task is None or task.due_on is None or task.overdue or setting.now < end_of(task.due_on):
        raise SaidNo("task_not_overdue", "该待办没有超期，或已办结。")
    marked = tuple(t.model_copy(update={"overdue": True}) if t.task_id == task.task_id else t for t in case.tasks)
    words = task.title or TASK_KINDS[task.kind].words
    why = Why(
        rule="tasks.overdue",
        says=f"待办“{words}”已于{in_words(task.due_on)}24时超期，由{task.role.words}尽快办理。",
        facts=(Fact(label="开始日期", value=in_words(task.opened_on)),),
        clause=INTERNAL if task.internal else setting.policy.followup.cadence.basis,
    )
    return Ruling(case.model_copy(update={"tasks": marked}), why, about=task.task_id)
