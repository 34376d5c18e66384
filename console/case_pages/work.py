"""What there is to do in a case (待办、下一步、可以办理的): grouped, with the reason why something cannot start yet.

The reasons are the rules' own, asked beforehand (`casework/held_back.py`); which step leads on is read from the table.
"""

from dataclasses import dataclass

from casework.case import Case
from casework.commands import COMMANDS
from casework.errors import CaseworkError
from casework.held_back import held_back
from casework.ruling import Setting
from casework.starting import CLOCK_WORDS
from casework.states import Actor, Role, State
from casework.table import allowed_steps, rows_of
from casework.tasks import TASK_KINDS
from casework.way_ahead import Ahead, done, next_state, way_ahead
from console.case_pages.families import FAMILIES, FAMILY, PART, PARTS
from console.case_pages.said import People
from console.words import Due, due, short_day
from records.case_pages import CaseSeen
from records.worklists import TaskRow

OFTEN = ("帮扶", "拒绝和联系")
"""Families whose steps are taken all along once help has begun, so that they stand among the first."""

MOST_FIRST = 8
SOMEBODY = "somebody"
"""Who would take a step that is another role's: nobody who has done anything in the case."""


@dataclass(frozen=True, slots=True)
class Held:
    """Why something cannot start yet; `waits` names the clock it waits for, where there is one."""

    waits: str
    words: str
    clause: str | None


@dataclass(frozen=True, slots=True)
class TaskShown:
    """An open task as the page shows it."""

    words: str
    about: str
    path: str
    role: str
    mine: bool
    due: Due
    internal: bool
    claimed: str
    held: Held | None


@dataclass(frozen=True, slots=True)
class Onward:
    """A step of the way to the next state: how it stands now."""

    words: str
    role: str
    stand: str
    held: Held | None
    path: str


@dataclass(frozen=True, slots=True)
class Button:
    """A step the caller may take now."""

    words: str
    path: str


@dataclass(frozen=True, slots=True)
class Work:
    """Everything there is to do, as the page shows it.  `parts` are the tasks by part of the work."""

    parts: tuple[tuple[str, tuple[TaskShown, ...]], ...]
    ahead: tuple[Onward, ...]
    leads_to: str
    first: tuple[Button, ...]
    others: tuple[tuple[str, tuple[Button, ...]], ...]
    not_now: tuple[tuple[str, Held], ...]

    @property
    def count(self) -> int:
        return sum(len(tasks) for _, tasks in self.parts)


def work_of(seen: CaseSeen, me: Actor, people: People, setting: Setting) -> Work:
    """Return what there is to do in a case for somebody."""
    asking = _Asking(seen.case, me, setting)
    shown = [(row, _task(row, seen, asking, people)) for row in seen.tasks]
    parts = [(part, tuple(t for row, t in shown if PART[row.kind] == part)) for part in PARTS]
    ahead = _ahead(seen.case, asking)
    first, others, not_now = _buttons(seen.case, asking)
    wanted = next_state(seen.case.state)
    leads_to = wanted.words if wanted else ""
    return Work(tuple(p for p in parts if p[1]), ahead, leads_to, first, others, not_now)


class _Asking:
    """Asks the rules, each step once: as the caller where the step is the caller's, else as somebody of its role."""

    def __init__(self, case: Case, me: Actor, setting: Setting) -> None:
        self.case, self.me, self.setting = case, me, setting
        self._known: dict[tuple[str, Role], CaseworkError | None] = {}

    def no_to(self, trigger: str, role: Role | None = None) -> CaseworkError | None:
        roles = dict.fromkeys(r for row in rows_of(trigger) if self.case.state in row.source for r in row.who)
        roles = roles or dict.fromkeys(r for row in rows_of(trigger) for r in row.who)
        wanted = self.me.role if self.me.role in roles else role if role in roles else next(iter(roles))
        if (trigger, wanted) not in self._known:
            by = self.me if wanted is self.me.role else Actor(account=SOMEBODY, role=wanted)
            self._known[trigger, wanted] = held_back(self.case, trigger, by, self.setting)
        return self._known[trigger, wanted]

    def held(self, no: CaseworkError) -> Held:
        clock = self.case.clock(no.field) if no.field else None
        waits = f"等待{CLOCK_WORDS.get(clock.kind, clock.kind)}满（{short_day(clock.due_on)}）" if clock else ""
        return Held(waits, no.message, no.clause)


