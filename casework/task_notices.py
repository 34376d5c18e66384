"""A task that opens is told to whoever has to do it (待办通知): the table's rows need not name it.

So no task, of this release or the next, opens in silence.  Which notices a row sends beside that is said by the row.
"""

from collections.abc import Callable
from datetime import date

from casework.case import Case
from casework.commands import COMMANDS
from casework.exits import reason_words
from casework.ruling import Setting
from casework.states import Actor, Role
from casework.tasks import TASK_KINDS, Task
from casework.times import in_words

LONGEST = 60
"""What a word of a notice may be at most."""

TASK_OPENED = "task_opened"
EXIT_TO_DECIDE = "exit_to_decide"
TASK_NOTICES = (TASK_OPENED, EXIT_TO_DECIDE)
"""The notices that no row names: they go with the tasks a row opens."""

FOR_ANOTHER = frozenset({"seal", "judge_refusal", "issue_warning", "decide_objection"})
"""Kinds that are told even when a colleague of the same role opened them: somebody else has to do them, or soon."""

Told = Callable[[Case, tuple[Task, ...], str, Setting], dict[str, str]]


def tasks_told(
    opened: tuple[Task, ...], told: frozenset[Role | None], case: Case, trigger: str, by: Actor, setting: Setting
) -> tuple[tuple[str, Role, dict[str, str]], ...]:
    """Return name, role and words of the notices for the tasks that an event opened: one for each role.

    `told` are the roles that a notice of the row tells already.  Whoever opened a task of the own role knows of it.
    """
    found = []
    for name, words_of in NOTICES_OF_TASKS.items():
        mine = [t for t in opened if (t.kind == "decide_exit") == (name == EXIT_TO_DECIDE)]
        for role in dict.fromkeys(t.role for t in mine):
            tasks = tuple(t for t in mine if t.role is role and (role is not by.role or t.kind in FOR_ANOTHER))
            if tasks and role not in told:
                found.append((name, role, words_of(case, tasks, trigger, setting)))
    return tuple(found)


def _opened(case: Case, tasks: tuple[Task, ...], trigger: str, setting: Setting) -> dict[str, str]:
    names = tuple(dict.fromkeys(t.title or TASK_KINDS[t.kind].words for t in tasks))
    if len("、".join(names)) > LONGEST:
        names = tuple(dict.fromkeys(TASK_KINDS[t.kind].words for t in tasks))
    listed = "、".join(names)
    if len(listed) > LONGEST:
        listed = f"{names[0]}等{len(names)}项"
    return {"step": COMMANDS[trigger].title, "tasks": listed, "due": _due(tasks)}


def _due(tasks: tuple[Task, ...]) -> str:
    days = [t.due_on for t in tasks if t.due_on is not None]
    if not days:
        return "请尽快"
    day = _short(min(days))
    return f"期限{day}" if len(set(days)) == 1 else f"最早一项期限{day}"


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _exit_to_decide(case: Case, tasks: tuple[Task, ...], trigger: str, setting: Setting) -> dict[str, str]:
    proposal = case.exit_proposal
    assert proposal is not None
    due = min(t.due_on for t in tasks if t.due_on is not None)
    return {
        "reason": reason_words(proposal.reason, setting.policy),
        "respond_by": proposal.respond_by.isoformat(),
        "decide_by": in_words(due),
    }


NOTICES_OF_TASKS: dict[str, Told] = {TASK_OPENED: _opened, EXIT_TO_DECIDE: _exit_to_decide}
