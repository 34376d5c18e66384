"""Scenario 84 from the events to the locked report, on both databases: snapshot, four eyes, overdue, late facts."""

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from casework.errors import CaseworkError
from desk.daily_jobs import DAILY_JOBS
from desk.monthly_reports import may, see, take
from desk.opening_balances import confirm, enter
from desk.report_days import late_ones
from desk.report_reminders import remind_of_reports
from desk.report_rounds import draw_up_reports
from desk.report_sheets import sheet_of
from records import monthly_reports as kept
from records.engine import Record
from records.inbox import my_lines
from records.report_rows import BEHIND, LATE, Behind, rows_behind
from records.tables_reports import movements
from register.dispatch import Balance
from tests.desk.report_cast import AREA, MONTH, STREETS, a_desk, at, fill, staff, write
from tests.engine_stack import KEYS
from tests.make import COUNTY, Life

WHO = staff()
ROOT = Path(__file__).parents[2]
KILLED = """
import sys, time
from datetime import UTC, date, datetime
from desk import report_rounds
from records import monthly_reports
from records.engine import Record
from tests.engine_stack import KEYS

def slowly(*given):
    if written:
        print("first", flush=True)
        time.sleep(100)
    written.append(given)
    kept(*given)

kept, written = monthly_reports.draw_up, []
report_rounds.A_TRANSACTION = 1
monthly_reports.draw_up = slowly
report_rounds.draw_up_reports(Record(sys.argv[1], KEYS), date(2026, 10, 1), datetime.now(UTC))
"""
"""A round that writes its first area and is killed while it writes the second."""


def no(code: str, *taken: object) -> None:
    with pytest.raises(CaseworkError) as refused:
        take(*taken)  # type: ignore[arg-type]
    assert refused.value.code == code


def told(record: Record, name: str) -> list[str]:
    with record.read() as work:
        page = my_lines(work, WHO[name].scope, date(2026, 10, 20), lambda _: frozenset())
    return [line.words["text"] for line in page.lines if "24时" in line.words.get("text", "")]


