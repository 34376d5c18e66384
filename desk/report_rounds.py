"""The monthly report in the daily round (调度表的每日例行): snapshots at the month's end, and reminders.

Both look at how things stand on the day: a snapshot that is there stays, a reminder has a key of its own, so a repeat
adds nothing.  What became known after the month's end is in no snapshot of it, however late the snapshot is drawn up.
"""

from datetime import date, datetime

from casework.states import Role
from casework.times import in_words, month_in_words
from casework.working_days import add_months, working_days_between
from desk.report_days import counties_of, due_of
from records import monthly_reports as kept
from records.addressees import reviewers_of, supervisors_above
from records.calendars import newest_for
from records.engine import Reading, Record, Writing
from records.inbox import put_line
from records.movements import tallies
from register.dispatch import Tally, levels_of, month_before, month_of, rolled_up

A_TRANSACTION = 100
TITLE = "调度表"
DAYS_BEFORE = 2


def draw_up_reports(record: Record, day: date, now: datetime) -> None:
    """Draw up every area's report of the months that are over and have none; the first time, of the last month."""
    last = month_before(day)
    with record.read() as work:
        newest = kept.last_month(work)
    month = last if newest is None else min(last, newest)
    while month <= last:
        _draw_up(record, month, now)
        month = month_of(add_months(date.fromisoformat(f"{month}-01"), 1))


def _draw_up(record: Record, month: str, now: datetime) -> None:
    with record.read() as work:
        by_area: dict[str, list[Tally]] = {
            level: [] for office in kept.offices_known(work) for level in levels_of(office)
        }
        for each in tallies(work, "", month):
            for level in levels_of(each.office):
                by_area.setdefault(level, []).append(each)
        balances = kept.confirmed_balances(work, "")
        wanted = sorted(by_area.keys() - kept.drawn_up(work, month))
        due = {begun: due_of(work, begun, month) for begun in {area[:6] for area in wanted}}
    for begun in range(0, len(wanted), A_TRANSACTION):
        some = wanted[begun : begun + A_TRANSACTION]
        drawn = [(rolled_up(area, month, by_area[area], balances), due[area[:6]], 1) for area in some]
        with record.write() as work:
            kept.draw_up(work, drawn, now)


def remind_of_reports(record: Record, day: date, now: datetime) -> None:
    """Tell whoever must act that a report is due in two working days, today, or overdue; above, too, once overdue."""
    month = month_before(day)
    with record.read() as work:
        newest = kept.newest_of_month(work, month, "")
        counties = counties_of(work, "")
    for begun in range(0, len(counties), A_TRANSACTION):
        with record.write() as work:
            for county in counties[begun : begun + A_TRANSACTION]:
                report = newest.get(county)
                if report is None or report.submitted_on is None:
                    due_on = report.due_on if report else due_of(work, county, month)
                    _remind(work, county, month, due_on, report, day, now)


def _remind(
    work: Writing, county: str, month: str, due_on: date, report: kept.Report | None, day: date, now: datetime
) -> None:
    stage = _stage(work, county, due_on, day)
    if stage is None:
        return
    step = {"reviewed": "签发", "signed": "上报"}.get(report.standing if report else "", "审核")
    words = {
        "soon": f"{in_words(due_on)}到期，",
        "today": "今天到期，今天24时前须上报，",
        "overdue": f"已于{in_words(due_on)}到期，超期未报，",
    }[stage]
    text = f"{month_in_words(month)}调度表（{county}）{words}现在等待{step}。请在“调度表”页办理。"
    acting = [(account, Role.REVIEWER) for account in reviewers_of(work, county)]
    above = [(account, Role.SUPERVISOR) for account in supervisors_above(work, county)]
    for account, role in acting + (above if stage == "overdue" or not acting else []):
        key = f"report/{county}/{month}/{stage}/{account}"
        put_line(work, key, account, role, TITLE, text, now)


def _stage(work: Reading, county: str, due_on: date, day: date) -> str | None:
    if day > due_on:
        return "overdue"
    if day == due_on:
        return "today"
    left = working_days_between(newest_for(work, county), day, due_on)
    return "soon" if left <= DAYS_BEFORE else None
