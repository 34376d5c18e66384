"""What other offices' registers answered, and who put notices on the public board and took them down."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def code(length: int) -> sa.String:
    """Return text that sorts by code point on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "comparison_answers",
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("run", code(200), nullable=False, comment="account:request key; the same request asks once"),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("member_id", sa.String(4), nullable=False),
        sa.Column("result", sa.String(12), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(80), nullable=True),
        sa.Column("account", code(40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False, comment="the source's own words"),
        sa.PrimaryKeyConstraint("case_id", "run", "source", "member_id", name="pk_comparison_answers"),
    )
    op.add_column("board", sa.Column("posted_by", sa.String(40), nullable=True, comment="null: of an earlier release"))
    op.add_column("board", sa.Column("up_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("board", sa.Column("down_by", sa.String(40), nullable=True))
    op.add_column("board", sa.Column("down_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("board") as board:
        for name in ("down_at", "down_by", "up_at", "posted_by"):
            board.drop_column(name)
    op.drop_table("comparison_answers")
