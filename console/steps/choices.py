"""What can be chosen in the case at hand (可选项): its members, referrals, objections, jobs; helpers, offices, posts.

Everything is said in words somebody at a desk knows it by: the day, the post, the employer, the masked name.  Which of
them a rule accepts is for the rule to say; a choice only leaves out what never makes sense.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from casework.case import Case
from casework.case_facts import Employment, ObjectionStatus, Referral, ReferralOutcome, RefusalStatus
from casework.hardship import GROUND_WORDS
from casework.states import Role
from casework.times import in_words, month_in_words
from console.steps.choice_words import CHOSEN_FROM
from console.steps.fields import Options, fields_of, walk
from console.words import yuan
from desk.desk import Caller
from policies.schema import Policy
from policies.term_words import VALUES
from records.accounts import Account, accounts_in, supervisors_of
from records.engine import Reading
from records.helper_loads import HelperLoad, helpers_with_loads, may_help
from records.household_pages import masked_household
from records.offices import offices_at_work
from records.scope import COUNTY, Scope
from records.vacancies import vacancies_in, vacancy_of

PROVINCE = 2
"""Digits of a province's code: a case does not go further than that under one policy."""


@dataclass(frozen=True, slots=True)
class People:
    """The members of a household by id, in words: 张*（本人，M1）."""

    called: Mapping[str, str]
    community: str

    def words(self, member: str) -> str:
        return self.called.get(member, member)


@dataclass(frozen=True, slots=True)
class Choosing:
    """What the sources look at."""

    work: Reading
    caller: Caller
    case: Case
    policy: Policy
    people: People
    today: date


def people_of(work: Reading, scope: Scope, case: Case) -> People:
    """Return the members of a case with masked names; whoever has left keeps the words."""
    page = masked_household(work, scope, case.case_id)
    names = {person.member_id: person.name for person in page.persons} if page else {}
    relations = {member.member_id: member.relation.value for member in case.household.members}
    called = {}
    for member in {**names, **relations}:
        relation = relations.get(member, "已不在户")
        called[member] = f"{names[member]}（{relation}，{member}）" if member in names else f"{relation}（{member}）"
    return People(called, page.community if page else "")


def choices_for(
    work: Reading, caller: Caller, trigger: str, case: Case, policy: Policy, people: People, today: date
) -> dict[str, Options]:
    """Return the options of every choice that the step's form asks for, by source."""
    asked = {field.choice for field in walk(fields_of(trigger)) if field.choice}
    choosing = Choosing(work, caller, case, policy, people, today)
    return {source: SOURCES[source](choosing) for source in sorted(asked)}


def _members(at: Choosing) -> Options:
    return tuple((m.member_id, at.people.words(m.member_id)) for m in at.case.household.members if m.left_on is None)


def _helpers(at: Choosing) -> Options:
    found = helpers_with_loads(at.work, at.caller.scope, at.today)
    return tuple(
        (load.helper.account, f"{load.helper.name or load.helper.account}（现有{load.open_cases}户{_away(load)}）")
        for load in sorted(found, key=lambda load: (load.open_cases, load.helper.account))
        if may_help(load.helper, at.case.office) and load.helper.account != at.case.helper
    )


def _away(load: HelperLoad) -> str:
    return f"，请假中，由{load.responsible}代办" if load.responsible != load.helper.account else ""


def _offices(at: Choosing) -> Options:
    bound = at.policy.applies_to(at.case.office)
    return tuple(
        (office.office, f"{office.name}（{office.office}）")
        for office in offices_at_work(at.work, at.case.office[:PROVINCE])
        if office.office != at.case.office and (not bound or at.policy.applies_to(office.office))
    )


def _staff(at: Choosing) -> Options:
    office = at.case.office
    near = [a for a in accounts_in(at.work, office) if a.role in (Role.CASEWORKER, Role.HELPER)]
    near += accounts_in(at.work, office[:COUNTY], Role.REVIEWER)
    above = set(supervisors_of(at.work, office))
    near += [a for a in accounts_in(at.work, office[:PROVINCE], Role.SUPERVISOR) if a.account in above]
    return tuple((a.account, _colleague(a)) for a in near if a.account != at.caller.account)


def _colleague(account: Account) -> str:
    return f"{account.name or account.account}（{account.role.words}，{account.account}）"


def _vacancies(at: Choosing) -> Options:
    found = vacancies_in(at.work, at.case.office[:COUNTY], at.today)
    return tuple((v.vacancy_id, f"{v.employer} {v.title}，月工资{yuan(v.pay_fen)}") for v in found)


def _booklets(at: Choosing) -> Options:
    return tuple((label, "") for label in dict.fromkeys(m.booklet for m in at.case.household.members))


def _referral_words(at: Choosing, referral: Referral) -> str:
    vacancy = vacancy_of(at.work, referral.vacancy)
    post = f"{vacancy.employer} {vacancy.title}" if vacancy else f"岗位{referral.vacancy}"
    return f"{in_words(referral.on)}推荐给{at.people.words(referral.member)}：{post}，月工资{yuan(referral.pay_fen)}"


def _referrals(at: Choosing, wanted: Callable[[Referral], bool]) -> Options:
    return tuple((r.referral_id, _referral_words(at, r)) for r in reversed(at.case.referrals) if wanted(r))


