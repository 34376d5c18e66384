"""Places of vacancies that are held for a referral on its way to its case."""

import sqlalchemy as sa
from alembic import op

from records.column_types import Instant, code

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "places_held",
        sa.Column("command_id", code(200), nullable=False, comment="of the referral that is being asked for"),
        sa.Column("vacancy_id", code(40), nullable=False),
        sa.Column("held_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("command_id", name="pk_places_held"),
    )
    op.create_index("ix_places_held_vacancy_id", "places_held", ["vacancy_id"])


def downgrade() -> None:
    op.drop_table("places_held")
