"""The schema's history (Alembic).  `upgrade` brings a database to the newest version; no ini file is needed."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to `revision` in one transaction; on a current database this does nothing.

    Two programs that start at once take turns: by SQLite's write lock, by an advisory lock on PostgreSQL.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(20260101)"))
        command.upgrade(config(connection), revision)


def config(connection: object) -> Config:
    """Return Alembic's configuration for this package over an open connection."""
    settings = Config()
    settings.set_main_option("script_location", "records:migrations")
    settings.attributes["connection"] = connection
    return settings
