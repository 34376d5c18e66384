"""Imports of sheets: batches, their lines and households, the columns an office chose, and what old ledgers told."""

import sqlalchemy as sa
from alembic import op

from records.column_types import Instant, code

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_batches",
        sa.Column("batch_id", code(36), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False, comment="survey or ledger"),
        sa.Column("office", code(12), nullable=False, comment="the office, or the area of a supervisor"),
        sa.Column("account", code(40), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("file_name", sa.LargeBinary(), nullable=False, comment="sealed: people name files after people"),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
        sa.Column("done", sa.Integer(), nullable=False, comment="of the stage under way"),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False, comment="the titles of its columns, JSON"),
        sa.Column("mapping", sa.Text(), nullable=False, comment="which column says what, JSON"),
        sa.Column("counts", sa.Text(), nullable=False, comment="JSON"),
        sa.Column("open_cases", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", Instant),
        sa.Column("refused_code", sa.String(40)),
        sa.Column("refused_words", sa.Text()),
        sa.Column("undone_by", code(40)),
        sa.PrimaryKeyConstraint("batch_id", name="pk_import_batches"),
    )
    op.create_index("ix_import_batches_office_created_at", "import_batches", ["office", "created_at"])
    op.create_index("ix_import_batches_state", "import_batches", ["state"])
    op.create_table(
        "import_chunks",
        sa.Column("batch_id", code(36), nullable=False),
        sa.Column("kind", sa.String(6), nullable=False, comment="file, rows or bad"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="sealed"),
        sa.PrimaryKeyConstraint("batch_id", "kind", "number", name="pk_import_chunks"),
    )
    op.create_table(
        "import_households",
        sa.Column("batch_id", code(36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("office", code(12), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("known", sa.String(10), nullable=False, comment="new, changed, older: what the register has of it"),
        sa.Column("active_case", code(40), comment="an open case of its people that the office sees"),
        sa.Column("elsewhere", sa.Boolean(), nullable=False, comment="in an open case of another office"),
        sa.Column("former_case", code(40)),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("why", sa.Text(), comment="why no case was opened, or why it was not taken back"),
        sa.Column("household_id", code(36)),
        sa.Column("version", sa.Integer(), comment="of the known household as the import left it"),
        sa.Column("case_id", code(40), comment="the case that this import opened"),
        sa.Column("content", sa.LargeBinary(), comment="sealed: the household, until it is written"),
        sa.Column("before", sa.LargeBinary(), comment="sealed: what the register had, until it cannot be undone"),
        sa.PrimaryKeyConstraint("batch_id", "position", name="pk_import_households"),
    )
    op.create_index("ix_import_households_batch_id_known", "import_households", ["batch_id", "known"])
    op.create_index("ix_import_households_batch_id_state", "import_households", ["batch_id", "state"])
    op.create_table(
        "import_mappings",
        sa.Column("office", code(12), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("content", sa.Text(), nullable=False, comment="titles by field, JSON"),
        sa.Column("changed_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("office", "kind", name="pk_import_mappings"),
    )
    op.create_table(
        "ledger_entries",
        sa.Column("household_id", code(36), nullable=False),
        sa.Column("batch_id", code(36), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="sealed: what an old ledger told, JSON"),
        sa.Column("kept_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("household_id", name="pk_ledger_entries"),
    )
    op.create_index("ix_ledger_entries_batch_id", "ledger_entries", ["batch_id"])


def downgrade() -> None:
    op.drop_table("ledger_entries")
    op.drop_table("import_mappings")
    op.drop_table("import_households")
    op.drop_table("import_chunks")
    op.drop_table("import_batches")
