"""The case file: cases, events, tasks, clocks, messages and the publicity board."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def code(length: int) -> sa.String:
    """Return text that sorts by code point on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("office", code(12), nullable=False),
        sa.Column("pack_id", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("last_command", sa.String(200), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("helper", code(40), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("certified_on", sa.Date(), nullable=True),
        sa.Column("promise_due_on", sa.Date(), nullable=True),
        sa.Column("promise_overdue_on", sa.Date(), nullable=True),
        sa.Column("promise_met_on", sa.Date(), nullable=True),
        sa.Column("eliminated_on", sa.Date(), nullable=True),
        sa.Column("exit_reason", sa.String(30), nullable=True),
        sa.Column("exit_on", sa.Date(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("base_members", sa.Integer(), nullable=False),
        sa.Column("eligibility", sa.String(60), nullable=False),
        sa.Column("objection_open", sa.Boolean(), nullable=False),
        sa.Column("exit_proposed", sa.Boolean(), nullable=False),
        sa.Column("double_employment", sa.Boolean(), nullable=False),
        sa.Column("clock_offset", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_cases"),
    )
    op.create_index("ix_cases_helper", "cases", ["helper"])
    op.create_index("ix_cases_office_state", "cases", ["office", "state"])
    op.create_index("ix_cases_promise_overdue_on", "cases", ["promise_overdue_on"])
    op.create_table(
        "events",
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("command_id", code(200), nullable=False),
        sa.Column("trigger", sa.String(60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("source", sa.String(20), nullable=True),
        sa.Column("target", sa.String(20), nullable=False),
        sa.Column("about", sa.String(120), nullable=True),
        sa.Column("text_ids", sa.JSON(), nullable=False),
        sa.Column("clock_offset", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column(
            "told", sa.LargeBinary(), nullable=False, comment="sealed: why, opened, closed, started, stopped, notices"
        ),
        sa.Column("whole", sa.LargeBinary(), nullable=False, comment="sealed: the event with the case after it"),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_events"),
        sa.UniqueConstraint("case_id", "command_id", name="uq_events_case_id_command_id"),
    )
    op.create_table(
        "tasks",
        sa.Column("task_id", code(200), nullable=False, comment="case_id/task_id"),
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("office", code(12), nullable=False),
        sa.Column("about", sa.String(120), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_seq", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("closed_seq", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(40), nullable=True),
        sa.Column("done", sa.Boolean(), nullable=True),
        sa.Column("claimed_by", sa.String(40), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_tasks_case_id"),
        sa.PrimaryKeyConstraint("task_id", name="pk_tasks"),
    )
    op.create_index("ix_tasks_case_id_closed_seq", "tasks", ["case_id", "closed_seq"])
    op.create_index("ix_tasks_closed_seq_role_office", "tasks", ["closed_seq", "role", "office"])
    op.create_table(
        "clocks",
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("about", sa.String(120), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("next_ring", sa.DateTime(timezone=True), nullable=True),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_clocks_case_id"),
        sa.PrimaryKeyConstraint("case_id", "key", name="pk_clocks"),
    )
    op.create_table(
        "messages",
        sa.Column("key", code(200), nullable=False, comment="case_id/seq/notice/recipient"),
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, comment="order within the event"),
        sa.Column("notice", sa.String(60), nullable=False),
        sa.Column("role", sa.String(20), nullable=True, comment="null: a member of the household"),
        sa.Column("recipient", sa.String(40), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False, comment="sealed: what the event told the notice"),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempt_id", sa.String(64), nullable=True),
        sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(80), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True, comment="sealed: a gateway may quote what it was sent"),
        sa.Column("gateway_id", sa.String(120), nullable=True),
        sa.Column("parts", sa.Integer(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_messages"),
    )
    op.create_index("ix_messages_case_id_seq", "messages", ["case_id", "seq"])
    op.create_index("ix_messages_state", "messages", ["state"])
    op.create_table(
        "board",
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(24), nullable=False),
        sa.Column("office", code(12), nullable=False),
        sa.Column("masked_name", sa.String(10), nullable=False),
        sa.Column("community", sa.String(60), nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("contact", sa.String(120), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("down_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_board_case_id"),
        sa.PrimaryKeyConstraint("case_id", "round", name="pk_board"),
        sa.UniqueConstraint("public_id", name="uq_board_public_id"),
    )
    op.create_index("ix_board_posted_on_ends_on", "board", ["posted_on", "ends_on"])


def downgrade() -> None:
    op.drop_table("board")
    op.drop_table("messages")
    op.drop_table("clocks")
    op.drop_table("tasks")
    op.drop_table("events")
    op.drop_table("cases")
