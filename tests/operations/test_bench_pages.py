"""The measurement of pages in its smallest size: both databases are filled and served, every figure comes out.

No times are asserted.
"""

from pathlib import Path

import pytest

from operations.cli import run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def test_pages_are_measured_on_both_databases_into_their_marks(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text("# 头\n\n<!-- pages:begin -->\n旧\n<!-- pages:end -->\n\n尾\n", encoding="utf-8")

    assert run(["bench-pages", "--households", "100", "--requests", "10", "--out", str(page)]) == 0

    text = page.read_text(encoding="utf-8")
    assert text.startswith("# 头\n")
    assert text.endswith("尾\n")
    assert "旧" not in text
    assert "nan" not in text
    assert text.count("/queue") >= 2
    assert "SQLite" in text
    assert "PostgreSQL" in text
