"""Roll-ups of the monthly report (市、省汇总表的审核、签发、上报、锁定), and snapshots that nobody has reviewed yet."""

from datetime import date
from threading import Thread
from typing import Any

import pytest

from casework.errors import CaseworkError
from casework.states import Role
from desk.monthly_reports import Seen, may, see, take
from desk.opening_balances import confirm, enter
from desk.report_days import late_ones
from desk.report_parts import made_ready
from desk.report_reminders import remind_of_reports
from desk.report_rounds import draw_up_reports
from records import monthly_reports as kept
from records.account_batches import put_accounts
from records.accounts import Account
from records.engine import Record
from register.dispatch import Balance
from tests.desk.report_cast import AREA, MONTH, a_desk, at, fill, staff
from tests.desk.test_report_reminders import told

WHO = staff()
NOW = at("2026-10-12")
STEPS = ("reviewed", "signed", "submitted", "locked")
PEOPLE = {
    AREA: ("reviews", "signs", "signs", "city"),
    "2203": ("city", "city_too", "city_too", "province"),
    "22": ("province", "province_too", "province_too", "province_third"),
}
"""Who does which step of whose report."""


class Office:
    """The people of scenario 84 on a record, the reports of September drawn up."""

    def __init__(self, record: Record) -> None:
        fill(record)
        self.record, self.desk = record, a_desk(record)
        draw_up_reports(record, date(2026, 10, 1), at("2026-10-01"))

    def seen(self, area: str, who: str = "province") -> Seen:
        return see(self.desk, WHO[who], area, MONTH, NOW)

    def take(self, who: str, area: str, act: str, version: int = 1, words: str | None = None) -> None:
        take(self.desk, WHO[who], area, MONTH, act, version, words, NOW)

    def refused(self, code: str, *taken: Any, **more: Any) -> None:
        with pytest.raises(CaseworkError) as no:
            self.take(*taken, **more)
        assert no.value.code == code

    def lock(self, area: str, version: int = 1) -> None:
        for step, who in zip(STEPS, PEOPLE[area], strict=True):
            self.take(who, area, step, version)

    def balance(self, day: str) -> None:
        enter(self.desk, WHO["reviews"], Balance(recognised=300, eliminated=280, employed=310), "2025年台账", at(day))
        with self.record.read() as work:
            shown = kept.balances(work, AREA)[AREA].entered_at.isoformat()
        confirm(self.desk, WHO["signs"], shown, at(day))


def test_a_city_and_then_the_province_submit_when_everything_below_is_locked(record: Record) -> None:
    office = Office(record)
    assert [(each.area, each.standing) for each in office.seen("2203").missing] == [(AREA, "drawn_up")]
    assert [(each.area, each.standing) for each in office.seen("22").missing] == [("2203", "drawn_up")]
    assert may(WHO["city"], office.seen("2203")) == ()
    office.refused("parts_missing", "city", "2203", "reviewed")
    office.lock(AREA)
    assert office.seen("2203").missing == ()
    assert any("下级已全部上报并锁定，可以审核" in text for text in told(record, "city"))
    assert not any("可以审核" in text for text in told(record, "province"))

    assert may(WHO["city"], office.seen("2203")) == ("reviewed",)
    office.refused("not_found", "reviews", "2203", "reviewed")
    office.take("city", "2203", "reviewed")
    office.refused("other_person", "city", "2203", "signed")
    office.take("city_too", "2203", "signed")
    office.take("city_too", "2203", "submitted")
    office.refused("other_person", "city", "2203", "locked")
    assert any("2203（汇总）2026年9月调度表已上报，等待接收" in text for text in told(record, "province"))
    office.refused("parts_missing", "province", "22", "reviewed")
    office.take("province", "2203", "locked")

    office.lock("22")
    whole = office.seen("22")
    assert (whole.newest and whole.newest.standing, whole.problems, whole.whole["closing"]) == ("locked", (), 10)
    remind_of_reports(record, date(2026, 10, 16), NOW)
    assert not any("超期未报" in text for name in WHO for text in told(record, name))
    with record.read() as work:
        assert late_ones(work, "22", MONTH, date(2026, 10, 16)) == ()


