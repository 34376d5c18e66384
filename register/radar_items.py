"""What the integrity radar lists (核查线索): its kinds, an item with its reason, and the key of the facts behind it.

An item is dismissed for the facts it was listed for: `digest` names them, and with other facts it is listed again.
Pure; the rules are in `radar.py` (areas, promises, households) and `radar_help.py` (placements, help that is late).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from casework.explanation import Fact, Why
from casework.working_days import add_months
from policies.terms import Length, Unit


class Kind(StrEnum):
    """What kind of thing looks wrong, in the order in which a supervisor reads them."""

    ZERO = "zero"
    PROMISE = "promise"
    UNRECOGNISED = "unrecognised"
    PLACEMENTS = "placements"
    UNDELIVERED = "undelivered"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def meaning(self) -> str:
        """One sentence on when such an item is listed."""
        return _MEANINGS[self]


_WORDS = {
    Kind.ZERO: "持续为零",
    Kind.PROMISE: "承诺未实现",
    Kind.UNRECOGNISED: "疑似应认未认",
    Kind.PLACEMENTS: "异常安置",
    Kind.UNDELIVERED: "政策未落实",
}
_MEANINGS = {
    Kind.ZERO: "有平台、有登记失业人员，连续几个整月没有认定一户的地区。",
    Kind.PROMISE: "安置承诺到期没有兑现、家庭还没有退出的个案。",
    Kind.UNRECOGNISED: "摸底判断符合条件、过了一段时间仍没有建档的家庭。",
    Kind.PLACEMENTS: "同一用人单位短期内安置多人，其中多人很快离岗或没有参保；没有推荐记录的就业按受理机构合并核对。",
    Kind.UNDELIVERED: "服务次数过了检查日仍不够，应办的扶持逾期没有办结，或可享受的补贴没有申领。",
}


Words = tuple[str, tuple[tuple[str, str], ...]]
"""One sentence, and facts with their labels."""

Told = Callable[[], Words]


@dataclass(slots=True)
class Item:
    """One thing listed on a day.  `office` may be an area's code; `since` is when it began, as far as is known.

    `case_ids` are the cases it concerns, `household_id` the household known but not recognised.  `counted` are the
    facts behind it; `tell` puts them into words, which only what is shown needs: a province has thousands of items.
    """

    kind: Kind
    subject: str
    office: str
    since: date
    rule: str
    clause: str
    counted: tuple[object, ...]
    tell: Told
    case_ids: tuple[str, ...] = ()
    household_id: str | None = None

    @property
    def says(self) -> str:
        return self.tell()[0]

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        return self.tell()[1]

    @property
    def digest(self) -> str:
        """The key of the facts it is listed for."""
        return digest_of(*self.counted)

    @property
    def why(self) -> Why:
        """The reason as every decision of the system gives it."""
        facts = tuple(Fact(label=label, value=value) for label, value in self.facts)
        return Why(rule=self.rule, says=self.says, facts=facts, clause=self.clause)

    @property
    def key(self) -> tuple[str, str]:
        return self.kind.value, self.subject


def digest_of(*facts: object) -> str:
    """Return the key of facts: other facts, other key."""
    return sha256("\x1f".join(str(fact) for fact in facts).encode()).hexdigest()[:32]


def over_since(day: date, length: Length) -> date:
    """Return the day from which so much time has passed since a day, in calendar days or months."""
    if length.unit is Unit.MONTHS:
        return add_months(day, length.count)
    if length.unit is Unit.CALENDAR_DAYS:
        return date.fromordinal(day.toordinal() + length.count)
    raise ValueError("the radar counts in days and months")


def begun_by(day: date, length: Length) -> date:
    """Return the first day of the span of so much time that ends with a day."""
    if length.unit is Unit.MONTHS:
        return add_months(day, -length.count)
    if length.unit is Unit.CALENDAR_DAYS:
        return date.fromordinal(day.toordinal() - length.count)
    raise ValueError("the radar counts in days and months")
