"""What a run could not do is told to the administrators of the area alone."""

from desk.calendar_runs import failed_in


def test_an_administrator_sees_the_failures_of_its_own_area() -> None:
    failed = {"220302004-2026-00001": "甲", "220102001-2026-00001": "乙", "210102001-2026-00007": "丙"}

    assert failed_in(failed, "220302") == {"220302004-2026-00001": "甲"}
    assert list(failed_in(failed, "220000")) == ["220302004-2026-00001", "220102001-2026-00001"]
