"""Which job is suitable (合适岗位): health, skill, distance, lawful and safe, pay (A4, A5).

Only such a job can be refused.
"""

from dataclasses import dataclass

from casework.case import Case
from casework.commands.assistance import RecordReferral
from casework.errors import SaidNo
from policies.groups import Refusal

SUITABLE = "内部规定：合适岗位须符合帮扶方案、已送达且不低于最低工资（A4）"

UNSUITABLE = {
    "below_minimum_wage": "低于最低工资",
    "below_dibao_line": "工资使家庭人均低于低保标准",
    "too_far": "路途超过规定时间",
    "health": "不适合成员的健康状况",
    "skill": "不适合成员的技能",
    "distance": "路途过远，不符合帮扶方案",
    "unlawful_or_unsafe": "用工不合法或不安全",
    "not_in_plan": "不符合帮扶方案",
}
"""What makes a job unsuitable → how explanations say it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether a job is suitable: `code` says what is against it, None when nothing is."""

    code: str | None
    basis: str

    @property
    def suitable(self) -> bool:
        return self.code is None

    @property
    def words(self) -> str:
        return UNSUITABLE[self.code] if self.code else ""


def judge(case: Case, job: RecordReferral, terms: Refusal) -> Judged:
    """Judge a job for one member: what the office says of it first, then what can be counted (scenario 46)."""
    if job.matches_plan and job.unsuitable_for is not None:
        raise SaidNo(
            "suitability_contradicts",
            "既填了符合帮扶方案，又填了不合适之处，请核对：不合适的，“是否符合帮扶方案”应填否。",
            field="unsuitable_for",
        )
    code = _code(case, job, terms)
    return Judged(code, suitability_basis(code, terms))


def _code(case: Case, job: RecordReferral, terms: Refusal) -> str | None:
    if job.pay_fen < terms.minimum_wage_fen.value:
        return "below_minimum_wage"
    heads = max(1, len(case.standing.counted))
    if terms.dibao_line_fen is not None and job.pay_fen < terms.dibao_line_fen.value * heads:
        return "below_dibao_line"
    limit = terms.commute_minutes
    if limit is not None and job.commute_minutes is not None and job.commute_minutes > limit.value:
        return "too_far"
    if not job.matches_plan:
        return job.unsuitable_for or "not_in_plan"
    return None


def suitability_basis(code: str | None, terms: Refusal) -> str:
    """Return the clause on which a job is found unsuitable."""
    if code == "below_dibao_line" and terms.dibao_line_fen is not None:
        return f"{SUITABLE}；{terms.dibao_line_fen.basis}"
    if code == "too_far" and terms.commute_minutes is not None:
        return f"{SUITABLE}；{terms.commute_minutes.basis}"
    return f"{SUITABLE}；{terms.minimum_wage_fen.basis}"
