"""What the daily round has done (每日例行): each job once for a day.  What a job does is its own file's."""

from datetime import date, datetime

from sqlalchemy import func, select

from records.engine import Reading, Writing
from records.tables_daily import daily_jobs
from records.upsert import insert_into


def job_done(work: Reading, job: str, day: date) -> bool:
    """Say whether a job was done for a day."""
    asked = select(daily_jobs.c.job).where(daily_jobs.c.job == job, daily_jobs.c.day == day)
    return work.connection.execute(asked).first() is not None


def mark_done(work: Writing, job: str, day: date, now: datetime) -> None:
    """Remember that a job was done for a day; the first time stands."""
    row = {"job": job, "day": day, "done_at": now}
    work.connection.execute(insert_into(work.connection, daily_jobs).on_conflict_do_nothing(), row)


def last_done(work: Reading) -> dict[str, date]:
    """Return the last day for which each job was done."""
    asked = select(daily_jobs.c.job, func.max(daily_jobs.c.day)).group_by(daily_jobs.c.job)
    return {row[0]: row[1] for row in work.connection.execute(asked)}
