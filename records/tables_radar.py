"""The tables of the integrity radar (核查): what it looks at beside the cases, what it listed, what was dismissed.

`placements` and `help_given` are written with each case event (`records/placements.py`) and tell of nobody; area
numbers are entered by supervisors.  Inspections and case stories are in `records/tables_inspections.py`.
"""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table

from records.column_types import Instant, code
from records.tables import ACCOUNT, CASE_ID, metadata

SUBJECT = 80
DIGEST = 32
RECORD_ID = 36

placements = Table(
    "placements",
    metadata,
    Column("case_id", code(CASE_ID), ForeignKey("cases.case_id"), primary_key=True),
    Column("employment_id", code(12), primary_key=True),
    Column("vacancy_id", code(40), nullable=False, comment="by whose referral the member was hired"),
    Column("started_on", Date, nullable=False),
    Index(None, "started_on"),
    Index(None, "vacancy_id"),
)

help_given = Table(
    "help_given",
    metadata,
    Column("case_id", code(CASE_ID), ForeignKey("cases.case_id"), primary_key=True),
    Column("office", code(12), nullable=False),
    Column("promised_on", Date, nullable=False, comment="from when services are owed"),
    Column(
        "open",
        Boolean,
        nullable=False,
        comment="services are owed now",
    ),
    Column("least_guidance", Integer, nullable=False, comment="of the member who had the least"),
    Column("least_training_info", Integer, nullable=False),
    Column("least_referrals", Integer, nullable=False),
    Column("all_guidance", Integer, nullable=False, comment="of the household"),
    Column("all_training_info", Integer, nullable=False),
    Column("all_referrals", Integer, nullable=False),
    Index(None, "open", "office"),
)

area_months = Table(
    "area_months",
    metadata,
    Column("area", code(12), primary_key=True),
    Column("month", String(7), primary_key=True, comment="2026-09"),
    Column("registered_unemployed", Integer, nullable=False),
    Column("platform", Boolean, nullable=False, comment="a public employment service is there"),
    Column("account", String(ACCOUNT), nullable=False),
    Column("kept_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
)

radar_items = Table(
    "radar_items",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("subject", code(SUBJECT), primary_key=True),
    Column("office", code(12), nullable=False, comment="or area"),
    Column("digest", code(DIGEST), nullable=False, comment="of the facts it is listed for"),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
    Column("gone_on", Date, comment="not listed any more since"),
    Index(None, "kind", "gone_on"),
)

radar_dismissals = Table(
    "radar_dismissals",
    metadata,
    Column("dismissal_id", code(RECORD_ID), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("subject", code(SUBJECT), nullable=False),
    Column("office", code(12), nullable=False),
    Column("digest", code(DIGEST), nullable=False),
    Column("says", LargeBinary, nullable=False, comment="sealed: why it had been listed"),
    Column("reason", LargeBinary, nullable=False, comment="sealed"),
    Column("account", String(ACCOUNT), nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "kind", "subject", "at"),
    Index(None, "office", "at"),
)
