"""What set-up brings from npm and Debian is pinned, comes from no named address, and its absence is told or an error.

The script runs with a folder of programs as its whole PATH; those that change a machine (`apt-get`, `npm`) and the one
that says who we are (`id`) are scripts that write down what they were asked.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "operations" / "set_up.sh"
EXACT = re.compile(r"\d+\.\d+\.\d+")
TOOLS = ("sh", "dirname", "grep", "cat")


class Machine:
    """A machine that has some programs, used by root or by somebody else."""

    def __init__(self, folder: Path, *programs: str, root: bool = False) -> None:
        self.project, self.bin = folder / "project", folder / "bin"
        (self.project / "operations").mkdir(parents=True)
        shutil.copy(SCRIPT, self.project / "operations" / SCRIPT.name)
        self.bin.mkdir()
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found
            (self.bin / tool).symlink_to(found)
        self.said = folder / "said"
        self.said.touch()
        for program in programs:
            self.has(program, f'echo "{program} $*" >> {self.said}')
        self.has("id", f"echo {0 if root else 1000}")

    def has(self, program: str, does: str) -> None:
        (self.bin / program).write_text(f"#!/bin/sh\n{does}\n")
        (self.bin / program).chmod(0o755)

    def set_up(self, *words: str, ci: bool = False) -> tuple[int, str]:
        """Run the script; return its exit code and what it told."""
        environment = {"PATH": str(self.bin)} | ({"CI": "true"} if ci else {})
        script = str(self.project / "operations" / SCRIPT.name)
        run = subprocess.run(["sh", script, *words], env=environment, capture_output=True, text=True)
        assert run.stdout == ""
        return run.returncode, run.stderr

    @property
    def asked(self) -> list[str]:
        return self.said.read_text().splitlines()


def test_the_packages_are_pinned_and_come_from_no_named_address() -> None:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(lock)["packages"]
    for kind in ("dependencies", "devDependencies"):
        assert packages[""][kind] == wanted[kind]
        assert all(EXACT.fullmatch(version) for version in wanted[kind].values())
    asked = wanted["dependencies"] | wanted["devDependencies"]
    assert {name.removeprefix("node_modules/"): said["version"] for name, said in packages.items() if name} == asked
    assert all(said["integrity"].startswith("sha512-") for name, said in packages.items() if name)
    assert "://" not in lock
    assert (ROOT / ".npmrc").read_text(encoding="utf-8").splitlines() == ["omit-lockfile-registry-resolved=true"]


def test_the_image_is_given_htmx_from_the_lock_and_no_tool_of_the_tests() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "npm ci --omit=dev --ignore-scripts" in text
    assert "/srv/wanjia/node_modules/htmx.org/dist/htmx.min.js" in text
    assert "node_modules" in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def test_the_script_is_well_formed_and_stops_at_the_first_error() -> None:
    assert subprocess.run(["sh", "-n", str(SCRIPT)]).returncode == 0
    assert "set -eu" in SCRIPT.read_text(encoding="utf-8")


def test_with_npm_the_pages_parts_come_as_locked_and_run_nothing(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "npm")
    assert machine.set_up("pages") == (0, "")
    assert machine.asked == ["npm ci --ignore-scripts --no-audit --no-fund --loglevel=error"]


def test_without_npm_the_command_is_told_and_work_goes_on_but_not_in_ci(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "apt-get")
    code, told = machine.set_up("pages")
    assert code == 0
    assert "  sudo apt-get update && sudo apt-get install --no-install-recommends nodejs npm\n" in told
    assert "网页照样能用" in told
    assert machine.set_up("pages", ci=True)[0] == 1
    assert machine.asked == []


def test_an_npm_that_fails_is_told_and_work_goes_on_but_not_in_ci(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.has("npm", "exit 7")
    code, told = machine.set_up("pages")
    assert code == 0
    assert "npm ci 没有成功" in told
    assert machine.set_up("pages", ci=True)[0] == 1


def test_somebody_without_a_browser_is_told_what_to_type(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "apt-get")
    code, told = machine.set_up("browser")
    assert code == 0
    assert "  sudo apt-get update && sudo apt-get install --no-install-recommends chromium fonts-noto-cjk\n" in told
    assert "make test 不受影响" in told
    assert machine.asked == []


@pytest.mark.parametrize(("words", "ci"), [(("browser", "needed"), False), (("browser",), True)])
def test_a_missing_browser_is_an_error_where_it_is_needed(tmp_path: Path, words: tuple[str, ...], ci: bool) -> None:
    code, told = Machine(tmp_path, "apt-get").set_up(*words, ci=ci)
    assert code == 1
    assert "chromium" in told


def test_root_gets_installed_what_is_missing_and_nothing_else(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "apt-get", "chromium", root=True)
    (machine.project / "node_modules" / "axe-core").mkdir(parents=True)
    (machine.project / "node_modules" / "axe-core" / "axe.min.js").touch()
    assert machine.set_up("browser", "needed") == (0, "")
    assert machine.asked == [
        "apt-get update -qq",
        "apt-get install -y -qq --no-install-recommends fonts-noto-cjk",
    ]
    machine.has("fc-list", "echo NotoSansCJK-Regular.ttc: Noto Sans CJK SC")
    assert machine.set_up("browser", "needed") == (0, "")
    assert len(machine.asked) == 2


def test_fonts_are_installed_for_root_told_to_others_and_missed_in_ci(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "apt-get")
    code, told = machine.set_up("fonts")
    assert code == 0
    assert "  sudo apt-get update && sudo apt-get install --no-install-recommends fonts-noto-cjk\n" in told
    assert "不能制作文书" in told
    assert machine.set_up("fonts", ci=True)[0] == 1
    root = Machine(tmp_path / "root", "apt-get", root=True)
    assert root.set_up("fonts", ci=True) == (0, "")
    assert root.asked[-1] == "apt-get install -y -qq --no-install-recommends fonts-noto-cjk"


def test_papers_have_their_fonts_before_the_tests_and_the_demo() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    rules = {rule.split(":")[0]: rule for rule in makefile.split("\n\n")}
    assert all("set_up.sh fonts" in rules[name] for name in ("setup", "test", "demo", "run"))
    assert "fonts-noto-cjk" in (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_a_machine_of_another_make_is_told_so(tmp_path: Path) -> None:
    code, told = Machine(tmp_path, root=True).set_up("browser", "needed")
    assert code == 1
    assert "没有 apt-get" in told


def test_make_test_needs_no_browser_and_make_test_all_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    rules = {rule.split(":")[0]: rule for rule in makefile.split("\n\n")}
    assert "not browser" in rules["test"]
    assert "set_up.sh browser needed" in rules["test-all"]
    assert not [name for name in ("demo", "run", "test") if "set_up.sh browser" in rules[name]]
