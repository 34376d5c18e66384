"""What a connector is asked and what it answers (线上比对的接口): people by ID number, answers by member id.

A source that cannot be asked is `SourceUnavailable`, never an empty answer: a case is not cleared by silence.  ID
numbers are in no `repr`, error or log line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from casework.review_facts import ComparisonOutcome, Source


@dataclass(frozen=True, slots=True)
class PersonAsked:
    """One member, as a source knows people."""

    member: str
    id_number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """What a source said of one member.  `raw` is its own words, for whoever has to judge a hit."""

    member: str
    result: ComparisonOutcome
    looked_at: datetime
    valid_until: date | None = None
    reference: str | None = None
    raw: str = field(default="", repr=False)


class SourceUnavailable(Exception):
    """The source could not be asked, or did not answer as agreed.  `code` is stable and free of personal data."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Connector(Protocol):
    """One source.  `now` is the instant of asking (UTC)."""

    @property
    def source(self) -> Source: ...

    def ask(self, people: Sequence[PersonAsked], now: datetime) -> tuple[SourceAnswer, ...]:
        """Return an answer for each person, or raise `SourceUnavailable`."""
        ...

    def close(self) -> None:
        """Let go of what is held open."""
        ...


def unavailable(people: Sequence[PersonAsked], now: datetime, code: str) -> tuple[SourceAnswer, ...]:
    """Return the answers of a source that could not be asked."""
    return tuple(SourceAnswer(p.member, ComparisonOutcome.UNAVAILABLE, now, raw=code) for p in people)
