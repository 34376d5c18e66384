"""The tables of lists and search (清单与查找): the filters people keep.

What was typed into a filter or a search may tell of a person, so it is sealed.
"""

from sqlalchemy import Column, Index, LargeBinary, String, Table

from records.column_types import Instant, code
from records.tables import ACCOUNT, metadata

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
