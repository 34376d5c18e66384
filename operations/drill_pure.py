"""Drills on the pure rules: no server, any dates; deadlines fall due as commands at their instants.

Also how a step's written fields become a command: free text gets an id, what is left out and obvious is filled in.
"""

import hashlib
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from casework.case import Case
from casework.case_facts import TextId
from casework.commands import COMMANDS, OPENINGS, Command
from casework.commands.calendar_change import AdoptCalendar
from casework.commands.policy_change import AdoptPolicy
from casework.decide import decide
from casework.events import Receipt, receipt
from casework.ruling import Setting
from casework.times import local_date
from casework.timetable import due_command, next_due
from operations.drill_absences import Away, away_of, in_charge, in_stead
from operations.drill_file import OF_THE_SYSTEM, Drill, DrillFileWrong, DrillStep
from operations.drill_policy import adopting
from operations.drill_view import CaseView, view_of
from policies.calendars import load_calendar
from policies.packs import load_pack

CASE_ID, OFFICE = "220302004-2026-00001", "220302004"


class PureBackend:
    """One case on the pure rules."""

    def __init__(self) -> None:
        self._case: Case | None = None

    @property
    def case(self) -> Case | None:
        """The case as it is now, None before it is opened."""
        return self._case

    def begin(self, drill: Drill) -> None:
        """Start without a case at the drill's first instant."""
        self._drill = drill
        self._policy = load_pack(drill.pack, on=local_date(drill.start))
        self._calendar = load_calendar()
        self._now = drill.start
        self._absences: tuple[Away, ...] = ()

    def absent(self, step: DrillStep) -> None:
        """Remember the absence: from now on the substitute acts in the helper's name."""
        self._absences += (away_of(step, self._drill),)

    def advance(self, to: datetime) -> tuple[Receipt, ...]:
        """Ring every deadline up to an instant; one that is found late rings now, never in the past."""
        fallen = []
        while self._case is not None and (due := due_command(self._case, to)) is not None:
            at = next_due(self._case)
            assert at is not None
            command, rung = due
            self._now = max(self._now, at)
            event = decide(rung, command, self._policy, self._calendar, self._now)
            self._case = event.case
            fallen.append(receipt(event))
        self._now = max(self._now, to)
        return tuple(fallen)

    def do(self, step: DrillStep) -> Receipt:
        """Decide one step; deadlines that it makes fall due at once ring with the next advance."""
        number = self._case.seq + 1 if self._case else 1
        key = f"drill-{step.number}-{number}"
        own = step.do in OF_THE_SYSTEM
        step = in_stead(step, self._case.helper if self._case else None, self._absences)
        command = adopting(step, self._policy, self._calendar, key) if own else command_of(step, self._drill, key)
        if self._case is None and own:
            raise DrillFileWrong(f"第{step.number}步：还没有个案，请先写 apply 或 reach。")
        event = decide(self._case, command, self._policy, self._calendar, self._now)
        self._case = event.case
        if isinstance(command, AdoptCalendar):
            self._calendar = command.calendar
        if isinstance(command, AdoptPolicy):
            self._policy = command.policy
        return receipt(event)

    def view(self) -> CaseView | None:
        """Return the case as it stands."""
        if self._case is None:
            return None
        view = view_of(self._case, Setting(self._policy, self._calendar, self._now, former=self._case.former_terms))
        return replace(view, in_charge=in_charge(view.helper, local_date(self._now), self._absences))


def command_of(step: DrillStep, drill: Drill, command_id: str) -> Command:
    """Return the command of a step; dates left out are the step's day, a text left out is a remark."""
    kind = COMMANDS[step.do]
    fields: dict[str, Any] = dict(step.fields)
    if step.do in OPENINGS:
        fields = {"case_id": CASE_ID, "office": OFFICE, "household": drill.household} | fields
    for name, about in kind.model_fields.items():
        if name not in fields and about.is_required() and about.annotation is date:
            fields[name] = local_date(step.at)
    for name in text_fields(kind):
        if name in fields or kind.model_fields[name].is_required():
            fields[name] = text_id(str(fields.get(name, "演练。")))
    try:
        return kind.model_validate({"command_id": command_id, "by": step.by, **fields})
    except ValidationError as error:
        where = "、".join(str(e["loc"][0]) for e in error.errors())
        raise DrillFileWrong(f"第{step.number}步（{step.do}）：{where} 缺少或写错，请看 docs/drills.md。") from error


def text_fields(kind: type[Command]) -> tuple[str, ...]:
    """Return the fields of a command that hold the id of a free text."""
    pattern = TextId.__metadata__[0].metadata[0].pattern  # type: ignore[attr-defined]

    def is_text(name: str) -> bool:
        about = kind.model_fields[name]
        shapes = [*about.metadata, *(m for a in getattr(about.annotation, "__args__", ()) for m in _metadata(a))]
        return any(getattr(shape, "pattern", None) == pattern for shape in shapes)

    return tuple(name for name in kind.model_fields if is_text(name))


def _metadata(annotation: Any) -> list[Any]:
    return [m for found in getattr(annotation, "__metadata__", ()) for m in getattr(found, "metadata", ())]


def text_id(text: str) -> str:
    """Return an id for a text; the same text has the same id, so that a drill is the same every time."""
    return "txt-" + hashlib.sha256(text.encode()).hexdigest()[:32]
