"""Reading a layoff list: typed or as a sheet, and every reason why a line cannot be taken."""

from datetime import date

import pytest

from register.layoff_sheet import EMPLOYER, LEAVES_ON, NAME, RESIDENT_ID, read_file, read_typed
from register.survey import SheetUnreadable
from tests.register.sheets import an_id, csv_text

HEADER = (NAME, RESIDENT_ID, EMPLOYER, LEAVES_ON)


def test_lines_are_read_however_they_are_separated() -> None:
    found = read_typed(
        f"张三 {an_id(1)} 2026-11-20\n\n李四，{an_id(3)}，2026年12月1日\n王五\t{an_id(5)}\t2026/12/5", "厂"
    )
    assert found.bad_cells == ()
    assert [(p.name, p.line, p.employer) for p in found.people] == [
        ("张三", 1, "厂"),
        ("李四", 3, "厂"),
        ("王五", 4, "厂"),
    ]
    assert [p.leaves_on for p in found.people] == [date(2026, 11, 20), date(2026, 12, 1), date(2026, 12, 5)]


def test_a_sheet_may_name_the_employer_of_each_line() -> None:
    found = read_file(csv_text(HEADER, [["张三", an_id(1), "甲厂", "2026-11-20"]]), "a.csv", "乙厂")
    assert found.people[0].employer == "甲厂"
    assert (
        read_file(csv_text(HEADER, [["张三", an_id(1), "", "2026-11-20"]]), "a.csv", "乙厂").people[0].employer
        == "乙厂"
    )


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (["", an_id(1), "甲厂", "2026-11-20"], NAME),
        (["张三", "123", "甲厂", "2026-11-20"], RESIDENT_ID),
        (["张三", an_id(1), "", "2026-11-20"], EMPLOYER),
        (["张三", an_id(1), "甲厂", "下个月"], LEAVES_ON),
        (["张三", an_id(1), "甲厂", "2026-02-30"], LEAVES_ON),
        (["=1+1", an_id(1), "甲厂", "2026-11-20"], NAME),
    ],
)
def test_what_cannot_be_read_is_named_and_never_repeated(cells: list[str], column: str) -> None:
    found = read_file(csv_text(HEADER, [cells]), "a.csv", "")
    assert [(cell.line, cell.column) for cell in found.bad_cells] == [(2, column)]
    assert not any(value and value in cell.reason for cell in found.bad_cells for value in cells[1:3])


def test_a_person_stands_on_a_list_once() -> None:
    found = read_typed(f"张三 {an_id(1)} 2026-11-20\n张三 {an_id(1)} 2026-11-21", "厂")
    assert [(cell.line, cell.column) for cell in found.bad_cells] == [(2, RESIDENT_ID)]


def test_a_sheet_without_the_columns_is_refused_whole() -> None:
    with pytest.raises(SheetUnreadable):
        read_file(csv_text((NAME, LEAVES_ON), [["张三", "2026-11-20"]]), "a.csv", "厂")
