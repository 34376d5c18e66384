"""Renewing a subsidy (续期) once its months are over: may it be, from when to when, and why.  Pure.

A renewal counts anew for the months of the pack, once for a person and a kind, for work of the channels the pack names.
Retirement ends it.  What is refused says why and by which clause.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.times import in_words, month_in_words
from policies.groups_subsidies import CHANNELS, Subsidy
from policies.terms import Term
from register.subsidies import Job, claim_of, kind_words, suits
from register.subsidy_months import Span, first_of, month_of, number

LATER = "停发后要再享受的，在本户的“应享未享”里重新申请。"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The subsidy that is to go on; `renewed` when the person had the kind renewed before."""

    member: str
    kind: str
    by: str
    state: str
    last_month: str
    until_retirement: bool
    renewed: bool


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a renewal would give, because of which job, and why."""

    job: Job
    span: Span
    why: Why


def renewal(
    term: Term[Subsidy], earlier: Earlier, jobs: tuple[Job, ...], on: date, *, days: int, first_month: str = ""
) -> Renewal:
    """Judge a renewal that is asked for on a day, at most `days` before the end.  Raises SaidNo."""
    subsidy, clause = term.value, term.value.extension_basis or term.basis
    _may(term, earlier, on, days)
    job = next((job for job in jobs if _carries(subsidy, earlier, job, on)), None)
    if job is None:
        ways = "、".join(CHANNELS[channel] for channel in subsidy.extension_channels)
        raise SaidNo(
            "renewal_without_work",
            f"续期只限仍在{ways}就业的成员，现在没有登记这样的在岗记录；已经安置的，请先登记就业。",
            clause=clause,
        )
    earliest = max(month_of(number(earlier.last_month) + 1), month_of(job.started_on))
    first = first_month or earliest
    if not earliest <= first <= max(earliest, month_of(on)):
        words = (
            f"续期的起始月份应不早于{month_in_words(earliest)}，不晚于{month_in_words(max(earliest, month_of(on)))}。"
        )
        raise SaidNo("renewal_month", words, field="first_month")
    last = number(first) + subsidy.extension_months - 1
    retires = number(month_of(job.retires_on)) if job.retires_on else last
    span = Span(first, month_of(min(last, retires)), until_retirement=retires < last)
    if span.months < 1:
        assert job.retires_on is not None
        words = f"该成员{in_words(job.retires_on)}到法定退休年龄，不能续期。"
        raise SaidNo("renewal_after_retirement", words, clause=clause)
    return Renewal(job, span, _why(earlier, job, span, subsidy, clause))


def _may(term: Term[Subsidy], earlier: Earlier, on: date, days: int) -> None:
    subsidy, clause = term.value, term.value.extension_basis or term.basis
    if subsidy.cap_months is None:
        raise SaidNo("renewal_of_once", "一次性的补贴没有续期。", clause=term.basis)
    if earlier.state not in ("approved", "ended"):
        raise SaidNo("renewal_not_running", f"只有享受中或期满的补贴可以续期。{LATER}")
    if earlier.until_retirement:
        raise SaidNo("renewal_until_retirement", "这项补贴已核定到法定退休，不再续期。", clause=term.basis)
    if not subsidy.extension_months:
        words = "现行办法没有规定这项补贴可以续期，期满即止；符合条件的其他政策见本户的“应享未享”。"
        raise SaidNo("renewal_not_allowed", words, clause=term.basis)
    if earlier.renewed:
        raise SaidNo("renewed_before", "该成员的这项补贴已经续期过一次，不能再续。", clause=clause)
    begins = _last_day(earlier.last_month) - timedelta(days=days)
    if on < begins:
        words = f"这项补贴{month_in_words(earlier.last_month)}期满，期满前{days}天起受理续期，即{in_words(begins)}起。"
        raise SaidNo("renewal_too_early", words)


def _carries(subsidy: Subsidy, earlier: Earlier, job: Job, on: date) -> bool:
    """Say whether a job is held and of those for which a subsidy goes on."""
    claim = claim_of(subsidy, earlier.by, channel=job.channel)
    held = job.started_on <= on and (job.ended_on is None or job.ended_on >= on)
    mine = job.member == earlier.member and job.channel in subsidy.extension_channels
    return held and mine and claim is not None and suits(claim, job)


def _last_day(month: str) -> date:
    first = first_of(month)
    return first.replace(day=monthrange(first.year, first.month)[1])


def _why(earlier: Earlier, job: Job, span: Span, subsidy: Subsidy, clause: str) -> Why:
    until = "，到法定退休为止" if span.until_retirement else ""
    facts = (
        Fact(label="原期限到", value=month_in_words(earlier.last_month)),
        Fact(label="现在的岗位", value=f"{CHANNELS[job.channel]}，{in_words(job.started_on)}上岗"),  # type: ignore[index]
        Fact(label="参加社会保险", value="是" if job.insured else "否"),
        Fact(label="续期的最长期限", value=f"{subsidy.extension_months}个月，一人一项只续一次"),
        Fact(label="法定退休日期", value=in_words(job.retires_on) if job.retires_on else "职工类型未填，须先查明"),
    )
    says = (
        f"成员{earlier.member}的{kind_words(earlier.kind)}可以续期："
        f"{month_in_words(span.first)}至{month_in_words(span.last)}，{span.months}个月{until}。"
    )
    return Why(rule=f"subsidies.{earlier.kind}", says=says, facts=facts, clause=clause)
