"""Closing an inspection: when everything is put right, by somebody else; and when one is overdue."""

from datetime import date

import pytest

from casework.errors import CaseworkError
from register.inspection_file import Line, RecordKind, overdue, require_closable

DAY = date(2026, 10, 20)
DONE = Line(RecordKind.FINDING, "b", DAY, "c")


@pytest.mark.parametrize(
    ("lines", "account", "code"),
    [
        ([], "z", "nothing_recorded"),
        ([Line(RecordKind.FINDING, "b")], "z", "findings_open"),
        ([DONE], "a", "own_inspection"),
        ([DONE], "b", "own_inspection"),
        ([DONE], "c", "own_inspection"),
        ([DONE, Line(RecordKind.TALK, "d")], "d", "own_inspection"),
    ],
)
def test_it_stays_open(lines: list[Line], account: str, code: str) -> None:
    with pytest.raises(CaseworkError) as refused:
        require_closable("a", lines, account)
    assert refused.value.code == code


def test_another_person_closes_it_when_all_is_put_right() -> None:
    require_closable("a", [DONE, Line(RecordKind.TALK, "b")], "z")


def test_the_last_day_is_in_time() -> None:
    assert not overdue(DAY, None, DAY)
    assert overdue(DAY, None, date(2026, 10, 21))
    assert not overdue(DAY, DAY, date(2026, 10, 21))
