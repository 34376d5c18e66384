"""Integrity radar, inspections and case stories; placements and help given are kept beside the cases."""

import sqlalchemy as sa
from alembic import op

from records.column_types import Instant, code

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "placements",
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("employment_id", code(12), nullable=False),
        sa.Column("vacancy_id", code(40), nullable=False, comment="by whose referral the member was hired"),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_placements_case_id"),
        sa.PrimaryKeyConstraint("case_id", "employment_id", name="pk_placements"),
    )
    op.create_index("ix_placements_started_on", "placements", ["started_on"])
    op.create_index("ix_placements_vacancy_id", "placements", ["vacancy_id"])
    op.create_table(
        "help_given",
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("office", code(12), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False, comment="from when services are owed"),
        sa.Column("open", sa.Boolean(), nullable=False, comment="services are owed now"),
        sa.Column("least_guidance", sa.Integer(), nullable=False, comment="of the member who had the least"),
        sa.Column("least_training_info", sa.Integer(), nullable=False),
        sa.Column("least_referrals", sa.Integer(), nullable=False),
        sa.Column("all_guidance", sa.Integer(), nullable=False, comment="of the household"),
        sa.Column("all_training_info", sa.Integer(), nullable=False),
        sa.Column("all_referrals", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_help_given_case_id"),
        sa.PrimaryKeyConstraint("case_id", name="pk_help_given"),
    )
    op.create_index("ix_help_given_open_office", "help_given", ["open", "office"])
    op.create_table(
        "area_months",
        sa.Column("area", code(12), nullable=False),
        sa.Column("month", sa.String(7), nullable=False, comment="2026-09"),
        sa.Column("registered_unemployed", sa.Integer(), nullable=False),
        sa.Column("platform", sa.Boolean(), nullable=False, comment="a public employment service is there"),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("kept_at", Instant, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("area", "month", name="pk_area_months"),
    )
    op.create_table(
        "radar_items",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", code(80), nullable=False),
        sa.Column("office", code(12), nullable=False, comment="or area"),
        sa.Column("digest", code(32), nullable=False, comment="of the facts it is listed for"),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("gone_on", sa.Date(), comment="not listed any more since"),
        sa.PrimaryKeyConstraint("kind", "subject", name="pk_radar_items"),
    )
    op.create_index("ix_radar_items_kind_gone_on", "radar_items", ["kind", "gone_on"])
    op.create_table(
        "radar_dismissals",
        sa.Column("dismissal_id", code(36), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", code(80), nullable=False),
        sa.Column("office", code(12), nullable=False),
        sa.Column("digest", code(32), nullable=False),
        sa.Column("says", sa.LargeBinary(), nullable=False, comment="sealed: why it had been listed"),
        sa.Column("reason", sa.LargeBinary(), nullable=False, comment="sealed"),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("dismissal_id", name="pk_radar_dismissals"),
    )
    op.create_index("ix_radar_dismissals_kind_subject_at", "radar_dismissals", ["kind", "subject", "at"])
    op.create_index("ix_radar_dismissals_office_at", "radar_dismissals", ["office", "at"])
    op.create_table(
        "inspections",
        sa.Column("inspection_id", code(36), nullable=False),
        sa.Column("number", code(24), nullable=False, comment="by which people speak of it: HC-2026-0001"),
        sa.Column("area", code(12), nullable=False),
        sa.Column("kind", sa.String(20), comment="of the item it was opened from; null: opened freely"),
        sa.Column("subject", code(80)),
        sa.Column("digest", code(32)),
        sa.Column("about", sa.LargeBinary(), nullable=False, comment="sealed: what is looked into, and why"),
        sa.Column("inspectors", sa.LargeBinary(), nullable=False, comment="sealed: who goes"),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.String(40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("closed_by", sa.String(40)),
        sa.Column("result", sa.String(20), comment="confirmed, partly or unfounded"),
        sa.Column("conclusion", sa.LargeBinary(), comment="sealed"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("inspection_id", name="pk_inspections"),
        sa.UniqueConstraint("number", name="uq_inspections_number"),
    )
    op.create_index("ix_inspections_area_closed_on_due_on", "inspections", ["area", "closed_on", "due_on"])
    op.create_index("ix_inspections_kind_subject", "inspections", ["kind", "subject"])
    op.create_table(
        "inspection_records",
        sa.Column("inspection_id", code(36), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False, comment="finding, circular, talk or follow_up"),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), comment="by when a finding is put right"),
        sa.Column("done_on", sa.Date()),
        sa.Column("whom", sa.LargeBinary(), comment="sealed: to whom a circular went, with whom was talked"),
        sa.Column("text", sa.LargeBinary(), nullable=False, comment="sealed"),
        sa.Column("done_text", sa.LargeBinary(), comment="sealed: how a finding was put right"),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("done_by", sa.String(40)),
        sa.PrimaryKeyConstraint("inspection_id", "place", name="pk_inspection_records"),
    )
    op.create_table(
        "stories",
        sa.Column("story_id", code(36), nullable=False),
        sa.Column("case_index", code(64), nullable=False, comment="blind: the story itself names no case"),
        sa.Column("area", code(12), nullable=False),
        sa.Column("state", sa.String(12), nullable=False, comment="draft, published or withdrawn"),
        sa.Column("channel", sa.String(30), nullable=False),
        sa.Column("difficulty", sa.String(120), nullable=False, comment="codes, between commas"),
        sa.Column("outcome", sa.String(30), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="sealed: the story"),
        sa.Column("case_id", sa.LargeBinary(), nullable=False, comment="sealed"),
        sa.Column("made_by", sa.String(40), nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("decided_by", sa.String(40)),
        sa.Column("decided_at", Instant),
        sa.Column("reason", sa.LargeBinary(), comment="sealed: why it was sent back or taken down"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("story_id", name="pk_stories"),
    )
    op.create_index("ix_stories_area_state", "stories", ["area", "state"])
    op.create_index("ix_stories_case_index", "stories", ["case_index"])
    op.create_index("ix_stories_state_decided_at", "stories", ["state", "decided_at"])


def downgrade() -> None:
    op.drop_table("stories")
    op.drop_table("inspection_records")
    op.drop_table("inspections")
    op.drop_table("radar_dismissals")
    op.drop_table("radar_items")
    op.drop_table("area_months")
    op.drop_table("help_given")
    op.drop_table("placements")
