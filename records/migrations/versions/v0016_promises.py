"""Every promise there was, and what figures of a period are counted by.

The promise that a case had last is brought over; its cause and the levels told are sealed in the events and come with
the case's next event.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

OPEN = "closed_seq IS NULL"
CONFLICT = "trigger = 'declare_conflict'"
BY_DAY = ("opened_on", "certified_on", "eliminated_on", "exit_on")
STANDING = [
    *("office", "state", "promise_overdue_on", "promise_met_on"),
    *("key_monitored", "exit_proposed", "objection_open"),
]

BROUGHT_OVER = """
INSERT INTO promises (case_id, kind, number, due_on, met_on, overdue_on, confirmed)
SELECT case_id, 'main',
       1 + (SELECT count(*) FROM events
            WHERE events.case_id = cases.case_id AND events.trigger = 'restore_certification'),
       promise_due_on, promise_met_on, promise_overdue_on,
       EXISTS (SELECT 1 FROM events
               WHERE events.case_id = cases.case_id AND events.trigger = 'confirm_breach_cause')
       AND NOT EXISTS (SELECT 1 FROM tasks
                       WHERE tasks.case_id = cases.case_id AND tasks.kind = 'handle_overdue'
                       AND tasks.closed_seq IS NULL)
FROM cases WHERE promise_due_on IS NOT NULL
"""


def code(length: int) -> sa.String:
    """Return text that sorts by code point on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "promises",
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False, comment="main, or relocated (棚改回迁)"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="of the certification, from 1"),
        sa.Column("started_on", sa.Date(), nullable=True, comment="null: of an earlier release"),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("overdue_on", sa.Date(), nullable=True),
        sa.Column(
            "cause",
            sa.String(20),
            nullable=True,
            comment="why it was missed, as proposed or confirmed; null: of an earlier release",
        ),
        sa.Column("confirmed", sa.Boolean(), nullable=False, comment="a supervisor confirmed the cause"),
        sa.Column("told", sa.String(80), nullable=True, comment="levels that were told that it was missed, in order"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_promises_case_id"),
        sa.PrimaryKeyConstraint("case_id", "kind", "number", name="pk_promises"),
    )
    op.create_index("ix_promises_due_on", "promises", ["due_on"])
    op.create_index("ix_promises_overdue_on", "promises", ["overdue_on"])
    op.execute(BROUGHT_OVER)
    for day in BY_DAY:
        op.create_index(f"ix_cases_{day}_office", "cases", [day, "office"])
    op.create_index("ix_cases_standing", "cases", STANDING)
    op.create_index(
        "ix_tasks_open",
        "tasks",
        ["office", "kind", "opened_on", "role", "overdue"],
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )
    op.create_index(
        "ix_events_conflicts",
        "events",
        ["case_id"],
        sqlite_where=sa.text(CONFLICT),
        postgresql_where=sa.text(CONFLICT),
    )


def downgrade() -> None:
    op.drop_index("ix_events_conflicts", "events")
    op.drop_index("ix_tasks_open", "tasks")
    op.drop_index("ix_cases_standing", "cases")
    for day in reversed(BY_DAY):
        op.drop_index(f"ix_cases_{day}_office", "cases")
    op.drop_table("promises")
