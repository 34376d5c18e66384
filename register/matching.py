"""Matching one member to the open vacancies (人岗匹配, J17, N10): what is out and why, what fits and how well.  Pure.

A vacancy that must not be put to the member is excluded with its reason.  The others have a score of up to 100 with
the reasons it is made of.  Whether a referral is suitable stays with the rules of the case (A4): this only suggests.
The weights, and the way estimated from division codes, are the office's own: 内部规定.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from casework.case import Case
from casework.household import Member, Sex
from policies.groups import Refusal
from register.plan import Plan, single
from register.vacancy import Education, Offered, Vacancy

WELFARE = "public_welfare_post"
OLDER_FROM = {Sex.FEMALE: 40, Sex.MALE: 50}
"""大龄（“4050”人员）.  内部规定: the notices name older people without an age."""

MINUTES = (
    (9, 15, "同一街道（乡镇）"),
    (6, 40, "同一县（市、区）"),
    (4, 90, "同一市州"),
    (2, 180, "同一省"),
    (0, 300, "外省"),
)
"""So many digits of the code in common → the way in minutes as it is estimated, and how that is said.  内部规定."""

ESTIMATED = "按行政区划估算，实际路途以核实为准"

SKILL, WISH, WAY, PAY, KEPT, PRIORITY = 30, 25, 20, 15, 10, 25
INTERNAL = "内部规定：推荐以前的筛选，合适与否由推荐岗位一步认定（A4）"
KEPT_FOR = "劳社部发〔2007〕24号第三条：公益性岗位优先安排大龄和特别困难的成员"


@dataclass(frozen=True, slots=True)
class Seeker:
    """A member as matching sees it; `recommended` are the vacancies that were put to it already."""

    member: Member
    office: str
    plan: Plan | None
    hard_up: bool
    older: bool
    recommended: frozenset[str]
    least_by_rule: int
    least_words: str
    least_basis: str
    most_minutes: int | None
    way_basis: str

    @property
    def first(self) -> bool:
        """Whether reserved and public-welfare posts come first for this member (N7, N11)."""
        return self.hard_up or self.older


@dataclass(frozen=True, slots=True)
class Suggested:
    """A vacancy that may be put to the member, with what speaks for and against it."""

    offered: Offered
    score: int
    reasons: tuple[str, ...]
    minutes: int | None

    @property
    def vacancy(self) -> Vacancy:
        return self.offered.vacancy


@dataclass(frozen=True, slots=True)
class Excluded:
    """A vacancy that is not to be put to the member: why, and by which clause."""

    offered: Offered
    code: str
    words: str
    clause: str

    @property
    def vacancy(self) -> Vacancy:
        return self.offered.vacancy


@dataclass(frozen=True, slots=True)
class Matches:
    """What fits, the best first, and what is out."""

    suggested: tuple[Suggested, ...]
    excluded: tuple[Excluded, ...]


def seeker_of(case: Case, member: Member, plan: Plan | None, terms: Refusal, today: date) -> Seeker:
    """Put together what matching must know of a member from the case, the plan and the locality's terms."""
    heads = max(1, len(case.standing.counted))
    least, words, basis = terms.minimum_wage_fen.value, "最低工资", terms.minimum_wage_fen.basis
    if terms.dibao_line_fen is not None and terms.dibao_line_fen.value * heads > least:
        least, words = terms.dibao_line_fen.value * heads, "使家庭人均不低于低保标准的工资"
        basis = terms.dibao_line_fen.basis
    limits = [(plan.most_minutes, "帮扶方案：单程路途")] if plan and plan.most_minutes else []
    if terms.commute_minutes is not None:
        limits.append((terms.commute_minutes.value, terms.commute_minutes.basis))
    most, way_basis = min(limits) if limits else (None, "")
    grounds = plan.difficulties if plan else ()
    return Seeker(
        member=member,
        office=case.office,
        plan=plan,
        hard_up=case.hardship is not None or member.dibao or any(code != "older_member" for code in grounds),
        older="older_member" in grounds or age_on(member.birth_date, today) >= OLDER_FROM[member.sex],
        recommended=frozenset(r.vacancy for r in case.referrals if r.member == member.member_id),
        least_by_rule=least,
        least_words=words,
        least_basis=basis,
        most_minutes=most,
        way_basis=way_basis,
    )