def _undelivered(at: Choosing) -> Options:
    return _referrals(at, lambda r: not r.delivered and r.outcome is ReferralOutcome.OPEN)


def _open_referrals(at: Choosing) -> Options:
    return _referrals(at, lambda r: r.outcome is ReferralOutcome.OPEN)


def _refusable(at: Choosing) -> Options:
    may = (ReferralOutcome.OPEN, ReferralOutcome.HIRED)
    return _referrals(at, lambda r: r.suitable and r.delivered and r.outcome in may)


def _refusals(at: Choosing) -> Options:
    """Those that wait, and those judged without a reason: late evidence may still show one (A5)."""
    offered = {r.referral_id: r for r in at.case.referrals}
    waiting = [r for r in at.case.refusals if r.status is RefusalStatus.PENDING]
    judged = [r for r in at.case.refusals if r.status is RefusalStatus.UNJUSTIFIED]
    found = []
    for refusal in (*waiting, *reversed(judged)):
        post = f"，{_referral_words(at, offered[refusal.referral])}" if refusal.referral in offered else ""
        state = "" if refusal.status is RefusalStatus.PENDING else "（已认定无正当理由）"
        who = at.people.words(refusal.member)
        found.append((refusal.refusal_id, f"{in_words(refusal.on)}{who}拒绝{state}{post}"))
    return tuple(found)


def _counted(at: Choosing) -> Options:
    refusals = [
        (r.refusal_id, f"{in_words(r.on)}{at.people.words(r.member)}拒绝岗位")
        for r in at.case.refusals
        if r.status is RefusalStatus.UNJUSTIFIED and not r.set_aside
    ]
    contacts = [
        (c.contact_id, f"{in_words(c.on)}没有联系上")
        for c in at.case.contacts
        if c.outcome != "reached" and not c.set_aside
    ]
    return (*refusals, *contacts)


def _objections(at: Choosing, *, after: bool) -> Options:
    return tuple(
        (o.objection_id, f"{in_words(o.raised_on)}{'匿名' if o.anonymous else '实名'}提出的异议（{o.objection_id}）")
        for o in at.case.objections
        if o.status is ObjectionStatus.OPEN and o.after_seal is after
    )


def _employments(at: Choosing, wanted: Callable[[Employment], bool]) -> Options:
    return tuple(
        (e.employment_id, f"{at.people.words(e.member)}{in_words(e.started_on)}上岗，{_code(e.channel)}，"
         f"月收入{yuan(e.monthly_income_fen)}")
        for e in reversed(at.case.employments)
        if wanted(e)
    )  # fmt: skip


def _months(at: Choosing) -> Options:
    """The months after the one in which work began, up to this one, that have no follow-up yet."""
    jobs = [e.started_on for e in at.case.active_employments]
    if not jobs:
        return ()
    done = {f.month for f in at.case.follow_ups}
    first, last = min(jobs), at.today
    months = [divmod(n, 12) for n in range(first.year * 12 + first.month, last.year * 12 + last.month)]
    named = [f"{year}-{month + 1:02d}" for year, month in months]
    return tuple((month, month_in_words(month)) for month in reversed(named) if month not in done)[:24]


def _plan_steps(at: Choosing) -> Options:
    mine = (at.caller.role,) if at.caller.role is not Role.SUPERVISOR else tuple(Role)
    open_steps = [task for task in at.case.tasks_of("contingency_step") if task.role in mine]
    return tuple((task.about or "", task.title or task.about or "") for task in open_steps)


def _codes(codes: tuple[str, ...]) -> Options:
    return tuple((code, _code(code)) for code in codes)


def _code(code: str) -> str:
    return VALUES.get(code, code)


SOURCES: Mapping[str, Callable[[Choosing], Options]] = {
    "members": _members,
    "helpers": _helpers,
    "offices": _offices,
    "staff": _staff,
    "vacancies": _vacancies,
    "booklets": _booklets,
    "undelivered_referrals": _undelivered,
    "open_referrals": _open_referrals,
    "refusable_referrals": _refusable,
    "refusals": _refusals,
    "counted": _counted,
    "objections": lambda at: _objections(at, after=False),
    "objections_after": lambda at: _objections(at, after=True),
    "unapproved_employments": lambda at: _employments(at, lambda e: e.active and e.approved_on is None),
    "approved_employments": lambda at: _employments(at, lambda e: e.approved_on is not None and e.rejected_on is None),
    "active_employments": lambda at: _employments(at, lambda e: e.active),
    "months": _months,
    "plan_steps": _plan_steps,
    "justified_reasons": lambda at: _codes(at.policy.refusal.justified_reasons.value),
    "hardship_grounds": lambda at: tuple(
        (code, GROUND_WORDS.get(code, _code(code))) for code in at.policy.hardship.grounds.value
    ),
    "employment_channels": lambda at: _codes(at.policy.employment.channels.value),
    "employment_evidence": lambda at: _codes(at.policy.employment.evidence.value),
}
"""Source → how its options are found; `CHOSEN_FROM` names which field asks which."""

assert set(CHOSEN_FROM.values()) == set(SOURCES)
