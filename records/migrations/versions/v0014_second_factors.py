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
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", name="pk_second_factors"),
    )
    op.add_column("sessions", sa.Column("public_id", code(16), nullable=True))
    op.add_column("sessions", sa.Column("device", sa.String(60), nullable=True))
    op.add_column("sessions", sa.Column("address", sa.LargeBinary(), nullable=True))
    op.add_column("sessions", sa.Column("waits", sa.Boolean(), nullable=True))
    op.create_index("ix_events_account_at", "events", ["account", "at"])
    op.create_index("ix_view_log_account_at", "view_log", ["account", "at"])


def downgrade() -> None:
    op.drop_index("ix_view_log_account_at", "view_log")
    op.drop_index("ix_events_account_at", "events")
    with op.batch_alter_table("sessions") as sessions:
        for column in ("waits", "address", "device", "public_id"):
            sessions.drop_column(column)
    op.drop_table("second_factors")
