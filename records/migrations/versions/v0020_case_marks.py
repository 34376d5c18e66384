"""Two marks of a case that lists filter by: an exit that is decided and not in effect yet, and special hardship."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("exit_decided", "special_hardship"):
        op.add_column("cases", sa.Column(name, sa.Boolean(), nullable=True, comment="null: of an earlier release"))


def downgrade() -> None:
    with op.batch_alter_table("cases") as cases:
        cases.drop_column("special_hardship")
        cases.drop_column("exit_decided")
