"""The notice lane of a case: has notices sent, one event after the other, and holds nothing else up.

What must wait (the night, a gateway that is away) waits on a timer.  Which notices there are is said by the events;
what is sent, and once, is the notification service's.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.signatures import DELIVER_NOTICES, Delivered, DeliveryAsked, NoticeWork
    from policies.schema import Policy

TRIES = 5
"""How often one event's notices are tried in a row before the others have their turn."""

ONE_TRY = timedelta(seconds=20)
"""How long a try may take; also how long nobody notices that its worker was killed."""

ASIDE = timedelta(minutes=10)
"""How long notices that nobody could try (the record is away, a template is broken) are set aside."""


class NoticeLane:
    """Owns the notices of one case that are still to be sent.  `now` is business time, `policy` the case's own."""

    def __init__(self, works: Iterable[NoticeWork], policy: Policy, now: Callable[[], datetime]) -> None:
        self._works = list(works)
        self.policy = policy
        self._now = now
        self._under_way: int | None = None
        self._once_more = False

    @property
    def works(self) -> tuple[NoticeWork, ...]:
        """What is still to be sent, for the next chapter."""
        return tuple(self._works)

    @property
    def asleep(self) -> bool:
        """True when nothing may be sent yet; nothing is then under way."""
        return all(work.not_before > self._now() for work in self._works)

    def add(self, case_id: str, seq: int, not_before: datetime) -> None:
        """Have the notices of an event sent, unless they are waiting already; those under way are looked at again."""
        if seq == self._under_way:
            self._once_more = True
        if all(work.seq != seq for work in self._works):
            self._works.append(NoticeWork(case_id=case_id, seq=seq, not_before=not_before))

    async def run(self) -> None:
        """Send for ever; ended with the chapter."""
        while True:
            await workflow.wait_condition(lambda: bool(self._works))
            work = min(self._works, key=lambda w: (w.not_before, w.seq))
            if work.not_before > self._now():
                await self._until_due_or_more(work.not_before)
                continue
            self._under_way, self._once_more = work.seq, False
            again = await self._deliver(work)
            if again is None and self._once_more:
                again = self._now()
            self._under_way = None
            self._works.remove(work)
            if again is not None:
                self._works.append(work.model_copy(update={"not_before": again}))

    async def _until_due_or_more(self, instant: datetime) -> None:
        count = len(self._works)
        with suppress(TimeoutError):
            await workflow.wait_condition(lambda: len(self._works) > count, timeout=instant - self._now())

    async def _deliver(self, work: NoticeWork) -> datetime | None:
        """Return when to try again, or None when nothing of this event is left to do."""
        quiet = self.policy.notices
        asked = DeliveryAsked(
            case_id=work.case_id,
            seq=work.seq,
            now=self._now(),
            quiet_from_hour=quiet.quiet_from_hour.value,
            quiet_to_hour=quiet.quiet_to_hour.value,
        )
        try:
            done: Delivered = await workflow.execute_activity(
                DELIVER_NOTICES,
                asked,
                result_type=Delivered,
                start_to_close_timeout=ONE_TRY,
                retry_policy=RetryPolicy(
                    initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1), maximum_attempts=TRIES
                ),
            )
        except ActivityError:
            return self._now() + ASIDE
        return done.retry_at
