"""How fast a big sheet goes into the register, in how much memory (导入的速度).

The real stages on a record of its own: read, checked and matched, written (`python -m operations.bench_imports`).
Each is measured by itself in one process.  People are made up.
"""

import argparse
import csv
import io
import json
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import typer
import xlsxwriter

from casework.resident_id import check_character
from casework.states import Role
from desk.import_check import Places, check_lines, read_file
from records import import_households, imports
from records.crypto import Keys
from records.engine import Record
from records.import_lists import counted
from records.imports import Batch, new_batch_id
from records.migrations import upgrade
from register.sheet_fields import suggested
from register.survey_columns import COLUMNS

OFFICE, ACCOUNT = "220302004", "bench"
WRITTEN_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Measured:
    """One stage: its seconds, and the most memory of the process so far, in MB."""

    stage: str
    seconds: float
    peak_mb: int


def made_lines(people: int) -> Iterator[list[str]]:
    """Return the lines of a survey of so many people, three to a household."""
    for number in range(people):
        home, place = divmod(number, 3)
        born = date(1970, 1, 1) + timedelta(days=home % 9_000)
        first = f"22{home // 9_000:02d}{(home // 9_000) % 100:02d}{born:%Y%m%d}{place * 2 + 1 + home % 2:03d}"
        relation = ("本人", "配偶", "儿子")[place]
        status = "在校学生" if place == 2 else ("登记失业", "失业未登记", "单位就业")[home % 3 if place == 0 else 0]
        yield [
            *(f"B{home:06d}", OFFICE, "2026-11-20", f"K{home:06d}", f"甲{'乙丙丁'[place]}", relation),
            *(first + check_character(first), "城镇", "未婚" if place == 2 else "已婚", "是", "有", "有", status, ""),
            *("2200" if status == "单位就业" else "0", "0", "0", "否", "否", "" if place else f"199{home % 10**8:08d}"),
        ]


def as_csv(people: int) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(made_lines(people))
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(people: int) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, COLUMNS)
    for line, cells in enumerate(made_lines(people), 1):
        sheet.write_row(line, 0, cells)
    book.close()
    return content.getvalue()


def measure(record: Record, content: bytes, name: str) -> list[Measured]:
    """Bring a sheet through every stage; return what each took."""
    batch_id, now, found = new_batch_id(), datetime.now(UTC), []

    def stage(words: str, work: Callable[[], object]) -> None:
        begun = time.perf_counter()
        work()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        found.append(Measured(words, time.perf_counter() - begun, peak))

    def begin() -> None:
        with record.write() as work:
            told = {"kind": "survey", "office": OFFICE, "account": ACCOUNT, "file_name": name, "content": content}
            imports.begin(work, **told, batch_id=batch_id, now=now)  # type: ignore[arg-type]

    def choose() -> None:
        mapping = {"places": suggested("survey", _batch(record, batch_id).header, {}), "whole": {"社区": "向阳社区"}}
        with record.write() as work:
            imports.move(work, batch_id, "mapping", "checking", now, mapping=mapping)

    def check() -> None:
        batch = _batch(record, batch_id)
        check_lines(record, batch, Places(record, batch, Role.CASEWORKER, drill=True), lambda: now)

    def write() -> None:
        written = WRITTEN_AT_ONCE
        while written:
            with record.write() as work:
                written = import_households.write_some(work, batch_id, account=ACCOUNT, now=now, limit=WRITTEN_AT_ONCE)

    stage("kept", begin)
    stage("read", lambda: read_file(record, _batch(record, batch_id), lambda: now))
    refused = _batch(record, batch_id).refused_words
    assert refused is None, refused
    choose()
    stage("checked and matched", check)
    stage("written", write)
    with record.read() as work:
        counts = counted(work, batch_id)
    assert counts["kept"] == counts["households"] > 0, counts
    return found


def _batch(record: Record, batch_id: str) -> Batch:
    with record.read() as work:
        found = imports.batch_by_id(work, batch_id)
    assert found is not None
    return found


def main() -> None:
    """Measure one sheet and print a line for each stage."""
    asked = argparse.ArgumentParser(description="导入一份大表的速度和内存")
    asked.add_argument("--people", type=int, default=150_000)
    asked.add_argument("--kind", choices=("csv", "xlsx"), default="xlsx")
    asked.add_argument("--sheet", type=Path, help="a sheet made before, so that making it takes no memory here")
    asked.add_argument("--make", type=Path, help="only write the sheet")
    asked.add_argument("--json", action="store_true", help="print the stages as JSON")
    given = asked.parse_args()
    make = as_csv if given.kind == "csv" else as_xlsx
    if given.make:
        given.make.write_bytes(make(given.people))
        return
    content = given.sheet.read_bytes() if given.sheet else make(given.people)
    with TemporaryDirectory() as home:
        record = Record(f"sqlite:///{home}/record.db", Keys(bytes(range(32))))
        upgrade(record.engine)
        stages = measure(record, content, f"x.{given.kind}")
        if given.json:
            typer.echo(json.dumps([asdict(each) for each in stages]))
            stages = []
        for each in stages:
            rate = given.people / each.seconds if each.seconds else 0
            typer.echo(f"{each.stage}: {each.seconds:.1f} s, {rate:.0f} lines/s, peak {each.peak_mb} MB")
        record.close()


if __name__ == "__main__":
    main()
