"""What an inspection (核查) needs before it is closed, and by whom: pure.

Opened by a supervisor, with findings (发现的问题), circulars (通报), talks (约谈) and follow-ups (复查); closed by
another person, when every finding has been put right.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.errors import NotYourStep, SaidNo

CLAUSE = "J21；内部规定：核查由开展和记录人员以外的督导人员办结，发现的问题都已整改才办结"


class RecordKind(StrEnum):
    """What is written down of an inspection."""

    FINDING = "finding"
    CIRCULAR = "circular"
    TALK = "talk"
    FOLLOW_UP = "follow_up"

    @property
    def words(self) -> str:
        return {"finding": "发现的问题", "circular": "通报", "talk": "约谈", "follow_up": "复查"}[self.value]

    @property
    def names_somebody(self) -> bool:
        """Whether it says to whom it went or with whom was talked."""
        return self in (RecordKind.CIRCULAR, RecordKind.TALK)


class Result(StrEnum):
    """What came of an inspection."""

    CONFIRMED = "confirmed"
    PARTLY = "partly"
    UNFOUNDED = "unfounded"

    @property
    def words(self) -> str:
        return {"confirmed": "情况属实", "partly": "部分属实", "unfounded": "情况不属实"}[self.value]


@dataclass(frozen=True, slots=True)
class Line:
    """A record as closing looks at it: its kind, who wrote it, whether a finding was put right."""

    kind: RecordKind
    account: str
    done_on: date | None = None
    done_by: str | None = None


def require_closable(opened_by: str, lines: Iterable[Line], account: str) -> None:
    """Say no unless the inspection may be closed by this person now."""
    kept = tuple(lines)
    if not kept:
        raise SaidNo("nothing_recorded", "还没有任何核查记录，请先记录核查的情况再办结。", clause=CLAUSE)
    left = sum(line.kind is RecordKind.FINDING and line.done_on is None for line in kept)
    if left:
        raise SaidNo("findings_open", f"还有{left}个发现的问题没有登记整改结果，整改完毕后再办结。", clause=CLAUSE)
    hands = {opened_by, *(line.account for line in kept), *(line.done_by for line in kept)}
    if account in hands:
        raise NotYourStep("own_inspection", "您开展或记录了这次核查，须由另一名督导人员办结。", clause=CLAUSE)


def overdue(due_on: date, closed_on: date | None, today: date) -> bool:
    """Say whether an inspection is past its day; the day itself is in time until its 24:00."""
    return closed_on is None and today > due_on


def require_days(opened_on: date, due_on: date) -> None:
    """Say no to a day by which nobody could be ready."""
    if due_on < opened_on:
        raise SaidNo("due_before_opening", "办结期限不能早于今天，请核对。", field="due_on")
