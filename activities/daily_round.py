"""Activity of the daily round (每日例行): does the register's jobs for a day, one after the other, and nothing else.

Which jobs there are comes in; what is done is remembered in `records/daily_rounds.py`.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, date, datetime
from typing import Any

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.signatures import RUN_DAILY_JOBS, DayAsked
from records.daily_rounds import job_done, mark_done
from records.engine import Record

Job = Callable[[Record, date, datetime], None]

BEAT = 3.0
"""Seconds between two signs of life while a job goes on."""

log = logging.getLogger("wanjia.daily_round")


class DailyRoundActivities:
    """The hands of the round.  A job that breaks holds no other up; the round is then tried again for it alone."""

    def __init__(self, record: Record, jobs: Mapping[str, Job]) -> None:
        self._record = record
        self._jobs = dict(jobs)

    @activity.defn(name=RUN_DAILY_JOBS)
    async def run_daily_jobs(self, asked: DayAsked) -> None:
        """Do every job that is not done for this day; fail when one is still to be done afterwards."""
        failed: list[str] = []
        for name, job in self._jobs.items():
            try:
                await _while_beating(asyncio.to_thread(self._once, name, job, asked.day))
            except Exception as failure:
                log.exception("daily job %s of %s waits: %s", name, asked.day, type(failure).__name__)
                failed.append(name)
        if failed:
            raise ApplicationError(f"每日例行 {asked.day} 未完成：{'、'.join(failed)}", type="daily_jobs_wait")

    def _once(self, name: str, job: Job, day: date) -> None:
        with self._record.read() as reading:
            if job_done(reading, name, day):
                return
        job(self._record, day, datetime.now(UTC))
        with self._record.write() as work:
            mark_done(work, name, day, datetime.now(UTC))


async def _while_beating(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(work)
    while True:
        done, _ = await asyncio.wait({task}, timeout=BEAT)
        if done:
            await task
            return
        activity.heartbeat()
