"""The benchmark of papers: it makes what it counts, no two alike, and puts its table between its marks."""

from pathlib import Path

import pytest

from operations.bench_papers import Figures, bench_papers, table, varied


def test_no_two_papers_are_alike() -> None:
    made = list(varied(40))
    assert len({str(data) for _, data, _ in made}) == 40
    assert len({form for form, _, _ in made}) >= 5


def test_the_table_says_what_was_measured() -> None:
    told = table(Figures(100.4, 180.6, 30.0, 0.0071, 0.025, 70_000, 92_000, 150, 140), 20)
    for words in ("| 100 |", "| 181 |", "70 and 92 kB", "7.1 and 25.0 ms", "150 and 140 MB", "--count 20"):
        assert words in told


@pytest.mark.slow
def test_a_small_run_writes_its_table(tmp_path: Path) -> None:
    out = tmp_path / "b.md"
    out.write_text("a\n<!-- papers:begin -->\n<!-- papers:end -->\nb\n", encoding="utf-8")
    assert bench_papers(count=20, out=out) == 0
    assert "Forms a second before the seal" in out.read_text(encoding="utf-8")
