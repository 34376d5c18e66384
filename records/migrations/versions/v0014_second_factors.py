"""One-time codes at log-in, sessions their owner can tell apart, and what an account did in the order of time."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def code(length: int) -> sa.String:
    """Return text that sorts by code point on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "second_factors",
        sa.Column("account", code(40), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column(
            "confirmed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="null: shown, but no code was typed yet",
        ),
        sa.Column("last_step", sa.BigInteger(), nullable=False, comment="the newest time step whose code was used"),
        sa.PrimaryKeyConstraint("account", name="pk_second_factors"),
    )
    for column in (
        sa.Column("public_id", code(16), comment="how its owner names it when ending it; null: of an earlier release"),
        sa.Column("device", sa.String(60), comment="kind of browser, as its owner would say it"),
        sa.Column("address", sa.LargeBinary(), comment="sealed: from where"),
        sa.Column("waits", sa.Boolean(), comment="the password was right, the one-time code is still to come"),
    ):
        op.add_column("sessions", column)
    op.create_index("ix_events_account_at", "events", ["account", "at"])
    op.create_index("ix_view_log_account_at", "view_log", ["account", "at"])


def downgrade() -> None:
    op.drop_index("ix_view_log_account_at", "view_log")
    op.drop_index("ix_events_account_at", "events")
    with op.batch_alter_table("sessions") as sessions:
        for column in ("waits", "address", "device", "public_id"):
            sessions.drop_column(column)
    op.drop_table("second_factors")
