"""People, accounts, sessions, requests, offices, vacancies and the view log."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def code(length: int) -> sa.String:
    """Return text that sorts by code point on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("account", code(40), nullable=False, comment="the user name"),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("area", code(12), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account", name="pk_accounts"),
    )
    op.create_index("ix_accounts_role_area", "accounts", ["role", "area"])
    op.create_table(
        "case_counters",
        sa.Column("office", code(12), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("office", "year", name="pk_case_counters"),
    )
    op.create_table(
        "free_texts",
        sa.Column("text_id", code(36), nullable=False),
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("text_id", name="pk_free_texts"),
    )
    op.create_index("ix_free_texts_case_id", "free_texts", ["case_id"])
    op.create_table(
        "households",
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("office", code(12), nullable=False),
        sa.Column("community", sa.String(60), nullable=False, comment="as the public board names it"),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_households"),
    )
    op.create_table(
        "offices",
        sa.Column("office", code(12), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("phone", sa.String(30), nullable=False),
        sa.PrimaryKeyConstraint("office", name="pk_offices"),
    )
    op.create_table(
        "persons",
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("member_id", sa.String(4), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("id_number", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("id_index", code(64), nullable=False),
        sa.Column("phone_index", code(64), nullable=True),
        sa.PrimaryKeyConstraint("case_id", "member_id", name="pk_persons"),
    )
    op.create_index("ix_persons_id_index", "persons", ["id_index"])
    op.create_index("ix_persons_phone_index", "persons", ["phone_index"])
    op.create_table(
        "requests",
        sa.Column("account", code(40), nullable=False),
        sa.Column("key", code(200), nullable=False),
        sa.Column("request_hash", sa.String(64), nullable=False),
        sa.Column("case_id", code(40), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account", "key", name="pk_requests"),
    )
    op.create_index("ix_requests_case_id", "requests", ["case_id"])
    op.create_table(
        "reservations",
        sa.Column("id_index", code(64), nullable=False, comment="one active case a person"),
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True, comment="null once the case is on record"),
        sa.PrimaryKeyConstraint("id_index", name="pk_reservations"),
    )
    op.create_index("ix_reservations_case_id", "reservations", ["case_id"])
    op.create_index("ix_reservations_expires_at", "reservations", ["expires_at"])
    op.create_table(
        "sessions",
        sa.Column("token_hash", code(64), nullable=False),
        sa.Column("account", code(40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
    )
    op.create_index("ix_sessions_account", "sessions", ["account"])
    op.create_table(
        "vacancies",
        sa.Column("vacancy_id", code(40), nullable=False),
        sa.Column("employer", sa.String(80), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("pay_fen", sa.BigInteger(), nullable=False),
        sa.Column("area", code(12), nullable=False),
        sa.Column("open_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("vacancy_id", name="pk_vacancies"),
    )
    op.create_index("ix_vacancies_area", "vacancies", ["area"])
    op.create_table(
        "view_log",
        sa.Column("view_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", code(40), nullable=False),
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("view_id", name="pk_view_log"),
    )
    op.create_index("ix_view_log_case_id", "view_log", ["case_id"])


def downgrade() -> None:
    op.drop_table("view_log")
    op.drop_table("vacancies")
    op.drop_table("sessions")
    op.drop_table("reservations")
    op.drop_table("requests")
    op.drop_table("persons")
    op.drop_table("offices")
    op.drop_table("households")
    op.drop_table("free_texts")
    op.drop_table("case_counters")
    op.drop_table("accounts")
