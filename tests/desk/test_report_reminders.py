"""Who is told of a report, when, and how often: two days before, on the day, after it, late rounds, each next step."""

from datetime import date

import pytest

from casework.errors import CaseworkError
from casework.states import Role
from desk.monthly_reports import see, take
from desk.report_days import still_late
from desk.report_reminders import remind_of_reports
from desk.report_rounds import draw_up_reports
from records import monthly_reports as kept
from records.absences import add_absence
from records.account_batches import put_accounts
from records.accounts import Account
from records.engine import Record
from records.inbox import my_lines
from records.offices import Office, set_office
from tests.desk.report_cast import AREA, MONTH, STREETS, a_desk, at, staff

WHO = staff()
NOW = at("2026-12-20")


def told(record: Record, name: str) -> list[str]:
    """Return what an account was told of reports, sorted."""
    with record.read() as work:
        page = my_lines(work, WHO[name].scope, date(2026, 12, 20), lambda _: frozenset())
    return sorted(line.words["text"] for line in page.lines if line.notice == "调度表")


def a_county(record: Record) -> None:
    """Its people and one office, no households."""
    with record.write() as work:
        put_accounts(work, [caller.person for caller in WHO.values()], password_hash="x", now=NOW)
        set_office(work, Office(AREA, "铁东区", "0434-1"))


def test_those_who_report_and_those_above_are_told_once_at_each_stage_however_late_the_round(record: Record) -> None:
    a_county(record)
    draw_up_reports(record, date(2026, 10, 1), NOW)
    counts = []
    for day in (12, 13, 14, 15, 16, 17):
        for _ in range(2):
            remind_of_reports(record, date(2026, 10, day), NOW)
        counts.append([len(told(record, name)) for name in ("reviews", "signs", "city", "province", "street")])
    assert counts == [[n, n, n, n, 0] for n in (0, 1, 1, 2, 3, 3)]
    begun = "铁东区2026年9月调度表"
    assert told(record, "reviews") == [
        f"{begun}2026年10月15日24时前须上报，现在等待审核。请在“调度表”页办理。",
        f"{begun}2026年10月15日24时前须上报，这是最后一天，现在等待审核。请在“调度表”页办理。",
        f"{begun}已于2026年10月15日24时到期，超期未报，现在等待审核。请在“调度表”页办理。",
    ]
    overdue = "2026年9月调度表已于2026年10月15日24时到期，超期未报：铁东区、2203（汇总）{}。请在“调度表”页办理或督促。"
    assert overdue.format("") in told(record, "city")
    assert overdue.format("、22（汇总）") in told(record, "province")
    assert told(record, "elsewhere") == []


def test_a_round_after_months_draws_up_every_month_and_tells_of_all_that_are_late(record: Record) -> None:
    a_county(record)
    draw_up_reports(record, date(2026, 10, 1), NOW)
    draw_up_reports(record, date(2026, 12, 3), NOW)
    remind_of_reports(record, date(2026, 12, 3), NOW)
    with record.read() as work:
        assert [kept.drawn_up(work, month) >= {AREA} for month in (MONTH, "2026-10", "2026-11", "2026-12")] == [
            *(True, True, True),
            False,
        ]
        assert [late.month for late in still_late(work, AREA, date(2026, 12, 3))] == [MONTH, "2026-10"]
        assert [late.month for late in still_late(work, "22", date(2026, 11, 11)) if late.area == AREA] == [
            MONTH,
            "2026-10",
        ]
        assert [late.month for late in still_late(work, "22", date(2026, 11, 10))] == [MONTH] * 3
    texts = told(record, "reviews")
    assert len(texts) == len(told(record, "province")) == 2
    assert all("超期未报" in text for text in texts)


def test_an_office_without_any_household_has_its_line_and_a_later_one_changes_no_report(record: Record) -> None:
    a_county(record)
    draw_up_reports(record, date(2026, 10, 1), NOW)
    desk, city = a_desk(record), WHO["city"]
    before = see(desk, city, AREA, MONTH, NOW)
    assert [each.area for each in before.numbers] == [AREA, STREETS[0]]
    assert [each.area for each in see(desk, city, "2203", MONTH, NOW).numbers] == ["2203", AREA]
    new = Account("cw2", Role.CASEWORKER, STREETS[1], "cw2", None, False, False)
    with record.write() as work:
        put_accounts(work, [new], password_hash="x", now=NOW)
    after = see(desk, city, AREA, MONTH, NOW)
    assert (after.numbers, after.problems) == (before.numbers, ())
    assert [each.area for each in see(desk, city, AREA, "2026-11", NOW).numbers] == [AREA, *STREETS]


def test_each_step_tells_whoever_is_next_and_not_who_did_it(record: Record) -> None:
    a_county(record)
    desk = a_desk(record)
    draw_up_reports(record, date(2026, 10, 1), NOW)

    def act(name: str, step: str, version: int, words: str | None = None) -> None:
        take(desk, WHO[name], AREA, MONTH, step, version, words, NOW)

    act("reviews", "reviewed", 1)
    assert (told(record, "reviews"), ["等待另一人签发" in text for text in told(record, "signs")]) == ([], [True])
    act("signs", "signed", 1)
    act("signs", "submitted", 1)
    assert ["等待上报" in text for text in told(record, "reviews")] == [True]
    assert ["已上报，等待接收" in text for text in told(record, "city") + told(record, "province")] == [True, True]
    act("city", "returned", 1, "累计数有误")
    for name in ("reviews", "signs"):
        assert any("被退回更正：累计数有误。" in text for text in told(record, name))
    with record.read() as work:
        assert [(late.month, late.standing) for late in still_late(work, AREA, date(2026, 12, 20))] == [
            (MONTH, "drawn_up")
        ]


def test_while_a_reviewer_is_away_the_substitute_gets_its_reminders_and_the_office_s_steps_are_anybody_s(
    record: Record,
) -> None:
    a_county(record)
    away, stays = (WHO[name].account for name in ("reviews", "signs"))
    days = {"first": date(2026, 12, 1), "last": date(2026, 12, 31)}
    with record.write() as work:
        add_absence(work, account=away, substitute=stays, reason="休假", made_by="admin", now=NOW, **days)
    draw_up_reports(record, date(2026, 12, 1), NOW)
    remind_of_reports(record, date(2026, 12, 10), NOW)
    assert [len(told(record, name)) for name in ("reviews", "signs")] == [1, 2]
    take(a_desk(record), WHO["signs"], AREA, "2026-11", "reviewed", 1, None, NOW)
    with pytest.raises(CaseworkError, match="审核的人不能签发"):
        take(a_desk(record), WHO["signs"], AREA, "2026-11", "signed", 1, None, NOW)
    take(a_desk(record), WHO["city"], AREA, "2026-11", "signed", 1, None, NOW)
