"""The lines of the ledger (台账) that a case stands for: one of the household, one of each member, from day to day.

Pure: what a case says today is `lines_of`, what its whole history said on every day is `versions_of`.  Which versions
are on record is `records/ledger.py`.  No line tells who somebody is: names are added where they are shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from casework.case import Case
from casework.case_facts import Employment, ServiceKind
from casework.household import Member

FOREVER = date(9999, 12, 31)
"""The end of a version that still holds."""

HOUSEHOLD = ""
"""Stands for the household itself among the lines of a case."""


@dataclass(frozen=True, slots=True)
class HouseholdLine:
    """A household as the ledger shows it.  `before_fen` is what it declared a month, `now_fen` with the jobs held."""

    office: str
    state: str
    helper: str | None
    opened_on: date
    certified_on: date | None
    plan_signed_on: date | None
    promise_due_on: date | None
    promise_met_on: date | None
    promise_overdue_on: date | None
    eliminated_on: date | None
    exit_on: date | None
    exit_reason: str | None
    members: int
    base_members: int
    jobs: int
    double_employment: bool
    monitored: bool
    key_monitored: bool
    hardship: bool
    before_fen: int
    now_fen: int


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member with measures and employment.  `base` is somebody to be helped (需援助成员); money is fen a month."""

    relation: str
    sex: str
    birth_year: int
    status: str
    base: bool
    dibao: bool
    unemployment_insurance: bool
    guidance: int
    training: int
    referrals: int
    refusals: int
    channel: str | None
    employed_on: date | None
    income_fen: int | None
    insured: bool
    steady: bool


Line = HouseholdLine | MemberLine


@dataclass(frozen=True, slots=True)
class Version:
    """A line and the days on which it held: from `from_on`, to the day before `until_on`."""

    about: str
    from_on: date
    until_on: date
    line: Line


def lines_of(case: Case) -> dict[str, Line]:
    """Return the lines of a case as it is: the household's under `HOUSEHOLD`, its members' under their ids."""
    there = [member for member in case.household.members if member.left_on is None]
    jobs = {job.member: job for job in case.active_employments}
    lines: dict[str, Line] = {HOUSEHOLD: _household(case, there, jobs)}
    for member in there:
        lines[member.member_id] = _member(case, member, jobs.get(member.member_id))
    return lines


def versions_of(history: Iterable[tuple[date, Case]]) -> list[Version]:
    """Return every version of a case's lines, from the days of its events and the case after each, in their order.

    What changes twice on a day is as it was at the end of the day.
    """
    ended: list[Version] = []
    now: dict[str, tuple[date, Line]] = {}
    today = date.min
    for day, case in history:
        today = max(today, day)
        wanted = lines_of(case)
        for about in [about for about in now if about not in wanted]:
            since, line = now.pop(about)
            if since < today:
                ended.append(Version(about, since, today, line))
        for about, line in wanted.items():
            since, was = now.get(about, (today, line))
            if was != line and since < today:
                ended.append(Version(about, since, today, was))
                since = today
            now[about] = since, line
    return ended + [Version(about, since, FOREVER, line) for about, (since, line) in now.items()]


def _household(case: Case, there: list[Member], jobs: Mapping[str, Employment]) -> HouseholdLine:
    promise = case.promise
    before = {member.member_id: declared_fen(member) for member in there}
    now = {
        member.member_id: member.investment_income_fen + jobs[member.member_id].monthly_income_fen
        if member.member_id in jobs
        else before[member.member_id]
        for member in there
    }
    return HouseholdLine(
        office=case.office,
        state=case.state.value,
        helper=case.helper,
        opened_on=case.opened_on,
        certified_on=case.reviews.certified_on,
        plan_signed_on=case.plan_signed_on,
        promise_due_on=promise.due_on if promise else None,
        promise_met_on=promise.met_on if promise else None,
        promise_overdue_on=promise.overdue_on if promise else None,
        eliminated_on=case.eliminated_on,
        exit_on=case.exit.on if case.exit else None,
        exit_reason=case.exit.reason.value if case.exit else None,
        members=len(there),
        base_members=len(case.standing.base),
        jobs=len(jobs),
        double_employment=case.double_employment,
        monitored=case.monitored,
        key_monitored=case.key_monitored,
        hardship=case.hardship is not None,
        before_fen=sum(before.values()),
        now_fen=sum(now.values()),
    )


def declared_fen(member: Member) -> int:
    """Return what a member declared a month: wage, business and investment."""
    return member.wage_fen + member.business_income_fen + member.investment_income_fen


def _member(case: Case, member: Member, job: Employment | None) -> MemberLine:
    mine = member.member_id
    kinds = [service.kind for service in case.services if service.member == mine]
    return MemberLine(
        relation=member.relation.value,
        sex=member.sex.value,
        birth_year=member.birth_date.year,
        status=member.status.value,
        base=mine in case.standing.base,
        dibao=member.dibao,
        unemployment_insurance=member.unemployment_insurance,
        guidance=kinds.count(ServiceKind.GUIDANCE),
        training=kinds.count(ServiceKind.TRAINING_INFO),
        referrals=sum(referral.member == mine for referral in case.referrals),
        refusals=sum(refusal.member == mine for refusal in case.refusals),
        channel=job.channel if job else None,
        employed_on=job.started_on if job else None,
        income_fen=job.monthly_income_fen if job else None,
        insured=job.insured if job else False,
        steady=job is not None and job.steady_on is not None,
    )
