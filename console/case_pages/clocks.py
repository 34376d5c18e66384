"""The clocks of a case (时限), each with its whole story: until when, why, which days count and which do not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.answers import ClockLine
from api.asking import STAFF, Now, OurDesk
from api.showing import clock_stories
from casework.clock_history import lives_of
from casework.clock_sentences import sentences
from casework.clock_story import ClockStory
from console.asking import Staff, for_roles
from console.case_pages.in_path import CaseInPath
from console.case_pages.said import People
from console.rendering import page
from console.words import Due, due
from desk.errors import or_not_found
from policies.calendar_model import WorkCalendar
from records import case_files
from records.calendars import calendar_of, newest_for
from records.case_names import masked_names
from records.timeline import events_of

router = APIRouter()

FAR = timedelta(days=366)
"""Beyond this a number of working days tells nobody anything."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a small calendar: `mark` start, counted, skipped, paused, last or none; `said` tells it in words."""

    number: int
    mark: str
    said: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month of it, week by week from Monday; None fills a week up."""

    words: str
    weeks: tuple[tuple[Day | None, ...], ...]


@dataclass(frozen=True, slots=True)
class ClockShown:
    """A clock with everything there is to say of it."""

    key: str
    running: bool
    heading: str
    line: ClockLine
    due: Due | None
    months: tuple[Month, ...]


@router.get("/cases/{case_id}/clocks", **for_roles(STAFF))
def clocks(request: Request, case_id: CaseInPath, caller: Staff, desk: OurDesk, now: Now) -> Response:
    """The running ones by their last day, then those that have ended."""
    with desk.record.read() as work:
        case = or_not_found(case_files.full_case(work, caller.scope, case_id))
        row = or_not_found(case_files.get(work, caller.scope, case_id))
        calendar = calendar_of(work, case) or newest_for(work, case.office)
        events = events_of(work, case_id)
        people = People(case, masked_names(work, case_id), {})
    told = clock_stories(case, lives_of(events, case), calendar)
    today = row.clock.day(now)
    running = [_shown(line, place, people, today, calendar) for place, line in enumerate(told.clocks)]
    ended = [_shown(line, place, people, None, calendar) for place, line in enumerate(told.finished)]
    return page(
        request,
        "case_pages/clocks.html",
        title=f"时限 {case_id}",
        case_id=case_id,
        running=running,
        ended=list(reversed(ended)),
    )


def _shown(line: ClockLine, place: int, people: People, today: date | None, calendar: WorkCalendar) -> ClockShown:
    about = people.about(line.about)
    story = line.story
    if story is not None:  # the heading says whom or what it is about
        line = line.model_copy(update={"sentences": sentences(story.model_copy(update={"about_words": None}))})
    return ClockShown(
        key=f"{'clock' if today else 'ended'}-{place + 1}",
        running=today is not None,
        heading=line.words + (f"：{about}" if about else ""),
        line=line,
        due=due(line.due_on, today, calendar, paused=line.paused) if today and line.due_on - today <= FAR else None,
        months=tuple(months_of(story)) if story is not None else (),
    )


def months_of(story: ClockStory) -> Iterator[Month]:
    """Return the days of a clock month by month; nothing for one whose days are not told singly."""
    if not story.counted and not story.skipped:
        return
    marks = _marks(story)
    first, last = min(marks), max(marks)
    month = first.replace(day=1)
    while month <= last:
        following = (month + timedelta(days=32)).replace(day=1)
        yield Month(f"{month.year}年{month.month}月", tuple(_weeks(month, following, marks)))
        month = following


def _marks(story: ClockStory) -> dict[date, tuple[str, str]]:
    marks: dict[date, tuple[str, str]] = {story.started_on: ("start", "起算日，不计")}
    marks |= {skipped.day: ("skipped", f"不计：{skipped.reason}") for skipped in story.skipped}
    marks |= {day: ("counted", f"第{place}天") for place, day in enumerate(story.counted, 1)}
    for pause in story.pauses:
        day, last = pause.first, pause.last or story.due_on
        while day <= last and (day - pause.first).days < len(marks) + 366:
            marks[day] = ("paused", f"暂停：{pause.why}")
            day += timedelta(days=1)
    said = marks.get(story.due_on, ("", ""))[1]
    marks[story.due_on] = ("last", f"{said}，最后一日" if said else "最后一日")
    return marks


def _weeks(month: date, following: date, marks: dict[date, tuple[str, str]]) -> Iterator[tuple[Day | None, ...]]:
    days: list[Day | None] = [None] * month.weekday()
    day = month
    while day < following:
        mark, said = marks.get(day, ("none", ""))
        days.append(Day(day.day, mark, said))
        day += timedelta(days=1)
    days += [None] * (-len(days) % 7)
    for start in range(0, len(days), 7):
        yield tuple(days[start : start + 7])
