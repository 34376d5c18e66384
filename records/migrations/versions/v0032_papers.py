"""Papers that were issued about a case, and how far each office has numbered them."""

import sqlalchemy as sa
from alembic import op

from records.column_types import Instant, code

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "papers",
        sa.Column("paper_id", code(36), nullable=False),
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column(
            "about",
            sa.String(80),
            nullable=False,
            comment="the referral, visit or decision it is about; empty: the case",
        ),
        sa.Column("edition", sa.Integer(), nullable=False, comment="from 1; a later one replaces it"),
        sa.Column("issuer", code(12), nullable=False),
        sa.Column("issuer_name", sa.String(80), nullable=False),
        sa.Column("number", code(60), nullable=False, comment="文号"),
        sa.Column("code_index", code(64), nullable=False, comment="blind index of the verification code"),
        sa.Column("forms_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("test_seal", sa.Boolean(), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False, comment="sealed: what was set into the form"),
        sa.Column("issued_at", Instant, comment="null: its number is kept, its file was not made yet"),
        sa.Column("digest", code(64)),
        sa.Column("size", sa.Integer()),
        sa.PrimaryKeyConstraint("paper_id", name="pk_papers"),
        sa.UniqueConstraint("case_id", "kind", "about", "edition", name="uq_papers_case_id_kind_about_edition"),
    )
    op.create_index("ix_papers_number", "papers", ["number"], unique=True)
    op.create_index("ix_papers_code_index", "papers", ["code_index"], unique=True)
    op.create_index("ix_papers_digest", "papers", ["digest"])
    op.create_table(
        "paper_numbers",
        sa.Column("issuer", code(12), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "kind", "year", name="pk_paper_numbers"),
    )


def downgrade() -> None:
    op.drop_table("paper_numbers")
    op.drop_table("papers")
