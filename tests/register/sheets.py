"""Survey sheets for tests: good rows to spoil, and their bytes as .csv and .xlsx."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl

from casework.resident_id import check_character
from register.survey_columns import COLUMNS

SAMPLES = Path(__file__).parents[2] / "samples"
_GOOD = "H1,220302004,2026-11-20,HA,郑霞芳,本人,220000198005051239,城镇,已婚,是,有,有,登记失业,,0,0,0,否,否,19900003517"
GOOD = dict(zip(COLUMNS, next(csv.reader([_GOOD])), strict=True))


def an_id(order: int = 1, born: str = "19850505", place: str = "220000") -> str:
    """Return a synthetic number; an odd order is a man's."""
    first = f"{place}{born}{order:03d}"
    return first + check_character(first)


def row(order: int = 1, **cells: Any) -> dict[str, Any]:
    """Return a good row with its own ID number and the given cells changed."""
    return {**GOOD, "身份证号": an_id(order), "姓名": f"甲{'乙丙丁戊己庚辛壬癸'[order % 9]}", **cells}


def csv_bytes(rows: Iterable[dict[str, Any]], encoding: str = "utf-8-sig", header: Iterable[str] = COLUMNS) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header := list(header))
    writer.writerows([str(cells[column]) for column in header] for cells in rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(rows: Iterable[dict[str, Any]], change: Any = None) -> bytes:
    """Return a workbook; `change(workbook, sheet)` may spoil it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(COLUMNS)
    for cells in rows:
        sheet.append([cells[column] for column in COLUMNS])
    if change is not None:
        change(book, sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def sample_rows() -> list[dict[str, Any]]:
    with (SAMPLES / "survey-jilin.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def csv_text(header: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return any table as a .csv."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([list(header), *rows])
    return text.getvalue().encode("utf-8-sig")
