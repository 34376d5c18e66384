"""What a case remembers around its promise (承诺): suspensions, relocation, special hardship.

Ids are a letter and the number of the event that made them, as in `case_facts.py`.
"""

from datetime import date

from casework.case_facts import Promise
from casework.household import Facts


class Suspension(Facts):
    """A legally recorded standstill of the promise (承诺暂停, A12); `until` is None while its end is not known.

    `member` is None when it meets the whole household (a disaster).
    """

    suspension_id: str
    ground: str
    member: str | None
    since: date
    until: date | None
    recorded_by: str
    recorded_on: date


class Relocation(Facts):
    """The household moved back after shanty-town renewal (棚改回迁): a promise of its own beside the main one (L3)."""

    moved_on: date
    flagged_on: date
    promise: Promise


class Unsteady(Facts):
    """Work had not become steady by `due_on` (未按期稳定就业); a supervisor looks at it (scenario 65)."""

    due_on: date
    handled_by: str | None = None


class Hardship(Facts):
    """Special hardship (特别困难): the upper level owes a guaranteed post (托底安置) until a member works (N11)."""

    ground: str
    marked_on: date
    marked_by: str
