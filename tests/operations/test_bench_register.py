"""The measurement of the register, on a small province: every part is measured; what else the document says stays."""

import re
from pathlib import Path

import pytest

from operations.bench_register import PARTS, WORDS, bench_register

pytestmark = pytest.mark.slow


def test_a_small_province_is_measured_whole(tmp_path: Path) -> None:
    out = tmp_path / "benchmarks.md"
    out.write_text("# 以前写的\n\n<!-- register:begin -->\n<!-- register:end -->\n\n以后写的\n", encoding="utf-8")
    assert bench_register(province=None, households=400, people=90, part="", out=out) == 0
    text = out.read_text(encoding="utf-8")
    assert text.startswith("# 以前写的")
    assert text.rstrip().endswith("以后写的")
    rows = dict(re.findall(r"^\| (.+?) \| (\d+\.\d) s \| \d+ MB \|$", text, re.MULTILINE))
    assert {WORDS[part] for part in PARTS} <= rows.keys()
    assert [words for words in rows if words.startswith("The import whole")]
    assert re.search(r"a synthetic province of \d{3} households", text)
