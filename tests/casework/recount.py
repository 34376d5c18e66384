"""A naive second counting of a life: from what was said and what happened alone, never from the case or its rules.

Slow and plain on purpose: months by `dateutil`, working days by `chinese_calendar`.  The model test holds the case
against it after every event.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import chinese_calendar
from dateutil.relativedelta import relativedelta

from casework.case import Case
from casework.events import CaseEvent
from casework.recounts_promise import on_a_guess

ON_PAPER_OR_AT_HOME = ("visit", "letter")


@dataclass(frozen=True, slots=True)
class Said:
    """An accepted command and the number of its event."""

    seq: int
    command: Any


def accepted(tried: Iterable[Any]) -> list[Said]:
    """Return the accepted commands of people in the order of their events."""
    return [Said(t.event.seq, t.command) for t in tried if t.event is not None]


def said(commands: list[Said], *triggers: str) -> list[Said]:
    return [s for s in commands if s.command.trigger in triggers]


def open_tasks(events: list[CaseEvent]) -> set[str]:
    """Return the tasks that were opened and not closed."""
    ids: set[str] = set()
    for event in events:
        ids -= {task.task_id for task in event.closed}
        ids |= {task.task_id for task in event.opened}
    return ids


def running_clocks(events: list[CaseEvent]) -> set[str]:
    """Return the clocks that were started and not stopped."""
    keys: set[str] = set()
    for event in events:
        keys -= {clock.key for clock in event.stopped}
        keys |= {clock.key for clock in event.started}
    return keys


def services(commands: list[Said]) -> Counter[tuple[str, str]]:
    """Count what was given to whom: (member, kind) → times."""
    return Counter((s.command.member, str(s.command.kind)) for s in said(commands, "record_service"))


def judgements(commands: list[Said]) -> dict[str, str]:
    """Return what was last said of every refusal: pending, justified or unjustified."""
    found = {f"F{s.seq}": "pending" for s in said(commands, "record_refusal")}
    for s in said(commands, "judge_refusal"):
        found[s.command.refusal] = "justified" if s.command.justified else "unjustified"
    return found


def refusal_days(commands: list[Said], member: str, counting: set[str]) -> list[date]:
    """Return the days of a member's refusals that stand as unjustified, of those that may count."""
    verdict = judgements(commands)
    gone = {s.command.sets_aside for s in said(commands, "uphold_appeal")}
    mine = [s for s in said(commands, "record_refusal") if s.command.member == member and f"F{s.seq}" not in gone]
    return sorted(s.command.on for s in mine if verdict[f"F{s.seq}"] == "unjustified" and f"F{s.seq}" in counting)


def most_in_a_month(days: list[date], months: int = 1) -> int:
    """Return the most days that lie in one rolling month, both ends included (A2)."""
    return max((sum(first <= d <= first + relativedelta(months=months) for d in days) for first in days), default=0)


def due_after_working_days(start: date, number: int) -> date:
    """Return the number-th working day after a day, by the published calendar of another author."""
    day = start
    while number:
        day += timedelta(days=1)
        number -= chinese_calendar.is_workday(day)
    return day


def guessed(case: Case) -> bool:
    """Say whether a promise of the case was called overdue on a provisional day and not confirmed (A38)."""
    promises = (case.promise, case.relocation.promise if case.relocation else None)
    return any(promise is not None and on_a_guess(promise) for promise in promises)
