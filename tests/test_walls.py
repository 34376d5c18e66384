"""The walls that import-linter cannot express; the arrows between the rooms are contracts in pyproject.toml."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = (
    *("policies", "casework", "register", "records", "notifications", "connectors", "documents"),
    *("activities", "workflows", "desk", "api"),
)
OTHERS = tuple(room for room in ("console",) if (ROOT / room).is_dir())


def files(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, also inside functions and under TYPE_CHECKING: `a.b` for `from a import b` too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.relative_to(ROOT)}:{node.lineno}: relative import; name the room"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def breaches(rooms: tuple[str, ...], allowed: tuple[str, ...], only: tuple[str, ...] | None = None) -> list[str]:
    """Imports of these rooms that lie under `only` (default: anything) and under none of `allowed`."""

    def under(name: str, places: tuple[str, ...]) -> bool:
        return any(name == place or name.startswith(place + ".") for place in places)

    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files(*rooms)
        for name in imports(path)
        if (only is None or under(name, only)) and not under(name, allowed)
    ]


def test_policies_need_the_standard_library_and_pydantic_alone() -> None:
    assert not breaches(("policies",), ("policies", "pydantic", "pydantic_core", *sys.stdlib_module_names))


@pytest.mark.parametrize("room", ["casework", "register"])
def test_the_pure_rooms_need_no_service(room: str) -> None:
    pure = ("policies", "casework", room, "pydantic", "pydantic_core", "transitions", *sys.stdlib_module_names)
    if room == "register":
        pure += ("python_calamine",)  # a survey sheet's bytes become rows there
    assert not breaches((room,), pure)


def test_workflows_know_activities_by_their_signatures_alone() -> None:
    assert not breaches(("workflows",), ("activities.signatures",), only=("activities",))
    for package in ("activities", "workflows"):  # importing a signature runs this file too
        source = ast.parse((ROOT / package / "__init__.py").read_text(encoding="utf-8"))
        assert not [node for node in ast.walk(source) if isinstance(node, ast.Import | ast.ImportFrom)]


def test_the_signatures_reach_no_service() -> None:
    path = ROOT / "activities" / "signatures.py"
    if not path.exists():
        pytest.skip("no activity yet")
    services = {"records", "notifications", "documents", "desk", "api", "console", "operations", "sqlalchemy"}
    assert not services & {name.split(".")[0] for name in imports(path)}


def test_only_the_drill_clock_moves_time() -> None:
    """Time skipping is experimental, and a lever that must not lie about: one file may hold it."""
    allowed = ROOT / "operations" / "drill_clock.py"
    holders = [
        path.relative_to(ROOT)
        for path in [*files(*ROOMS, *OTHERS, "operations"), ROOT / "worker.py"]
        if path != allowed
        and {"TimeSkipper", "TimeSkippingConfig"} & {name.rpartition(".")[2] for name in imports(path)}
    ]
    assert not holders


def test_nobody_but_the_edges_looks_at_a_clock() -> None:
    """Time is an argument.  Workflows have `workflow.now()`; `operations` and `worker.py` hand the host's time in."""
    looks = {"now", "today", "utcnow", "time", "monotonic"}
    clocks = {"datetime", "date", "time"}
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in files(
            *(
                "policies",
                "casework",
                "register",
                "records",
                "notifications",
                "connectors",
                "documents",
                "workflows",
                "desk",
            ),
            *OTHERS,
        )
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in looks
        and isinstance(node.value, ast.Name)
        and node.value.id in clocks
        and (node.value.id, node.attr) not in {("datetime", "time"), ("time", "time_ns")}
    ]
    assert not found


def test_the_day_of_an_instant_is_that_of_shanghai() -> None:
    """`.date()` of an instant in UTC is yesterday until eight in the morning: `casework.times` alone asks for it."""
    own = {"casework/times.py", "register/survey_xlsx.py"}
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in files(*ROOMS, *OTHERS)
        if str(path.relative_to(ROOT)) not in own
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (node.func.attr, node.args) == ("date", [])
        and not (isinstance(node.func.value, ast.Name) and node.func.value.id == "local")
    ]
    assert not found


def test_worker_and_rooms_import_no_tests() -> None:
    everything = (*ROOMS, *OTHERS, "operations")
    assert not [f"{path}" for path in files(*everything) for name in imports(path) if name.split(".")[0] == "tests"]
