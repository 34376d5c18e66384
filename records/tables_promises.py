"""The table of placement promises (安置承诺): one row for each certification's, kept after the next one has begun.

`cases` holds the promise that runs now; figures of a month, a quarter or a year need every one there was.  Written by
`records/promises.py` with the event.  Nothing in it tells of a person.
"""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table

from records.column_types import code
from records.tables import CASE_ID, metadata

promises = Table(
    "promises",
    metadata,
    Column("case_id", code(CASE_ID), ForeignKey("cases.case_id"), primary_key=True),
    Column("kind", String(12), primary_key=True, comment="main, or relocated (棚改回迁)"),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="of the certification, from 1"),
    Column("started_on", Date, comment="null: of an earlier release"),
    Column("due_on", Date, nullable=False),
    Column("met_on", Date),
    Column("overdue_on", Date),
    Column("cause", String(20), comment="why it was missed, as proposed or confirmed; null: of an earlier release"),
    Column("confirmed", Boolean, nullable=False, comment="a supervisor confirmed the cause"),
    Column("told", String(80), comment="levels that were told that it was missed, in order"),
    Index(None, "due_on"),
    Index(None, "overdue_on"),
)
