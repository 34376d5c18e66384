"""How failed attempts are counted (联系计次): the row since the last success, its windows, and whether it is full.

Nothing is decided here; the step is in `contacts.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.case import Case
from casework.case_facts import Answered, Contact, ContactChannel, ContactOutcome, ServiceKind
from casework.former_terms import Terms
from casework.ruling import Setting
from casework.working_days import add_months, count

ON_PAPER_OR_AT_HOME = (ContactChannel.VISIT, ContactChannel.LETTER)
BY_NUMBER = (ContactChannel.PHONE, ContactChannel.SMS)
GROWN_UP = 18 * 12
"""Months of age from which somebody may answer for the household (民法典 17)."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One thing that happened between office and household: an attempt, or `None` for other proof of a contact."""

    on: date
    order: int
    attempt: Contact | None


def is_adult(case: Case, member_id: str, on: date) -> bool:
    """Say whether a member of the household had come of age on a day."""
    member = case.household.member(member_id)
    return member is not None and add_months(member.birth_date, GROWN_UP) <= on


def reached(contact: Contact) -> bool:
    """Say whether an adult of the household was reached; a child or a neighbour who answers is none."""
    return contact.outcome is ContactOutcome.REACHED and contact.answered is Answered.ADULT


def window_end(start: date, setting: Setting) -> date:
    """Return the last day of the rolling window that begins with an attempt; a holiday does not extend it."""
    return _end(start, setting.terms_on(start), setting)


def _end(start: date, terms: Terms, setting: Setting) -> date:
    return count(setting.calendar, start, terms.contact.window.value, roll=False).ends


def failed_row(case: Case) -> tuple[Contact, ...]:
    """Return the failed attempts since the last success, by date.

    A wrong number makes the calls before it void, and those after it until the number was checked anew (scenario 56); a
    letter that came back does the same to letters.  What was set aside on an appeal does not count.
    """
    row: list[Contact] = []
    doubtful: set[ContactChannel] = set()
    for told in sorted(_told(case), key=lambda t: (t.on, t.order)):
        attempt = told.attempt
        if attempt is None:
            row.clear()
            continue
        if attempt.number_verified:
            doubtful.clear()
        if reached(attempt):
            row.clear()
            if attempt.channel in BY_NUMBER and not attempt.by_household:
                doubtful -= set(BY_NUMBER)
        elif (wrong := _proven_wrong(attempt)) is not None:
            doubtful |= wrong
            row = [c for c in row if c.channel not in wrong]
        elif attempt.outcome is ContactOutcome.FAILED and attempt.channel not in doubtful and not attempt.set_aside:
            row.append(attempt)
    return tuple(row)


def _proven_wrong(attempt: Contact) -> set[ContactChannel] | None:
    """Return the channels that this attempt shows not to lead to the household."""
    if attempt.outcome is ContactOutcome.RETURNED:
        return {ContactChannel.LETTER}
    if attempt.outcome is ContactOutcome.WRONG_NUMBER:
        return set(BY_NUMBER)
    return None


def _told(case: Case) -> Iterable[_Told]:
    """Return all attempts, and what else proves a contact with an adult: a job taken or turned down, guidance (A6).

    Of one day the proof comes last, so that it ends the row whatever the hour was.
    """
    for contact in case.contacts:
        yield _Told(contact.on, int(contact.contact_id[1:]), contact)
    for heard in case.heard_on:
        yield _Told(heard, case.seq + 1, None)
    proofs = [
        *((r.member, r.delivered_on) for r in case.referrals if r.delivered),
        *((r.member, r.on) for r in case.refusals if not r.no_show),
        *((s.member, s.on) for s in case.services if s.kind is ServiceKind.GUIDANCE),
    ]
    for member, on in proofs:
        if on is not None and is_adult(case, member, on):
            yield _Told(on, case.seq + 1, None)


def attempts(contacts: tuple[Contact, ...], setting: Setting) -> int:
    """Count attempts; several on one day are one where the rule of that day wants distinct days (scenario 52)."""
    days = [c.on for c in contacts]
    return sum(1 if setting.terms_on(d).contact.distinct_days.value else days.count(d) for d in set(days))


def windows(case: Case, setting: Setting) -> list[tuple[Contact, ...]]:
    """Return, for every failed attempt of the row, those in the rolling window that begins with it."""
    row = failed_row(case)
    return [_together(tuple(c for c in row if c.on >= first.on), setting.terms_on(first.on), setting) for first in row]


def _together(row: tuple[Contact, ...], terms: Terms, setting: Setting) -> tuple[Contact, ...]:
    """Return those of a row that count together with its first: in its window, or one after the other without a gap."""
    if terms.contact.counting.value == "within":
        return tuple(c for c in row if c.on <= _end(row[0].on, terms, setting))
    taken = row[:1]
    for attempt in row[1:]:
        if attempt.on > _end(taken[-1].on, terms, setting):
            break
        taken += (attempt,)
    return taken


def _lasted(row: tuple[Contact, ...], terms: Terms, setting: Setting) -> bool:
    """Say whether nobody was reached for as long as the rule asks, where it asks for that."""
    return terms.contact.counting.value == "within" or row[-1].on > _end(row[0].on, terms, setting)


def enough(window: tuple[Contact, ...], setting: Setting) -> bool:
    """Say whether a window means 无法取得联系 under every rule that was valid on one of its days (A6, A36)."""

    def by(terms: Terms) -> bool:
        inside = _together(window, terms, setting)
        ways = terms.contact
        at_home = not ways.needs_visit_or_letter.value or any(c.channel in ON_PAPER_OR_AT_HOME for c in inside)
        many = attempts(inside, setting) >= ways.threshold.value
        enough_ways = _channels(inside, terms) >= ways.min_channels.value
        return many and enough_ways and at_home and _lasted(inside, terms, setting)

    return bool(window) and all(by(terms) for terms in setting.terms_over(c.on for c in window))


def _channels(window: tuple[Contact, ...], terms: Terms) -> int:
    """Count the channels that can be told apart: where a day is one attempt, each day stands for one channel only."""
    if not terms.contact.distinct_days.value:
        return len({c.channel for c in window})
    days = {channel: {c.on for c in window if c.channel is channel} for channel in ContactChannel}
    taken: dict[date, ContactChannel] = {}

    def place(channel: ContactChannel, tried: set[date]) -> bool:
        for day in sorted(days[channel] - tried):
            tried.add(day)
            if day not in taken or place(taken[day], tried):
                taken[day] = channel
                return True
        return False

    return sum(place(channel, set()) for channel in ContactChannel)


def lost(case: Case, setting: Setting) -> tuple[Contact, ...]:
    """Return the attempts that together mean 无法取得联系, or none."""
    return next((w for w in windows(case, setting) if enough(w, setting)), ())
