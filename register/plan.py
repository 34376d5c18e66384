"""The assistance plan of one member (一人一策, J15): profile, wishes, difficulties, skills, limits, planned measures.

A plan is written anew as a whole; each version stays.  What changed between two is said field by field.  It is about a
member id: names are not here.  Matching reads it (`matching.py`), the record keeps it sealed.
"""

from datetime import date
from enum import StrEnum
from functools import lru_cache

from pydantic import Field

from casework.hardship import GROUND_WORDS
from casework.household import Facts, Member
from casework.times import in_words
from register.vacancy import CHANNEL_WORDS, Demand, Education

MOST_MEASURES = 12
LONGEST = 600


class MeasureKind(StrEnum):
    """What is planned for a member; the first three prepare those on benefits for work (N13)."""

    PLACEMENT = "placement"
    TRAINING = "training"
    PUBLIC_WORK = "public_work"
    GUIDANCE = "guidance"
    REFERRAL = "referral"
    PUBLIC_POST = "public_post"
    BUSINESS = "business"
    INSURANCE = "insurance"
    OTHER = "other"

    @property
    def words(self) -> str:
        return MEASURE_WORDS[self.value]


MEASURE_WORDS = {
    "placement": "职业介绍",
    "training": "职业培训",
    "public_work": "公益性劳动",
    "guidance": "职业指导",
    "referral": "推荐岗位",
    "public_post": "公益性岗位安置",
    "business": "创业扶持",
    "insurance": "社会保险接续、补贴",
    "other": "其他",
}
PREPARATION = frozenset({MeasureKind.PLACEMENT, MeasureKind.TRAINING, MeasureKind.PUBLIC_WORK})
PREPARED = "劳社部发〔2007〕24号第五条：享受失业保险和最低生活保障的人员，组织到职业介绍、职业培训、公益性劳动中"


class Measure(Facts):
    """One measure planned: what, by which day, by whom."""

    kind: MeasureKind
    by: date
    who: str = Field(max_length=40)
    words: str = Field(default="", max_length=200)

    @property
    def said(self) -> str:
        return f"{self.kind.words}（{in_words(self.by)}前，{self.who}）" + (f"：{self.words}" if self.words else "")


class Plan(Facts):
    """One version of a member's plan.  Money is fen a month, the way minutes in one direction."""

    profile: str = Field(min_length=1, max_length=LONGEST)
    wishes: str = Field(min_length=1, max_length=200)
    channels: tuple[str, ...] = ()
    difficulties: tuple[str, ...] = ()
    difficulty: str = Field(default="", max_length=LONGEST)
    skills: str = Field(default="", max_length=200)
    education: Education = Education.JUNIOR
    cannot: tuple[Demand, ...] = ()
    most_minutes: int | None = Field(default=None, ge=5, le=600)
    least_pay_fen: int | None = Field(default=None, ge=1, le=100_000_000)
    measures: tuple[Measure, ...] = Field(min_length=1, max_length=MOST_MEASURES)

    @property
    def wanted(self) -> tuple[str, ...]:
        """The jobs wished for, one by one."""
        return single(self.wishes)

    @property
    def able(self) -> tuple[str, ...]:
        """The skills, one by one."""
        return single(self.skills)


@lru_cache(maxsize=4096)
def single(listed: str) -> tuple[str, ...]:
    """Return the parts of a list as people write it: 保洁、家政，仓储."""
    for sign in "，,；;/\n\t 　":
        listed = listed.replace(sign, "、")
    return tuple(part for part in listed.split("、") if part)


def preparation_missing(plan: Plan, member: Member) -> bool:
    """Say whether a member on benefits has no preparation in the plan (N13)."""
    on_benefits = member.dibao or member.unemployment_insurance
    return on_benefits and not any(measure.kind in PREPARATION for measure in plan.measures)


LABELS = {
    "profile": "基本情况",
    "wishes": "想做的工作",
    "channels": "愿意的就业渠道",
    "difficulties": "困难情形",
    "difficulty": "困难说明",
    "skills": "技能",
    "education": "学历",
    "cannot": "不能从事",
    "most_minutes": "单程路途最多",
    "least_pay_fen": "期望月工资不低于",
    "measures": "帮扶措施",
}
NOTHING = "未填"


def lines_of(plan: Plan) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the plan as label and lines, in the order of the form."""
    return tuple((label, _lines(plan, name)) for name, label in LABELS.items())


def _lines(plan: Plan, name: str) -> tuple[str, ...]:
    match name:
        case "channels":
            return ("、".join(CHANNEL_WORDS.get(c, c) for c in plan.channels) or "不限",)
        case "difficulties":
            return ("、".join(GROUND_WORDS.get(c, c) for c in plan.difficulties) or "无",)
        case "education":
            return (plan.education.words,)
        case "cannot":
            return ("、".join(demand.words for demand in plan.cannot) or "没有限制",)
        case "most_minutes":
            return (f"{plan.most_minutes}分钟" if plan.most_minutes else NOTHING,)
        case "least_pay_fen":
            fen = plan.least_pay_fen
            return (f"{fen // 100}元" + (f"{fen % 100:02d}分" if fen % 100 else "") if fen else NOTHING,)
        case "measures":
            return tuple(measure.said for measure in plan.measures)
        case _:
            return (str(getattr(plan, name)) or NOTHING,)


class Changed(Facts):
    """One field that differs from the version before: what is gone, what is new."""

    label: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


def changes(before: Plan, after: Plan) -> tuple[Changed, ...]:
    """Return what changed from one version to the next, field by field; nothing when they are the same."""
    found = []
    for (label, was), (_, now) in zip(lines_of(before), lines_of(after), strict=True):
        if was != now:
            gone = tuple(line for line in was if line not in now)
            found.append(Changed(label=label, gone=gone, new=tuple(line for line in now if line not in was)))
    return tuple(found)


def plan_in_short(member_id: str, number: int, plan: Plan) -> str:
    """Return the words by which the signed plan of a case names a member's version; ids only."""
    measures = "；".join(measure.said for measure in plan.measures)
    return f"{member_id}（第{number}版）：意愿{plan.wishes}；措施：{measures}"
