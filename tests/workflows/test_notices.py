"""Notices on the real engine: a gateway that is away (scenario 91) or hangs, nights, people without a phone."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from temporalio.client import WorkflowExecutionStatus

from casework.states import State
from notifications.gateways.file import FileGateway
from notifications.gateways.port import LookupOutcome, OutgoingSms, SendOutcome, Unavailable
from tests.engine_stack import EngineStack, running
from tests.make import TEXT
from tests.workflows import inbox
from tests.workflows.lives import CLERK, OVERDUE, REFUSALS, WHOLE, on
from tests.workflows.people import SILENT_HELPER, put_household
from tests.workflows.playing import differences, play_on_engine, play_pure

pytestmark = pytest.mark.engine


class DownGateway(FileGateway):
    """Away between two instants of business time."""

    def __init__(self, home: Path, since: datetime, until: datetime) -> None:
        super().__init__(home)
        self._since, self._until = since, until
        self.tried = 0

    def send(self, message: OutgoingSms) -> SendOutcome:
        if self._since <= message.at < self._until:
            self.tried += 1
            return Unavailable("gateway_down")
        return super().send(message)


class HangingGateway(FileGateway):
    """Takes no message before it is let go."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.let_go = Event()

    def send(self, message: OutgoingSms) -> SendOutcome:
        self.let_go.wait(30)
        return super().send(message)

    def lookup(self, message: OutgoingSms) -> LookupOutcome:
        self.let_go.wait(30)
        return super().lookup(message)


def at_of(home: Path, notice: str) -> list[tuple[str, bool]]:
    return [(line["at"][:16], line["late"]) for line in inbox.lines(home) if line["notice"] == notice]


async def test_91_a_gateway_that_is_away_delays_notices_and_nothing_else(engine_address: str, home: Path) -> None:
    gateway = DownGateway(home, on("10-15", 0), on("10-17", 0))
    async with running(engine_address, home, gateway=gateway) as stack:
        case_id = put_household(stack.record, OVERDUE.household)
        played = await play_on_engine(stack, OVERDUE, case_id)
        pure = play_pure(OVERDUE, case_id, clock_offset=played.case.clock_offset)
        assert differences(pure.events, played.events) == []
        sent = await inbox.delivered(stack.record, case_id)
    reminders = [message for message in sent if message.notice == "promise_due_soon"]
    assert [(message.state, message.late) for message in reminders] == [("sent", True), ("sent", False)]
    assert gateway.tried == reminders[0].attempts - 1 > 10
    first, second = at_of(home, "promise_due_soon")
    assert first[1]
    assert "2026-10-17T08:00" <= first[0] < "2026-10-17T11:00"
    assert second == ("2026-10-20T08:00", False)
    assert len(inbox.keys(home)) == len(set(inbox.keys(home)))


async def test_what_happens_at_night_is_told_at_eight(stack: EngineStack) -> None:
    case_id = put_household(stack.record, OVERDUE.household)
    await play_on_engine(stack, OVERDUE, case_id)
    await inbox.delivered(stack.record, case_id)
    assert at_of(stack.home, "promise_overdue") == [("2026-10-23T08:00", False)]
    assert at_of(stack.home, "promise_overdue_supervisor") == [("2026-10-23T08:00", False)]


async def test_a_case_that_exits_at_night_stays_until_the_household_is_told(stack: EngineStack) -> None:
    case_id = put_household(stack.record, REFUSALS.household)
    played = await play_on_engine(stack, REFUSALS, case_id)
    assert played.events[-1].at == on("10-27", 0)
    assert played.case.state is State.EXITED
    handle = stack.client.get_workflow_handle(f"household-case/{case_id}")
    assert (await handle.describe()).status is WorkflowExecutionStatus.RUNNING
    assert at_of(stack.home, "exit_decided") == []
    await stack.until(case_id, on("10-27", 9))
    assert await handle.result() == "refused_referrals"
    assert at_of(stack.home, "exit_decided") == [("2026-10-27T08:00", False)]


async def test_a_helper_without_a_phone_is_on_the_list_and_the_case_goes_on(stack: EngineStack) -> None:
    case_id = put_household(stack.record, WHOLE.household)
    await play_on_engine(stack, WHOLE, case_id, range(8))
    await stack.take(case_id, "assign_helper", CLERK, helper=SILENT_HELPER, reason=TEXT)
    told = await inbox.delivered(stack.record, case_id)
    assert [(m.state, m.code) for m in told if m.notice == "helper_assigned"] == [("failed", "phone_missing")]
    assert (await stack.take(case_id, "assign_helper", CLERK, helper="h1", reason=TEXT)).seq == stack.case(case_id).seq
    told = await inbox.delivered(stack.record, case_id)
    assert [m.state for m in told if m.notice == "helper_assigned"] == ["failed", "sent"]


async def test_a_gateway_that_hangs_holds_up_no_step(engine_address: str, home: Path) -> None:
    gateway = HangingGateway(home)
    async with running(engine_address, home, gateway=gateway) as stack:
        cases = [put_household(stack.record, WHOLE.household) for _ in range(20)]
        opened = await asyncio.gather(*(play_on_engine(stack, WHOLE, case_id, range(1)) for case_id in cases))
        assert all(played.case.seq == 1 for played in opened)
        asked = asyncio.get_running_loop().time()
        taken = await asyncio.gather(*(stack.take(case_id, "accept_application", CLERK) for case_id in cases))
        assert {done.seq for done in taken} == {2}
        assert timedelta(seconds=asyncio.get_running_loop().time() - asked) < timedelta(
            seconds=20
        )  # it hangs for thirty
        gateway.let_go.set()
        for case_id in cases:
            assert [message.state for message in await inbox.delivered(stack.record, case_id)] == ["sent"]
    assert len(inbox.keys(home)) == len(set(inbox.keys(home))) == 20
