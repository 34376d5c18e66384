"""`wanjia docs`: the generated documents are fresh, stale ones are told, and the diagram is that of the table."""

import subprocess
import sys
from pathlib import Path

import pytest

from casework.states import State
from casework.table import TABLE
from operations import docs
from operations.cli import run


def test_the_documents_are_fresh() -> None:
    assert run(["docs", "--check"]) == 0


def test_a_stale_document_is_named_and_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    (tmp_path / "README.md").write_text("# 头\n\n<!-- flow:begin -->\n旧\n<!-- flow:end -->\n\n尾\n", encoding="utf-8")

    assert run(["docs", "--check"]) == 1
    assert "README.md 不是最新" in capsys.readouterr().err
    assert run(["docs"]) == 0
    assert run(["docs", "--check"]) == 0
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "旧" not in readme
    assert readme.startswith("# 头")
    assert readme.endswith("\n\n尾\n")


def test_the_diagram_has_every_state_and_every_arrow_of_the_table() -> None:
    picture = docs.flow()

    assert all(f"{state.value}: {state.words}" in picture for state in State)
    for row in TABLE:
        for source in row.source:
            if row.target and row.target is not source:
                assert f"{source.value} --> {row.target.value}: " in picture


def test_the_state_table_has_a_line_for_every_row_in_every_state() -> None:
    lines = [line for line in docs.state_table().splitlines() if line.startswith("| `")]

    assert len(lines) == sum(max(len(row.source), 1) for row in TABLE)


def test_the_commands_can_be_given_in_a_container_without_the_entry_point() -> None:
    """`python -m operations.cli`, as operations/deploy/README.md writes it, once did nothing, with exit code 0."""
    asked = [sys.executable, "-m", "operations.cli", "rebuild", "--help"]
    told = subprocess.run(asked, capture_output=True, check=True, timeout=60)
    assert "--afresh" in told.stdout.decode()
