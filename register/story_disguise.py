"""Names and days of a story (代称和日期): invented, the same throughout one story, drawn by a secret of its own.  Pure.

Days move by one number of whole weeks, back into the past, such that no shifted day is a day of the case.  Nothing of
the real names is in the invented ones: a person never keeps the family name.
"""

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from casework.household import Household
from register.story_check import DIGITS, Originals, found_in

T = TypeVar("T")

FAMILY_NAMES = tuple(
    "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁任沈姚卢"
)
OLD = 45
LEAST_WEEKS, MOST_WEEKS = 30, 240
PLACES = tuple("甲乙丙丁戊己庚辛壬癸")

_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日|(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月(?!\d{1,2}日)|(?<!\d)(\d{4})-(\d{2})(?![-\d])", re.ASCII)
_MEMBER = re.compile(r"（(M[1-9]\d?)）|成员(M[1-9]\d?)", re.ASCII)
_THING = re.compile(r"(?<![A-Za-z0-9])[A-Z]\d{1,6}(?![A-Za-z0-9])", re.ASCII)
_AMOUNT = re.compile(r"(\d[\d,]*)(?:\.\d+)?元", re.ASCII)


@dataclass(frozen=True, slots=True)
class Disguise:
    """What stands for what in one story."""

    people: dict[str, str]
    weeks: int
    originals: Originals

    def day(self, on: date) -> date:
        """Return the day by which a day of the case goes."""
        return on - timedelta(weeks=self.weeks)

    def person(self, member_id: str) -> str:
        return self.people.get(member_id, "家人")

    def retold(self, sentence: str) -> str | None:
        """Return a recorded sentence under invented names and days; None when something of the case would remain."""
        text = _DAY.sub(self._moved, sentence)
        text = _MONTH.sub(self._moved_month, text)
        for kind, value in self.originals.words():
            if kind in ("编号", "工作人员", "用人单位") and len(value) > 1:
                text = text.replace(value, {"编号": "有关编号", "工作人员": "工作人员", "用人单位": "某公司"}[kind])
        text = _MEMBER.sub(lambda m: self.person(m[1] or m[2]), text)
        text = _AMOUNT.sub(lambda m: self.about(int(m[1].replace(",", ""))), text)
        text = _THING.sub("", DIGITS.sub("有关编号", text))
        return None if found_in(text, self.originals) else text

    def about(self, yuan: int) -> str:
        """Return a hundred above an amount that is no amount of the case, so that not even a round one survives."""
        near = (yuan // 100 + 1) * 100
        while near * 100 in self.originals.fen:
            near += 100
        return f"约{near}元" if yuan >= 100 else f"不足{near}元"

    def clause(self, words: str) -> str | None:
        """Return a clause as it stands: the days in it are those of documents.  None as for `retold`."""
        return None if found_in(words, self.originals) else words

    def _moved(self, found: re.Match[str]) -> str:
        parts = [int(part) for part in found.groups() if part is not None]
        day = self.day(date(*parts))
        return f"{day.year}年{day.month}月{day.day}日"

    def _moved_month(self, found: re.Match[str]) -> str:
        year, month = (int(part) for part in found.groups() if part is not None)
        if not 1 <= month <= 12:
            return "某月"
        day = self.day(date(year, month, 15))
        return f"{day.year}年{day.month}月"


def disguise(secret: bytes, household: Household, members: Iterable[str], originals: Originals, on: date) -> Disguise:
    """Return the names and days of a story.  `members` are all who ever belonged to the household."""
    real = {character for name in originals.names for character in name}
    free = [name for name in _drawn(secret, FAMILY_NAMES) if name not in real] or ["某"]
    people: dict[str, str] = {}
    for place, member_id in enumerate(dict.fromkeys(members)):
        member = household.member(member_id)
        old = member is None or on.year - member.birth_date.year >= OLD
        again = place // len(free)
        people[member_id] = f"{'老' if old else '小'}{free[place % len(free)]}{PLACES[again - 1] if again else ''}"
    return Disguise(people, _weeks(secret, originals.days), originals)


def _weeks(secret: bytes, days: frozenset[date]) -> int:
    """Return by how many weeks days move: no moved day is a day of the case, where possible in no year."""
    for apart in (_any_year, _same_year):
        taken = {apart(day) for day in days}
        for weeks in _drawn(secret, range(LEAST_WEEKS, MOST_WEEKS)):
            moved = {apart(day - timedelta(weeks=weeks)) for day in days if day.year > 2000}
            if not moved & taken:
                return weeks
    span = max(days) - min(days)
    return span.days // 7 + MOST_WEEKS


def _any_year(day: date) -> tuple[int, ...]:
    return (day.month, day.day)


def _same_year(day: date) -> tuple[int, ...]:
    return (day.year, day.month, day.day)


def _drawn(secret: bytes, choices: Iterable[T]) -> list[T]:
    """Return choices in an order that only the secret tells."""
    return sorted(choices, key=lambda each: hmac.digest(secret, repr(each).encode(), "sha256"))
