"""Large and named files of the ledger, made in the background and kept for a day."""

import sqlalchemy as sa
from alembic import op

from records.column_types import Instant, code

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ledger_files",
        sa.Column("file_id", code(36), nullable=False),
        sa.Column("account", code(40), nullable=False, comment="who asked, and alone may have it"),
        sa.Column("area", code(12), nullable=False, comment="where that was"),
        sa.Column("kind", sa.String(4), nullable=False),
        sa.Column("asked", sa.String(800), nullable=False, comment="day and conditions, as JSON"),
        sa.Column("reason", sa.LargeBinary(), comment="sealed; null: names are masked"),
        sa.Column("state", sa.String(8), nullable=False, comment="logging, making, ready or failed"),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("file_id", name="pk_ledger_files"),
    )
    op.create_index("ix_ledger_files_account_created_at", "ledger_files", ["account", "created_at"])
    op.create_index("ix_ledger_files_created_at", "ledger_files", ["created_at"])
    op.create_table(
        "ledger_file_parts",
        sa.Column("file_id", code(36), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="sealed"),
        sa.PrimaryKeyConstraint("file_id", "number", name="pk_ledger_file_parts"),
    )


def downgrade() -> None:
    op.drop_table("ledger_file_parts")
    op.drop_table("ledger_files")
