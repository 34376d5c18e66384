"""What a recount of one clock on a changed calendar leaves: the case, the clock with its move, and what is told of it.

Which clocks are counted anew, and which way each may move, is in `recounts.py`; the rule is in `calendar_change.py`.
"""

from dataclasses import dataclass
from datetime import date

from casework.case import Case
from casework.clocks import Clock, Move, Ring
from casework.explanation import Fact
from casework.publicity import count_facts
from casework.starting import CLOCK_WORDS
from casework.times import in_words
from casework.working_days import Counted

RECOUNTED = "内部规定：放假安排公布或调整后重新计算，公示期只延长不缩短（A37、A38）"
BECAUSE = "放假安排公布或调整"


@dataclass(frozen=True, slots=True)
class Recount:
    """One family counted anew: the case after it, clocks with other dates, and what to tell of it."""

    case: Case
    clocks: tuple[Clock, ...] = ()
    said: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """What stood of one clock before, and the plain count of its length on the new calendar, where it has a length."""

    kind: str
    ended: date
    provisional: bool
    exact: Counted | None

    def still_provisional(self) -> bool:
        """Say whether an end that will not move any more still needs a person's look: unknown, or too early."""
        assert self.exact is not None
        return self.provisional and (self.exact.provisional or self.exact.ends > self.ended)

    def recount(
        self, case: Case, update: dict[str, object], clock: Clock | None, ends: date, provisional: bool, kept: str
    ) -> Recount:
        """Return the case with its new facts; `kept` is the reason when the end is not the one that was counted."""
        words = CLOCK_WORDS[self.kind]
        facts: tuple[Fact, ...] = ()
        if self.exact is not None and self.exact.ends != ends:
            value = f"按新日历为{in_words(self.exact.ends)}，{kept}，仍为{in_words(ends)}"
            facts = (Fact(label=f"{words}重新计算", value=value),)
        said: tuple[str, ...] = ()
        if ends != self.ended:
            said = (f"{words}由{in_words(self.ended)}改为{in_words(ends)}",)
            facts = (change(words, self.ended, ends), *facts)
        elif self.provisional and not provisional:
            said = (f"{words}{in_words(ends)}不变，不再是暂定",)
            facts = (Fact(label=words, value=f"{in_words(ends)}，不再是暂定"), *facts)
        elif clock is not None:
            said = (f"{words}{in_words(ends)}不变，提醒日期按新日历",)
        if self.exact is not None and (said or facts):
            facts += dates(words, self.exact)
        return Recount(case.model_copy(update=update), () if clock is None else (clock,), said, facts)


def moved(clock: Clock | None, day: date, provisional: bool, rings: tuple[Ring, ...], today: date) -> Clock | None:
    """Return the clock with its new dates, or None when there is none or nothing about it is new."""
    if clock is None:
        return None
    moves = (*clock.moves, *move(clock.due_on, day, today))
    changed = clock.model_copy(update={"due_on": day, "provisional": provisional, "rings": rings, "moves": moves})
    return None if changed == clock else changed


def move(was: date, now: date, today: date) -> tuple[Move, ...]:
    """Return the one move of a due day, none when it stays."""
    return () if was == now else (Move(on=today, was=was, now=now, why=BECAUSE, clause=RECOUNTED),)


def change(words: str, before: date, after: date) -> Fact:
    return Fact(label=words, value=f"{in_words(before)} → {in_words(after)}")


def dates(words: str, counted: Counted) -> tuple[Fact, ...]:
    """Return the counted and skipped dates under the clock's name."""
    return tuple(Fact(label=f"{words}{fact.label}", value=fact.value) for fact in count_facts(counted))
