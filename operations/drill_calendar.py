"""A changed holiday schedule in a drill (演练中的放假安排): what the file writes, put into the calendar in force.

The schedule is of the drill alone and says so; only a notice of the State Council goes into `policies/holidays`.
"""

from datetime import date

from casework.commands.calendar_change import AdoptCalendar
from casework.times import local_date
from operations.drill_file import DrillFileWrong, DrillStep
from policies.calendar_model import Holiday, WorkCalendar, YearSchedule

SOURCE = "演练所设的放假安排，不是国务院办公厅通知"
OFF = "演练所设"


def adoption(step: DrillStep, calendar: WorkCalendar, command_id: str) -> AdoptCalendar:
    """Return the command that brings the step's `off` and `work` days of a `year`, beside what is known of it."""
    year, off, work = step.fields.get("year"), _days(step, "off"), _days(step, "work")
    if type(year) is not int:
        raise DrillFileWrong(f"第{step.number}步：with 须写 year，如 year = 2027。")
    known = next((s for s in calendar.years if s.year == year), None)
    days = {d: h.name for h in (known.holidays if known else _statutory(calendar, year)) for d in h.days}
    days = {d: name for d, name in days.items() if d not in work} | dict.fromkeys(off, OFF)
    workdays = sorted(({*known.workdays} if known else set()) - set(off) | set(work))
    try:
        schedule = YearSchedule(
            year=year,
            source=SOURCE,
            issued=local_date(step.at),
            holidays=tuple(Holiday(name=name, first=d, last=d) for d, name in sorted(days.items())),
            workdays=tuple(workdays),
        )
    except ValueError as error:
        raise DrillFileWrong(
            f"第{step.number}步：off、work 须是 {year} 年的日期，work 须是周六或周日，同一天不能既放假又上班。"
        ) from error
    return AdoptCalendar(command_id=command_id, calendar=calendar.with_schedule(schedule))


def _days(step: DrillStep, word: str) -> list[date]:
    days = step.fields.get(word, [])
    if not isinstance(days, list) or not all(type(day) is date for day in days):
        raise DrillFileWrong(f"第{step.number}步：{word} 须写作日期的列表，如 {word} = [2027-01-03]。")
    return days


def _statutory(calendar: WorkCalendar, year: int) -> tuple[Holiday, ...]:
    """Return the days off that the statute gives an unpublished year."""
    moving = tuple(h for h in calendar.statutory if h.first.year == year)
    taken = {day for holiday in moving for day in holiday.days}
    fixed = [(h.name, date(year, h.month, h.day)) for h in calendar.fixed]
    return (*moving, *(Holiday(name=name, first=d, last=d) for name, d in fixed if d not in taken))
