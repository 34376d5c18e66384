"""Policies that cases live by, orders to adopt one, and which version each case is under."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def code(length: int) -> sa.String:
    """Return text that sorts by code point on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "policies",
        sa.Column("pack_id", code(60), nullable=False),
        sa.Column("version", code(40), nullable=False),
        sa.Column("hash", code(16), nullable=False, comment="head of the content's SHA-256, as cases remember it"),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False, comment="JSON, no personal data"),
        sa.Column("first_used", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_by", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("pack_id", "version", "hash", name="pk_policies"),
    )
    op.create_table(
        "policy_orders",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("pack_id", code(60), nullable=False),
        sa.Column("version", code(40), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("ordered_by", sa.String(40), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("area", code(12), nullable=True, comment="null: every area"),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column(
            "waiting",
            sa.Integer(),
            nullable=False,
            comment="cases still under another version when it was last counted",
        ),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_policy_orders"),
    )
    op.create_index("ix_policy_orders_pack_id_version", "policy_orders", ["pack_id", "version"])
    op.add_column(
        "cases", sa.Column("pack_version", sa.String(40), nullable=True, comment="null: of an earlier release")
    )


def downgrade() -> None:
    op.drop_column("cases", "pack_version")
    op.drop_index("ix_policy_orders_pack_id_version", "policy_orders")
    op.drop_table("policy_orders")
    op.drop_table("policies")
