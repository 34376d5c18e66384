"""Periods, charts and medians: pure, at their edges."""

from datetime import date

import pytest

from console.supervision.backlog import median_day
from console.supervision.charts import LABEL, WIDTH, Series, bars, lines
from console.supervision.periods import around, chosen, months_until
from records.figure_rows import Age

TODAY = date(2026, 12, 9)


@pytest.mark.parametrize(
    ("name", "first", "last", "words"),
    [
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28), "2026年2月"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "2028年2月"),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "2026年第4季度"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年"),
    ],
)
def test_a_period_is_its_days_and_goes_by_one_name(name: str, first: date, last: date, words: str) -> None:
    found = chosen(name, TODAY)
    assert (found.days.first, found.days.last, found.words, found.name) == (first, last, words, name)
    assert chosen(found.moved(-1).name, TODAY).days.last < first
    assert chosen(found.moved(1).name, TODAY).days.first > last
    assert found.moved(5).moved(-5) == found


@pytest.mark.parametrize("name", [None, "", "2026-13", "2026-00", "2026-Q5", "1999", "x", "2026-1", "２０２６"])
def test_a_name_that_makes_no_sense_is_this_month(name: str | None) -> None:
    assert chosen(name, TODAY).name == "2026-12"


def test_a_period_turns_into_the_others_it_lies_in() -> None:
    assert around(date(2026, 3, 31), "quarter").name == "2026-Q1"
    assert chosen("2026-Q2", TODAY).as_kind("month").name == "2026-06"
    assert chosen("2026-06", TODAY).as_kind("year").name == "2026"
    assert [m.name for m in months_until(date(2026, 2, 3), 4)] == ["2025-11", "2025-12", "2026-01", "2026-02"]


def test_bars_say_and_draw_every_number_within_the_picture() -> None:
    chart = bars("题", ["甲", "乙", "丙"], (Series("一", (3, 0, 1)), Series("二", (1, 0, 5))))
    assert chart.says == "甲：一3，二1；乙：一0，二0；丙：一1，二5。"
    assert [row.total for row in chart.rows] == [4, 0, 6]
    for row in chart.rows:
        assert sum(piece.number for piece in row.pieces) == row.total
        assert all(piece.x >= LABEL and piece.x + piece.width <= WIDTH for piece in row.pieces)
        assert row.total_x < WIDTH
    assert [pattern for pattern, _ in chart.legend] == ["solid", "lines"]
    assert bars("题", ["甲"], (Series("一", (0,)),)).rows[0].pieces == ()


def test_lines_say_and_draw_every_number_within_the_picture() -> None:
    chart = lines("题", ["1月", "2月"], (Series("一", (0, 6)), Series("二", (3, 0))))
    assert chart.says == "1月：一0，二3；2月：一6，二0。"
    assert chart.top == 6
    points = [point for line in chart.lines for point in line.points]
    assert all(0 <= p.x <= WIDTH and 0 <= p.y <= chart.height for p in points)
    assert chart.lines[0].points[0].y > chart.lines[0].points[1].y
    assert len({line.mark for line in chart.lines}) == 2
    assert lines("题", ["1月"], (Series("一", (0,)),)).top == 1


def test_the_median_is_the_day_of_the_middle_task() -> None:
    def age(day: int, tasks: int) -> Age:
        return Age("seal", date(2026, 12, day), tasks, 0)

    assert median_day([age(3, 1)]) == date(2026, 12, 3)
    assert median_day([age(5, 1), age(1, 1), age(3, 1)]) == date(2026, 12, 3)
    assert median_day([age(1, 1), age(4, 1)]) == date(2026, 12, 1)
    assert median_day([age(1, 1), age(4, 9)]) == date(2026, 12, 4)
