"""Survey rounds with their visits, layoff lists, and couples of the register with one at work."""

import sqlalchemy as sa
from alembic import op

from records.column_types import Instant, code

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("known_households") as table:
        table.add_column(
            sa.Column(
                "one_at_work",
                sa.Boolean(),
                comment="a couple of whom one works and one is out of work; null: kept before",
            )
        )
    op.create_table(
        "survey_rounds",
        sa.Column("round_id", code(36), nullable=False),
        sa.Column("office", code(12), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("free_lines", sa.Integer(), nullable=False, comment="blank lines for households that are found"),
        sa.Column("opened_by", code(40), nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("closed_by", code(40)),
        sa.PrimaryKeyConstraint("round_id", name="pk_survey_rounds"),
    )
    op.create_index("ix_survey_rounds_office_last_on", "survey_rounds", ["office", "last_on"])
    op.create_table(
        "survey_shares",
        sa.Column("round_id", code(36), nullable=False),
        sa.Column("community", sa.String(60), nullable=False),
        sa.Column("assignee", code(40), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "community", name="pk_survey_shares"),
    )
    op.create_index("ix_survey_shares_assignee", "survey_shares", ["assignee"])
    op.create_table(
        "survey_visits",
        sa.Column("visit_id", code(36), nullable=False),
        sa.Column("round_id", code(36), nullable=False),
        sa.Column("office", code(12), nullable=False),
        sa.Column("community", sa.String(60), nullable=False),
        sa.Column(
            "kind", sa.String(8), nullable=False, comment="known, case or new: of the register, monitored, found"
        ),
        sa.Column("household_id", code(36)),
        sa.Column("case_id", code(40), comment="the open case of a monitored household"),
        sa.Column("number", sa.String(40), nullable=False, comment="户编号 or the number of the case"),
        sa.Column("assignee", code(40), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("visited_on", sa.Date()),
        sa.Column("told_by", code(40)),
        sa.Column("told_at", Instant),
        sa.Column("note", sa.LargeBinary()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("visit_id", name="pk_survey_visits"),
    )
    op.create_index("ix_survey_visits_round_id_number", "survey_visits", ["round_id", "number"], unique=True)
    op.create_index("ix_survey_visits_assignee_state", "survey_visits", ["assignee", "state"])
    op.create_index("ix_survey_visits_household_id", "survey_visits", ["household_id"])
    op.create_table(
        "layoff_lists",
        sa.Column("list_id", code(36), nullable=False),
        sa.Column("office", code(12), nullable=False),
        sa.Column("employer", sa.String(100), nullable=False),
        sa.Column("source", sa.String(8), nullable=False, comment="typed or sheet"),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("account", code(40), nullable=False),
        sa.Column("kept_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("list_id", name="pk_layoff_lists"),
    )
    op.create_index("ix_layoff_lists_office_kept_at", "layoff_lists", ["office", "kept_at"])
    op.create_table(
        "layoff_lines",
        sa.Column("list_id", code(36), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("employer", sa.String(100), nullable=False),
        sa.Column("leaves_on", sa.Date(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("id_number", sa.LargeBinary(), nullable=False),
        sa.Column("id_index", code(64), nullable=False),
        sa.PrimaryKeyConstraint("list_id", "line", name="pk_layoff_lines"),
    )
    op.create_index("ix_layoff_lines_id_index", "layoff_lines", ["id_index"])


def downgrade() -> None:
    op.drop_table("layoff_lines")
    op.drop_table("layoff_lists")
    op.drop_table("survey_visits")
    op.drop_table("survey_shares")
    op.drop_table("survey_rounds")
    with op.batch_alter_table("known_households") as table:
        table.drop_column("one_at_work")
