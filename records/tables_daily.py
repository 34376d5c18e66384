"""The table of the daily round (每日例行): which job was done for which day."""

from sqlalchemy import Column, Date, String, Table

from records.column_types import Instant
from records.tables import metadata

daily_jobs = Table(
    "daily_jobs",
    metadata,
    Column("job", String(40), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("done_at", Instant, nullable=False),
)
