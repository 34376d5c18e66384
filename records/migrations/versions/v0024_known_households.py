"""Households the office knows of, whether or not a case was opened."""

import sqlalchemy as sa
from alembic import op

from records.column_types import Instant, code

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_households",
        sa.Column("household_id", code(36), nullable=False),
        sa.Column("office", code(12), nullable=False),
        sa.Column("community", sa.String(60), nullable=False),
        sa.Column("number", sa.String(40), nullable=False, comment="户编号 of its sheet, or one the register gave"),
        sa.Column("source", sa.String(12), nullable=False, comment="sheet, ledger, visit or layoff"),
        sa.Column("batch_id", code(36), comment="the import it came with"),
        sa.Column("round_id", code(36), comment="the survey round it was seen in last"),
        sa.Column("surveyed_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False, comment="as judged on surveyed_on"),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("watch", sa.String(60), comment="why it is to be monitored (重点监控), null: not"),
        sa.Column("pack_id", sa.String(40), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("base_members", sa.Integer(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False, comment="sealed: the household as the rules see it"),
        sa.Column("address", sa.LargeBinary()),
        sa.Column("case_id", code(40), comment="the case that was opened for it"),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("kept_at", Instant, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("household_id", name="pk_known_households"),
    )
    op.create_index("ix_known_households_office_number", "known_households", ["office", "number"], unique=True)
    op.create_index("ix_known_households_office_outcome_case_id", "known_households", ["office", "outcome", "case_id"])
    op.create_index("ix_known_households_batch_id", "known_households", ["batch_id"])
    op.create_index("ix_known_households_case_id", "known_households", ["case_id"])
    op.create_table(
        "known_persons",
        sa.Column("household_id", code(36), nullable=False),
        sa.Column("member_id", sa.String(4), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("id_number", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary()),
        sa.Column("booklet", sa.LargeBinary(), comment="sealed: the number of the 户口簿"),
        sa.Column("id_index", code(64), nullable=False),
        sa.PrimaryKeyConstraint("household_id", "member_id", name="pk_known_persons"),
    )
    op.create_index("ix_known_persons_id_index", "known_persons", ["id_index"])


def downgrade() -> None:
    op.drop_table("known_persons")
    op.drop_table("known_households")
