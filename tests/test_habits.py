"""The habits of the house that a review forgets: small files, plain names, nothing of one machine in the tree."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
SKIPPED = {".git", ".venv", "var", "node_modules", "__pycache__", "dist"}
LONGEST = 300
BINARY = {".xlsx", ".png", ".pdf", ".db", ".woff2", ".gz"}


def tree() -> list[Path]:
    """The files of the project: what git knows or would take, or in an unpacked archive everything but the leavings."""
    asked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if asked.returncode == 0:
        found = [ROOT / name for name in asked.stdout.split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not SKIPPED & set(path.relative_to(ROOT).parts)]
    return [path for path in found if path.is_file() and path.suffix not in BINARY]


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines_with(pattern: str, paths: list[Path]) -> list[str]:
    wanted = re.compile(pattern)
    return [
        f"{shown(path)}:{number}: {line.strip()[:100]}"
        for path in paths
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if wanted.search(line)
    ]


def test_no_file_is_longer_than_a_sitting() -> None:
    python = [path for path in tree() if path.suffix == ".py" and "migrations" not in path.parts]
    assert python
    counted = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python}
    assert not {name: count for name, count in counted.items() if count > LONGEST}


def test_no_file_has_a_name_that_means_nothing() -> None:
    nothing = re.compile(r"(^|_)(utils?|helpers?|common|base|managers?|misc)$")
    assert not [shown(path) for path in tree() if any(nothing.search(Path(part).stem) for part in path.parts)]


def test_every_file_says_what_lives_there() -> None:
    python = [path for path in tree() if path.suffix == ".py" and path.name not in {"__init__.py", "worker.py"}]
    silent = [
        shown(path) for path in python if not path.read_text(encoding="utf-8").lstrip().startswith(('"""', 'r"""'))
    ]
    assert not silent


def test_no_intention_without_an_issue() -> None:
    assert not lines_with(r"\b(TODO|FIXME|XXX|HACK)\b(?! ?\(#\d+\))", tree())


def test_nothing_of_one_machine_is_in_the_tree() -> None:
    assert not lines_with(r"(?<![\w.:])/(work|root|home|Users)/[A-Za-z]", tree())


def test_the_lock_holds_exact_versions_and_no_address() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 50
    assert not [line for line in lines if not re.fullmatch(r"[a-z0-9._-]+==[\w.]+( ; .+)?", line)]
    assert not lines_with(r"(https?|file)://|--(extra-)?index-url", [ROOT / "requirements.lock"])
