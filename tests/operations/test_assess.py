"""`wanjia assess` as people type it: a real process, real files."""

import csv
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from register.survey import BadCell
from register.survey_judging import errors_table
from tests.register.sheets import SAMPLES, csv_bytes, row, sample_rows, xlsx_bytes

WANJIA = Path(sys.executable).with_name("wanjia")
EXPECTED = (SAMPLES / "survey-jilin.expected.csv").read_bytes()


def wanjia(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [WANJIA, "assess", *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120
    )


def assessed(folder: Path, name: str, content: bytes, pack: str = "jilin-2021") -> "subprocess.CompletedProcess[str]":
    (folder / name).write_bytes(content)
    return wanjia(folder, name, "--pack", pack, "--out", "OUT.csv")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_sample_sheet_gives_the_expected_file_byte_for_byte(tmp_path: Path) -> None:
    (tmp_path / "OUT.csv.errors.csv").write_text("left from last time")

    done = assessed(tmp_path, "sheet.csv", (SAMPLES / "survey-jilin.csv").read_bytes())

    assert done.returncode == 0
    assert (tmp_path / "OUT.csv").read_bytes() == EXPECTED
    assert sorted(os.listdir(tmp_path)) == ["OUT.csv", "sheet.csv"]
    assert done.stdout == ""
    assert "共判断 120 户：符合 84，不符合 31，特殊情形 5" in done.stderr


def test_the_sample_as_xlsx_gives_the_same(tmp_path: Path) -> None:
    done = assessed(tmp_path, "sheet.xlsx", xlsx_bytes(sample_rows()))

    assert done.returncode == 0
    assert (tmp_path / "OUT.csv").read_bytes() == EXPECTED


def test_bad_rows_block_their_households_and_are_listed(tmp_path: Path) -> None:
    """One sheet in GB18030 with a formula, a bad check digit and a spouse without status; all else is judged."""
    rows = sample_rows()
    secret = rows[0]["身份证号"]
    rows[1]["身份证号"] = rows[1]["身份证号"][:17] + ("0" if rows[1]["身份证号"][17] != "0" else "1")
    rows[3]["月收入"] = "=1+1"
    rows[5]["就业失业状态"] = ""
    spoiled = [rows[position]["户编号"] for position in (1, 3, 5)]

    done = assessed(tmp_path, "sheet.csv", csv_bytes(rows, "gb18030"))

    assert done.returncode == 3
    good = [line for line in EXPECTED.splitlines(keepends=True) if line.split(b",")[0].decode() not in spoiled]
    assert (tmp_path / "OUT.csv").read_bytes() == b"".join(good)
    errors = read(tmp_path / "OUT.csv.errors.csv")
    assert list(errors[0]) == ["line", "column", "reason"]
    assert [(e["line"], e["column"]) for e in errors] == [("3", "身份证号"), ("5", "月收入"), ("7", "就业失业状态")]
    assert "校验码" in errors[0]["reason"]
    assert "公式" in errors[1]["reason"]
    assert "第3行 身份证号" in done.stderr
    assert secret[:17] not in done.stderr
    assert rows[0]["姓名"] not in done.stderr


def test_a_formula_in_xlsx_is_a_bad_row(tmp_path: Path) -> None:
    done = assessed(tmp_path, "s.xlsx", xlsx_bytes([row(1, 月收入="=600*2"), row(3, 户编号="H2")]))

    assert done.returncode == 3
    assert [r["household"] for r in read(tmp_path / "OUT.csv")] == ["H2"]
    assert [(e["line"], e["column"]) for e in read(tmp_path / "OUT.csv.errors.csv")] == [("2", "月收入")]


def test_another_pack_differs_as_its_data_says(tmp_path: Path) -> None:
    rows = [row(1, 经营性收入="1"), row(3, 户编号="H2", 就业失业状态="失业未登记")]

    done = assessed(tmp_path, "s.csv", csv_bytes(rows), pack="national-2007")

    assert done.returncode == 0
    results = [(r["household"], r["outcome"], r["reason"]) for r in read(tmp_path / "OUT.csv")]
    assert results == [("H1", "not_eligible", "has_income"), ("H2", "eligible", "all_unemployed")]


def without(column: str) -> bytes:
    rows = [row(1)]
    return csv_bytes(rows, header=[c for c in rows[0] if c != column])


@pytest.mark.parametrize(
    ("name", "content", "options", "words"),
    [
        ("s.csv", without("身份证号"), {}, "缺少列：身份证号"),
        ("s.csv", b"", {}, "空的"),
        ("s.xlsx", b"PK\x03\x04rubbish", {}, "工作簿"),
        ("s.csv", csv_bytes([row(1)]), {"--pack": "nowhere"}, "nowhere"),
        ("s.csv", csv_bytes([row(1)]), {"--out": "no/such/folder/OUT.csv"}, "文件夹不存在"),
        ("s.csv", csv_bytes([row(1)]), {"--out": "s.csv"}, "换一个文件名"),
        ("s.csv", csv_bytes([row(1)]), {"--out": "."}, "不是普通文件"),
        ("s.csv", None, {}, "没有这个文件"),
        ("s.csv", csv_bytes([row(1)]), {"--pack": None}, "--pack"),
    ],
)
def test_what_cannot_be_done_is_said_in_chinese_and_writes_nothing(
    tmp_path: Path, name: str, content: bytes | None, options: dict[str, Any], words: str
) -> None:
    (tmp_path / "OUT.csv").write_text("before")
    if content is not None:
        (tmp_path / name).write_bytes(content)
    asked = {"--pack": "jilin-2021", "--out": "OUT.csv"} | options

    done = wanjia(tmp_path, name, *(word for pair in asked.items() if pair[1] is not None for word in pair))

    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "OUT.csv").read_text() == "before"
    assert sorted(os.listdir(tmp_path)) == sorted({"OUT.csv"} | ({name} if content is not None else set()))


def test_the_help_says_where_bad_rows_go(tmp_path: Path) -> None:
    done = wanjia(tmp_path, "--help")

    assert done.returncode == 0
    assert "OUT.csv.errors.csv" in done.stdout


def test_a_header_of_the_sheet_is_not_run_as_a_formula() -> None:
    assert "列“+cmd”" in errors_table([BadCell(2, "+cmd", "是公式")])
