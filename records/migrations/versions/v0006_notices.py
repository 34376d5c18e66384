"""The in-app inbox; which gateway a message went to, whom it fell to, and who handled one that never arrived."""

import sqlalchemy as sa
from alembic import op

from records.column_types import code

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "messages", sa.Column("gateway", sa.String(20), nullable=True, comment="which gateway the last attempt went to")
    )
    op.add_column(
        "messages",
        sa.Column("instead_of", sa.String(40), nullable=True, comment="whom it was for, when it fell to somebody else"),
    )
    op.add_column(
        "messages",
        sa.Column("handled_by", sa.String(40), nullable=True, comment="who told the addressee in another way"),
    )
    op.add_column("messages", sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "messages", sa.Column("handled_note", sa.LargeBinary(), nullable=True, comment="sealed: how they were told")
    )
    op.create_index("ix_messages_gateway_id", "messages", ["gateway_id"])
    op.create_table(
        "inbox",
        sa.Column("key", code(200), nullable=False, comment="case_id/seq/notice/account or role"),
        sa.Column("case_id", code(40), nullable=True, comment="null: an alert for administrators"),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("notice", sa.String(60), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("account", code(40), nullable=True, comment="null: for whoever of the role sees the case"),
        sa.Column("words", sa.LargeBinary(), nullable=False, comment="sealed: what the event told the notice"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_inbox"),
    )
    op.create_index("ix_inbox_case_id", "inbox", ["case_id"])
    op.create_index("ix_inbox_account_at", "inbox", ["account", "at"])
    op.create_index("ix_inbox_role_at", "inbox", ["role", "at"])
    op.create_table(
        "inbox_reads",
        sa.Column("key", code(200), nullable=False),
        sa.Column("account", code(40), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", "account", name="pk_inbox_reads"),
    )


def downgrade() -> None:
    op.drop_table("inbox_reads")
    op.drop_table("inbox")
    op.drop_index("ix_messages_gateway_id", "messages")
    for column in ("handled_note", "handled_at", "handled_by", "instead_of", "gateway"):
        op.drop_column("messages", column)
