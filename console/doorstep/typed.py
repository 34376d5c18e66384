"""Reading what a helper typed or tapped: days, pay, choices, and what is wrong with them.

A `Planned` is what a form means: one step, or a step and the household's answer to it.  Nothing is checked here that
the rules check themselves.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from console import typed_values
from console.forms import Form, Mistake
from console.typed_values import Unreadable

NEW = "*"
"""Stands for the number of the referral that the first act of a sitting makes."""

LARGEST_PAY = 1_000_000


@dataclass(frozen=True, slots=True)
class Act:
    """One step to take: its trigger and the values of its body."""

    trigger: str
    values: dict[str, Any] = field(repr=False)

    @property
    def content(self) -> dict[str, Any]:
        """The same as an offline entry keeps it."""
        return {name: v.isoformat() if isinstance(v, date) else v for name, v in self.values.items()}

    def about(self, referral: str) -> "Act":
        """Return the act with the referral that was made just before it."""
        return Act(self.trigger, {name: referral if v == NEW else v for name, v in self.values.items()})


@dataclass(frozen=True, slots=True)
class NewPost:
    """A job that is not on record yet."""

    employer: str
    title: str


@dataclass
class Planned:
    """What a form means, as far as it can be read."""

    acts: list[Act] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    post: NewPost | None = None


class Typed:
    """Reads the fields of one form; what is wrong is collected."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.mistakes: list[Mistake] = []

    def wrong(self, name: str, words: str) -> None:
        self.mistakes.append(Mistake(name, words))

    def text(self, name: str) -> str | None:
        return self.form.text(name)

    def yes(self, name: str) -> bool:
        return self.form.text(name) == "yes"

    def day(self, name: str) -> date | None:
        try:
            return date.fromisoformat(typed_values.day(self.form.text(name) or ""))
        except Unreadable as unread:
            self.wrong(name, unread.words)
        return None

    def one_of(self, name: str, choices: Collection[str], words: str) -> str | None:
        """Return the choice; none, or one the page did not offer, is a mistake."""
        found = self.form.text(name)
        if found is None or found not in choices:
            self.wrong(name, words)
            return None
        return found

    def fen(self, name: str, words: str) -> int | None:
        """Return pay in fen from yuan as typed: 2600, 2,600 or 2600.50."""
        try:
            fen = typed_values.amount(self.form.text(name) or "")
        except Unreadable:
            self.wrong(name, words)
            return None
        if not 0 < fen <= LARGEST_PAY * 100:
            self.wrong(name, words)
            return None
        return fen

    def planned(self, *acts: Act, post: NewPost | None = None) -> Planned:
        return Planned(list(acts), self.mistakes, post)


def without_empty(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what was not filled in, so that the step's own defaults hold."""
    return {name: value for name, value in values.items() if value is not None}
