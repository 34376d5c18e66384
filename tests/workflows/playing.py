"""Plays a life on the pure rules and on the real engine, and says where two lists of events differ.

The comparison knows nothing of lives: drills and other players may use it for any two lists.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from casework.case import Case
from casework.commands import COMMANDS, Command
from casework.decide import decide
from casework.errors import CaseworkError
from casework.events import CaseEvent
from casework.timetable import fall_due
from operations.random_lives import in_force
from policies.calendar_model import WorkCalendar
from policies.calendars import load_calendar
from policies.packs import load_pack
from policies.schema import Policy
from tests.engine_stack import EngineStack
from tests.workflows.lives import Life, Move

SLACK = timedelta(seconds=60)
"""How much later than asked a person's step may be on the engine, whose clock runs on between the moves."""


@dataclass(slots=True)
class Played:
    """What became of a life: its events, and the codes of the steps that were refused, by number of the move."""

    events: list[CaseEvent] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        return self.events[-1].case

    def of(self, trigger: str) -> list[CaseEvent]:
        return [event for event in self.events if event.trigger == trigger]


def command_of(life: Life, number: int, case: Case | None, case_id: str) -> Command:
    """Return the command of a move; its id is made of the case and the move, so that it can be sent again."""
    move = life.moves[number]
    assert move.do is not None
    given: Mapping[str, object] = move.given(case) if callable(move.given) else move.given  # type: ignore[arg-type]
    if move.do == "apply":
        office = case_id.split("-")[0]
        own = {"case_id": case_id, "office": office, "household": life.household}
        given = {"applied_on": (move.at + timedelta(hours=8)).date(), **own, **given}
    return COMMANDS[move.do].model_validate({"command_id": f"{case_id}:{number}", "by": move.by, **given})


def play_pure(
    life: Life,
    case_id: str = "220302004-2026-00001",
    *,
    clock_offset: int = 0,
    policy: Policy | None = None,
    calendar: WorkCalendar | None = None,
) -> Played:
    """Play a life on the rules alone."""
    policy, calendar = policy or load_pack(life.pack), calendar or load_calendar()
    played = Played()
    case: Case | None = None
    for number, move in enumerate(life.moves):
        if case is not None:
            case, fallen = fall_due(case, policy, calendar, move.at)
            played.events += [event for _, event in fallen]
        if move.do is None:
            continue
        try:
            command = command_of(life, number, case, case_id)
            event = decide(case, command, policy, calendar, move.at, clock_offset=clock_offset)
        except CaseworkError as no:
            played.refused[number] = no.code
            continue
        case = event.case
        calendar = in_force(command, calendar)
        played.events.append(event)
    return played


async def play_on_engine(stack: EngineStack, life: Life, case_id: str, moves: Sequence[int] | None = None) -> Played:
    """Play a life, or some of its moves, on the real engine; return all the case's events on record."""
    refused = {}
    for number in moves if moves is not None else range(len(life.moves)):
        try:
            await move_on_engine(stack, life, case_id, number)
        except CaseworkError as no:
            refused[number] = no.code
    await stack.settled(case_id)
    return Played(stack.events(case_id), refused)


async def move_on_engine(stack: EngineStack, life: Life, case_id: str, number: int) -> None:
    """Make one move on the real engine."""
    move: Move = life.moves[number]
    if number == 0:
        opening = command_of(life, 0, None, case_id)
        await stack.begin(opening, move.at, life.pack)  # type: ignore[arg-type]
        return
    await stack.until(case_id, move.at)
    await stack.settled(case_id)
    if move.do is not None:
        await stack.cases.take(case_id, command_of(life, number, stack.case(case_id), case_id))


def differences(expected: Sequence[CaseEvent], found: Sequence[CaseEvent], slack: timedelta = SLACK) -> list[str]:
    """Say where two lists of events differ, line by line; none means equal but for the moment within `slack`."""
    wanted, there = [e.trigger for e in expected], [e.trigger for e in found]
    if wanted != there:
        return [f"steps differ:\n  expected {wanted}\n  found    {there}"]
    lines = []
    for one, other in zip(expected, found, strict=True):
        told = _unlike(one.model_dump(mode="python"), other.model_dump(mode="python"), slack)
        lines += [f"event {one.seq} {one.trigger}: {line}" for line in told]
    return lines


def _unlike(expected: Any, found: Any, slack: timedelta, path: str = "") -> Iterator[str]:
    if isinstance(expected, dict) and isinstance(found, dict) and expected.keys() == found.keys():
        for name, value in expected.items():
            yield from _unlike(value, found[name], slack, f"{path}.{name}")
    elif isinstance(expected, tuple | list) and isinstance(found, tuple | list) and len(expected) == len(found):
        for place, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from _unlike(one, other, slack, f"{path}[{place}]")
    elif isinstance(expected, datetime) and isinstance(found, datetime):
        if abs(expected - found) > slack:
            yield f"{path}: {expected} ≠ {found}"
    elif expected != found:
        yield f"{path}: {expected!r} ≠ {found!r}"
