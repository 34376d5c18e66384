"""A vacancy (岗位) as the register knows it: what is offered, to how many, where, until when.  Pure.

Referrals name it by id; its contact is kept sealed by the record and is not here.  Matching is in `matching.py`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from register.credit_code import credit_code_fault

MOST_POSTS = 9_999
MOST_PAY_FEN = 100_000_000

CHANNEL_WORDS = {
    "public_welfare_post": "公益性岗位",
    "employer": "单位吸纳",
    "own_business": "自主创业",
    "flexible": "灵活就业（含家庭手工）",
    "labour_export": "劳务输出",
}
"""The closed list of employment channels (N7): the codes of `policies.groups.Channel`, in words."""


class Demand(StrEnum):
    """What a job asks of the body (身体要求); a member's plan says which of them the member cannot do."""

    HEAVY = "heavy"
    STANDING = "standing"
    NIGHT = "night"
    HEIGHT = "height"
    DUST = "dust"
    EYESIGHT = "eyesight"

    @property
    def words(self) -> str:
        return DEMAND_WORDS[self.value]


DEMAND_WORDS = {
    "heavy": "重体力",
    "standing": "长时间站立",
    "night": "夜班",
    "height": "登高作业",
    "dust": "粉尘、化学品",
    "eyesight": "用眼精细",
}


class Education(StrEnum):
    """学历, from none asked for to a degree; the order is that of `LADDER`."""

    ANY = "any"
    JUNIOR = "junior"
    SENIOR = "senior"
    COLLEGE = "college"
    DEGREE = "degree"

    @property
    def words(self) -> str:
        return EDUCATION_WORDS[self.value]

    @property
    def step(self) -> int:
        return LADDER.index(self)


EDUCATION_WORDS = {
    "any": "不限",
    "junior": "初中",
    "senior": "高中、中专",
    "college": "大专",
    "degree": "本科及以上",
}
LADDER = tuple(Education)


class Source(StrEnum):
    """Who told of the vacancy (来源)."""

    NOTED = "noted"
    OFFICE = "office"
    COUNTY = "county"
    CITY = "city"

    @property
    def words(self) -> str:
        return {"noted": "走访记下", "office": "街道登记", "county": "县级归集", "city": "市级以上归集"}[self.value]


@dataclass(frozen=True, slots=True)
class Vacancy:
    """One vacancy.  Pay is fen a month, from `pay_fen` to `pay_to_fen`; `open_until` is its last day.

    `posts` is None where nobody said how many; of them `reserved` are kept for target households (预留岗位).
    `area` is the division code of the place of work, as far as it is known.
    """

    vacancy_id: str
    employer: str
    title: str
    pay_fen: int
    area: str
    open_until: date | None = None
    posts: int | None = None
    reserved: int = 0
    channel: str = "employer"
    skills: str = ""
    education: Education = Education.ANY
    place: str = ""
    pay_to_fen: int | None = None
    hours: str = ""
    demands: tuple[Demand, ...] = ()
    credit_code: str = ""
    open_from: date | None = None
    source: Source = Source.NOTED
    closed_on: date | None = None

    @property
    def words(self) -> str:
        return f"{self.employer} {self.title}"

    @property
    def channel_words(self) -> str:
        return CHANNEL_WORDS.get(self.channel, self.channel)

    def open_on(self, day: date) -> bool:
        """Say whether it may be offered on a day, whether or not a place is left."""
        begun = self.open_from is None or self.open_from <= day
        return begun and self.closed_on is None and (self.open_until is None or day <= self.open_until)


@dataclass(frozen=True, slots=True)
class Offered:
    """A vacancy with how many of its places are taken by referrals that still stand and people who were hired."""

    vacancy: Vacancy
    taken: int = 0

    @property
    def left(self) -> int | None:
        """How many places are left; None where nobody said how many there are."""
        return None if self.vacancy.posts is None else max(0, self.vacancy.posts - self.taken)

    @property
    def reserved_left(self) -> int:
        """How many of the reserved places are left: whom this register refers is who they are reserved for."""
        return min(max(0, self.vacancy.reserved - self.taken), self.left or 0)

    @property
    def full(self) -> bool:
        return self.left == 0

    def no_to_referral(self, day: date) -> tuple[str, str] | None:
        """Return why nobody may be referred to it on a day, as a code and in Chinese; None when somebody may.

        What was agreed before the vacancy was closed may still be written down under its own day.
        """
        it = self.vacancy
        if it.closed_on is not None and it.closed_on <= day:
            return "vacancy_closed", f"这个岗位已于{_day(it.closed_on)}停止招用，不能再推荐，请另选岗位。"
        if it.open_until is not None and it.open_until < day:
            return (
                "vacancy_expired",
                f"这个岗位的招用截止日期是{_day(it.open_until)}，推荐日期不能晚于这一天，请另选岗位。",
            )
        if it.open_from is not None and day < it.open_from:
            return "vacancy_not_open", f"这个岗位自{_day(it.open_from)}起招用，推荐日期不能早于这一天。"
        if self.full:
            return "vacancy_full", (
                f"这个岗位招用{it.posts}人，名额已满（已推荐或录用{self.taken}人），不能再推荐，请另选岗位；"
                "用人单位同意多招的，请登记岗位的机构先修改招用人数。"
            )
        return None


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a vacancy as it was written down: the field, and what to do, in Chinese."""

    field: str
    words: str


def faults_of(vacancy: Vacancy) -> tuple[Fault, ...]:
    """Return what keeps a vacancy from being taken into the pool."""
    found = []
    if vacancy.posts is None or not 1 <= vacancy.posts <= MOST_POSTS:
        found.append(Fault("posts", f"招用人数应为1至{MOST_POSTS}"))
    elif vacancy.reserved > vacancy.posts:
        found.append(Fault("reserved", f"预留人数（{vacancy.reserved}）不能多于招用人数（{vacancy.posts}）"))
    if not 0 < vacancy.pay_fen <= MOST_PAY_FEN:
        found.append(Fault("pay_fen", "月工资应大于0，不超过100万元"))
    if vacancy.pay_to_fen is not None and not vacancy.pay_fen <= vacancy.pay_to_fen <= MOST_PAY_FEN:
        found.append(Fault("pay_to_fen", "月工资上限不能低于月工资，也不超过100万元"))
    if vacancy.open_from and vacancy.open_until and vacancy.open_until < vacancy.open_from:
        found.append(Fault("open_until", "截止日期不能早于开始日期"))
    if vacancy.channel not in CHANNEL_WORDS:
        found.append(Fault("channel", f"就业渠道应为：{'、'.join(CHANNEL_WORDS.values())}"))
    fault = credit_code_fault(vacancy.credit_code) if vacancy.credit_code else None
    if fault is not None:
        found.append(Fault("credit_code", fault))
    return tuple(found)
