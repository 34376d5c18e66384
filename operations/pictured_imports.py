"""Imports of the pictures (配图用的表格导入): one that waits for its columns, one that is checked, one that is done."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from casework.states import Role
from desk.import_check import Places, check_lines, read_file
from operations.pictured_page import CASEWORKER, PicturedPage
from records import import_households, imports
from records.engine import Record
from records.imports import Batch, new_batch_id
from register.sheet_fields import suggested

IMPORT_PAGES: Sequence[PicturedPage] = (
    PicturedPage("imports", "表格导入", CASEWORKER, "/imports"),
    PicturedPage("imports-mistakes", "表格导入：内容有误", CASEWORKER, "/imports", (("press", "读取表格"),)),
    PicturedPage("imports-words", "导入：认得的写法", CASEWORKER, "/imports/words"),
    PicturedPage("imports-columns", "导入：确认各列", CASEWORKER, "/imports/{import_mapping}"),
    PicturedPage("imports-columns-again", "导入：重新对应各列", CASEWORKER, "/imports/{import_checked}/columns"),
    PicturedPage("imports-checked", "导入：核对结果和错误", CASEWORKER, "/imports/{import_checked}"),
    PicturedPage("imports-done", "导入结果", CASEWORKER, "/imports/{import_done}"),
    PicturedPage("imports-drop", "放弃导入：确认", CASEWORKER, "/imports/{import_checked}/drop"),
    PicturedPage("imports-undo", "撤销导入：确认", CASEWORKER, "/imports/{import_done}/undo"),
)
MOST = 40


def begin_imports(record: Record, sheet: Path, office: str, account: str) -> dict[str, str]:
    """Import the office's own lines of a sheet three times; return the batches by the state they stand in."""
    return {
        f"import_{state}": _brought(record, sheet, office, account, state) for state in ("done", "checked", "mapping")
    }


def _brought(record: Record, sheet: Path, office: str, account: str, state: str) -> str:
    batch_id, now = new_batch_id(), datetime.now(UTC)
    with record.write() as work:
        imports.begin(
            work,
            kind="survey",
            office=office,
            account=account,
            file_name=sheet.name,
            content=_own_lines(sheet, office),
            batch_id=batch_id,
            now=now,
        )
    read_file(record, _batch(record, batch_id), lambda: now)
    if state == "mapping":
        return batch_id
    places = suggested("survey", _batch(record, batch_id).header, {})
    with record.write() as work:
        mapping = {"places": places, "whole": {"社区": "向阳社区"}}
        imports.move(work, batch_id, "mapping", "checking", now, mapping=mapping)
    batch = _batch(record, batch_id)
    check_lines(record, batch, Places(record, batch, Role.CASEWORKER, drill=True), lambda: now)
    if state == "done":
        with record.write() as work:
            import_households.write_some(work, batch_id, account=account, now=now, limit=10_000)
            imports.move(work, batch_id, "checked", "done", now, confirmed_at=now)
    return batch_id


def _batch(record: Record, batch_id: str) -> Batch:
    with record.read() as work:
        found = imports.batch_by_id(work, batch_id)
    assert found is not None
    return found


def _own_lines(sheet: Path, office: str) -> bytes:
    """Return the office's lines, two of them with something to correct, and one of another office."""
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        names = list(reader.fieldnames or ())
        lines = list(reader)
    mine = [line for line in lines if line["受理机构"] == office][:MOST]
    mine[3]["月收入"], mine[9]["手机"] = "两千", "1990000"
    mine[0]["享受低保"], mine[1]["调查日期"] = "×", mine[1]["调查日期"].replace("-", ".")
    other = next(line for line in lines if line["受理机构"] != office and line["与申请人关系"] == "本人")
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows([*mine, other])
    return text.getvalue().encode("utf-8-sig")
