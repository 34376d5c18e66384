"""The parts of one step alone, without engine: the rules' decision, shaping and sealing a payload, writing the record.

Each is measured over every event of the standard life, so that short and long cases weigh as they do in a life.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from temporalio.client import WorkflowHistory
from temporalio.converter import DataConverter

from casework.case import Case
from casework.decide import decide
from casework.events import CaseEvent
from operations.bench_history import replayed
from operations.bench_life import OFFICE, PACK, standard_life
from policies.calendars import load_calendar
from policies.packs import load_pack
from records.case_file import write_event
from records.crypto import Keys
from records.engine import Record
from records.migrations import upgrade
from workflows.payload_codec import data_converter

KEYS = Keys(bytes(range(32)))


@dataclass(frozen=True, slots=True)
class Parts:
    """Seconds, medians: of an event (`decide`, `payload`, `record`) or of a whole life (`replay`, `sandboxed`)."""

    decide: float
    payload: float
    record: float
    replay: float
    sandboxed: float


async def measure_parts(life: list[WorkflowHistory], converter: DataConverter, *, times: int = 20) -> Parts:
    """Measure every part `times` times over one whole life; `life` is what one left in the engine."""
    return Parts(
        _decide(times),
        await _payload(times),
        await asyncio.to_thread(_record, times),
        median([await replayed(life, converter) for _ in range(5)]),
        median([await replayed(life, converter, sandbox=True) for _ in range(5)]),
    )


def _decide(times: int) -> float:
    policy, calendar = load_pack(PACK), load_calendar()
    steps = standard_life().steps
    cases = {event.command_id: before for before, event in _pairs()}
    at = {event.command_id: event.at for _, event in _pairs()}

    def all_steps() -> None:
        for step in steps:
            command_id = step.command.command_id
            decide(cases[command_id], step.command, policy, calendar, at[command_id])

    return _median(all_steps, times) / len(steps)


def _pairs() -> list[tuple[Case | None, CaseEvent]]:
    """Return each event of the life with the case before it."""
    events = standard_life().events
    return list(zip((None, *(event.case for event in events)), events, strict=False))


async def _payload(times: int) -> float:
    """An event shaped, sealed, opened and read: what handing it to the record's local activity costs."""
    converter, events = data_converter(KEYS.engine_key), standard_life().events
    found = []
    for _ in range(times):
        began = time.perf_counter()
        for event in events:
            await converter.decode(await converter.encode([event]), [CaseEvent])
        found.append(time.perf_counter() - began)
    return median(found) / len(events)


def _record(times: int) -> float:
    with TemporaryDirectory(prefix="wanjia-bench-") as folder:
        record = Record(f"sqlite:///{Path(folder) / 'record.db'}", KEYS)
        upgrade(record.engine)
        lives = iter([_renamed(f"{OFFICE}-2026-{number:05d}") for number in range(1, times + 2)])

        def one_life() -> None:
            for event in next(lives):
                with record.write() as work:
                    write_event(work, event)

        one_life()
        seconds = _median(one_life, times)
        record.close()
    return seconds / len(standard_life().events)


def _renamed(case_id: str) -> list[CaseEvent]:
    return [
        event.model_copy(
            update={
                "case_id": case_id,
                "case": event.case.model_copy(update={"case_id": case_id}),
                "command_id": f"{case_id}-{event.seq}",
            }
        )
        for event in standard_life().events
    ]


def _median(work: Callable[[], None], times: int) -> float:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return median(found)
