"""What falls due after each event of a life: the instants that the workflow's timers are set to.

A replay catches a changed order of commands, never a changed length of a timer; these lists do.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

from casework.events import CaseEvent
from casework.timetable import next_due
from tests.workflows.lives import LIVES, Life

HISTORIES = Path(__file__).with_name("histories")
Dues = list[list[str | None]]


def dues_of(events: list[CaseEvent]) -> Dues:
    """Return, for each event: its step, the state after it, what falls due next, and the days its clocks end on."""
    return [
        [
            event.trigger,
            event.target.value,
            _said(next_due(event.case)),
            "; ".join(f"{clock.key} {clock.due_on}" for clock in event.case.clocks),
            "; ".join(f"{task.kind} {task.due_on}" for task in event.case.tasks),
        ]
        for event in events
    ]


def stem(life: Life) -> str:
    """Return the name of a life's files."""
    return f"life-{LIVES.index(life) + 1}"


def stored_dues(life: Life) -> Dues:
    found: Dues = json.loads((HISTORIES / f"{stem(life)}.dues.json").read_text("utf-8"))
    return found


def _said(instant: datetime | None) -> str | None:
    return instant.astimezone(UTC).isoformat() if instant else None
