"""Tasks (待办) at the desk: mine, claim, release, complete.  Who may complete one with which step is the table's."""

from datetime import datetime

from casework.commands import COMMANDS
from casework.errors import NotYourStep, SaidNo
from casework.events import Receipt
from casework.states import Role
from casework.tasks import TASK_KINDS
from desk.bodies import Body
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.step_checks import roles_of
from desk.steps import take_step
from records import worklists
from records.engine import Reading
from records.worklists import TaskRow


def my_tasks(desk: Desk, caller: Caller, limit: int) -> tuple[TaskRow, ...]:
    """Return the open tasks of the caller's role that nobody else has claimed, and those it has claimed itself.

    Whose they are just now is told by the absences of today.
    """
    with desk.record.read() as work:
        return worklists.my_tasks(work, caller.scope, limit)


def may_claim(role: Role, kind: str) -> bool:
    """Say whether a role may end tasks of a kind, and so claim them."""
    return any(role in roles_of(step) for step in TASK_KINDS[kind].steps)


def claim(desk: Desk, caller: Caller, case_id: str, task_id: str, now: datetime) -> TaskRow:
    """Claim a task; raises `Conflict` saying who was first."""
    with desk.record.write() as work:
        _require_mine(work, caller, case_id, task_id)
        row = worklists.claim(work, caller.scope, f"{case_id}/{task_id}", now)
    return or_not_found(row, "待办")


def release(desk: Desk, caller: Caller, case_id: str, task_id: str) -> TaskRow:
    """Give a claim back."""
    with desk.record.write() as work:
        row = worklists.release(work, caller.scope, f"{case_id}/{task_id}")
    return or_not_found(row, "待办")


def steps_of(desk: Desk, caller: Caller, case_id: str, task_id: str, step: str) -> str:
    """Return the step when it may end this task; raises `NotFound` or `SaidNo` (step_not_of_task)."""
    with desk.record.read() as work:
        row = or_not_found(worklists.task(work, caller.scope, f"{case_id}/{task_id}"), "待办")
    kind = TASK_KINDS[row.kind]
    if step not in kind.steps:
        words = "、".join(f"{s}（{COMMANDS[s].title}）" for s in kind.steps)
        raise SaidNo("step_not_of_task", f"待办“{kind.words}”只能用以下步骤办结：{words}。", field="step")
    return step


async def complete(
    desk: Desk, caller: Caller, case_id: str, task_id: str, step: str, body: Body, key: str, now: datetime
) -> Receipt:
    """End a task with one of its steps; raises `Conflict` (task_closed) that says who was first and with what."""
    return await take_step(desk, caller, case_id, step, body, key, task_id=task_id, now=now)


def _require_mine(work: Reading, caller: Caller, case_id: str, task_id: str) -> None:
    row = or_not_found(worklists.task(work, caller.scope, f"{case_id}/{task_id}"), "待办")
    if not may_claim(caller.role, row.kind):
        raise NotYourStep("task_not_of_role", f"这项待办由{row.role.words}办理，您的角色是{caller.role.words}。")
