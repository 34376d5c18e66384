"""What every command over all open cases needs: the record, who ordered it, the engine, a progress bar, lines to print.

What such a command does with the cases is in its own file (`calendar_command.py`, `pack_command.py`).
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from temporalio.client import Client

from casework.states import Role
from desk.case_client import CaseClient
from operations.settings import Settings, load_settings
from records.accounts import account_of
from records.crypto import load_keys
from records.engine import Record
from workflows.payload_codec import data_converter

OPERATOR = "服务器操作员"
"""Who ordered it when no administrator is named: whoever may run commands on the server."""


def opened() -> tuple[Settings, Record]:
    """Return the settings and the record they name; the caller closes it."""
    settings = load_settings()
    return settings, Record(settings.record_url, load_keys(settings.key_path))


def ordered_by(record: Record, by: str | None) -> str:
    """Return the administrator's account, or the operator when none is named; raises on anybody else."""
    if by is None:
        return OPERATOR
    with record.read() as work:
        account = account_of(work, by)
    if account is None or account.disabled or account.role is not Role.ADMINISTRATOR:
        raise typer.BadParameter(f"没有管理员账号 {by}，请核对", param_hint="选项 --by")
    return by


async def engine(settings: Settings) -> CaseClient:
    """Return the way to the cases; it is connected when first used."""
    client = await Client.connect(
        settings.engine_address,
        namespace=settings.temporal_namespace,
        data_converter=data_converter(load_keys(settings.key_path).engine_key),
        lazy=True,
    )
    return CaseClient(client)


@contextmanager
def progress_of(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on stderr; what is yielded is told how many are done, of how many."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True, soft_wrap=True, highlight=False)) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def say(lines: tuple[str, ...]) -> None:
    """Print lines to stdout."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()
