"""Every drill of `drills/` is a test with its own name; together they cover the scenarios of this release."""

from pathlib import Path

import pytest

from operations.drill_file import read_drill
from operations.drill_player import DrillPlayer
from operations.drill_pure import PureBackend

DRILLS = sorted((Path(__file__).parents[2] / "drills").glob("*.toml"))
REQUIRED = {
    *(1, 2, 4, 5, 7, 10, 11, 12, 15, 16, 18, 20, 22, 24, 27, 28, 29, 30, 31, 35, 37, 38, 42, 43, 44, 46, 47, 49, 50),
    *(52, 53, 54, 56, 58, 59, 61, 64, 67, 68, 71, 72, 74, 89, 90),
}


@pytest.mark.parametrize("path", DRILLS, ids=lambda path: path.stem)
def test_the_drill_plays_as_written(path: Path) -> None:
    played = list(DrillPlayer(read_drill(path), PureBackend()).play())

    assert [(p.step.number, p.wrong) for p in played if p.wrong] == []


def test_the_drills_cover_the_scenarios_of_this_release() -> None:
    covered = {number for path in DRILLS for number in read_drill(path).scenarios}

    assert covered >= REQUIRED


@pytest.mark.parametrize("path", DRILLS, ids=lambda path: path.stem)
def test_a_drill_is_named_after_its_first_scenario_and_titled_in_chinese(path: Path) -> None:
    drill = read_drill(path)

    assert not path.stem[:3].isdigit() or int(path.stem[:3]) in drill.scenarios
    assert any("\u4e00" <= character <= "\u9fff" for character in drill.title)
