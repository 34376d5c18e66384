"""Limits that wait for an objection (异议): while one is open the report and the seal cannot be done, and are not late.

The gate opens with the last decision (scenario 15), so the day of the decision is made good too: whoever reports or
seals has the next working day, as after any publicity (A8, A9).  Publicity itself runs on.
"""

from casework.case import Case
from casework.case_facts import ObjectionStatus
from casework.clocks import Move, Pause
from casework.lost_days import made_good_days, paused_days
from casework.ruling import Setting
from casework.tasks import Task

WAITING = "等待异议处理完毕"
CLAUSE = "内部规定：异议处理完毕前不能上报和盖章，这两项的内部时限暂停（A9）"


def pause_at_opening(kind: str, case: Case, setting: Setting) -> tuple[Pause, ...]:
    """Return the pause with which a task of a kind opens while an objection is open."""
    return (_pause(setting),) if _shut(kind, case, setting) else ()


def paused(case: Case, setting: Setting) -> Case:
    """Return the case with the limits of what an open objection shuts paused from today."""
    tasks = (
        t.model_copy(update={"pauses": (*t.pauses, _pause(setting))})
        if _shut(t.kind, case, setting) and not t.overdue and _waiting(t) is None
        else t
        for t in case.tasks
    )
    return case.model_copy(update={"tasks": tuple(tasks)})


def gone_on(case: Case, setting: Setting) -> Case:
    """Return the case with these limits running again once no objection is open, the working days made good."""
    if _open(case):
        return case
    return case.model_copy(update={"tasks": tuple(_goes_on(t, setting) for t in case.tasks)})


def _goes_on(task: Task, setting: Setting) -> Task:
    mine = _waiting(task)
    if mine is None:
        return task
    others = tuple(p for p in task.pauses if p is not mine)
    ended = mine.model_copy(update={"last": setting.today})
    update: dict[str, object] = {"pauses": (*others, ended)}
    if task.due_on is not None:
        lost = paused_days((ended,)) - paused_days(others)
        due = made_good_days(setting.calendar, task.due_on, sorted(lost))
        if due != task.due_on:
            move = Move(on=setting.today, was=task.due_on, now=due, why=WAITING, clause=CLAUSE)
            update |= {"due_on": due, "moves": (*task.moves, move)}
    return task.model_copy(update=update)


def _shut(kind: str, case: Case, setting: Setting) -> bool:
    """Say whether an open objection shuts this step: the seal everywhere, the report where the locality says so."""
    return _open(case) and (kind == "seal" or (kind == "report_up" and setting.policy.publicity.objection_blocks.value))


def _open(case: Case) -> bool:
    return any(o.status is ObjectionStatus.OPEN for o in case.objections)


def _waiting(task: Task) -> Pause | None:
    return next((p for p in task.pauses if p.why == WAITING and p.last is None), None)


def _pause(setting: Setting) -> Pause:
    return Pause(first=setting.today, why=WAITING, clause=CLAUSE)
