"""Who is told that a changed calendar or policy moved a day (改期通知): the guards of the rows, the notices' words.

The household is told of its own time (公示、陈述申辩、补正、申诉), the helper of the promise.  Limits of the office are
shown with their tasks.
"""

from collections.abc import Callable, Mapping

from casework.case import Case
from casework.clocks import Clock
from casework.ruling import Ruling, Setting
from casework.starting import CLOCK_WORDS
from casework.times import in_words

Words = Mapping[str, str]

OF_THE_HOUSEHOLD = ("publicity", "exit_response", "supplement", "exit_effect")
"""Clocks in whose time the household may do something, the most important last."""

LONGEST = 60
"""What a word of a notice may be at most (`notifications/words.py`)."""


def household_date_moved(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The household's own time ends on another day."""
    return bool(_moved(before, ruling, OF_THE_HOUSEHOLD))


def promise_date_moved(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The promise falls due on another day."""
    return bool(_moved(before, ruling, ("promise",)))


def both_dates_moved(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The household's own time and the promise both end on other days."""
    return household_date_moved(before, ruling, setting) and promise_date_moved(before, ruling, setting)


def _moved(before: Case | None, ruling: Ruling, kinds: tuple[str, ...]) -> tuple[Clock, ...]:
    """Return the running clocks of these kinds that the ruling gives another last day."""
    known = {clock.key: clock.due_on for clock in before.clocks} if before else {}
    return tuple(c for c in ruling.moved if c.kind in kinds and c.due_on != known.get(c.key, c.due_on))


def _household_words(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    """Two days that move at once are told together where they fit in one word; else the more important one."""
    said = [
        f"{CLOCK_WORDS[c.kind]}由{in_words(c.moves[-1].was)}改为{in_words(c.due_on)}"
        for c in sorted(_moved(before, ruling, OF_THE_HOUSEHOLD), key=lambda c: OF_THE_HOUSEHOLD.index(c.kind))
    ]
    together = "；".join(said)
    return {"moved": together if len(together) <= LONGEST else said[-1], "because": _because(setting)}


def _because(setting: Setting) -> str:
    return "办法修订" if setting.replaced_policy is not None else "国家公布或调整放假安排"


def _promise_words(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    (clock,) = _moved(before, ruling, ("promise",))
    return {
        "was": clock.moves[-1].was.isoformat(),
        "promise_due": clock.due_on.isoformat(),
        "because": _because(setting),
    }


CALENDAR_GUARDS = (household_date_moved, promise_date_moved, both_dates_moved)

CALENDAR_GUARD_WORDS = {
    "household_date_moved": "家庭的期限因此改期",
    "promise_date_moved": "安置承诺因此改期",
    "both_dates_moved": "家庭的期限和安置承诺都因此改期",
}

CALENDAR_WORDS: dict[str, Callable[[Case | None, Ruling, Setting], Words]] = {
    "dates_moved": _household_words,
    "promise_moved": _promise_words,
}