def age_on(birth_date: date, day: date) -> int:
    """Return the full years of life on a day."""
    before = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - before


def match(seeker: Seeker, pool: Iterable[Offered], today: date) -> Matches:
    """Judge every vacancy of the pool for one member."""
    suggested, excluded = [], []
    able, wanted = (seeker.plan.able, seeker.plan.wanted) if seeker.plan else ((), ())
    for offered in pool:
        minutes, near = way_to(seeker.office, offered.vacancy.area)
        out = _out(seeker, offered, minutes, near, today)
        if out is not None:
            excluded.append(Excluded(offered, *out))
        else:
            suggested.append(_scored(seeker, offered, minutes, near, able, wanted))
    suggested.sort(key=lambda s: (-s.score, -s.vacancy.pay_fen, s.vacancy.vacancy_id))
    return Matches(tuple(suggested), tuple(excluded))


@lru_cache(maxsize=4096)
def way_to(office: str, area: str) -> tuple[int | None, str]:
    """Estimate the way from the household's office to a place of work, in minutes; None where the code says too little.

    A code of a whole county is its middle; one of a city or a province that the household lives in tells nothing.
    """
    for length in (9, 6, 4, 2):
        if len(area) > length and set(area[length:]) == {"0"}:
            area = area[:length]
    for length, minutes, words in MINUTES:
        if length <= len(area) and office[:length] == area[:length]:
            return (None, "工作地点只写到市或省") if length == len(area) < 6 else (minutes, words)
    return None, "工作地点未写明"


def _out(seeker: Seeker, offered: Offered, minutes: int | None, near: str, today: date) -> tuple[str, str, str] | None:
    """Return (code, words, clause) of the first thing that keeps a vacancy from being put to the member."""
    vacancy = offered.vacancy
    if not vacancy.open_on(today):
        return "closed", "岗位已停止招用，或不在招用期内", INTERNAL
    if offered.full:
        return "full", f"招用{vacancy.posts}人，名额已满", INTERNAL
    if vacancy.vacancy_id in seeker.recommended:
        return "recommended", "已向本人推荐过；三次推荐须是不同岗位", INTERNAL
    if vacancy.pay_fen < seeker.least_by_rule:
        least = _yuan(seeker.least_by_rule)
        return "pay", f"月工资{_yuan(vacancy.pay_fen)}，低于{seeker.least_words}（{least}）", seeker.least_basis
    hurt = [demand.words for demand in vacancy.demands if seeker.plan and demand in seeker.plan.cannot]
    if hurt:
        return "health", f"岗位要求{'、'.join(hurt)}，方案写明本人不能从事", INTERNAL
    if minutes is not None and seeker.most_minutes is not None and minutes > seeker.most_minutes:
        words = f"{near}，单程约{minutes}分钟，超过{seeker.most_minutes}分钟（{ESTIMATED}）"
        return "distance", words, seeker.way_basis
    return None


def _scored(
    seeker: Seeker,
    offered: Offered,
    minutes: int | None,
    near: str,
    able: tuple[str, ...],
    wanted: tuple[str, ...],
) -> Suggested:
    vacancy, plan = offered.vacancy, seeker.plan
    parts = [
        _of_skill(vacancy, able, plan),
        _of_wish(vacancy, wanted, plan),
        _of_way(minutes, near, seeker),
        _of_pay(vacancy, plan),
        _of_kept(offered),
        _of_priority(vacancy, seeker),
        (0, _of_body(vacancy, plan)),
    ]
    score = max(0, min(100, sum(points for points, _ in parts)))
    return Suggested(offered, score, tuple(words for _, words in parts if words), minutes)


