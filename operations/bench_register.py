"""`wanjia bench-register` (`make bench-register`): the register's large work on a synthetic province (台账测速).

Each part runs in a process of its own, so that its peak memory is its own.  The province is made by `wanjia synth`, or
is one that is there already.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from casework.states import Role
from casework.times import SHANGHAI
from desk.ledger_sheet import cells_of, write_sheet
from operations.bench_pages_table import DOCUMENT
from operations.children import ROOT
from operations.docs import between
from records.crypto import load_keys
from records.engine import Record
from records.ledger_names import helper_names, office_names
from records.ledger_pages import LedgerFilter, ledger_count, ledger_page
from records.ledger_rows import ledger_rows
from records.movements import tallies
from records.scope import Scope
from register.dispatch import rolled_up

MARK = "register"
PROVINCE = Scope("sv-220000-1", Role.SUPERVISOR, "220000")
TODAY = date(2026, 9, 30)
PAST = TODAY - timedelta(days=180)
MONTH = "2026-06"
PARTS = ("ledger_xlsx", "ledger_csv", "ledger_past", "report")
WORDS = {
    "ledger_xlsx": "Ledger of the province to .xlsx",
    "ledger_csv": "Ledger of the province to .csv",
    "ledger_past": "Ledger as of a day half a year back: counted, and its first page",
    "report": "Monthly report of the province, rolled up from its offices",
}


def bench_register(
    province: Annotated[Path | None, typer.Option(help="已有的合成省份目录；不填则先合成。")] = None,
    households: Annotated[int, typer.Option(min=100, max=900_000, help="合成多少户。")] = 143_000,
    part: Annotated[str, typer.Option(hidden=True)] = "",
    out: Annotated[Path, typer.Option(help="写入哪个文件（两个标记之间）。")] = DOCUMENT,
) -> int:
    """测速：一个省的台账导出、查看以往某天的台账、月报汇总，各用多少时间和内存。"""
    if part and province is not None:
        typer.echo(json.dumps(_measured(province, part)))
        return 0
    with tempfile.TemporaryDirectory(prefix="wanjia-register-") as folder:
        home = province or Path(folder) / "province"
        if province is None:
            made = ("synth", "--households", str(households), "--register-only", "--to", str(home))
            subprocess.run((sys.executable, "-m", "operations.cli", *made), cwd=ROOT, check=True)
        figures = {each: _in_a_process(home, each) for each in PARTS}
    shown = table(figures)
    text = out.read_text(encoding="utf-8") if out.exists() else ""
    out.write_text(between(text, MARK, shown), encoding="utf-8")
    typer.echo(shown)
    return 0


def table(figures: dict[str, dict[str, float]]) -> str:
    """Return the table of what was measured."""
    first = figures["ledger_xlsx"]
    day = datetime.now(UTC).astimezone(SHANGHAI).date()
    lines = [
        f"Measured on {day} by `wanjia bench-register`: a synthetic province of {first['households']:,.0f} households, "
        f"{first['lines']:,.0f} lines of the ledger, on SQLite; each part in a process of its own.",
        "",
        "| Part | seconds | peak memory |",
        "|---|---:|---:|",
    ]
    lines += [
        f"| {WORDS[name]} | {each['seconds']:.1f} s | {each['megabytes']:.0f} MB |" for name, each in figures.items()
    ]
    return "\n".join(lines)


def _in_a_process(home: Path, part: str) -> dict[str, float]:
    asked = (sys.executable, "-m", "operations.cli", "bench-register", "--province", str(home), "--part", part)
    done = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _measured(home: Path, part: str) -> dict[str, float]:
    record = Record(f"sqlite:///{home / 'record.db'}", load_keys(home / "key"))
    works: dict[str, Callable[[Record], None]] = {
        "ledger_xlsx": lambda record: _exported(record, "xlsx"),
        "ledger_csv": lambda record: _exported(record, "csv"),
        "ledger_past": _past,
        "report": _report,
    }
    begun = time.perf_counter()
    works[part](record)
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with record.read() as work:
        lines, homes = ledger_count(work, PROVINCE, LedgerFilter(TODAY)) if part == "ledger_xlsx" else (0, 0)
    record.close()
    return {"seconds": seconds, "megabytes": peak, "lines": lines, "households": homes}


def _exported(record: Record, kind: str) -> None:
    with tempfile.TemporaryDirectory() as folder, record.read() as work:
        offices, helpers = office_names(work), helper_names(work)
        rows = (cells_of(line, offices, helpers) for line in ledger_rows(work, PROVINCE, LedgerFilter(TODAY)))
        write_sheet(Path(folder) / f"ledger.{kind}", kind, TODAY, rows)


def _past(record: Record) -> None:
    with record.read() as work:
        ledger_count(work, PROVINCE, LedgerFilter(PAST))
        ledger_page(work, PROVINCE, LedgerFilter(PAST))


def _report(record: Record) -> None:
    with record.read() as work:
        rolled_up("22", MONTH, tallies(work, "22", MONTH), {})
