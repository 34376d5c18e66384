"""The policies enjoyed (享受政策) in the ledger: those approved by the day that is asked about, with their months."""

from datetime import date

from records.engine import Record
from records.ledger_pages import LedgerFilter
from records.ledger_policies import policies_enjoyed
from records.ledger_rows import ledger_rows
from records.subsidy_applications import change, one
from tests.records.made import CASE, CLERK
from tests.records.test_subsidies import a_job, applied, approve, at_work

APPROVED = date(2026, 11, 20)
BEFORE, STOPPED, LATER = date(2026, 11, 19), date(2026, 12, 3), date(2027, 2, 1)


def enjoyed(record: Record, day: date) -> str | None:
    """What the column of the ledger's file says as on a day, which is what is asked of the table itself."""
    with record.read() as work:
        [row] = ledger_rows(work, CLERK, LedgerFilter(day=day))
        assert policies_enjoyed(work, CASE, CASE, day).get((CASE, "M1")) == row[-1]
    said: str | None = row[-1]
    return said


def stop(record: Record, key: str, on: date) -> None:
    with record.write() as work:
        found = one(work, CLERK, key)
        assert found is not None
        change(work, found, state="stopped", stopped_on=on, stop_code="asked")


def test_the_ledger_tells_the_policies_approved_by_its_day_with_their_months(record: Record) -> None:
    at_work(record, a_job())
    key = applied(record)
    assert enjoyed(record, LATER) is None
    approve(record, key)
    assert enjoyed(record, BEFORE) is None
    whole = "岗位补贴（2026年9月至2029年8月）"
    assert enjoyed(record, APPROVED) == enjoyed(record, LATER) == whole
    stop(record, key, STOPPED)
    assert enjoyed(record, date(2026, 12, 2)) == whole
    assert enjoyed(record, STOPPED) == "岗位补贴（2026年9月至2026年12月）"


def test_what_was_stopped_before_its_first_month_was_never_enjoyed(record: Record) -> None:
    at_work(record, a_job())
    key = applied(record, first_month="2027-01", last_month="2027-12")
    approve(record, key)
    stop(record, key, STOPPED)
    assert enjoyed(record, date(2026, 12, 2)) == "岗位补贴（2027年1月至2027年12月）"
    assert enjoyed(record, LATER) is None
