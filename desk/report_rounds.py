"""The monthly report in the daily round (调度表的每日例行): snapshots at the month's end.

The day is the one the round's schedule meant.  A snapshot that is there stays, so a repeat adds nothing, and a round
that comes late draws up every month in between.  What became known after a month's end is in no snapshot of it, however
late that is drawn up.  Reminders: `report_reminders.py`.
"""

from datetime import date, datetime

from casework.working_days import add_months
from desk.report_days import due_of
from records import monthly_reports as kept
from records.engine import Record
from records.movements import tallies
from register.dispatch import Tally, levels_of, month_before, month_of, rolled_up

A_TRANSACTION = 100


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
        offices = kept.offices_known(work)
        by_area: dict[str, list[Tally]] = {level: [] for office in offices for level in levels_of(office)}
        for each in tallies(work, "", month):
            for level in levels_of(each.office):
                by_area.setdefault(level, []).append(each)
        balances = kept.confirmed_balances(work, "", month)
        wanted = sorted(by_area.keys() - kept.drawn_up(work, month))
        due = {begun: due_of(work, begun, month) for begun in {area[:6] for area in wanted}}
    for begun in range(0, len(wanted), A_TRANSACTION):
        some = wanted[begun : begun + A_TRANSACTION]
        drawn = [(rolled_up(area, month, by_area[area], balances, offices), due[area[:6]], 1) for area in some]
        with record.write() as work:
            kept.draw_up(work, drawn, now)