def test_scenario_84_from_the_events_to_the_locked_report(record: Record) -> None:
    lives = fill(record)
    desk = a_desk(record)
    assert {"draw_up_reports", "remind_of_reports"} <= DAILY_JOBS.keys()
    no("month_not_over", desk, WHO["reviews"], AREA, MONTH, "reviewed", 1, None, at("2026-09-30"))

    for _ in range(2):  # the round may be repeated
        draw_up_reports(record, date(2026, 10, 1), at("2026-10-01"))
    seen = see(desk, WHO["reviews"], AREA, MONTH, at("2026-10-08"))
    names = ("opening", "new", "eliminated", "revoked", "closing", "members")
    assert [seen.whole[name] for name in names] == [12, 5, 6, 1, 10, 6]
    assert (seen.live, seen.problems, seen.due_on) == (10, (), date(2026, 10, 15))
    assert [each.area for each in seen.numbers] == [AREA, *STREETS]
    with record.read() as work:
        assert kept.drawn_up(work, MONTH) == {"22", "2203", AREA, *STREETS}
        for name in ("opening", "closing", "new", "eliminated", "revoked", "all_recognised", "members"):
            listed = rows_behind(work, Behind(AREA, MONTH, ((1, name),)), limit=100)
            assert sum(row.sign for row in listed.rows) == listed.number == seen.whole[name], name
            assert (listed.plus, listed.minus) == (len(listed.rows), 0)
        for name in BEHIND:
            rows_behind(work, Behind("22", MONTH, ((1, name),)))

    no("other_person", desk, WHO["city"], AREA, MONTH, "reviewed", 1, None, at("2026-10-08"))
    no("not_found", desk, WHO["elsewhere"], AREA, MONTH, "reviewed", 1, None, at("2026-10-08"))
    no("county_reports", desk, WHO["city"], STREETS[0], MONTH, "reviewed", 1, None, at("2026-10-08"))
    no("parts_missing", desk, WHO["city"], "2203", MONTH, "reviewed", 1, None, at("2026-10-08"))
    assert may(WHO["reviews"], seen) == ("reviewed",)
    assert may(WHO["street"], see(desk, WHO["street"], STREETS[0], MONTH, at("2026-10-08"))) == ()
    take(desk, WHO["reviews"], AREA, MONTH, "reviewed", 1, "核对无误", at("2026-10-08"))
    no("already_done", desk, WHO["reviews"], AREA, MONTH, "reviewed", 1, None, at("2026-10-08"))
    no("other_person", desk, WHO["reviews"], AREA, MONTH, "signed", 1, None, at("2026-10-08"))
    no("reason_missing", desk, WHO["signs"], AREA, MONTH, "returned", 1, None, at("2026-10-09"))
    take(desk, WHO["signs"], AREA, MONTH, "returned", 1, "请说明撤销一户的情况", at("2026-10-09"))
    no("report_moved_on", desk, WHO["signs"], AREA, MONTH, "signed", 1, None, at("2026-10-09"))

    for day, number in ((12, 0), (13, 1), (14, 1), (15, 2), (16, 3), (17, 3)):
        remind_of_reports(record, date(2026, 10, day), at(f"2026-10-{day}"))
        remind_of_reports(record, date(2026, 10, day), at(f"2026-10-{day}"))
        assert len(told(record, "reviews")) == number, day
    assert any("超期未报" in text for text in told(record, "province"))
    with record.read() as work:
        assert AREA not in [late.area for late in late_ones(work, "22", MONTH, date(2026, 10, 15))]
        assert [late.area for late in late_ones(work, "22", MONTH, date(2026, 10, 16))] == ["22", "2203", AREA]

    take(desk, WHO["reviews"], AREA, MONTH, "reviewed", 2, None, at("2026-10-16"))
    take(desk, WHO["signs"], AREA, MONTH, "signed", 2, None, at("2026-10-16"))
    take(desk, WHO["reviews"], AREA, MONTH, "submitted", 2, None, at("2026-10-16"))
    no("other_person", desk, WHO["signs"], AREA, MONTH, "locked", 2, None, at("2026-10-17"))
    take(desk, WHO["city"], AREA, MONTH, "locked", 2, None, at("2026-10-17"))
    no("report_locked", desk, WHO["city"], AREA, MONTH, "returned", 2, "晚了", at("2026-10-17"))

    late = len(lives[0].events)
    lives[0].do("2026-10-20", "withdraw_elimination", COUNTY, employment=lives[0].case.employments[0].employment_id)
    case_id = write(record, lives[0], 0, late)
    after = see(desk, WHO["city"], AREA, MONTH, at("2026-11-02"))
    assert [after.whole[name] for name in names] == [12, 5, 6, 1, 10, 6]
    assert (after.newest and after.newest.standing, after.problems, after.live) == ("locked", (), 11)
    october = see(desk, WHO["city"], AREA, "2026-10", at("2026-11-02"))
    assert [october.whole[n] for n in ("opening", "corrected", "closing", "members_corrected")] == [10, 1, 11, -1]
    with record.read() as work:
        [row] = rows_behind(work, Behind(AREA, "2026-10", ((1, "corrected"),))).rows
    assert (row.case_id, row.seq, row.on) == (case_id, lives[0].case.seq, date(2026, 9, 14))
    with record.read() as work:
        [late_one] = late_ones(work, AREA, MONTH, date(2026, 11, 2))
    assert late_one.submitted_on == date(2026, 10, 16)
    sheet = sheet_of(record, after, "csv").decode("utf-8-sig").splitlines()
    assert sheet[-1].startswith("2026年9月,220302合计,12,5,0,6,0,1,0,0,10,6,")


def test_scenario_58_and_62_the_october_snapshot_stays_and_november_corrects_it_with_a_link(record: Record) -> None:
    """58: a job of 10-15 approved 10-16 is of October; 62: found to be made up 11-02, November corrects it."""
    life = Life().assisted()
    job = life.employed("2026-10-15", "2026-10-16")
    case_id = write(record, life, 0)
    draw_up_reports(record, date(2026, 11, 1), at("2026-11-01"))
    desk, who = a_desk(record), WHO["city"]
    october = see(desk, who, AREA, "2026-10", at("2026-11-01"))
    names = ("opening", "eliminated", "closing", "placed", "members", "all_eliminated")
    assert [october.whole[name] for name in names] == [1, 1, 0, 1, 1, 1]
    assert (october.drawn, october.problems, october.whole.channels) == (True, (), {"employer": 1})
    late = len(life.events)
    life.do("2026-11-02", "withdraw_elimination", COUNTY, employment=job)
    write(record, life, 0, late)
    again = see(desk, who, AREA, "2026-10", at("2026-12-01"))
    assert (again.numbers, again.versions, again.problems, again.live) == (october.numbers, october.versions, (), 1)
    november = see(desk, who, AREA, "2026-11", at("2026-12-01"))
    assert [november.whole[n] for n in ("opening", "eliminated", "corrected", "closing")] == [0, 0, 1, 1]
    with record.read() as work:
        for row in november.whole.corrections:
            asked = Behind(AREA, "2026-11", ((1, LATE),), fact=row.kind, of=row.month, channel=row.channel)
            [told_by] = rows_behind(work, asked).rows
            assert (row.month, row.number) == ("2026-10", 1)
            assert (told_by.case_id, told_by.seq, told_by.on) == (case_id, life.case.seq, date(2026, 10, 15))


