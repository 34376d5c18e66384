"""`wanjia bench-register` (`make bench-register`): the register's large work on a synthetic province (台账测速).

Each part runs in a process of its own, so that its peak memory is its own.  The province is made by `wanjia synth`, or
is one that is there already.  The sheet that is imported goes into a record of its own (`bench_imports.py`).
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from casework.states import Role
from casework.times import SHANGHAI
from desk.ledger_sheet import cells_of, write_sheet
from desk.monthly_reports import seen
from desk.report_sheets import sheet_of
from operations.bench_imports import Measured
from operations.bench_pages_table import DOCUMENT
from operations.children import ROOT
from operations.docs import between
from records.crypto import load_keys
from records.engine import Record
from records.ledger_names import helper_names, office_names
from records.ledger_pages import LedgerFilter, ledger_count, ledger_page
from records.ledger_rows import ledger_rows
from records.scope import Scope

MARK = "register"
PROVINCE = Scope("sv-220000-1", Role.SUPERVISOR, "220000")
TODAY = date(2026, 9, 30)
PAST = TODAY - timedelta(days=180)
MONTH = "2026-06"
PARTS = ("ledger_xlsx", "ledger_csv", "ledger_past", "report")
SHEET = 150_000
"""People on the sheet that is imported."""

WORDS = {
    "ledger_xlsx": "Ledger of the province to .xlsx",
    "ledger_csv": "Ledger of the province to .csv",
    "ledger_past": "Ledger as of a day half a year back: counted, and its first page",
    "report": "Monthly report of the province: rolled up from its offices, held against the register, .xlsx",
}


def bench_register(
    province: Annotated[Path | None, typer.Option(help="已有的合成省份目录；不填则先合成。")] = None,
    households: Annotated[int, typer.Option(min=100, max=900_000, help="合成多少户。")] = 143_000,
    people: Annotated[int, typer.Option(min=0, max=900_000, help="导入多少人的调查表；0 则不测导入。")] = SHEET,
    part: Annotated[str, typer.Option(hidden=True)] = "",
    out: Annotated[Path, typer.Option(help="写入哪个文件（两个标记之间）。")] = DOCUMENT,
) -> int:
    """测速：合成一个省、台账导出、查看以往某天的台账、月报汇总、导入大表，各用多少时间和内存。"""
    if part and province is not None:
        typer.echo(json.dumps(_measured(province, part)))
        return 0
    with tempfile.TemporaryDirectory(prefix="wanjia-register-") as folder:
        home = province or Path(folder) / "province"
        rows = [] if province else [_made(home, households)]
        figures = {each: _in_a_process(home, each) for each in PARTS}
        rows += [Row(WORDS[name], each["seconds"], each["megabytes"]) for name, each in figures.items()]
        if people:
            rows += _imported(Path(folder), people)
    shown = table(figures["ledger_xlsx"], rows)
    text = out.read_text(encoding="utf-8") if out.exists() else ""
    out.write_text(between(text, MARK, shown), encoding="utf-8")
    typer.echo(shown)
    return 0


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what was done, its seconds, and the most memory of its process in MB."""

    words: str
    seconds: float
    megabytes: float


def table(province: dict[str, float], rows: list[Row]) -> str:
    """Return the table of what was measured."""
    day = datetime.now(UTC).astimezone(SHANGHAI).date()
    lines = [
        f"Measured on {day} by `wanjia bench-register`: a synthetic province of {province['households']:,.0f} "
        f"households, {province['lines']:,.0f} lines of the ledger, on SQLite, {os.cpu_count()} processors; each part "
        "in a process of its own.",
        "",
        "| Part | seconds | peak memory |",
        "|---|---:|---:|",
    ]
    lines += [f"| {row.words} | {row.seconds:.1f} s | {row.megabytes:.0f} MB |" for row in rows]
    return "\n".join(lines)


def _made(home: Path, households: int) -> Row:
    """Make the province; the memory is that of the largest of its processes."""
    asked = ("synth", "--households", str(households), "--register-only", "--to", str(home))
    begun = time.perf_counter()
    subprocess.run((sys.executable, "-m", "operations.cli", *asked), cwd=ROOT, check=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Row("The province made by `wanjia synth --register-only`", time.perf_counter() - begun, peak)


def _imported(folder: Path, people: int) -> list[Row]:
    """Import a sheet that another process made."""
    sheet = folder / "sheet.xlsx"
    command = (sys.executable, "-m", "operations.bench_imports", "--kind", "xlsx")
    subprocess.run((*command, "--people", str(people), "--make", str(sheet)), cwd=ROOT, check=True)
    done = subprocess.run((*command, "--sheet", str(sheet), "--json"), cwd=ROOT, check=True, capture_output=True)
    stages = [Measured(**each) for each in json.loads(done.stdout)]
    whole = sum(each.seconds for each in stages)
    peak = max(each.peak_mb for each in stages)
    parts = [Row(f"Import of a sheet (.xlsx) of {people:,} people: {e.stage}", e.seconds, e.peak_mb) for e in stages]
    return [*parts, Row(f"The import whole: {people / whole:,.0f} lines a second", whole, peak)]


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
    """Compute the report of every area, hold it against the live register, and fill the office's template."""
    with record.read() as work:
        found = seen(work, "22", MONTH, TODAY)
    assert found.whole.counts["closing"] > 0, found.whole
    assert not found.problems, found.problems
    sheet_of(record, found, "xlsx")
