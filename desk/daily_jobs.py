"""What the register does by itself every day (每日例行): the list of its jobs.

A job is a plain function `(record, day, now)`.  It looks at how things stand on `day` and writes what is missing, under
keys of its own, so that a repeat, also one that was cut in its middle, changes nothing.  It writes in short units of
work.  A new job is a function in its own file and a line here.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from desk.import_tidying import tidy_imports
from desk.ledger_files import tidy_ledger_files
from desk.radar_daily import note_radar
from desk.report_reminders import remind_of_reports
from desk.report_rounds import draw_up_reports
from desk.subsidy_lists import end_subsidies
from desk.subsidy_reminders import remind_of_ends
from desk.survey_daily import tell_overdue_rounds
from records.engine import Record

DailyJob = Callable[[Record, date, datetime], None]

DAILY_JOBS: Mapping[str, DailyJob] = {
    "end_subsidies": end_subsidies,
    "remind_of_ends": remind_of_ends,
    "tidy_imports": tidy_imports,
    "tidy_ledger_files": tidy_ledger_files,
    "note_radar": note_radar,
    "draw_up_reports": draw_up_reports,
    "remind_of_reports": remind_of_reports,
    "tell_overdue_rounds": tell_overdue_rounds,
}
"""By name, in the order in which they are done; a name is kept for ever (at most 40 letters)."""
