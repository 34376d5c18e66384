"""Which names an expectation of a drill may use (期望里的名称): a misspelt one would hold for ever and prove nothing.

`no_notices = ["exit_propose"]` or `clocks = { promisse = false }` never fails; here it is an error of the file, and so
is an expectation of the wrong shape.  What an expectation means is checked in `drill_checks.py`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from casework.commands import COMMANDS, Deadline
from casework.starting import STARTERS
from casework.states import ExitReason, State
from casework.tasks import TASK_KINDS
from notifications.catalog import NOTICES

PROMISE = ("due", "first_due", "target", "started", "offered", "met", "overdue", "cause", "kept", "provisional")
DEADLINES = tuple(name for name, kind in COMMANDS.items() if issubclass(kind, Deadline))


def _names(wanted: Any) -> list[Any]:
    """A word or several: one text, a list, or the keys of a table; `false` names nothing."""
    if wanted is False:
        return []
    return list(wanted) if isinstance(wanted, list | dict) else [wanted]


def _kind(name: str) -> str:
    """A clock or a task of one subject is written "kind:subject"."""
    return name.partition(":")[0]


def _trigger(name: str) -> str:
    """A deadline is written with its instant, "promise_overdue 2026-10-23"."""
    return name.partition(" ")[0]


def _itself(name: str) -> str:
    return name


NAMES: dict[str, tuple[Callable[[str], str], Iterable[str]]] = {
    "state": (_itself, [state.value for state in State]),
    "opened": (_itself, TASK_KINDS),
    "closed": (_itself, TASK_KINDS),
    "tasks": (_itself, TASK_KINDS),
    "due": (_kind, TASK_KINDS),
    "overdue": (_itself, TASK_KINDS),
    "notices": (_itself, NOTICES),
    "no_notices": (_itself, NOTICES),
    "events": (_trigger, DEADLINES),
    "no_events": (_itself, DEADLINES),
    "clocks": (_kind, STARTERS),
    "provisional": (_kind, STARTERS),
    "promise": (_itself, PROMISE),
    "proposal": (_itself, [reason.value for reason in ExitReason]),
    "decided": (_itself, [reason.value for reason in ExitReason]),
    "exit": (_itself, [reason.value for reason in ExitReason]),
}
"""expectation → how a name in it is written, and the names there are."""

OF_MEMBERS = ("services", "refusals", "base", "counted")
TABLES = ("due", "clocks", "provisional", "promise", "services", "refusals")


def wrong_names(expect: dict[str, Any], members: tuple[str, ...]) -> tuple[str, ...]:
    """Return one Chinese line for each expectation that is written wrong or names something that does not exist."""
    lines = []
    for word, wanted in expect.items():
        if isinstance(wanted, dict) is not (word in TABLES):
            lines.append(f"{word} 应写作 {{ 名称 = 值 }}。" if word in TABLES else f"{word} 不能写作 {{ … }}。")
            continue
        known = (_itself, members) if word in OF_MEMBERS else NAMES.get(word)
        if known is None:
            continue
        spelt, names = known[0], tuple(known[1])
        strange = [name for name in _names(wanted) if not isinstance(name, str) or spelt(name) not in names]
        if strange:
            lines.append(f"{word} 里没有“{strange[0]}”，可用的有：{'、'.join(names)}。")
    return tuple(lines)