def test_scenario_84_a_round_killed_between_two_areas_loses_and_doubles_nothing(
    tmp_path: Path, sqlite_template: Path
) -> None:
    shutil.copy(sqlite_template, tmp_path / "record.db")
    url = f"sqlite:///{tmp_path / 'record.db'}"
    record = Record(url, KEYS)
    lives = fill(record)
    killed = subprocess.Popen([sys.executable, "-c", KILLED, url], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert killed.stdout is not None
    assert killed.stdout.readline() == "first\n"
    killed.kill()
    killed.communicate()
    with record.read() as work:
        [first] = kept.drawn_up(work, MONTH)
        there = kept.versions(work, first, MONTH)
    known_later = len(lives[0].events)
    lives[0].do("2026-10-20", "withdraw_elimination", COUNTY, employment=lives[0].case.employments[0].employment_id)
    write(record, lives[0], 0, known_later)
    draw_up_reports(record, date(2026, 10, 22), at("2026-10-22"))
    with record.read() as work:
        assert kept.drawn_up(work, MONTH) == {"22", "2203", AREA, *STREETS}
        assert kept.versions(work, first, MONTH) == there
        for area in ("22", "2203", AREA):
            [only] = kept.versions(work, area, MONTH)
            wanted = ("opening", "new", "eliminated", "revoked", "closing")
            assert [only.numbers[0][name] for name in wanted] == [12, 5, 6, 1, 10], area
    record.close()


def test_a_mismatch_names_its_case_and_holds_the_report_back(record: Record) -> None:
    fill(record)
    desk, at_ = a_desk(record), at("2026-10-08")
    draw_up_reports(record, date(2026, 10, 1), at("2026-10-01"))
    wrong = f"{STREETS[1]}-2026-00012"
    with record.write() as work:
        work.connection.execute(update(movements).where(movements.c.case_id == wrong).values(stock=0))
    seen = see(desk, WHO["reviews"], AREA, MONTH, at_)
    assert seen.problems[0].cases == (wrong,)
    no("numbers_differ", desk, WHO["reviews"], AREA, MONTH, "reviewed", 1, None, at_)


def test_opening_balances_count_once_two_people_have_stood_for_them(record: Record) -> None:
    fill(record)
    desk, at_ = a_desk(record), at("2026-10-08")
    enter(desk, WHO["reviews"], Balance(recognised=300, eliminated=280, employed=310), "2025年台账", at_)
    assert see(desk, WHO["city"], "2203", MONTH, at_).whole["all_recognised"] == 17
    with record.read() as work:
        shown = kept.balances(work, AREA)[AREA].entered_at.isoformat()
    with pytest.raises(CaseworkError, match="录入的人不能确认"):
        confirm(desk, WHO["reviews"], shown, at_)
    with record.read() as work:
        stale = replace(kept.balances(work, AREA)[AREA], entered_by=WHO["signs"].account)
    with record.write() as work:
        assert not kept.confirm_balance(work, stale, by=WHO["signs"].account, now=at_)
    confirm(desk, WHO["signs"], shown, at_)
    for area in ("22", "2203", AREA):
        whole = see(desk, WHO["province"], area, MONTH, at_).whole
        assert [whole[n] for n in ("all_recognised", "all_eliminated", "all_employed")] == [317, 286, 316]
        assert whole.adds_up
    with pytest.raises(CaseworkError, match="不能再改"):
        enter(desk, WHO["reviews"], Balance(), "改", at_)
