"""The tables of lists and search (清单与查找): the filters people keep, what people are found by, and searches.

What was typed into a filter or a search may tell of a person, so it is sealed; a name is found by keyed tokens that
nobody can compute without the key.
"""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from records.column_types import Instant, code
from records.tables import ACCOUNT, CASE_ID, metadata

saved_filters = Table(
    "saved_filters",
    metadata,
    Column("filter_id", code(36), primary_key=True),
    Column("account", code(ACCOUNT), nullable=False),
    Column("list", String(20), nullable=False, comment="queue or cases"),
    Column("name", LargeBinary, nullable=False, comment="sealed: free text"),
    Column("query", String(600), nullable=False, comment="the list's address without its path"),
    Column("saved_at", Instant, nullable=False),
    Index(None, "account", "list"),
)

person_index = Table(
    "person_index",
    metadata,
    Column("kind", code(8), primary_key=True, comment="begin, pinyin or initials"),
    Column("token", code(24), primary_key=True, comment="keyed: what a name, normalised, may be looked for by"),
    Column("case_id", code(CASE_ID), primary_key=True),
    Column("member_id", code(4), primary_key=True),
    Index(None, "case_id", "member_id"),
)

searches = Table(
    "searches",
    metadata,
    Column("search_id", code(43), primary_key=True, comment="unguessable: it stands in an address"),
    Column("account", code(ACCOUNT), nullable=False),
    Column("text", LargeBinary, nullable=False, comment="sealed: what was typed"),
    Column("expires_at", Instant, nullable=False),
    Column("logged", Integer, nullable=False, comment="pages whose cases stand in the view log"),
    Index(None, "expires_at"),
)
