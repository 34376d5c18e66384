"""The lines of an office's inbox are found from its cases."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_inbox_role_at", "inbox")
    op.create_index("ix_inbox_role_account_case_id", "inbox", ["role", "account", "case_id"])


def downgrade() -> None:
    op.drop_index("ix_inbox_role_account_case_id", "inbox")
    op.create_index("ix_inbox_role_at", "inbox", ["role", "at"])