def _of_skill(vacancy: Vacancy, able: tuple[str, ...], plan: Plan | None) -> tuple[int, str]:
    if plan is not None and vacancy.education.step > plan.education.step:
        return 0, f"学历：岗位要求{vacancy.education.words}，本人{plan.education.words}"
    asked = single(vacancy.skills)
    if not asked:
        return SKILL * 2 // 3, "技能：岗位不要求"
    met = [skill for skill in asked if _among(skill, able)]
    if not met:
        return 0, f"技能：岗位要求{'、'.join(asked)}，方案中没有写"
    return SKILL * len(met) // len(asked), f"技能：{'、'.join(met)}相符" + (
        "" if len(met) == len(asked) else "，其余未写"
    )


def _of_wish(vacancy: Vacancy, wanted: tuple[str, ...], plan: Plan | None) -> tuple[int, str]:
    if plan is None:
        return 0, "意愿：还没有帮扶方案，只按规定筛选"
    channel = not plan.channels or vacancy.channel in plan.channels
    if _among(vacancy.title, wanted):
        said = "" if channel else f"，但方案没有写愿意{vacancy.channel_words}"
        return (WISH if channel else WISH // 2), f"意愿：想做“{vacancy.title}”这类工作{said}"
    if plan.channels and channel:
        return WISH // 2, f"意愿：愿意{vacancy.channel_words}"
    return 0, "意愿：不在方案所写的工作之内"


def _of_body(vacancy: Vacancy, plan: Plan | None) -> str:
    """Say what the job asks of the body, and no more about the member than the plan does."""
    if not vacancy.demands:
        return "身体要求：没有"
    asked = "、".join(demand.words for demand in vacancy.demands)
    known = "方案没有写本人不能从事，请再问本人" if plan else "还没有帮扶方案，请先问本人能否从事"
    return f"身体要求：{asked}，{known}"


def _of_way(minutes: int | None, near: str, seeker: Seeker) -> tuple[int, str]:
    if minutes is None:
        return WAY // 4, f"路途：{near}，请先核实"
    points = WAY if minutes <= 20 else WAY * 3 // 5 if minutes <= 60 else WAY // 4 if minutes <= 120 else 0
    limit = f"，不超过{seeker.most_minutes}分钟" if seeker.most_minutes is not None else ""
    return points, f"路途：{near}，单程约{minutes}分钟{limit}（估算）"


def _of_pay(vacancy: Vacancy, plan: Plan | None) -> tuple[int, str]:
    pay = _yuan(vacancy.pay_fen) + (f"至{_yuan(vacancy.pay_to_fen)}" if vacancy.pay_to_fen else "")
    if plan is None or plan.least_pay_fen is None:
        return PAY * 2 // 3, f"工资：{pay}"
    if vacancy.pay_fen >= plan.least_pay_fen:
        return PAY, f"工资：{pay}，不低于期望（{_yuan(plan.least_pay_fen)}）"
    return 0, f"工资：{pay}，低于期望（{_yuan(plan.least_pay_fen)}）"


def _of_kept(offered: Offered) -> tuple[int, str]:
    left = offered.reserved_left
    return (KEPT, f"预留岗位：尚余{left}个，为零就业家庭预留") if left else (0, "")


def _of_priority(vacancy: Vacancy, seeker: Seeker) -> tuple[int, str]:
    if vacancy.channel != WELFARE:
        return 0, ""
    if seeker.first:
        why = "大龄" if seeker.older else "特别困难"
        return PRIORITY, f"公益性岗位：本人{why}，优先安排"
    return -PRIORITY, "公益性岗位：优先留给大龄和特别困难的成员"


def _among(word: str, listed: tuple[str, ...]) -> bool:
    return any(word in other or other in word for other in listed)


def _yuan(fen: int) -> str:
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}元" if rest else f"{whole}元"


assert Education.ANY.step == 0
