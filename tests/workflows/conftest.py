"""The real Temporal server of a test session; a worker and a record of its own for each test.

One worker at a time serves the one task queue of the server.
"""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from records.engine import Record
from tests.engine_stack import KEYS, EngineStack, running, start_server
from tests.workflows.people import put_staff


@pytest.fixture(scope="session")
def engine_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server keeps its database and its log."""
    return tmp_path_factory.mktemp("engine")


@pytest.fixture(scope="session")
def engine_address(engine_folder: Path) -> Iterator[str]:
    """The address of a Temporal server."""
    yield from start_server(engine_folder)


@pytest.fixture(scope="session")
def staffed_template(sqlite_template: Path) -> Path:
    """A record on which the staff is known, for tests to copy."""
    path = sqlite_template.with_name("staffed.db")
    shutil.copy(sqlite_template, path)
    record = Record(f"sqlite:///{path}", KEYS)
    put_staff(record)
    record.close()
    return path


@pytest.fixture
def home(staffed_template: Path, tmp_path: Path) -> Path:
    """A folder with a record on which the staff is known and there is no case."""
    shutil.copy(staffed_template, tmp_path / "record.db")
    return tmp_path


@pytest.fixture
async def stack(engine_address: str, home: Path) -> AsyncIterator[EngineStack]:
    """A worker, in the sandbox, with a record of its own."""
    async with running(engine_address, home) as running_stack:
        yield running_stack
