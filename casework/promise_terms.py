"""How long a promise runs (承诺期限): counted from its first day over its pauses, in its own terms, with the aim.

Everything that moves a promise's due day comes here: the seal, a suspension, a standstill, a changed calendar.  A
promise keeps the terms it began under (`under`) until a better rule takes it over (A36).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.case_facts import Promise
from casework.clocks import Move, Pause
from casework.lost_days import Extended, count_over
from casework.ruling import Setting
from casework.working_days import is_working, previous_working_day
from policies.groups import Promise as PromiseTerms
from policies.terms import Length, Term, Unit


@dataclass(frozen=True, slots=True)
class Run:
    """One length in one locality's terms; `counted` from a day over pauses."""

    length: Term[Length]
    rolls: bool

    def counted(self, setting: Setting, start: date, pauses: Iterable[Pause] = ()) -> Extended:
        """Count from `start`, itself not counted."""
        return count_over(setting.calendar, start, self.length.value, roll=self.rolls, pauses=pauses)

    def target(self, setting: Setting, start: date, pauses: Iterable[Pause] = ()) -> date | None:
        """Return the office's aim: the working day before a last day that is a day off; None where they agree (A13).

        The law lets the last day roll forward; the promise favours the citizen, so the office aims at the day before.
        """
        if self.length.value.unit is Unit.WORKING_DAYS:
            return None
        last = count_over(setting.calendar, start, self.length.value, roll=False, pauses=pauses).ends
        return None if is_working(setting.calendar, last) else previous_working_day(setting.calendar, last)

    @property
    def unit_words(self) -> str:
        return "个工作日" if self.length.value.unit is Unit.WORKING_DAYS else "日"


def run_of(promise: Promise, setting: Setting) -> Run:
    """Return the length of the main promise in the terms it runs under."""
    terms = setting.terms_under(promise.under).promise
    return Run(terms.length, terms.rolls)


def relocated_run_of(promise: Promise, setting: Setting) -> Run:
    """Return the length of a relocated household's promise in the terms it runs under."""
    terms = setting.terms_under(promise.under).promise
    return Run(terms.relocated_length or setting.policy.promise.relocated_length or terms.length, terms.rolls)


def begun(setting: Setting, number: int, start: date, run: Run) -> tuple[Promise, Extended]:
    """Return a new promise with the count behind it."""
    done = run.counted(setting, start)
    promise = Promise(
        number=number,
        started_on=start,
        due_on=done.ends,
        provisional=done.counted.provisional,
        target_on=run.target(setting, start),
    )
    return promise, done


def run_here(terms: PromiseTerms) -> Run:
    """Return the length that a promise beginning now has."""
    return Run(terms.length, terms.rolls)


def with_pauses(
    promise: Promise, pauses: tuple[Pause, ...], setting: Setting, why: str, clause: str, run: Run
) -> Promise:
    """Return the promise with these pauses and the due day that makes their days good; a move is remembered."""
    pauses = tuple(sorted(pauses, key=lambda p: p.first))
    done = run.counted(setting, promise.started_on, pauses)
    moves = promise.moves
    if done.ends != promise.due_on:
        moves += (Move(on=setting.today, was=promise.due_on, now=done.ends, why=why, clause=clause),)
    return promise.model_copy(
        update={
            "pauses": pauses,
            "moves": moves,
            "due_on": done.ends,
            "provisional": done.counted.provisional,
            "target_on": run.target(setting, promise.started_on, pauses),
        }
    )


def stood_still(promise: Promise, since: date, setting: Setting, why: str, clause: str) -> Promise:
    """Return the main promise paused from `since` on, without an end yet; nothing of it rings meanwhile."""
    pauses = (*promise.pauses, Pause(first=since, why=why, clause=clause))
    return with_pauses(promise, pauses, setting, why, clause, run_of(promise, setting))


def gone_on(promise: Promise, last: date, setting: Setting, why: str, clause: str, run: Run | None = None) -> Promise:
    """Return the promise with its open pauses ended on `last` and their days made good; `run` is the main one's.

    A pause that would end before it began took nothing and is left out.
    """
    ended = tuple(
        p if p.last is not None else p.model_copy(update={"last": last})
        for p in promise.pauses
        if p.last is not None or p.first <= last
    )
    return with_pauses(promise, ended, setting, why, clause, run or run_of(promise, setting))
