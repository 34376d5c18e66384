"""What a case weighs in the engine, and how long a lost worker needs to have it in hand again.

History is read back chapter by chapter, through the run each chapter continued.  Replay is of a case of two years.
"""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from uuid import uuid4

from temporalio.client import Client, WorkflowHistory
from temporalio.converter import DataConverter
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner

from casework.commands.employment import RecordFollowUp
from casework.times import at_local
from operations.bench_life import HELPER, OFFICE, START, opening_chapter, standard_life
from operations.bench_stack import Bench
from worker import sandboxed
from workflows.chapter import workflow_id
from workflows.household_case import HouseholdCaseWorkflow


@dataclass(frozen=True, slots=True)
class Weight:
    """One case in the engine.  `events` counts kinds of history events, `largest` is the longest chapter."""

    chapters: int
    size: int
    events: Counter[str]
    largest: int

    @property
    def length(self) -> int:
        return self.events.total()


@dataclass(frozen=True, slots=True)
class Replay:
    """Replaying a two-year case: all its chapters, and the last one alone, which is all a restarted worker needs."""

    weight: Weight
    whole: float
    last: float


async def chapters_of(client: Client, case_id: str) -> list[WorkflowHistory]:
    """Return the histories of all chapters of a case, the first one first."""
    found: list[WorkflowHistory] = []
    run: str | None = None
    while run != "":
        history = await client.get_workflow_handle(workflow_id(case_id), run_id=run).fetch_history()
        found.insert(0, history)
        run = history.events[0].workflow_execution_started_event_attributes.continued_execution_run_id
    return found


def weigh(chapters: list[WorkflowHistory]) -> Weight:
    """Return what these chapters weigh, in events and in bytes of history."""
    kinds: Counter[str] = Counter()
    for chapter in chapters:
        kinds.update(
            (event.WhichOneof("attributes") or "").removesuffix("_event_attributes") for event in chapter.events
        )
    size = sum(event.ByteSize() for chapter in chapters for event in chapter.events)
    return Weight(len(chapters), size, kinds, max(len(chapter.events) for chapter in chapters))


async def replay_two_years(bench: Bench, *, months: int = 24, times: int = 5) -> Replay:
    """Live a case for `months` months, then replay what it left in the engine."""
    case_id = f"{OFFICE}-2026-99999"
    await _live_on(bench, case_id, months)
    chapters = await chapters_of(bench.sealed, case_id)
    converter = bench.sealed.data_converter
    whole, last = [], []
    for _ in range(times):
        whole.append(await replayed(chapters, converter))
        last.append(await replayed(chapters[-1:], converter))
    return Replay(weigh(chapters), median(whole), median(last))


async def replayed(chapters: list[WorkflowHistory], converter: DataConverter, *, sandbox: bool = False) -> float:
    """Return the seconds that replaying these chapters takes, one after the other."""
    replayer = Replayer(
        workflows=[HouseholdCaseWorkflow],
        workflow_runner=sandboxed() if sandbox else UnsandboxedWorkflowRunner(),
        data_converter=converter,
    )
    began = time.perf_counter()
    for chapter in chapters:
        await replayer.replay_workflow(chapter)
    return time.perf_counter() - began


async def _live_on(bench: Bench, case_id: str, months: int) -> None:
    """Live the standard life up to its approval, then a follow-up a month, and no exit."""
    life = standard_life()
    commands = life.fresh(case_id, uuid4().hex)
    chapter = opening_chapter(commands[0])
    await bench.cases.open(chapter)
    now = START
    for step, command in zip(life.steps[1:], commands[1:], strict=True):
        if isinstance(command, RecordFollowUp):
            break
        if step.at - now > timedelta(minutes=1):
            await bench.clock.until(case_id, step.at, chapter.clock_offset)
            now = step.at
        await bench.cases.take(case_id, command)
    for number in range(11, 9 + months):
        year, month = START.year + number // 12, number % 12 + 1
        day = date(year, month, 20)
        await bench.clock.until(case_id, at_local(day, 10), chapter.clock_offset)
        await bench.cases.take(
            case_id,
            RecordFollowUp.model_validate(
                {"command_id": uuid4().hex, "by": HELPER, "month": f"{day:%Y-%m}", "on": day}
                | {"channel": "phone", "still_employed": True, "insured": True}
            ),
        )
