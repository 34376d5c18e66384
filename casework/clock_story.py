"""The story of one clock (时限说明): started by what, which days counted and which not, what rings, who is told.

Pure: a clock's life, its case and calendar in, data out.  The sentences are in `clock_sentences.py`.
"""

from datetime import date, datetime, timedelta

from pydantic import ValidationError

from casework.case import Case
from casework.clock_history import ClockLife
from casework.clocks import Clock, Move, Pause
from casework.commands import COMMANDS
from casework.household import Facts
from casework.lost_days import Extended, count_over
from casework.notices import ADDRESSEES, Addressee, Whom
from casework.starting import CLOCK_WORDS
from casework.states import Role
from casework.table import rows_of
from casework.tasks import TASK_KINDS
from casework.working_days import is_working, previous_working_day
from policies.calendar_model import WorkCalendar
from policies.terms import INTERNAL, Length, Unit

PROMISES = frozenset({"promise", "relocation_promise"})
"""Clocks that are promises in the citizen's favour: where the last day rolls on, the work is wanted before (A13)."""

MOST_DAYS = 92
"""Counted days are listed up to this many; windows of months are told by their ends."""


class SkippedDay(Facts):
    """A day that did not count, and why."""

    day: date
    reason: str


class RingStory(Facts):
    """What happens by itself at an instant: the step, the tasks it may open, and who may be told."""

    at: datetime
    trigger: str
    title: str
    opens: tuple[str, ...]
    told: tuple[str, ...]


class ClockStory(Facts):
    """Everything there is to say of one clock.  `internal` is true for 内部时限, which no document sets.

    `kept` is the day on which a plain count would end, when the due day is another one that was kept (A37).
    """

    kind: str
    words: str
    about: str | None
    about_words: str | None
    running: bool
    started_on: date
    started_seq: int | None
    started_by: str | None
    length: str
    length_words: str
    basis: str
    internal: bool
    counted: tuple[date, ...]
    skipped: tuple[SkippedDay, ...]
    made_good: int
    pauses: tuple[Pause, ...]
    paused: bool
    moves: tuple[Move, ...]
    first_due_on: date
    due_on: date
    kept: date | None
    internal_target: date | None
    provisional: bool
    rings: tuple[RingStory, ...]
    ended_on: date | None
    ended_seq: int | None
    ended_by: str | None


def story_of(life: ClockLife, case: Case, calendar: WorkCalendar) -> ClockStory:
    """Tell the story of a clock; its days are counted anew on the calendar of its case."""
    clock = life.clock
    length = _length(clock)
    counted = _counted(clock, length, calendar) if length else None
    ends = counted.ends if counted else clock.due_on
    ended = life.ended
    return ClockStory(
        kind=clock.kind,
        words=CLOCK_WORDS.get(clock.kind, clock.kind),
        about=clock.about,
        about_words=_about(clock, case),
        running=ended is None,
        started_on=clock.started_on,
        started_seq=life.began.seq or None,
        started_by=COMMANDS[life.began.trigger].title if life.began.trigger in COMMANDS else None,
        length=clock.length,
        length_words="、".join(_words(part) for part in clock.length.split("、")),
        basis=clock.basis,
        internal=clock.basis.startswith(INTERNAL),
        counted=counted.counted.counted if counted and len(counted.counted.counted) <= MOST_DAYS else (),
        skipped=tuple(SkippedDay(day=s.day, reason=s.reason) for s in counted.counted.skipped) if counted else (),
        made_good=len(counted.lost) if counted else 0,
        pauses=clock.pauses,
        paused=clock.paused,
        moves=clock.moves,
        first_due_on=clock.first_due_on,
        due_on=clock.due_on,
        kept=ends if ends != clock.due_on and not clock.paused else None,
        internal_target=_target(clock, length, calendar),
        provisional=clock.provisional,
        rings=tuple(_ring(at.at, at.trigger, case) for at in sorted(clock.rings, key=lambda r: r.at))
        if not ended
        else (),
        ended_on=ended.on if ended else None,
        ended_seq=ended.seq if ended else None,
        ended_by=COMMANDS[ended.trigger].title if ended else None,
    )


def _length(clock: Clock) -> Length | None:
    return _parsed(clock.length)


def _words(written: str) -> str:
    """Return one part of a clock's length as people read it; a ladder has several."""
    length = _parsed(written)
    return length.words if length else written


def _parsed(written: str) -> Length | None:
    try:
        return Length.parse(written)
    except ValidationError:
        return None


def _counted(clock: Clock, length: Length, calendar: WorkCalendar) -> Extended:
    """Count as the clock was counted: with or without rolling on, whichever leads to its day."""
    plain = count_over(calendar, clock.started_on, length, roll=False, pauses=clock.pauses)
    if plain.ends == clock.due_on:
        return plain
    rolled = count_over(calendar, clock.started_on, length, roll=True, pauses=clock.pauses)
    return rolled if rolled.ends != plain.ends else plain


def _target(clock: Clock, length: Length | None, calendar: WorkCalendar) -> date | None:
    """The last working day before a last day that is a day off and rolls on; None where there is nothing to say."""
    if clock.kind not in PROMISES or length is None or length.unit is Unit.WORKING_DAYS:
        return None
    nominal = count_over(calendar, clock.started_on, length, roll=False, pauses=clock.pauses).ends
    if nominal == clock.due_on or is_working(calendar, nominal):
        return None
    return previous_working_day(calendar, nominal + timedelta(days=1)) if nominal < clock.due_on else None


def _about(clock: Clock, case: Case) -> str | None:
    if clock.about is None:
        return None
    return case.member_words(clock.about) if case.household.member(clock.about) else clock.about


def _ring(at: datetime, trigger: str, case: Case) -> RingStory:
    rows = [row for row in rows_of(trigger) if case.state in row.source]
    opens = dict.fromkeys(TASK_KINDS[kind].words for row in rows for kind in row.opens)
    told = [_whom(whom) for row in rows for name in row.notices for whom in ADDRESSEES.get(name, (None,))]
    told += [TASK_KINDS[kind].role.words for row in rows for kind in row.opens]
    return RingStory(
        at=at, trigger=trigger, title=COMMANDS[trigger].title, opens=tuple(opens), told=tuple(dict.fromkeys(told))
    )


def _whom(whom: Addressee) -> str:
    if whom is None:
        return "申请人"
    if isinstance(whom, Role):
        return whom.words
    return "办理人" if whom is Whom.DOER else "原帮扶责任人"
