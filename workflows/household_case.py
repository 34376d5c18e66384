"""The durable workflow of one household case: *when* things happen, and nothing else.

An update is a person's step, a timer is a deadline; both become a command for `casework.decide`, in one go and without
awaiting, so there are no locks.  Two lanes then perform, in order: one writes the record (`record_port.py`), one sends
notices (`notice_lane.py`).  The caller is answered when the record is written.  No rule, no SQL and no person's data
live here.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from activities.signatures import LOOK_AT_RECORD, RECORD_EVENT, LastKnown, Recorded
    from casework.case import Taken
    from casework.commands import COMMANDS, Command, Deadline
    from casework.commands.review import Apply
    from casework.decide import decide
    from casework.errors import CaseworkError
    from casework.events import CaseEvent
    from casework.states import State
    from casework.timetable import fall_due, next_due
    from workflows.chapter import Chapter
    from workflows.notice_lane import NoticeLane
    from workflows.record_port import RECORD_FAILURES, RecordPort
    from workflows.refusing import as_application_error, as_failure, as_no, refused_for_ever
    from workflows.versions import Versions

SHORT_CHAPTER = 200
"""Events of history below which a change of state alone does not end a chapter: turning a page costs server and worker
more than a step does, replaying so few events less than 100 ms.  See docs/decisions/0015."""

LONG_CHAPTER = 2000
"""Events of history after which a chapter ends even without a change of state."""


@workflow.defn(name="HouseholdCase")
class HouseholdCaseWorkflow:
    """One household case.  See `casework/table.py` for its steps and `workflows/chapter.py` for its input."""

    @workflow.init
    def __init__(self, chapter: Chapter) -> None:
        self._chapter = chapter
        self._versions = Versions(chapter)
        self._unrecorded: deque[tuple[Command, CaseEvent]] = deque()
        self._undone: dict[str, CaseworkError] = {}
        self._settled: dict[str, int] = {}
        self._notices = NoticeLane(chapter.notices, chapter.policy, self._now)
        self._record = RecordPort()
        self._to_look = 0
        self._wake = False
        self._armed: datetime | None = None
        self._not_opened: CaseworkError | None = None
        if chapter.case is not None:
            self._case = chapter.case
            self._began_in = chapter.case.state
        else:
            assert chapter.opening is not None
            try:
                self._open(chapter.opening)
            except Exception as no:
                self._not_opened = as_no(no)

    @workflow.run
    async def run(self, chapter: Chapter) -> str:
        """Live until the case has exited; return its exit reason."""
        if self._not_opened is not None:
            raise as_application_error(self._not_opened)
        lanes = [asyncio.create_task(self._record_lane()), asyncio.create_task(self._notices.run())]
        while not self._finished() and not self._page_full():
            self._let_deadlines_fall()
            for lane in lanes:
                if lane.done():  # only a defect or a refused opening ends a lane; say so instead of standing still
                    await workflow.wait_condition(workflow.all_handlers_finished)
                    await lane
            self._armed = next_due(self._case)
            self._wake = False
            wait = None if self._armed is None else max(self._armed - self._now(), timedelta())
            try:
                await workflow.wait_condition(
                    lambda: self._wake or self._finished() or self._page_full() or any(lane.done() for lane in lanes),
                    timeout=wait,
                )
            except TimeoutError:
                continue
        for lane in lanes:
            lane.cancel()
        if self._finished():
            return self._case.exit.reason.value if self._case.exit else State.EXITED.value
        own = {"policy": self._chapter.policy, "calendar": self._chapter.calendar}
        goes_on = {"opening": None, "case": self._case, "notices": self._notices.works, **own}
        return workflow.continue_as_new(chapter.model_copy(update=goes_on))

    @workflow.update(dynamic=True)
    async def step(self, name: str, args: Sequence[RawValue]) -> Taken:
        """Take a person's step; `name` is the trigger.  Answers when the event is on record."""
        try:
            command = self._command(name, args)
            seq = self._taken(command)
        except Exception as no:  # another step of the same moment was first, or a rule broke
            raise as_failure(no) from None
        await workflow.wait_condition(lambda: not self._waits(command.command_id))
        if (undone := self._undone.get(command.command_id)) is not None:
            raise as_application_error(undone)
        seq = self._settled.get(command.command_id) or self._case.taken_seq(command.command_id) or seq
        return Taken(command_id=command.command_id, seq=seq)

    @step.validator
    def _check_step(self, name: str, args: Sequence[RawValue]) -> None:
        """A "no" ends here, answered at once and without a trace in history."""
        if self._not_opened is not None:
            raise as_application_error(self._not_opened)
        try:
            self._try(self._command(name, args))
        except Exception as no:
            raise as_failure(no) from None

    @workflow.signal
    def look_at_record(self) -> None:
        """Compare with the record: sent after a crash, or when the record shows more than the engine answers for."""
        self._to_look += 1

    @workflow.query
    def seq(self) -> int:
        """Return the number of the last event."""
        return self._case.seq

    @workflow.query
    def due(self) -> str | None:
        """Return the instant of business time (ISO) at which something falls due next; a ring is gone once it rang."""
        at = next_due(self._case)
        return None if at is None else at.isoformat()

    def _now(self) -> datetime:
        """Return business time: the workflow's clock moved by the drill's offset."""
        return workflow.now() + timedelta(seconds=self._chapter.clock_offset)

    def _command(self, name: str, args: Sequence[RawValue]) -> Command:
        kind = COMMANDS.get(name)
        if kind is None or issubclass(kind, Deadline):
            raise ApplicationError(f"没有名为{name}的步骤。", type="step_unknown")
        command: Command = workflow.payload_converter().from_payload(args[0].payload, kind)
        return command

    def _open(self, opening: Apply) -> None:
        policy, calendar, offset = self._chapter.policy, self._chapter.calendar, self._chapter.clock_offset
        event = decide(None, opening, policy, calendar, self._now(), clock_offset=offset)
        self._case = event.case
        self._began_in = event.target
        self._unrecorded.append((opening, event))

    def _try(self, command: Command) -> None:
        """Decide a step as its handler will, and forget what came of it; raises why it cannot be taken."""
        if self._case.taken_seq(command.command_id) is not None:
            return
        if self._record.away:
            raise ApplicationError("记录服务暂时不可用，请稍后用同一请求重试。", type="record_unavailable")
        case, _ = fall_due(self._case, self._chapter.policy, self._chapter.calendar, self._now())
        event = decide(case, command, self._chapter.policy, self._chapter.calendar, self._now())
        next_due(event.case)

    def _taken(self, command: Command) -> int:
        seq = self._case.taken_seq(command.command_id)
        if seq is not None:
            self._live_by(command)
            return seq
        self._let_deadlines_fall()
        return self._accept(command)

    def _waits(self, command_id: str) -> bool:
        return any(command.command_id == command_id for command, _ in self._unrecorded)

    def _accept(self, command: Command) -> int:
        event = decide(self._case, command, self._chapter.policy, self._chapter.calendar, self._now())
        self._perform(command, event)
        return event.seq

    def _perform(self, command: Command, event: CaseEvent) -> None:
        """Replace the case and queue its event for the record; wake the clock if something else falls due next.

        What may break comes first: a case is never left half changed.
        """
        due = next_due(event.case)
        chapter = self._versions.taken(command, event.case, self._chapter)
        self._case = event.case
        self._live_in(chapter)
        self._unrecorded.append((command, event))
        if due != self._armed:
            self._wake = True

    def _live_by(self, command: Command | None) -> None:
        """Decide from now on, and in the next chapter, by the case's policy and calendar, which a command may bring."""
        self._live_in(self._versions.taken(command, self._case, self._chapter))

    def _live_in(self, chapter: Chapter) -> None:
        self._chapter = chapter
        self._notices.policy = chapter.policy

    def _let_deadlines_fall(self) -> None:
        """Perform every deadline whose instant has come, the earliest first."""
        case, fallen = fall_due(self._case, self._chapter.policy, self._chapter.calendar, self._now())
        for command, event in fallen:
            self._perform(command, event)
        self._case = case

    def _quiet(self) -> bool:
        idle = not self._unrecorded and not self._to_look
        return idle and self._notices.asleep and workflow.all_handlers_finished()

    def _finished(self) -> bool:
        done = self._case.state is State.EXITED and not self._notices.works
        return done and not self._unrecorded and not self._to_look and workflow.all_handlers_finished()

    def _page_full(self) -> bool:
        info = workflow.info()
        length = info.get_current_history_length()
        turned = length > SHORT_CHAPTER and self._case.state is not self._began_in
        full = turned or length > LONG_CHAPTER or info.is_continue_as_new_suggested()
        return full and self._quiet() and not self._finished()

    async def _record_lane(self) -> None:
        """Write events to the record, one after the other, whatever the notices do."""
        while True:
            await workflow.wait_condition(lambda: bool(self._unrecorded) or self._to_look > 0)
            if not self._unrecorded:
                await self._look()
                continue
            command, event = self._unrecorded[0]
            try:
                recorded = await self._record.ask(RECORD_EVENT, event)
            except RECORD_FAILURES as failure:
                self._end_if_refused(command, failure)
                raise
            if recorded.last is not None:
                self._adopt(recorded, recorded.last, command)
                continue
            self._unrecorded.popleft()
            if event.sends:
                self._notices.add(event.case_id, event.seq, event.at)

    async def _look(self) -> None:
        asked = self._to_look
        known = LastKnown(case_id=self._case.case_id, seq=self._case.seq)
        recorded = await self._record.ask(LOOK_AT_RECORD, known)
        self._to_look -= asked
        if recorded.last is not None:
            self._adopt(recorded, recorded.last)
            return
        for seq in recorded.undelivered:  # a receipt may have made a message for somebody else (A44)
            self._notices.add(self._case.case_id, seq, self._now())

    def _end_if_refused(self, command: Command, failure: Exception) -> None:
        """End the lane, and with it the case, when its opening may never be written."""
        if (no := refused_for_ever(failure)) is not None:
            self._unrecorded.clear()
            self._undone[command.command_id] = CaseworkError(no.type or "record_refused", no.message)
            raise ApplicationError(no.message, type=no.type, non_retryable=True) from failure

    def _adopt(self, recorded: Recorded, last: CaseEvent, command: Command | None = None) -> None:
        """Take over what the record holds although the engine lost it, and decide what waited again.

        The record is the truth: a worker and the server may die together after the record was written, or a very old
        request is sent again.  Whoever waited is told the outcome.
        """
        waiting = [waits for waits, _ in self._unrecorded if not isinstance(waits, Deadline)]
        self._unrecorded.clear()
        if command is not None and recorded.seq is not None:
            self._settled[command.command_id] = recorded.seq
        self._case = last.case
        self._versions.meet(recorded.policy, recorded.calendar)
        for waits in (None, *waiting):
            self._live_by(waits)
        self._wake = True
        for seq in recorded.undelivered:
            self._notices.add(last.case_id, seq, last.at)
        self._let_deadlines_fall()
        for waits in waiting:
            if waits.command_id in self._settled or self._case.taken_seq(waits.command_id) is not None:
                continue
            try:
                self._accept(waits)
            except Exception as no:
                self._undone[waits.command_id] = as_no(no)
