"""Who is entitled to which subsidy (应享未享): pure, from what is known of jobs and measures, with the reason.

The rules are the pack's (`policies/groups_subsidies.py`) of the day on which is asked, not those the case was opened
under: a subsidy is judged when it is applied for.  Months, ends and amounts are in `subsidy_months.py`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import get_args

from casework.explanation import Fact, Why
from casework.times import in_words
from policies.groups_subsidies import BECAUSE, CHANNELS, CLAIMANTS, Claim, Claimant, Subsidies, Subsidy, SubsidyKind
from policies.term_words import called
from policies.terms import Term
from register.subsidy_months import Span, span

KINDS: tuple[SubsidyKind, ...] = get_args(SubsidyKind)


@dataclass(frozen=True, slots=True)
class Job:
    """A job of a member of a case, as far as subsidies ask.  `retires_on` is None where the track is not known."""

    case_id: str
    job: str
    member: str
    channel: str
    insured: bool
    started_on: date
    ended_on: date | None = None
    retires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A measure a member has had, that may give a right: training, a certificate, a loan."""

    case_id: str
    measure: str
    member: str
    kind: str
    on: date
    retires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Entitled:
    """A right that a member, or the unit that employs the member, has; `about` is the job or the measure."""

    case_id: str
    member: str
    about: str
    kind: SubsidyKind
    by: Claimant
    since: date
    span: Span | None
    why: Why


def kind_words(kind: str) -> str:
    """Return what a kind of subsidy is called: 社会保险补贴."""
    return called(f"subsidies.{kind}")


def entitled(subsidies: Subsidies, jobs: Iterable[Job], measures: Iterable[Taken], on: date) -> Iterator[Entitled]:
    """Yield every right that jobs held on a day, and measures until then, give.  What was claimed is not looked at."""
    held = [job for job in jobs if job.started_on <= on and (job.ended_on is None or job.ended_on >= on)]
    had = [measure for measure in measures if measure.on <= on]
    for kind in KINDS:
        term: Term[Subsidy] = getattr(subsidies, kind)
        for claim in term.value.claims:
            if claim.because == "work":
                yield from (_from_job(kind, term, claim, job) for job in held if suits(claim, job))
            else:
                yield from (_from_measure(kind, term, claim, m) for m in had if m.kind == claim.because)


def suits(claim: Claim, job: Job) -> bool:
    """Say whether a job gives a claim: its channel is one of those, and it is insured where it must be."""
    return job.channel in claim.channels and (job.insured or not claim.insured)


def claim_of(subsidy: Subsidy, by: str, *, channel: str | None = None, measure: str | None = None) -> Claim | None:
    """Return by which claim of a kind somebody may claim, because of a job or a measure; None when by none."""
    for claim in subsidy.claims:
        fits = channel in claim.channels if claim.because == "work" else claim.because == measure
        if claim.by == by and fits:
            return claim
    return None


def _from_job(kind: SubsidyKind, term: Term[Subsidy], claim: Claim, job: Job) -> Entitled:
    facts = (
        Fact(label="就业渠道", value=CHANNELS.get(job.channel, job.channel)),  # type: ignore[call-overload]
        Fact(label="上岗日期", value=in_words(job.started_on)),
        Fact(label="参加社会保险", value="是" if job.insured else "否"),
    )
    months = span(term.value, job.started_on, job.retires_on)
    says = f"成员{job.member}已实现就业，{_may(kind, term.value, claim, months)}"
    why = Why(
        rule=f"subsidies.{kind}", says=says, facts=(*facts, *_retirement(term.value, job.retires_on)), clause=term.basis
    )
    return Entitled(job.case_id, job.member, job.job, kind, claim.by, job.started_on, months, why)


def _from_measure(kind: SubsidyKind, term: Term[Subsidy], claim: Claim, had: Taken) -> Entitled:
    months = span(term.value, had.on, had.retires_on)
    done = BECAUSE[claim.because]
    says = f"成员{had.member}已{done}，{_may(kind, term.value, claim, months)}"
    why = Why(
        rule=f"subsidies.{kind}",
        says=says,
        facts=(Fact(label=f"{done}日期", value=in_words(had.on)),),
        clause=term.basis,
    )
    return Entitled(had.case_id, had.member, had.measure, kind, claim.by, had.on, months, why)


def _may(kind: str, subsidy: Subsidy, claim: Claim, months: Span | None) -> str:
    how = subsidy.amount_for(claim) + (f"，{months.words}" if months else "")
    return f"{CLAIMANTS[claim.by]}可以申请{kind_words(kind)}：{how}。"


def _retirement(subsidy: Subsidy, retires_on: date | None) -> tuple[Fact, ...]:
    if subsidy.retirement_months is None:
        return ()
    return (Fact(label="法定退休日期", value=in_words(retires_on) if retires_on else "职工类型未填，须先查明"),)
