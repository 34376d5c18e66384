"""The next households of an import are found in their order without looking at all of them."""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

OLD, NEW = "ix_import_households_batch_id_state", "ix_import_households_batch_id_state_position"


def upgrade() -> None:
    op.drop_index(OLD, "import_households")
    op.create_index(NEW, "import_households", ["batch_id", "state", "position"])


def downgrade() -> None:
    op.drop_index(NEW, "import_households")
    op.create_index(OLD, "import_households", ["batch_id", "state"])