def test_a_roll_up_that_nobody_submitted_is_overdue_like_a_county(record: Record) -> None:
    office = Office(record)
    office.lock(AREA)
    remind_of_reports(record, date(2026, 10, 16), NOW)
    with record.read() as work:
        assert [late.area for late in late_ones(work, "2203", MONTH, date(2026, 10, 16))] == ["2203"]
    assert not any("超期未报" in text for text in told(record, "reviews"))
    assert any("超期未报：2203（汇总）。" in text for text in told(record, "city"))


def test_a_balance_confirmed_after_the_snapshot_asks_for_a_new_one_before_anybody_reviews(record: Record) -> None:
    office = Office(record)
    office.balance("2026-10-09")
    office.refused("numbers_differ", "reviews", AREA, "reviewed")
    assert may(WHO["reviews"], office.seen(AREA)) == ("reviewed", "returned")
    office.take("reviews", AREA, "returned", words="期初累计数已确认")
    seen = office.seen(AREA)
    assert (seen.newest and seen.newest.version, seen.problems, seen.whole["all_recognised"]) == (2, (), 317)
    office.refused("report_moved_on", "signs", AREA, "returned", version=2, words="再来一次")
    office.lock(AREA, version=2)
    office.refused("numbers_differ", "city", "2203", "reviewed")
    office.take("city", "2203", "returned", words="期初累计数已确认")
    office.lock("2203", version=2)
    assert office.seen("2203").whole["all_recognised"] == 317


def test_a_balance_confirmed_after_the_lock_counts_from_the_next_month_at_every_level(record: Record) -> None:
    office = Office(record)
    office.lock(AREA)
    office.balance("2026-10-13")
    for area in (AREA, "2203", "22"):
        seen = office.seen(area)
        assert (seen.problems, seen.whole["all_recognised"]) == ((), 17), area
        later = see(office.desk, WHO["province"], area, "2026-10", at("2026-11-02"))
        assert (later.problems, later.whole["all_recognised"]) == ((), 317), area
    office.lock("2203")


def test_a_balance_confirmed_between_submission_and_lock_is_not_in_what_was_locked(record: Record) -> None:
    office = Office(record)
    for step, who in zip(STEPS[:3], PEOPLE[AREA][:3], strict=True):
        office.take(who, AREA, step)
    office.balance("2026-10-11")
    office.take("city", AREA, "locked")
    for area in (AREA, "2203", "22"):
        seen = office.seen(area)
        assert (seen.problems, seen.whole["all_recognised"]) == ((), 17), area
        later = see(office.desk, WHO["province"], area, "2026-10", at("2026-11-02"))
        assert later.whole["all_recognised"] == 317, area
    office.lock("2203")
    office.lock("22")


def test_a_return_cut_in_its_middle_has_not_happened(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(record)
    office.take("reviews", AREA, "reviewed")

    def broken(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken_off:
        broken_off.setattr(kept, "draw_up", broken)
        with pytest.raises(RuntimeError):
            office.take("reviews", AREA, "returned", words="重新核对")
    newest = office.seen(AREA).newest
    assert newest is not None
    assert (newest.version, newest.standing) == (1, "reviewed")
    office.take("reviews", AREA, "returned", words="重新核对")
    assert [(each.version, each.standing) for each in office.seen(AREA).versions] == [(2, "drawn_up"), (1, "returned")]


def test_of_the_last_two_counties_locked_at_once_the_second_tells_the_city(record: Record) -> None:
    other = "220303"
    with record.write() as work:
        desk = Account("cw3", Role.CASEWORKER, f"{other}001", "cw3", None, False, False)
        put_accounts(work, [desk], password_hash="x", now=at("2026-08-01"))
    office = Office(record)
    for step, who in zip(STEPS[:3], PEOPLE[AREA][:3], strict=True):
        office.take(who, AREA, step)
    for step, who in zip(STEPS[:3], ("elsewhere", "city", "city"), strict=True):
        office.take(who, other, step)
    first = office.seen(AREA).newest
    assert first is not None

    later = Thread(target=office.take, args=("city_too", other, "locked"))
    with record.write() as work:
        assert kept.set_standing(work, first, "locked", {"locked_by": WHO["city_too"].account, "locked_at": NOW})
        assert made_ready(work, AREA, MONTH) is None
        later.start()
        later.join(0.3)
    later.join()

    assert [office.seen(area).newest.standing for area in (AREA, other)] == ["locked", "locked"]  # type: ignore[union-attr]
    assert sum("可以审核" in text for text in told(record, "city")) == 1
