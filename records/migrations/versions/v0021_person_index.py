"""People found by name: the keyed index, searches kept for half an hour, who left a household, who applies.

What needs the key of the personal data is brought over when the record is prepared (`records/catching_up.py`).
"""

import sqlalchemy as sa
from alembic import op

from records.column_types import Instant, code

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person_index",
        sa.Column("kind", code(8), nullable=False, comment="begin, pinyin or initials"),
        sa.Column("token", code(24), nullable=False, comment="keyed: what a name, normalised, may be looked for by"),
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("member_id", code(4), nullable=False),
        sa.PrimaryKeyConstraint("kind", "token", "case_id", "member_id", name="pk_person_index"),
    )
    op.create_index("ix_person_index_case_id_member_id", "person_index", ["case_id", "member_id"])
    op.create_table(
        "searches",
        sa.Column("search_id", code(43), nullable=False, comment="unguessable: it stands in an address"),
        sa.Column("account", code(40), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False, comment="sealed: what was typed"),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("logged", sa.Integer(), nullable=False, comment="pages whose cases stand in the view log"),
        sa.PrimaryKeyConstraint("search_id", name="pk_searches"),
    )
    op.create_index("ix_searches_expires_at", "searches", ["expires_at"])
    gone = sa.Column("left_on", sa.Date(), nullable=True, comment="no member of the household since")
    op.add_column("persons", gone)
    first = "null: of an earlier release, the first who was taken in"
    op.add_column("cases", sa.Column("applicant", sa.String(4), nullable=True, comment=first))


def downgrade() -> None:
    with op.batch_alter_table("cases") as cases:
        cases.drop_column("applicant")
    with op.batch_alter_table("persons") as persons:
        persons.drop_column("left_on")
    op.drop_table("searches")
    op.drop_table("person_index")
