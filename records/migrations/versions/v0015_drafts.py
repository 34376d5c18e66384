"""Applications that are still being written, and who took over whose."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def code(length: int) -> sa.String:
    """Return text that sorts by code point on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("draft_id", code(40), nullable=False, comment="nobody guesses it"),
        sa.Column("kind", sa.String(10), nullable=False, comment="desk or public"),
        sa.Column("owner", code(64), nullable=False, comment="an account, or the index of a member of the public"),
        sa.Column("office", code(12), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "content",
            sa.LargeBinary(),
            nullable=False,
            comment="sealed: what was typed, emptied once it is a case",
        ),
        sa.Column("applicant_index", code(64), nullable=True, comment="blind index of the applicant's ID number"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", code(64), nullable=False),
        sa.Column("case_id", code(40), nullable=True, comment="the case it became"),
        sa.PrimaryKeyConstraint("draft_id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_kind_owner", "drafts", ["kind", "owner"])
    op.create_index("ix_drafts_kind_office", "drafts", ["kind", "office"])
    op.create_index("ix_drafts_applicant_index", "drafts", ["applicant_index"])
    op.create_index("ix_drafts_updated_at", "drafts", ["updated_at"])
    op.create_table(
        "draft_moves",
        sa.Column("move_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", code(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_owner", code(40), nullable=False),
        sa.Column("to_owner", code(40), nullable=False),
        sa.PrimaryKeyConstraint("move_id", name="pk_draft_moves"),
    )
    op.create_index("ix_draft_moves_draft_id", "draft_moves", ["draft_id"])


def downgrade() -> None:
    op.drop_table("draft_moves")
    op.drop_table("drafts")
