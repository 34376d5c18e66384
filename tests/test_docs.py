"""The documents keep their word: links lead somewhere, requirements name code and tests that exist, records are whole.

Generated documents are held fresh by `wanjia docs --check`, not here.
"""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
REGISTER = ROOT / "docs" / "requirements.md"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
WALKTHROUGHS = sorted((ROOT / "docs" / "walkthroughs").glob("*.md"))
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
DOCUMENTS += [ROOT / "operations" / "deploy" / "README.md"]

LINK = re.compile(r"\]\(([^()\s]+)\)")
NAMED = re.compile(r"`([\w./-]+(?:\.\w+|/))(?:::(\w+))?`")
"""A path in a code span, with a function of it after `::`."""

ROWS = {"C": 8, "N": 20, "J": 21, "L": 8}
"""How many rows the register has of each document."""

OPEN_ISSUES: frozenset[int] = frozenset()
DONE_BY, SHOWN_BY = 2, 3


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def names_in(path: Path) -> frozenset[str]:
    """Return the functions and classes of a Python file."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return frozenset(n.name for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, kinds))


def missing(text: str) -> list[str]:
    """Return the paths and `path::name` of a text that are not there."""
    gone = []
    for path, name in NAMED.findall(text):
        file = ROOT / path
        if not file.exists():
            gone.append(path)
        elif name and name not in names_in(file):
            gone.append(f"{path}::{name}")
    return gone


def register() -> list[list[str]]:
    """Return the rows of the requirements register: id, phrase, done by, shown by."""
    lines = REGISTER.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [row for row in rows if re.fullmatch(r"[A-Z][0-9]+", row[0])]


def test_every_link_leads_somewhere() -> None:
    broken = [
        f"{shown(document)} -> {target}"
        for document in DOCUMENTS
        for target in LINK.findall(document.read_text(encoding="utf-8"))
        if not re.match(r"https?://|mailto:|#", target) and not (document.parent / target.split("#")[0]).exists()
    ]
    assert not broken


def test_no_link_leaves_the_project() -> None:
    outside = [
        f"{shown(document)} -> {target}"
        for document in DOCUMENTS
        for target in LINK.findall(document.read_text(encoding="utf-8"))
        if not re.match(r"https?://|mailto:|#", target)
        and not (document.parent / target).resolve().is_relative_to(ROOT)
    ]
    assert not outside


def test_the_register_has_every_row_once_and_in_order() -> None:
    wanted = [f"{letter}{number}" for letter, last in ROWS.items() for number in range(1, last + 1)]
    assert [row[0] for row in register()] == wanted
    assert not [row[0] for row in register() if len(row) != 4 or not all(row)]


def test_what_the_register_names_exists() -> None:
    gone = {row[0]: missing("|".join(row[DONE_BY:])) for row in register()}
    assert not {number: names for number, names in gone.items() if names}


def test_a_row_names_code_and_what_shows_it_or_says_when() -> None:
    """A promise without its issue is a wish; an issue that is not open is a mistake."""
    silent = []
    for row in register():
        for cell in row[DONE_BY:]:
            issues = {int(n) for n in re.findall(r"not yet \(issue (\d)\)", cell)}
            if "not yet" in re.sub(r"not yet \(issue \d\)", "", cell) or issues - OPEN_ISSUES:
                silent.append(row[0])
            if not NAMED.search(cell) and not issues:
                silent.append(row[0])
        tested = [path for path, _ in NAMED.findall(row[SHOWN_BY])]
        silent += [row[0] for path in tested if path.split("/")[0] not in {"tests", "drills"}]
    assert not silent


def test_a_test_is_named_with_its_function() -> None:
    """A file alone hides which of its tests shows the row."""
    whole = [
        f"{row[0]}: {path}"
        for row in register()
        for path, name in NAMED.findall(row[SHOWN_BY])
        if path.endswith(".py") and not name.startswith("test_")
    ]
    assert not whole


def test_the_design_cards_packages_and_places_are_there() -> None:
    """C1 and C2: what the owner named, by name."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for package in ("transitions", "temporalio", "fastapi", "sqlalchemy", "jinja2", "pytest"):
        assert re.search(rf'^ *"{package}\b', project, re.M | re.I), package
    for room in ("workflows", "activities", "api", "notifications", "tests"):
        assert (ROOT / room).is_dir(), room
    for file in ("worker.py", "pyproject.toml", "docker-compose.yml", "README.md"):
        assert (ROOT / file).is_file(), file


def test_decision_records_are_numbered_and_whole() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert numbers == sorted(set(numbers))
    for path in DECISIONS:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]} "), path.name
        assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.M) == ["Context", "Decision", "Consequences", "Alternatives"]


def test_decision_records_named_in_the_code_exist() -> None:
    numbers = {path.name[:4] for path in DECISIONS}
    python = [path for path in ROOT.rglob("*.py") if ".venv" not in path.parts and path != Path(__file__)]
    named = {
        (shown(path), number)
        for path in python
        for number in re.findall(r"docs/decisions/(\d{4})", path.read_text(encoding="utf-8"))
    }
    assert not {(path, number) for path, number in named if number not in numbers}


def test_the_make_targets_of_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    asked = {
        target
        for document in DOCUMENTS
        for target in re.findall(r"(?:`|^)make ([a-z-]+)", document.read_text(encoding="utf-8"), re.M)
    }
    assert {"demo", "test", "run", "help"} <= asked <= targets


def test_the_readme_has_room_for_the_picture() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.count("<!-- flow:begin -->") == text.count("<!-- flow:end -->") == 1
    assert text.index("<!-- flow:begin -->") < text.index("<!-- flow:end -->")


def test_the_walkthroughs_are_short_and_follow_a_drill() -> None:
    assert len(WALKTHROUGHS) == 4
    for path in WALKTHROUGHS:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 80, path.name
        assert any("drills/" in target and target.endswith(".toml") for target in LINK.findall(text)), path.name


def test_the_change_log_begins_with_this_release() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)
    assert version is not None
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert newest is not None
    assert newest[1] == version[1]
