"""A sample of the random lives on the real server: they end in the same case as on the pure rules, event for event.

Which lives: seeds, under each pack in turn.  Steps that the rules refuse are sent too and must get the same no.
"""

from typing import Any

import pytest

from casework.commands.request import Command
from operations.random_lives import RandomLife, random_life
from policies.calendars import load_calendar
from policies.packs import load_pack, pack_ids
from tests.engine_stack import EngineStack
from tests.workflows.lives import Life, Move
from tests.workflows.people import put_household
from tests.workflows.playing import differences, play_on_engine, play_pure

pytestmark = [pytest.mark.engine, pytest.mark.timeout(400)]

ENVELOPE = frozenset(Command.model_fields)
SHORT, LONG = (11, 12, 13), tuple(range(20, 36))


def as_moves(random: RandomLife, pack: str) -> Life:
    """Return what was tried as dated moves; the last one only lets time pass."""

    def given(command: Any) -> dict[str, object]:
        return {name: getattr(command, name) for name in type(command).model_fields if name not in ENVELOPE}

    opening, *rest = random.tried
    moves = [Move(opening.at, "apply", opening.command.by)]
    moves += [Move(t.at, t.command.trigger, t.command.by, given(t.command), t.no) for t in rest]
    if random.now > moves[-1].at:
        moves.append(Move(random.now))
    return Life(f"random life of {pack}", tuple(moves), pack, opening.command.household)  # type: ignore[attr-defined]


async def the_same_on_both(stack: EngineStack, seed: int, steps: int) -> int:
    """Play one life on server and rules; return how many events it had."""
    pack = pack_ids()[seed % len(pack_ids())]
    life = as_moves(random_life(seed, load_pack(pack), load_calendar(), steps=steps, calendars=0.08), pack)
    case_id = put_household(stack.record, life.household)
    played = await play_on_engine(stack, life, case_id)
    pure = play_pure(life, case_id, clock_offset=played.case.clock_offset)
    assert played.refused == pure.refused
    assert differences(pure.events, played.events) == []
    return len(played.events)


@pytest.mark.parametrize("seed", SHORT)
async def test_a_random_life_is_the_same_on_the_real_server(stack: EngineStack, seed: int) -> None:
    assert await the_same_on_both(stack, seed, steps=30) > 10


@pytest.mark.slow
async def test_many_random_lives_are_the_same_on_the_real_server(stack: EngineStack) -> None:
    events = [await the_same_on_both(stack, seed, steps=45) for seed in LONG]
    assert sum(events) > 20 * len(LONG)