def _task(row: TaskRow, seen: CaseSeen, asking: _Asking, people: People) -> TaskShown:
    nos = [asking.no_to(step, row.role) for step in TASK_KINDS[row.kind].steps]
    no = None if any(each is None for each in nos) else nos[0]
    paused = bool(row.paused)
    return TaskShown(
        words=row.title or TASK_KINDS[row.kind].words,
        about="" if row.title else people.about(row.about),
        path=f"/cases/{row.case_id}/tasks/{row.local_id}",
        role=row.role.words,
        mine=row.role is asking.me.role,
        due=due(row.due_on, seen.today, seen.calendar, overdue=row.overdue, paused=paused),
        internal=row.internal and row.due_on is not None,
        claimed=people.account(row.claimed_by) if row.claimed_by else "",
        held=asking.held(no) if no is not None else None,
    )


def _ahead(case: Case, asking: _Asking) -> tuple[Onward, ...]:
    steps = way_ahead(case.state)
    kinds = frozenset(task.kind for task in case.tasks)
    return tuple(_onward(case, step, kinds, steps[place + 1 :], asking) for place, step in enumerate(steps))


def _onward(case: Case, step: Ahead, kinds: frozenset[str], later: tuple[Ahead, ...], asking: _Asking) -> Onward:
    roles = "、".join(role.words for role in dict.fromkeys(r for row in rows_of(step.trigger) for r in row.who))
    words, path = COMMANDS[step.trigger].title, f"/cases/{case.case_id}/steps/{step.trigger}"
    if done(step, kinds, later):
        return Onward(words, roles, "done", None, "")
    no = asking.no_to(step.trigger)
    if no is not None:
        return Onward(words, roles, "held", asking.held(no), "")
    if step.kinds and not kinds.intersection(step.kinds):
        return Onward(words, roles, "later", None, "")
    mine = asking.me.role in {role for row in rows_of(step.trigger) for role in row.who}
    return Onward(words, roles, "open", None, path if mine else "")


def _buttons(
    case: Case, asking: _Asking
) -> tuple[tuple[Button, ...], tuple[tuple[str, tuple[Button, ...]], ...], tuple[tuple[str, Held], ...]]:
    allowed = allowed_steps(case.state, asking.me.role)
    nos = {trigger: asking.no_to(trigger) for trigger in allowed}
    free = [trigger for trigger in allowed if nos[trigger] is None]
    urgent = {step for task in case.tasks for step in TASK_KINDS[task.kind].steps}
    urgent |= {step.trigger for step in way_ahead(case.state)}
    behind = {step.trigger for state in State if state is not case.state for step in way_ahead(state)}
    usual = [t for t in free if FAMILY[t] in OFTEN and t not in urgent | behind]
    first = ([t for t in free if t in urgent] + (usual if case.reviews.certified_on else []))[:MOST_FIRST]
    rest = [t for t in free if t not in first]
    families = [(words, tuple(_button(case, t) for t in rest if FAMILY[t] == words)) for words, _ in FAMILIES]
    not_now = [(COMMANDS[t].title, asking.held(no)) for t, no in nos.items() if no is not None]
    return tuple(_button(case, t) for t in first), tuple(f for f in families if f[1]), tuple(not_now)


def _button(case: Case, trigger: str) -> Button:
    return Button(COMMANDS[trigger].title, f"/cases/{case.case_id}/steps/{trigger}")
