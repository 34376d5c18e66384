"""The same drill files on the real server: one stack for all, every case with a clock of its own.

The pure rules play them in `test_drills.py`.  Some, of each kind of deadline, are in every run; the slow one plays all.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from casework.household import Household, Member
from casework.resident_id import read_resident_id
from operations.drill_file import DrillFileWrong, read_drill
from operations.drill_people import synthetic_id
from operations.drill_player import DrillPlayer
from operations.drill_server import ServerBackend
from operations.drill_stack import DrillStack, throw_away_stack

DRILLS = sorted((Path(__file__).parents[2] / "drills").glob("*.toml"))
ALWAYS = (1, 12, 22, 37, 42, 50, 58, 59, 61, 64, 87)
"""Scenarios played in every run: publicity, promise, refusals, contacts, employment, relapse, stability, policy."""

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def stack() -> Iterator[DrillStack]:
    running = throw_away_stack()
    yield running
    running.stop()


def _number(path: Path) -> int | None:
    """Return the scenario number that a drill's name begins with; some are named by words alone."""
    return int(path.stem[:3]) if path.stem[:3].isdigit() else None


def _chosen() -> list[object]:
    return [
        pytest.param(path, id=path.stem, marks=[] if _number(path) in ALWAYS else [pytest.mark.slow]) for path in DRILLS
    ]


@pytest.mark.parametrize("path", _chosen())
def test_the_drill_plays_on_the_server_as_written(stack: DrillStack, path: Path) -> None:
    played = list(DrillPlayer(read_drill(path), ServerBackend(stack)).play())

    assert [(p.step.number, p.wrong) for p in played if p.wrong] == []
    assert len(played) == len(read_drill(path).steps)


def test_the_scenarios_played_in_every_run_have_their_drills() -> None:
    assert {_number(path) for path in DRILLS} >= set(ALWAYS)


def test_a_difference_on_the_server_is_told(stack: DrillStack, tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(
        '[[step]]\non = 2026-09-30\ndo = "reach"\nwith = { state = "in_publicity" }\n'
        "expect = { clocks = { publicity = 2026-10-12 } }\n",
        encoding="utf-8",
    )

    (played,) = DrillPlayer(read_drill(file), ServerBackend(stack)).play()

    assert played.wrong == ("时限的届满日（clocks）：期望 publicity=2026-10-12，实际 publicity=2026-10-10",)


def test_members_are_numbered_by_the_server_in_their_order(stack: DrillStack, tmp_path: Path) -> None:
    file = tmp_path / "numbers.toml"
    file.write_text(
        'household = [{ id = "M2", relation = "本人", sex = "男", born = 1980-03-05, status = "登记失业" }]\n'
        '[[step]]\non = 2026-09-30\ndo = "reach"\nwith = { state = "under_review" }\n',
        encoding="utf-8",
    )

    with pytest.raises(DrillFileWrong, match="须为 M1"):
        list(DrillPlayer(read_drill(file), ServerBackend(stack)).play())


@pytest.mark.slow
def test_the_command_plays_on_a_stack_of_its_own_and_leaves_nothing_running() -> None:
    command = [str(Path(sys.executable).with_name("wanjia")), "drill", str(DRILLS[0]), "--server"]
    before = set(_drill_engines())
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert "演练相符" in done.stdout
    assert set(_drill_engines()) == before


def test_synthetic_numbers_are_valid_and_state_birth_date_and_sex() -> None:
    household = Household.model_validate(
        {
            "members": [
                {"member_id": "M1", "relation": "本人", "sex": sex, "birth_date": "1966-01-15", "booklet": "A"}
                | {"marital": "已婚", "status": "登记失业"}
                for sex in ("男", "女")
            ]
        }
    )

    for member in household.members * 50:
        _states(member)


def _drill_engines() -> list[str]:
    """Return the database files of the engines that run for throw-away homes."""
    lines = (" ".join(p.info["cmdline"] or ()) for p in psutil.process_iter(["cmdline"]))
    return [home for line in lines for home in re.findall(r"wanjia-drill-\w+/temporal.db", line)]


def _states(member: Member) -> None:
    read = read_resident_id(synthetic_id(member))

    assert read.number.startswith("220000")
    assert (read.birth_date, read.sex) == (member.birth_date, member.sex)
