"""Moving the open cases to a later version of their policy (采用新办法): each by a command of its own, on the record.

A case that lives by it already is passed over, so a run may be repeated after any break.  Which cases change, and how,
before anybody orders it, is in `policies.py`.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from casework.commands.policy_change import AdoptPolicy
from casework.errors import CaseworkError
from casework.states import State
from desk.calendar_runs import AWAY, TRIES, untold
from desk.case_client import CaseClient
from desk.desk import off_loop
from desk.one_at_a_time import OneAtATime
from policies.schema import Policy
from records.case_files import last_event
from records.engine import Record
from records.policy_orders import Order, ordered_policy, orders, told, waiting_for

AT_ONCE = 4
"""How many cases are moved at the same time; people's steps come first."""

NOTHING_TO_DO = ("policy_unchanged", "policy_older", "step_not_allowed", "case_not_running")
"""What a case says that needs the new policy no more: it has it, or a later one, or has ended."""


@dataclass(slots=True)
class Adopted:
    """What became of a run: cases moved, passed over, and those that could not be, with the reason in words."""

    number: int
    label: str
    done: int = 0
    passed_over: int = 0
    failed: dict[str, str] = field(default_factory=dict)


async def adopt(
    record: Record,
    cases: CaseClient,
    number: int,
    *,
    clock: Callable[[], datetime],
    progress: Callable[[int, int], None] = untold,
    pause: float = 1.0,
) -> Adopted:
    """Carry an order out, or go on with it; return what became of the cases that still waited."""
    ordered, policy, waiting = await off_loop(_ordered, record, number)
    outcome = Adopted(number, policy.label)
    lanes = asyncio.Semaphore(AT_ONCE)

    async def one(case_id: str) -> None:
        async with lanes:
            reason = await _move(record, cases, case_id, policy, ordered.ordered_by, pause)
        if reason is None:
            outcome.done += 1
        elif reason:
            outcome.failed[case_id] = reason
        else:
            outcome.passed_over += 1

    try:
        for done, finished in enumerate(asyncio.as_completed([one(case_id) for case_id in waiting]), 1):
            await finished
            progress(done, len(waiting))
    finally:
        await asyncio.shield(off_loop(_told, record, outcome, policy, clock()))
    return outcome


async def _move(
    record: Record, cases: CaseClient, case_id: str, policy: Policy, ordered_by: str, pause: float
) -> str | None:
    """Move one case; return None when it was moved, "" when there was nothing to do, else why it was not moved."""
    reason = ""
    command_id = f"policy-{policy.label}-{policy.short_hash}-{case_id}"
    for attempt in range(TRIES):
        try:
            if not await off_loop(_waits, record, case_id, policy):
                return ""
            await cases.take(case_id, AdoptPolicy(command_id=command_id, policy=policy, ordered_by=ordered_by))
            return None
        except AWAY as away:
            reason = away.message
            await asyncio.sleep(pause * 2**attempt)
        except CaseworkError as no:
            if no.code in NOTHING_TO_DO and not await off_loop(_waits, record, case_id, policy):
                return ""
            return no.message
    return reason


def _ordered(record: Record, number: int) -> tuple[Order, Policy, tuple[str, ...]]:
    with record.read() as work:
        found = orders(work, number)
        if not found:
            raise CaseworkError("order_unknown", f"没有编号为{number}的采用决定，请核对。")
        policy = ordered_policy(work, found[0])
        return found[0], policy, waiting_for(work, policy, found[0].area)


def _waits(record: Record, case_id: str, policy: Policy) -> bool:
    """Say whether a case is open and lives by an earlier version."""
    with record.read() as work:
        event = last_event(work, case_id)
    if event is None or event.case.state is State.EXITED:
        return False
    return (event.case.pack_id, event.case.pack_version) != (policy.pack_id, policy.version)


def _told(record: Record, outcome: Adopted, policy: Policy, now: datetime) -> None:
    with record.write() as work:
        told(work, outcome.number, policy, done=outcome.done, failed=len(outcome.failed), now=now)


class PolicyRuns(OneAtATime[int]):
    """The runs of one API process, one at a time, beside what people do.  A restart goes on where it was cut."""

    def __init__(self, record: Record, cases: CaseClient, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._record = record
        self._cases = cases
        self._clock = clock
        self.last: Adopted | None = None

    def _left(self) -> tuple[int, ...]:
        """Return the orders whose run was cut: counted as waiting, nothing failed, and cases do wait."""
        with self._record.read() as work:
            cut = [o for o in orders(work) if o.waiting and not o.failed]
            return tuple(o.number for o in reversed(cut) if waiting_for(work, ordered_policy(work, o), o.area))

    async def _do(self, number: int) -> None:
        self.last = await adopt(self._record, self._cases, number, clock=self._clock)
