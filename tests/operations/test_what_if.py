"""`wanjia lives` and `wanjia what-if`: the same seed gives the same lives, and another policy other ends."""

from pathlib import Path

import pytest

from operations.cli import run
from operations.random_lives import random_lives
from operations.stored_lives import decided, store, stored
from operations.what_if import compare
from policies.calendars import load_calendar
from policies.packs import load_pack
from policies.terms import Length

JILIN = load_pack("jilin-2021")


def test_a_seed_always_gives_the_same_lives() -> None:
    one, other = (list(random_lives(6, [JILIN], load_calendar(), seed=40)) for _ in range(2))

    assert [life.events for life in one] == [life.events for life in other]
    assert one[0].events != one[1].events


def test_a_stored_life_decided_again_comes_to_the_same_case(tmp_path: Path) -> None:
    lives = list(random_lives(12, [JILIN], load_calendar(), seed=90))
    store(tmp_path / "lives.gz", lives)

    for life, kept in zip(lives, stored(tmp_path / "lives.gz"), strict=True):
        again = decided(kept, JILIN, load_calendar())
        assert again.case == life.case
        assert again.refused == sum(t.event is None for t in life.tried)


def test_a_shorter_promise_is_missed_more_often_and_nothing_else_changes(tmp_path: Path) -> None:
    length = JILIN.promise.length.model_copy(update={"value": Length.parse("2wd")})
    hasty = JILIN.model_copy(update={"promise": JILIN.promise.model_copy(update={"length": length})})
    store(tmp_path / "lives.gz", random_lives(40, [JILIN], load_calendar(), seed=300))
    found = compare(tmp_path / "lives.gz", JILIN, hasty)

    assert found.lives == 40
    assert found.after["承诺曾超期"] > found.before["承诺曾超期"]
    assert found.after["已消除"] == found.before["已消除"]


def test_the_same_policy_twice_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["what-if", "jilin-2021", "jilin-2021", "--count", "5"]) == 0
    assert "结果不同的：0户" in capsys.readouterr().out


def test_lives_say_what_was_tried(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lives", "--count", "8"]) == 0
    said = capsys.readouterr().out
    assert "8户，试办" in said
    assert "已申请0户" in said
