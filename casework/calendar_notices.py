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


def overdue_taken_back(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The main promise was called overdue on a provisional day, wrongly."""
    was, now = before.promise if before else None, ruling.case.promise
    return was is not None and now is not None and was.overdue_on is not None and now.overdue_on is None


def promise_goes_on(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """That promise goes on, because its day lies ahead."""
    now = ruling.case.promise
    return overdue_taken_back(before, ruling, setting) and now is not None and now.running


def relocation_overdue_taken_back(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The promise of a relocated household was called overdue on a provisional day, wrongly."""
    was, now = before.relocation if before else None, ruling.case.relocation
    overdue = was is not None and was.promise.overdue_on is not None
    return overdue and now is not None and now.promise.overdue_on is None


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
    was, now = before.promise if before else None, ruling.case.promise
    assert was is not None
    assert now is not None
    return {"was": was.due_on.isoformat(), "promise_due": now.due_on.isoformat(), "because": _because(setting)}


CALENDAR_GUARDS = (
    household_date_moved,
    promise_date_moved,
    both_dates_moved,
    overdue_taken_back,
    promise_goes_on,
    relocation_overdue_taken_back,
)

CALENDAR_GUARD_WORDS = {
    "household_date_moved": "家庭的期限因此改期",
    "promise_date_moved": "安置承诺因此改期",
    "both_dates_moved": "家庭的期限和安置承诺都因此改期",
    "overdue_taken_back": "按暂定日期判的承诺超期因此撤销",
    "promise_goes_on": "按暂定日期判的承诺超期因此撤销，承诺继续",
    "relocation_overdue_taken_back": "按暂定日期判的棚改回迁承诺超期因此撤销",
}

CALENDAR_WORDS: dict[str, Callable[[Case | None, Ruling, Setting], Words]] = {
    "dates_moved": _household_words,
    "promise_moved": _promise_words,
}
