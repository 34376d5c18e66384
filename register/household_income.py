"""What a household lives on before and after a member starts work (就业前后收入对照): pure, fen a month, explained.

Three columns: before; while 低保 goes on unchanged after the start; and once it is computed anew.  Amounts nobody has
recorded are the pack's and say so.  低保 is computed as the line a head times the heads of those who have it, less what
counts of the household's income.
"""

from dataclasses import dataclass, replace

from casework.case import Case
from casework.case_facts import Employment
from casework.explanation import Fact, Why
from casework.household import Member
from policies.groups_subsidies import Linkage


@dataclass(frozen=True, slots=True)
class Income:
    """A month of the household, in fen."""

    wages: int
    other: int
    dibao: int
    unemployment: int
    subsidies: int = 0

    @property
    def total(self) -> int:
        return self.wages + self.other + self.dibao + self.unemployment + self.subsidies


@dataclass(frozen=True, slots=True)
class Compared:
    """Before, within the grace period (None where nobody has 低保), and afterwards; `heads` share it."""

    heads: int
    before: Income
    within: Income | None
    after: Income
    why: Why

    @property
    def lower(self) -> bool:
        """Say whether the household would have less than before (通知要求总体收入水平不降低)."""
        return self.after.total < self.before.total


def compared(case: Case, linkage: Linkage, line_fen: int, *, subsidies_fen: int = 0) -> Compared | None:
    """Compare, for the jobs that are held now; None while nobody works.

    `line_fen` is the 低保 line a head and month; `subsidies_fen` what members themselves receive in subsidies.
    """
    jobs = case.active_employments
    if not jobs:
        return None
    members = case.household.members
    working = {job.member for job in jobs}
    earlier = sum(m.wage_fen for m in members if m.member_id in working)
    base = Income(
        wages=sum(m.wage_fen for m in members if m.member_id not in working),
        other=sum(m.business_income_fen + m.investment_income_fen for m in members),
        dibao=0,
        unemployment=_benefit(members, linkage, set()),
    )
    had_dibao = sum(m.dibao for m in members)
    before = replace(base, wages=base.wages + earlier)
    before = replace(before, dibao=_dibao(before, before.wages, had_dibao, line_fen))
    ended = working if linkage.unemployment_benefit_ends.value else set()
    earned = sum(job.monthly_income_fen for job in jobs)
    after = Income(base.wages + earned, base.other, 0, _benefit(members, linkage, ended), subsidies_fen)
    counted = base.wages + earned * (100 - linkage.dibao_deduct_percent.value) // 100
    later = replace(after, dibao=_dibao(after, counted, had_dibao, line_fen))
    grace = had_dibao and linkage.dibao_grace_months.value
    return Compared(
        heads=len(members),
        before=before,
        within=replace(after, dibao=before.dibao) if grace else None,
        after=later,
        why=_why(linkage, line_fen, had_dibao, jobs, counted, earlier),
    )


def _benefit(members: tuple[Member, ...], linkage: Linkage, ended: set[str]) -> int:
    has = sum(m.unemployment_insurance and m.member_id not in ended for m in members)
    return has * linkage.unemployment_benefit_fen.value


def _dibao(income: Income, wages: int, heads: int, line_fen: int) -> int:
    """The line for those who have it, less what is counted; nothing below zero."""
    return max(0, heads * line_fen - wages - income.other - income.unemployment) if heads else 0


def _why(linkage: Linkage, line_fen: int, heads: int, jobs: tuple[Employment, ...], counted: int, earlier: int) -> Why:
    facts = [Fact(label="就业成员月收入", value=_yuan(sum(job.monthly_income_fen for job in jobs)))]
    if earlier:
        facts.append(Fact(label="就业成员原登记的月工资（只计入就业前）", value=_yuan(earlier)))
    if heads:
        facts += [
            Fact(label="享受低保人数", value=f"{heads}人，每人每月{_yuan(line_fen)}"),
            Fact(label="原额延续", value=f"{linkage.dibao_grace_months.value}个月"),
            Fact(
                label="核算时计入的工资", value=f"{_yuan(counted)}（就业收入扣减{linkage.dibao_deduct_percent.value}%）"
            ),
        ]
    says = "按登记的收入和办法的标准测算，仅供帮扶参考；实际待遇以民政、失业保险经办机构核定的为准。"
    basis = linkage.dibao_grace_months.basis if heads else linkage.unemployment_benefit_ends.basis
    return Why(rule="linkage.income_compared", says=says, facts=tuple(facts), clause=basis)


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}元" if fen % 100 else f"{fen // 100}元"
