"""Applications that the public hands in online, and what was done with each."""

import sqlalchemy as sa
from alembic import op

from records.column_types import Instant, code

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "online_applications",
        sa.Column("receipt", code(20), nullable=False),
        sa.Column("draft_id", code(40), nullable=False, comment="where it was written, or is corrected"),
        sa.Column("office", code(12), nullable=False),
        sa.Column("state", sa.String(12), nullable=False, comment="submitted, returned, accepted or withdrawn"),
        sa.Column("phone", sa.LargeBinary, nullable=False),
        sa.Column("phone_index", code(64), nullable=False),
        sa.Column("applicant", sa.LargeBinary, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False, comment="sealed: the answers; emptied once it is a case"),
        sa.Column("first_at", Instant, nullable=False),
        sa.Column("submitted_at", Instant, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("desk_draft", code(40), comment="where a caseworker goes on with it"),
        sa.Column("case_id", code(40)),
        sa.PrimaryKeyConstraint("receipt", name="pk_online_applications"),
        sa.UniqueConstraint("draft_id", name="uq_online_applications_draft_id"),
    )
    op.create_index("ix_online_applications_office_state", "online_applications", ["office", "state"])
    op.create_index("ix_online_applications_phone_index", "online_applications", ["phone_index"])
    op.create_index("ix_online_applications_desk_draft", "online_applications", ["desk_draft"])
    op.create_table(
        "online_acts",
        sa.Column("act_id", sa.Integer, nullable=False),
        sa.Column("receipt", code(20), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column(
            "what", sa.String(12), nullable=False, comment="submitted, looked, taken, returned, accepted or withdrawn"
        ),
        sa.Column("account", sa.String(40), comment="null: the applicant"),
        sa.Column("reasons", sa.LargeBinary, comment="sealed: what is to be corrected, by page"),
        sa.PrimaryKeyConstraint("act_id", name="pk_online_acts"),
    )
    op.create_index("ix_online_acts_receipt", "online_acts", ["receipt"])


def downgrade() -> None:
    for table in ("online_acts", "online_applications"):
        op.drop_table(table)
