"""The Temporal Schedule of the daily round: made by each worker that starts, and never twice.

It fires at half past midnight in Shanghai.  Days on which the engine was off are run later, one after the other, up to
`CATCH_UP`; a new installation does its first round at once.
"""

import asyncio
import logging
from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.service import RPCError

from workflows.chapter import TASK_QUEUE
from workflows.daily_round import DailyRoundWorkflow

SCHEDULE_ID = "daily-round"
CATCH_UP = timedelta(days=31)
PAUSE = 30.0
"""Seconds between two tries while the engine does not take the schedule."""

log = logging.getLogger("wanjia.daily_round")


def daily_schedule() -> Schedule:
    """Return the schedule as this release wants it."""
    return Schedule(
        action=ScheduleActionStartWorkflow(DailyRoundWorkflow.run, id=SCHEDULE_ID, task_queue=TASK_QUEUE),
        spec=ScheduleSpec(
            calendars=[ScheduleCalendarSpec(hour=[ScheduleRange(0)], minute=[ScheduleRange(30)])],
            time_zone_name="Asia/Shanghai",
        ),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.BUFFER_ALL, catchup_window=CATCH_UP),
    )


async def see_to_schedule(client: Client) -> None:
    """Keep the schedule as soon as the engine lets us; cases are worked on meanwhile."""
    while True:
        try:
            await keep_schedule(client)
        except RPCError as failure:
            log.warning("the daily round's schedule waits: %s", failure.status)
            await asyncio.sleep(PAUSE)
        else:
            return


async def keep_schedule(client: Client) -> None:
    """Make the schedule, or bring the one that is there to this release."""
    try:
        await client.create_schedule(SCHEDULE_ID, daily_schedule(), trigger_immediately=True)
    except ScheduleAlreadyRunningError:
        await client.get_schedule_handle(SCHEDULE_ID).update(_as_now)


def _as_now(there: ScheduleUpdateInput) -> ScheduleUpdate:
    """Keep what an operator said of it (paused, a note); the rest is the release's."""
    wanted = daily_schedule()
    wanted.state = there.description.schedule.state
    return ScheduleUpdate(schedule=wanted)
