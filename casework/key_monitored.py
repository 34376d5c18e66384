"""Whether a household with one earner is to be watched (重点监控): income low, or the work unstable (J14, A33).  Pure.

Low: wages a head below the dibao line times k, or the wage below the minimum wage.  Unstable: a contract under three
months or none, no insurance, or two changes of job within six months.  The numbers are the locality's.
"""

from dataclasses import dataclass
from datetime import date

from casework.case import Case
from casework.eligibility import working
from casework.explanation import Fact, Why, called
from casework.household import Member, WorkStatus
from casework.ruling import Setting
from casework.working_days import count
from policies.schema import Policy
from policies.terms import Length

LITERAL = "内部规定：收入低、不稳定的标准（J14、A33）"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer with its reasons; without exactly one earner nothing is low or unstable."""

    low: bool
    unstable: bool
    why: Why

    @property
    def watched(self) -> bool:
        return self.low or self.unstable


@dataclass(frozen=True, slots=True)
class Work:
    """An earner's work as it is judged; `contract` says whether contracts are asked about at all."""

    wage_fen: int
    contract_months: int | None
    contract: bool
    insured: bool
    changed_on: tuple[date, ...] = ()


def judge(earner: Member, work: Work, heads: int, setting: Setting) -> Verdict:
    """Judge the only earner of a household of so many heads, today."""
    policy, watch = setting.policy, setting.policy.watchlist
    line = int(watch.dibao_line_fen.value * watch.low_income_k.value)
    least = policy.refusal.minimum_wage_fen.value
    changes = changes_within(work.changed_on, watch.job_changes_within.value, setting)
    reasons = []
    if work.wage_fen < line * heads:
        reasons.append(f"人均月工资{_yuan(work.wage_fen / heads)}，低于{_yuan(line)}")
    if work.wage_fen < least:
        reasons.append(f"月工资{_yuan(work.wage_fen)}，低于最低工资{_yuan(least)}")
    low = bool(reasons)
    months = watch.unstable_contract_months.value
    if work.contract and work.contract_months is None:
        reasons.append("没有书面合同")
    elif work.contract and (work.contract_months or 0) < months:
        reasons.append(f"合同期限{work.contract_months}个月，不足{months}个月")
    if watch.unstable_without_insurance.value and not work.insured:
        reasons.append("没有参加社会保险")
    if changes >= watch.unstable_job_changes.value:
        reasons.append(f"{watch.job_changes_within.value.words}内换岗{changes}次")
    unstable = len(reasons) > (work.wage_fen < line * heads) + (work.wage_fen < least)
    says = f"家庭只有{called(earner)}1人就业，" + ("，".join(reasons) if reasons else "收入不低，工作稳定")
    says += "，属重点监控对象。" if reasons else "，不属重点监控对象。"
    facts = (
        Fact(label="月工资", value=_yuan(work.wage_fen)),
        Fact(label="家庭人数", value=f"{heads}人"),
        Fact(label="参加社会保险", value="是" if work.insured else "否"),
        Fact(label="换岗次数", value=f"{changes}次"),
    )
    return Verdict(low, unstable, Why(rule="monitoring.judged", says=says, facts=facts, clause=LITERAL))


def changes_within(changed_on: tuple[date, ...], length: Length, setting: Setting) -> int:
    """Count the changes of job whose window (the day itself … the corresponding day) still reaches today."""
    return sum(day <= setting.today <= count(setting.calendar, day, length, roll=False).ends for day in set(changed_on))


def earners(case: Case, policy: Policy) -> tuple[Member, ...]:
    """Return the base members who work."""
    members = (case.household.member(m) for m in case.standing.base)
    return tuple(m for m in members if m is not None and working(m, policy.eligibility))


def verdict_of(case: Case, setting: Setting) -> Verdict | None:
    """Judge a case's household today; None when not exactly one works, or nothing is known of the work."""
    found = earners(case, setting.policy)
    if len(found) != 1:
        return None
    work = _placed(case, found[0], setting) or _watched(case, found[0])
    return judge(found[0], work, len(case.standing.counted), setting) if work else None


def _watched(case: Case, earner: Member) -> Work | None:
    jobs = case.monitoring.jobs if case.monitoring is not None else ()
    job = next((j for j in jobs if j.member == earner.member_id), None)
    if job is None:
        return None
    asked = earner.status is not WorkStatus.SELF_EMPLOYED
    return Work(earner.wage_fen, job.contract_months, asked, job.insured, job.changed_on)


def _placed(case: Case, earner: Member, setting: Setting) -> Work | None:
    """The work that the case placed the member in; a contract whose length nobody wrote down is not held against it."""
    mine = sorted((e for e in case.employments if e.member == earner.member_id), key=lambda e: e.started_on)
    job = next((e for e in mine if e.active), None)
    if job is None:
        return None
    began = job.started_on.isoformat()[:7]
    insured = job.insured or any(f.insured for f in case.follow_ups if f.month > began)
    changed = tuple(e.started_on for e in mine[1:] if e.rejected_on is None)
    return Work(job.monthly_income_fen, job.contract_months, job.contract_months is not None, insured, changed)


def is_watched(case: Case, setting: Setting) -> bool:
    """Say whether the case carries the flag: monitored without being certified, or employed with such work."""
    if case.monitored:
        return True
    verdict = verdict_of(case, setting) if case.active_employments else None
    return verdict is not None and verdict.watched


def _yuan(fen: float) -> str:
    return f"{fen / 100:.2f}元"
