"""Statutory working age (法定劳动年龄): from the 16th birthday to the day before the statutory retirement date.

The retirement date is that of the 2025 reform (国务院关于渐进式延迟法定退休年龄的办法, in force from 2025-01-01).
Drawing a pension early (弹性退休) is a member's status, not an age, and is judged in the eligibility rules.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from casework.errors import SaidNo
from casework.household import Member, Sex, Track
from casework.working_days import add_months

REFORM = "国务院关于渐进式延迟法定退休年龄的办法（2025年1月1日起施行）"
YOUNGEST = "劳动法第十五条（年满十六周岁）"


@dataclass(frozen=True, slots=True)
class _Ladder:
    """Old age, from which birth year it rises, by one month per how many birth months, at most how many months."""

    old_age: int
    rises_from: int
    per: int
    at_most: int


_MAN = _Ladder(60, 1965, 4, 36)
_WOMAN = {Track.CADRE: _Ladder(55, 1970, 4, 36), Track.WORKER: _Ladder(50, 1975, 2, 60)}


class Age(StrEnum):
    """Where a member stands on a day."""

    WORKING = "working_age"
    TOO_YOUNG = "too_young"
    RETIRED = "past_retirement_age"
    UNKNOWN_TRACK = "unknown_track"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer with its dates: working age is `since` … the day before `until`; `why` is Chinese, `clause` its basis.

    With an unknown track `until` is the earlier of the two possible dates and `until_latest` the later.
    """

    age: Age
    since: date
    until: date
    until_latest: date
    why: str
    clause: str

    @property
    def of_working_age(self) -> bool | None:
        """True, False, or None when the track must be asked for first."""
        return None if self.age is Age.UNKNOWN_TRACK else self.age is Age.WORKING


def turns_sixteen(birth_date: date) -> date:
    """Return the 16th birthday.

    Born on 29 February with no such day 16 years later (only across 2100): 28 February, the month's last day, as
    民法典 202 ends any count of years and months.
    """
    return add_months(birth_date, 16 * 12)


def retires_on(sex: Sex, birth_date: date, track: Track | None) -> date:
    """Return the statutory retirement date; a man's track does not matter.

    Where the month has no such day it is the month's last day.  Raises SaidNo `unknown_track` for a woman without
    a track whose two dates would differ: never choose silently.
    """
    dates = retirement_dates(sex, birth_date, track)
    if len(set(dates)) > 1:
        raise SaidNo(
            "unknown_track",
            "女性成员请填写职工类型（干部或工人），两种类型的法定退休日期不同",
            field="track",
            clause=REFORM,
        )
    return dates[0]


def retirement_dates(sex: Sex, birth_date: date, track: Track | None) -> tuple[date, ...]:
    """Return the possible retirement dates, the earliest first: one, or two for a woman whose track is unknown."""
    if sex is Sex.MALE:
        return (_on_ladder(_MAN, birth_date),)
    if track is not None:
        return (_on_ladder(_WOMAN[track], birth_date),)
    return tuple(sorted(_on_ladder(ladder, birth_date) for ladder in _WOMAN.values()))


def is_working_age(member: Member, on: date) -> Verdict:
    """Judge whether a member is of statutory working age on a day (N2)."""
    since = turns_sixteen(member.birth_date)
    dates = retirement_dates(member.sex, member.birth_date, member.track)
    first, last = dates[0], dates[-1]
    if on < since:
        return Verdict(Age.TOO_YOUNG, since, first, last, f"{on} 未满16周岁（{since} 起满）", YOUNGEST)
    if on < first:
        why = f"{on} 在法定劳动年龄内（{since} 至 {first - timedelta(days=1)}）"
        return Verdict(Age.WORKING, since, first, last, why, REFORM)
    if on >= last:
        return Verdict(Age.RETIRED, since, first, last, f"{on} 已达法定退休年龄（{last} 起）", REFORM)
    why = f"职工类型未填：按工人 {first} 退休，按干部 {last} 退休，{on} 是否在法定劳动年龄内须先查明"
    return Verdict(Age.UNKNOWN_TRACK, since, first, last, why, REFORM)


def _on_ladder(ladder: _Ladder, birth_date: date) -> date:
    months = (birth_date.year - ladder.rises_from) * 12 + birth_date.month - 1
    delay = 0 if months < 0 else min(months // ladder.per + 1, ladder.at_most)
    return add_months(birth_date, ladder.old_age * 12 + delay)


def dates_of(member: Member) -> tuple[date, ...]:
    """Return the days on which this member's working age begins or (perhaps) ends."""
    return (turns_sixteen(member.birth_date), *retirement_dates(member.sex, member.birth_date, member.track))


def next_date(member: Member, today: date) -> date | None:
    """Return the next such day after today, or None."""
    return min((d for d in dates_of(member) if d > today), default=None)
