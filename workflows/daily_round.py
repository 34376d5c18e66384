"""The daily round (每日例行): a Temporal Schedule starts it once a day; it asks for the jobs of that day, until done.

The day is the one the schedule meant, also when the machine was off and the round runs later.  What the jobs are is
the desk's business; that each is done once for a day, the record's.
"""

from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy, SearchAttributeKey

with workflow.unsafe.imports_passed_through():
    from activities.signatures import RUN_DAILY_JOBS, DayAsked
    from casework.times import local_date

SCHEDULED_AT = SearchAttributeKey.for_datetime("TemporalScheduledStartTime")

ONE_TRY = timedelta(hours=2)
WITHOUT_A_SIGN = timedelta(seconds=12)
"""How long nobody notices that the worker was killed."""

GIVEN_UP_AFTER = timedelta(hours=22)
"""The next day's round takes over what is still not done: jobs look at how things stand, not at what changed."""


@workflow.defn(name="daily_round")
class DailyRoundWorkflow:
    """One day's round."""

    @workflow.run
    async def run(self) -> None:
        await workflow.execute_activity(
            RUN_DAILY_JOBS,
            DayAsked(day=local_date(self._meant())),
            start_to_close_timeout=ONE_TRY,
            schedule_to_close_timeout=GIVEN_UP_AFTER,
            heartbeat_timeout=WITHOUT_A_SIGN,
            retry_policy=RetryPolicy(initial_interval=timedelta(seconds=5), maximum_interval=timedelta(minutes=10)),
        )

    def _meant(self) -> datetime:
        info = workflow.info()
        return info.typed_search_attributes.get(SCHEDULED_AT) or info.start_time
