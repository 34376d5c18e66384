"""Random lives for tests of the record, lived once for all tests of a process.  Writing them is each test's own."""

from functools import cache

from casework.events import CaseEvent
from operations.random_lives import random_lives
from policies.calendars import load_calendar
from policies.packs import load_pack


@cache
def lived(count: int, seed: int) -> tuple[tuple[CaseEvent, ...], ...]:
    """Return what happened in so many lives."""
    lives = random_lives(count, [load_pack("jilin-2021")], load_calendar(), seed=seed)
    return tuple(tuple(life.events) for life in lives)
