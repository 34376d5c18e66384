"""What the rows behind a number hold: every kind of movement, and nothing that is taken back within the number.

Every number of a page over HTTP: `tests/console/reports/test_every_number.py`; of random lives: `test_movements.py`.
"""

from collections import Counter

from records.engine import Reading, Record
from records.report_rows import BEHIND, LATE, SINCE, Behind, Terms, rows_behind
from register.dispatch import COUNTS, Dispatch
from register.movements import Kind
from register.report_columns import CHANNEL, layout_for
from tests.desk.report_cast import AREA, STREETS, write
from tests.make import COUNTY, Life

MOST = 1000
COLUMNS = layout_for("22").columns


def counted(work: Reading, asked: Behind, number: int) -> int:
    """Hold a list against its number; return how many rows take away."""
    listed = rows_behind(work, asked, limit=MOST)
    signs = Counter(row.sign for row in listed.rows)
    assert listed.number == number, asked
    assert (signs[1], signs[-1]) == (listed.plus, listed.minus), asked
    return listed.minus


def hold_lists(work: Reading, area: str, month: str, whole: Dispatch, parts: list[Dispatch]) -> None:
    """Hold every number of a report but the noughts against its list."""
    for part in (whole, *parts):
        office = part.area if part is not whole and len(area) >= 6 else None
        counts: list[tuple[Terms, int]] = [(((1, name),), part[name]) for name in COUNTS]
        counts += [(((1, CHANNEL + code),), number) for code, number in part.channels.items()]
        counts += [(column.terms, column.of(part)) for column in COLUMNS if column.only is None]
        for terms, number in counts:
            if number:
                counted(work, Behind(area if office else part.area, month, terms, office), number)
    for row in whole.corrections:
        narrowed = Behind(area, month, ((1, LATE),), fact=row.kind, of=row.month, channel=row.channel)
        assert counted(work, narrowed, row.number) == 0


def test_what_is_taken_back_within_a_number_is_not_in_its_list(record: Record) -> None:
    back, stays, later = (Life().assisted() for _ in range(3))
    job = back.employed("2026-10-15", "2026-10-16")
    back.do("2026-10-20", "withdraw_elimination", COUNTY, employment=job)
    stays.employed("2026-10-15", "2026-10-16")
    job = later.employed("2026-10-15", "2026-10-16")
    later.do("2026-11-02", "withdraw_elimination", COUNTY, employment=job)
    case_ids = [write(record, life, number) for number, life in enumerate((back, stays, later))]
    with record.read() as work:

        def listed(count: str, month: str = "2026-10", office: str | None = None) -> list[tuple[str, int]]:
            rows = rows_behind(work, Behind(AREA, month, ((1, count),), office)).rows
            return [(row.case_id, row.sign) for row in rows]

        added = [(case_ids[2], 1), (case_ids[1], 1)]
        for count in ("eliminated", "placed", "members", "all_eliminated", "all_employed", CHANNEL + "employer"):
            assert sorted(listed(count)) == sorted(added), count
        assert listed("eliminated", office=STREETS[0]) == [(case_ids[2], 1)]
        assert listed("closing") == [(case_ids[0], 1)]
        assert listed(SINCE) == listed("corrected", "2026-11") == [(case_ids[2], 1)]
        assert listed("members_corrected", "2026-11") == [(case_ids[2], -1)]
        assert listed("all_eliminated", "2026-11") == [(case_ids[1], 1)]
        net = Behind(AREA, "2026-11", ((1, "all_employed"), (-1, "closing")))
        assert counted(work, net, -1) == 2
        assert [row.sign for row in rows_behind(work, Behind(AREA, "2026-11", net.terms, sign=1)).rows] == [1]


def test_every_kind_of_movement_is_behind_some_number() -> None:
    assert {kind for name, (kinds, _) in BEHIND.items() if name != LATE for kind in kinds} == set(Kind)
