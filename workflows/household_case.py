"""The durable workflow of one household case: *when* things happen, and nothing else.

An update is a person's step, a timer is a deadline; both become a command for `casework.decide`, in one go and without
awaiting, so there are no locks.  Two lanes then perform, in order: one writes the record, one sends notices.  The
caller is answered when the record is written.  No rule, no SQL and no person's data live here.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RawValue, RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from activities.signatures import DELIVER_NOTICES, RECORD_EVENT, Delivered, DeliveryAsked, NoticeWork
    from casework.case import Taken
    from casework.commands import COMMANDS, Command, Deadline
    from casework.decide import decide
    from casework.errors import CaseworkError
    from casework.events import CaseEvent
    from casework.states import State
    from casework.timetable import fall_due, next_due
    from workflows.chapter import Chapter
    from workflows.refusing import as_application_error

QUICK_RECORD = timedelta(seconds=3)
"""How long the record is tried within the step itself; after that the case says the record is away."""

LONG_CHAPTER = 2000
"""Events of history after which a chapter ends even without a change of state."""


@workflow.defn(name="HouseholdCase")
class HouseholdCaseWorkflow:
    """One household case.  See `casework/table.py` for its steps and `workflows/chapter.py` for its input."""

    @workflow.init
    def __init__(self, chapter: Chapter) -> None:
        self._chapter = chapter
        self._unrecorded: deque[tuple[Command, CaseEvent]] = deque()
        self._undone: dict[str, CaseworkError] = {}
        self._notices = list(chapter.notices)
        self._record_away = False
        self._wake = False
        self._armed: datetime | None = None
        if chapter.case is not None:
            self._case = chapter.case
            self._began_in = chapter.case.state
        else:
            assert chapter.opening is not None
            event = decide(
                None,
                chapter.opening,
                chapter.policy,
                chapter.calendar,
                self._now(),
                clock_offset=chapter.clock_offset,
            )
            self._case = event.case
            self._began_in = event.target
            self._unrecorded.append((chapter.opening, event))

    @workflow.run
    async def run(self, chapter: Chapter) -> str:
        """Live until the case has exited; return its exit reason."""
        lanes = [asyncio.create_task(self._record_lane()), asyncio.create_task(self._notice_lane())]
        while not self._finished() and not self._page_full():
            self._let_deadlines_fall()
            if lanes[0].done():
                await lanes[0]
            self._armed = next_due(self._case)
            self._wake = False
            wait = None if self._armed is None else max(self._armed - self._now(), timedelta())
            try:
                await workflow.wait_condition(
                    lambda: self._wake or self._finished() or self._page_full() or lanes[0].done(), timeout=wait
                )
            except TimeoutError:
                continue
        for lane in lanes:
            lane.cancel()
        if self._finished():
            return self._case.exit.reason.value if self._case.exit else State.EXITED.value
        return workflow.continue_as_new(
            chapter.model_copy(update={"opening": None, "case": self._case, "notices": tuple(self._notices)})
        )

    @workflow.update(dynamic=True)
    async def step(self, name: str, args: Sequence[RawValue]) -> Taken:
        """Take a person's step; `name` is the trigger.  Answers when the event is on record."""
        command = self._command(name, args)
        seq = self._case.taken_seq(command.command_id)
        if seq is None:
            self._let_deadlines_fall()
            try:
                seq = self._accept(command)
            except CaseworkError as no:  # another step of the same moment was first
                raise as_application_error(no) from None
        await workflow.wait_condition(lambda: not self._waits(command.command_id))
        if (undone := self._undone.get(command.command_id)) is not None:
            raise as_application_error(undone)
        return Taken(command_id=command.command_id, seq=self._case.taken_seq(command.command_id) or seq)

    @step.validator
    def _check_step(self, name: str, args: Sequence[RawValue]) -> None:
        """A "no" ends here, answered at once and without a trace in history."""
        command = self._command(name, args)
        if self._case.taken_seq(command.command_id) is not None:
            return
        if self._record_away:
            raise ApplicationError("记录服务暂时不可用，请稍后用同一请求重试。", type="record_unavailable")
        try:
            case, _ = fall_due(self._case, self._chapter.policy, self._chapter.calendar, self._now())
            decide(case, command, self._chapter.policy, self._chapter.calendar, self._now())
        except CaseworkError as no:
            raise as_application_error(no) from None

    @workflow.query
    def seq(self) -> int:
        """Return the number of the last event."""
        return self._case.seq

    def _now(self) -> datetime:
        """Return business time: the workflow's clock moved by the drill's offset."""
        return workflow.now() + timedelta(seconds=self._chapter.clock_offset)

    def _command(self, name: str, args: Sequence[RawValue]) -> Command:
        kind = COMMANDS.get(name)
        if kind is None or issubclass(kind, Deadline):
            raise ApplicationError(f"没有名为{name}的步骤。", type="step_unknown")
        command: Command = workflow.payload_converter().from_payload(args[0].payload, kind)
        return command

    def _waits(self, command_id: str) -> bool:
        return any(command.command_id == command_id for command, _ in self._unrecorded)

    def _accept(self, command: Command) -> int:
        event = decide(self._case, command, self._chapter.policy, self._chapter.calendar, self._now())
        self._perform(command, event)
        return event.seq

    def _perform(self, command: Command, event: CaseEvent) -> None:
        """Replace the case and queue its event for the record; wake the clock if something falls due earlier."""
        self._case = event.case
        self._unrecorded.append((command, event))
        due = next_due(self._case)
        if self._armed is None or due is None or due < self._armed:
            self._wake = True

    def _let_deadlines_fall(self) -> None:
        """Perform every deadline whose instant has come, the earliest first."""
        case, fallen = fall_due(self._case, self._chapter.policy, self._chapter.calendar, self._now())
        for command, event in fallen:
            self._perform(command, event)
        self._case = case

    def _quiet(self) -> bool:
        waiting = all(work.not_before > self._now() for work in self._notices)
        return not self._unrecorded and waiting and workflow.all_handlers_finished()

    def _finished(self) -> bool:
        done = self._case.state is State.EXITED and not self._notices
        return done and not self._unrecorded and workflow.all_handlers_finished()

    def _page_full(self) -> bool:
        info = workflow.info()
        turned = self._case.state is not self._began_in or info.get_current_history_length() > LONG_CHAPTER
        return (turned or info.is_continue_as_new_suggested()) and self._quiet() and not self._finished()

    async def _record_lane(self) -> None:
        """Write events to the record, one after the other, whatever the notices do."""
        while True:
            await workflow.wait_condition(lambda: bool(self._unrecorded))
            _, event = self._unrecorded[0]
            recorded = await self._record(event)
            self._record_away = False
            if recorded is not None:
                self._adopt(recorded)
                event = recorded
            else:
                self._unrecorded.popleft()
            if event.notices:
                self._notices.append(NoticeWork(case_id=event.case_id, seq=event.seq, not_before=event.at))

    async def _record(self, event: CaseEvent) -> CaseEvent | None:
        """Write one event: at once as a local activity; with the record away, patiently as an ordinary one.

        Returns the event that already stands under this number, if it came from another command.
        """
        try:
            quick: CaseEvent | None = await workflow.execute_local_activity(
                RECORD_EVENT,
                event,
                result_type=CaseEvent | None,  # type: ignore[arg-type]
                schedule_to_close_timeout=QUICK_RECORD,
                retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=100), maximum_interval=QUICK_RECORD),
            )
            return quick
        except ActivityError as failure:
            if isinstance(failure.cause, ApplicationError) and failure.cause.non_retryable:
                raise ApplicationError("这一事件不能写入记录。", type="record_refused", non_retryable=True) from failure
            self._record_away = True
            slow: CaseEvent | None = await workflow.execute_activity(
                RECORD_EVENT,
                event,
                result_type=CaseEvent | None,  # type: ignore[arg-type]
                start_to_close_timeout=timedelta(seconds=30),
                retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=30)),
            )
            return slow

    def _adopt(self, recorded: CaseEvent) -> None:
        """Take over an event that reached the record although the engine lost it, and decide what waited again.

        The record is the truth (a worker and the server may die together after the record was written).  Whoever
        waited is told the new outcome.
        """
        waiting = [command for command, _ in self._unrecorded if not isinstance(command, Deadline)]
        self._unrecorded.clear()
        self._case = recorded.case
        self._wake = True
        self._let_deadlines_fall()
        for command in waiting:
            try:
                self._accept(command)
            except CaseworkError as no:
                self._undone[command.command_id] = no

    async def _notice_lane(self) -> None:
        """Have notices sent; what must wait (night, gateway away) waits on a timer and holds nothing else up."""
        while True:
            await workflow.wait_condition(lambda: bool(self._notices))
            now = self._now()
            work = min(self._notices, key=lambda w: (w.not_before, w.seq))
            if work.not_before > now:
                count = len(self._notices)
                with suppress(TimeoutError):
                    await workflow.wait_condition(
                        lambda count=count: len(self._notices) > count,  # type: ignore[misc]
                        timeout=work.not_before - now,
                    )
                continue
            done: Delivered = await workflow.execute_activity(
                DELIVER_NOTICES,
                DeliveryAsked(case_id=work.case_id, seq=work.seq, now=now),
                result_type=Delivered,
                start_to_close_timeout=timedelta(seconds=60),
                retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)),
            )
            self._notices.remove(work)
            if done.retry_at is not None:
                self._notices.append(work.model_copy(update={"not_before": done.retry_at}))
