"""Working calendars (工作日历) of the record: every one that a case ever counted on, and the newest that was imported.

The data files of a release are issue 0; what an administrator imports gets the numbers 1, 2, 3.  A numbered row holds
the whole calendar with the schedules of all areas; what a case counts on is that of its own area, kept under its
version, so that the case can always be explained, and started again, on its own days.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache

from sqlalchemy import bindparam, func, insert, select

from casework.case import Case
from casework.states import State
from policies.calendar_model import WorkCalendar
from policies.calendars import load_calendar
from records.case_files import last_event
from records.engine import Reading, Writing
from records.scope import within
from records.tables import cases
from records.tables_calendars import calendars
from records.upsert import insert_into

NOBODY = "system"
"""Who keeps a calendar that no administrator imported."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One calendar of the record as a list shows it; `number` is None for those that nobody imported."""

    number: int | None
    version: str
    sha256: str
    source: str
    kept_at: datetime
    kept_by: str


def newest(work: Reading) -> WorkCalendar:
    """Return the calendar in force: the last imported, or that of the data files.  Counts as the nation does."""
    content = work.connection.execute(_NEWEST).scalar()
    return load_calendar() if content is None else _restored(content)


_NEWEST = (
    select(calendars.c.content).where(calendars.c.number.is_not(None)).order_by(calendars.c.number.desc()).limit(1)
)


class AreaCalendars:
    """The calendars in force in the areas of a list's rows: the record is asked once, each area worked out once."""

    def __init__(self, work: Reading) -> None:
        self._newest: str | None = work.connection.execute(_NEWEST).scalar()
        self._known: dict[str, WorkCalendar] = {}

    def of(self, office: str) -> WorkCalendar:
        """Return the calendar in force in the area of an office."""
        if office not in self._known:
            self._known[office] = _in_area(self._newest, office)
        return self._known[office]


def newest_for(work: Reading, office: str) -> WorkCalendar:
    """Return the calendar in force in the area of an office."""
    return _in_area(work.connection.execute(_NEWEST).scalar(), office)


def _in_area(content: str | None, office: str) -> WorkCalendar:
    return load_calendar(office) if content is None else _restored_in(content, office)


_KEPT = select(calendars.c.content).where(calendars.c.version == bindparam("version")).limit(1)


def calendar_of(work: Reading, case: Case) -> WorkCalendar | None:
    """Return the calendar that a case counts on, or None when the record does not know it."""
    row = work.connection.execute(_KEPT, {"version": case.calendar_version}).first()
    if row is not None:
        return _restored_as(row.content, case.calendar_issue)
    files = load_calendar(case.office)
    return files if files.version == case.calendar_version else None


@lru_cache(maxsize=32)
def _restored(content: str) -> WorkCalendar:
    """Return a kept calendar; it is frozen, and the same few are asked for all day."""
    return WorkCalendar.model_validate_json(content)


@lru_cache(maxsize=64)
def _restored_as(content: str, number: int) -> WorkCalendar:
    """The same under a number."""
    return _restored(content).issued(number)


@lru_cache(maxsize=256)
def _restored_in(content: str, office: str) -> WorkCalendar:
    """The same as it holds in the area of an office."""
    return _restored(content).for_area(office)


def keep_used(work: Writing, calendar: WorkCalendar, now: datetime, by: str = NOBODY) -> None:
    """Remember a calendar because a case is about to count on it; one that is known already stays as it is."""
    known = select(calendars.c.key).where(calendars.c.version == calendar.version)
    if work.connection.execute(known.limit(1)).first() is None:
        row = _row(calendar, None, source_of(calendar), by, now)
        work.connection.execute(insert_into(work.connection, calendars).on_conflict_do_nothing(), row)


def issue(work: Writing, calendar: WorkCalendar, *, source: str, by: str, now: datetime) -> WorkCalendar:
    """Keep an imported calendar under the next number and return it with the number.

    Of two imports at once the second raises `WrittenMeanwhile` on PostgreSQL, where they would take the same number.
    """
    last = work.connection.execute(select(func.max(calendars.c.number))).scalar_one()
    numbered = calendar.issued((last or 0) + 1)
    work.connection.execute(insert(calendars), _row(numbered, numbered.issue, source, by, now))
    return numbered


def issues(work: Reading) -> tuple[Issue, ...]:
    """Return what was imported, the last first."""
    rows = work.connection.execute(
        select(*(calendars.c[field.name] for field in fields(Issue)))
        .where(calendars.c.number.is_not(None))
        .order_by(calendars.c.number.desc())
    )
    return tuple(Issue(**row._mapping) for row in rows)


def source_of(calendar: WorkCalendar) -> str:
    """Return the document of the last schedule a calendar holds."""
    national = [(s.issued, s.year, s.source) for s in calendar.years]
    regional = [(s.issued, s.year, s.source) for s in (*calendar.regional, *calendar.overlays)]
    return max((*national, *regional))[2]


def _row(calendar: WorkCalendar, number: int | None, source: str, by: str, now: datetime) -> dict[str, object]:
    return {
        "key": f"version/{calendar.version}" if number is None else f"issue/{number}",
        "version": calendar.version,
        "number": number,
        "sha256": calendar.sha256,
        "source": source,
        "content": calendar.model_dump_json(),
        "kept_at": now,
        "kept_by": by,
    }


def lagging(work: Reading, calendar: WorkCalendar, *, also_same_issue: bool = False) -> tuple[str, ...]:
    """Return the open cases that do not count on this calendar yet, by id: those it says something new for.

    A case that was given a calendar of its own under the same number (a drill) is left alone unless asked for.
    """
    wanted: dict[str, str] = {}
    found = []
    rows = select(cases.c.case_id, cases.c.office, cases.c.calendar_version, cases.c.calendar_issue)
    for row in work.connection.execute(rows.where(cases.c.state != State.EXITED.value).order_by(cases.c.case_id)):
        version, number = row.calendar_version, row.calendar_issue
        if version is None:  # written by an earlier release
            event = last_event(work, row.case_id)
            version, number = (event.case.calendar_version, event.case.calendar_issue) if event else ("", 0)
        if row.office not in wanted:
            wanted[row.office] = calendar.for_area(row.office).version
        older = number < calendar.issue or (also_same_issue and number == calendar.issue)
        if older and version != wanted[row.office]:
            found.append(row.case_id)
    return tuple(found)


def touches_beyond(work: Reading, area: str, only: str = "") -> bool:
    """Say whether there is an open case outside an administrator's area, of those that lie in another area."""
    outside = select(cases.c.case_id).where(cases.c.state != State.EXITED.value, ~within(cases.c.office, area))
    if only:
        outside = outside.where(within(cases.c.office, only))
    return work.connection.execute(outside.limit(1)).first() is not None
