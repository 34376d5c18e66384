"""The insert that both databases spell in their own dialect: "unless it is already there"."""

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert = sqlite.Insert | postgresql.Insert


def insert_into(connection: Connection, table: Table) -> Insert:
    """Return an insert that knows `on_conflict_do_nothing` and `on_conflict_do_update` on this database."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)
