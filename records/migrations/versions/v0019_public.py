"""The public's door: phone codes, objections to a publicity, and the evidence people hand in."""

import sqlalchemy as sa
from alembic import op

from records.column_types import Instant, code

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phone_codes",
        sa.Column("token_hash", code(64), nullable=False, comment="of the browser that asked"),
        sa.Column("phone", sa.LargeBinary, nullable=False),
        sa.Column("phone_index", code(64), nullable=False),
        sa.Column("address_index", code(64), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("verified_at", Instant),
        sa.Column("about", sa.LargeBinary, comment="sealed: the number the visitor asked about"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_phone_codes"),
    )
    op.create_index("ix_phone_codes_phone_index_made_at", "phone_codes", ["phone_index", "made_at"])
    op.create_index("ix_phone_codes_address_index_made_at", "phone_codes", ["address_index", "made_at"])
    op.create_index("ix_phone_codes_made_at", "phone_codes", ["made_at"])
    op.create_table(
        "public_objections",
        sa.Column("receipt", code(20), nullable=False),
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("key", code(64), nullable=False, comment="of the form: sent twice it is one objection"),
        sa.Column("filed_at", Instant, nullable=False),
        sa.Column("filed_on", sa.Date, nullable=False, comment="the case's day"),
        sa.Column("anonymous", sa.Boolean, nullable=False),
        sa.Column("name", sa.LargeBinary),
        sa.Column("phone", sa.LargeBinary),
        sa.Column("phone_index", code(64)),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String(12), nullable=False, comment="received, registered or declined"),
        sa.Column("handled_by", sa.String(40)),
        sa.Column("handled_at", Instant),
        sa.Column("objection", sa.String(12), comment="its number in the case, once registered"),
        sa.Column("reason", sa.LargeBinary, comment="sealed: why it was declined"),
        sa.PrimaryKeyConstraint("receipt", name="pk_public_objections"),
        sa.UniqueConstraint("key", name="uq_public_objections_key"),
    )
    op.create_index("ix_public_objections_case_id", "public_objections", ["case_id"])
    op.create_index("ix_public_objections_state", "public_objections", ["state"])
    op.create_index("ix_public_objections_phone_index", "public_objections", ["phone_index"])
    op.create_table(
        "evidence",
        sa.Column("evidence_id", code(24), nullable=False),
        sa.Column("case_id", code(40), comment="null: not of a case yet"),
        sa.Column("about_kind", sa.String(12), nullable=False, comment="case, objection or application"),
        sa.Column("about", code(40), nullable=False),
        sa.Column("label", sa.String(40), nullable=False, comment="what it is said to show"),
        sa.Column("file_name", sa.LargeBinary, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("digest", code(64), nullable=False, comment="keyed digest of the content: its place in the store"),
        sa.Column("account", sa.String(40), comment="null: handed in by the public"),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("evidence_id", name="pk_evidence"),
    )
    op.create_index("ix_evidence_case_id", "evidence", ["case_id"])
    op.create_index("ix_evidence_about_kind_about", "evidence", ["about_kind", "about"])
    op.create_index("ix_evidence_digest", "evidence", ["digest"])


def downgrade() -> None:
    for table in ("evidence", "public_objections", "phone_codes"):
        op.drop_table(table)
