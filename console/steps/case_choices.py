"""What can be chosen of the case itself (本户的可选项): its referrals, refusals, objections, jobs, months, plan steps.

Everything is said in words somebody at a desk knows it by: the day, the post, the employer, the masked name.
"""

from collections.abc import Callable

from casework.case_facts import Employment, ObjectionStatus, Referral, ReferralOutcome, RefusalStatus
from casework.states import Role
from casework.times import in_words, month_in_words
from console.steps.choosing import Choosing
from console.steps.fields import Options
from console.words import yuan
from policies.term_words import VALUES
from records.vacancies import vacancy_of


def _referral_words(at: Choosing, referral: Referral) -> str:
    vacancy = vacancy_of(at.work, referral.vacancy)
    post = f"{vacancy.employer} {vacancy.title}" if vacancy else f"岗位{referral.vacancy}"
    return f"{in_words(referral.on)}推荐给{at.people.words(referral.member)}：{post}，月工资{yuan(referral.pay_fen)}"


def _referrals(at: Choosing, wanted: Callable[[Referral], bool]) -> Options:
    return tuple((r.referral_id, _referral_words(at, r)) for r in reversed(at.case.referrals) if wanted(r))


def undelivered_referrals(at: Choosing) -> Options:
    return _referrals(at, lambda r: not r.delivered and r.outcome is ReferralOutcome.OPEN)


def open_referrals(at: Choosing) -> Options:
    return _referrals(at, lambda r: r.outcome is ReferralOutcome.OPEN)


def refusable_referrals(at: Choosing) -> Options:
    may = (ReferralOutcome.OPEN, ReferralOutcome.HIRED)
    return _referrals(at, lambda r: r.suitable and r.delivered and r.outcome in may)


def refusals(at: Choosing) -> Options:
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


def counted(at: Choosing) -> Options:
    rejected = [
        (r.refusal_id, f"{in_words(r.on)}{at.people.words(r.member)}拒绝岗位")
        for r in at.case.refusals
        if r.status is RefusalStatus.UNJUSTIFIED and not r.set_aside
    ]
    contacts = [
        (c.contact_id, f"{in_words(c.on)}没有联系上")
        for c in at.case.contacts
        if c.outcome != "reached" and not c.set_aside
    ]
    return (*rejected, *contacts)


def objections(at: Choosing, *, after: bool) -> Options:
    return tuple(
        (o.objection_id, f"{in_words(o.raised_on)}{'匿名' if o.anonymous else '实名'}提出的异议（{o.objection_id}）")
        for o in at.case.objections
        if o.status is ObjectionStatus.OPEN and o.after_seal is after
    )


def employments(at: Choosing, wanted: Callable[[Employment], bool]) -> Options:
    return tuple((job.employment_id, _job_words(at, job)) for job in reversed(at.case.employments) if wanted(job))


def _job_words(at: Choosing, job: Employment) -> str:
    began = f"{at.people.words(job.member)}{in_words(job.started_on)}上岗"
    return f"{began}，{VALUES.get(job.channel, job.channel)}，月收入{yuan(job.monthly_income_fen)}"


def months(at: Choosing) -> Options:
    """The months after the one in which work began, up to this one, that have no follow-up yet."""
    jobs = [e.started_on for e in at.case.active_employments]
    if not jobs:
        return ()
    done = {f.month for f in at.case.follow_ups}
    first, last = min(jobs), at.today
    months = [divmod(n, 12) for n in range(first.year * 12 + first.month, last.year * 12 + last.month)]
    named = [f"{year}-{month + 1:02d}" for year, month in months]
    return tuple((month, month_in_words(month)) for month in reversed(named) if month not in done)[:24]


def plan_steps(at: Choosing) -> Options:
    mine = (at.caller.role,) if at.caller.role is not Role.SUPERVISOR else tuple(Role)
    open_steps = [task for task in at.case.tasks_of("contingency_step") if task.role in mine]
    return tuple((task.about or "", task.title or task.about or "") for task in open_steps)
