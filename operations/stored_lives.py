"""Lives kept in a file, one JSON line each: the pack and everything people tried, dated.  Nothing of a person is in it.

What happened is not kept: it is decided anew, under the same policy or another (`what_if.py`).
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from casework.case import Case
from casework.commands import COMMANDS, Command
from casework.decide import decide
from casework.errors import CaseworkError
from casework.timetable import fall_due
from operations.random_lives import RandomLife
from policies.calendar_model import WorkCalendar
from policies.schema import Policy


@dataclass(frozen=True, slots=True)
class Step:
    """A command at its instant; `made` is the number that its event gave (a referral's, a job's), where it gave one."""

    at: datetime
    command: Command
    made: str | None


@dataclass(frozen=True, slots=True)
class StoredLife:
    """One life: under which pack it was lived, what was tried when, and the instant at which it was left."""

    pack_id: str
    tried: tuple[Step, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """What a life came to, and how many decisions it took."""

    case: Case
    decisions: int
    refused: int
    overdue: int


def store(path: Path, lives: Iterable[RandomLife]) -> None:
    """Write lives, the file compressed."""
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for life in lives:
            tried = [
                [
                    *(t.at.isoformat(), t.command.trigger, t.event.about if t.event else None),
                    t.command.model_dump(mode="json", exclude_defaults=True),
                ]
                for t in life.tried
            ]
            row = {"pack": life.policy.pack_id, "until": life.now.isoformat(), "tried": tried}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def stored(path: Path) -> Iterator[StoredLife]:
    """Read lives one by one."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            tried = tuple(
                Step(datetime.fromisoformat(at), COMMANDS[trigger].model_validate(given), made)
                for at, trigger, made, given in row["tried"]
            )
            yield StoredLife(row["pack"], tried, datetime.fromisoformat(row["until"]))


def decided(life: StoredLife, policy: Policy, calendar: WorkCalendar) -> Decided:
    """Decide everything of a life under a policy: what people tried, and what fell due.

    Numbers are made of the event that gave them, and events differ under another policy: a step that names a referral
    means the one that the same step made.
    """
    case: Case | None = None
    named: dict[str, str] = {}
    decisions = refused = overdue = 0
    for step in life.tried:
        if case is not None:
            case, fallen = fall_due(case, policy, calendar, step.at)
            decisions += len(fallen)
            overdue += sum(e.trigger == "promise_overdue" for _, e in fallen)
        decisions += 1
        try:
            event = decide(case, _with(step.command, named), policy, calendar, step.at)
        except CaseworkError:
            refused += 1
            if case is None:
                raise
            continue
        case = event.case
        if step.made is not None and event.about is not None:
            named[step.made] = event.about
    assert case is not None
    case, fallen = fall_due(case, policy, calendar, life.until)
    overdue += sum(e.trigger == "promise_overdue" for _, e in fallen)
    return Decided(case, decisions + len(fallen), refused, overdue)


def _with(command: Command, named: dict[str, str]) -> Command:
    """Return the command with the numbers of this life in place of those of the life it was said in."""
    said = {name: getattr(command, name) for name in type(command).model_fields}
    other = {name: named[value] for name, value in said.items() if isinstance(value, str) and value in named}
    return command.model_copy(update=other) if other else command
