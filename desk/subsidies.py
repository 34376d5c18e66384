"""Subsidies at the desk (补贴办理): apply, decide by a second person, stop, pay, recover, coordinate; who may do what.

What a kind allows, how long and how much is asked of the rules under the policy of the case's locality on that day.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from casework.case import Case
from casework.errors import Conflict, NotYourStep, SaidNo
from casework.states import Role, same_person
from casework.times import in_words, month_in_words
from desk.desk import Caller, Desk
from desk.errors import NotFound, or_not_found
from policies.groups_subsidies import Subsidy
from policies.schema import Policy
from policies.terms import Term
from records import case_files
from records.benefit_tasks import pack_on
from records.engine import Reading, Writing
from records.member_jobs import paid_after
from records.subsidy_applications import (
    Applied,
    NewApplication,
    change,
    keep,
    one,
    stop_renewals,
)
from records.subsidy_history import first_approved, had_once, months_had
from records.subsidy_rights import NO_RIGHT, jobs_of, measures_of
from register.subsidies import Job, Taken, claim_of, suits
from register.subsidy_months import ONCE, Span, amount, first_of, month_of, span

APPLIERS = (Role.CASEWORKER,)
DECIDERS = (Role.REVIEWER,)
FOUR_EYES = "内部规定：补贴的受理和审核由不同人员办理（A30）"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed into an application; money is fen."""

    member: str
    kind: str
    by: str
    about: str
    first_month: str
    evidence: str = field(repr=False)
    base_fen: int | None = None
    unit: str | None = field(default=None, repr=False)
    bank_account: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Worked:
    """What the rules make of an application: the term it stands on, the months and the amount."""

    term: Term[Subsidy]
    months: Span | None
    fen: int
    policy: Policy


def key_of(caller: Caller, key: str) -> str:
    """Return the id of what a request makes, so that a repeat makes the same thing."""
    return str(uuid5(NAMESPACE_URL, f"subsidies/{caller.account}/{key}"))


def today_of(work: Reading, caller: Caller, case_id: str, now: datetime) -> tuple[Case, date]:
    """Return a case of the caller's with its own day.  Raises `NotFound`."""
    row = or_not_found(case_files.get(work, caller.scope, case_id))
    return or_not_found(case_files.full_case(work, caller.scope, case_id)), row.clock.day(now)


def apply_for(desk: Desk, caller: Caller, case_id: str, asked: Asked, *, key: str, now: datetime) -> str:
    """Take an application in; return its id.  A repeated key is the same application."""
    application_id = key_of(caller, key)
    with desk.record.write() as work:
        case, today = today_of(work, caller, case_id, now)
        if caller.role not in APPLIERS:
            raise NotYourStep("not_applying", "补贴申请由街道（乡镇）经办人受理。")
        take_in(work, caller, case, asked, work_out(work, case, asked, today), application_id, today, now)
    return application_id


def take_in(
    work: Writing,
    caller: Caller,
    case: Case,
    asked: Asked,
    worked: Worked,
    application_id: str,
    today: date,
    now: datetime,
    *,
    renews: str | None = None,
) -> None:
    """Keep an application as the rules have judged it; with `renews` it goes on from another one."""
    value = worked.term.value
    first = worked.months.first if worked.months else month_of(today)
    rest = {
        "about": asked.about,
        "pay": value.pay,
        "paid_out": value.paid_out,
        "base_fen": asked.base_fen,
        "monthly_fen": worked.fen,
        "first_month": first,
        "last_month": worked.months.last if worked.months else first,
        "until_retirement": worked.months.until_retirement if worked.months else False,
        "applied_on": today,
        "applied_by": caller.account,
        "pack": worked.policy.label,
        "clause": worked.term.basis,
        "renews": renews,
    }
    new = NewApplication(
        application_id,
        case.case_id,
        asked.member,
        asked.kind,
        asked.by,
        rest,
        evidence=asked.evidence,
        unit=asked.unit,
        bank_account=asked.bank_account,
    )
    keep(work, new, now=now)


def work_out(work: Reading, case: Case, asked: Asked, today: date) -> Worked:
    """Judge an application: is there the right, from which month, until when, how much.  Raises SaidNo."""
    policy, term = term_for(case, asked.kind, today)
    about = _about(work, case, asked)
    if case.exit is not None and case.exit.reason.value in NO_RIGHT:
        raise SaidNo("exited_without_right", f"本户已退出（{case.exit.reason.words}），不能再申请补贴。")
    job = about if isinstance(about, Job) else None
    had = about.kind if isinstance(about, Taken) else None
    claim = claim_of(term.value, asked.by, channel=job.channel if job else None, measure=had)
    if claim is None or (job is not None and not suits(claim, job)):
        more = "，且须已参加社会保险" if claim is not None else ""
        raise SaidNo(
            "not_entitled",
            f"按现行办法，不能因此申请这项补贴。可以申请的是：{'；'.join(c.words for c in term.value.claims)}{more}。",
            field="kind",
            clause=term.basis,
        )
    if asked.by == "unit" and not asked.unit:
        raise SaidNo("unit_missing", "用人单位申请的，请填写单位名称。", field="unit")
    fen = amount(term.value, claim, asked.base_fen, policy.refusal.minimum_wage_fen.value)
    return Worked(term, _months(work, case, asked, about, term, today), fen, policy)


def term_for(case: Case, kind: str, on: date) -> tuple[Policy, Term[Subsidy]]:
    """Return the policy of a day with its term for a kind.  Raises SaidNo `kind_unknown`."""
    policy = pack_on(case, on)
    term = policy.subsidies.of(kind) if policy and policy.subsidies else None
    if policy is None or term is None:
        raise SaidNo("kind_unknown", "请选择办法列出的补贴种类。", field="kind")
    return policy, term


def _about(work: Reading, case: Case, asked: Asked) -> Job | Taken:
    jobs = {job.job: job for job in jobs_of(work, case.case_id)}
    measures = {measure.measure: measure for measure in measures_of(work, case.case_id)}
    about: Job | Taken | None = jobs.get(asked.about) or measures.get(asked.about)
    if about is None or about.member != asked.member:
        raise SaidNo("about_unknown", "没有找到享受补贴所依据的就业或措施记录，请从“应享未享”重新选择。", field="about")
    return about


def _months(
    work: Reading, case: Case, asked: Asked, about: Job | Taken, term: Term[Subsidy], today: date
) -> Span | None:
    since = about.started_on if isinstance(about, Job) else about.on
    ended = about.ended_on if isinstance(about, Job) else None
    if term.value.pay == ONCE:
        if had_once(work, case.case_id, asked.member, asked.kind, asked.by, asked.about):
            raise SaidNo(
                "had_once", "该成员的这项补贴是一次性的，已经批准过，不能再申请。", field="kind", clause=term.basis
            )
        return None
    if asked.first_month < month_of(since):
        words = f"起始月份不能早于{in_words(since)}所在的月份。"
        raise SaidNo("month_too_early", words, field="first_month")
    if asked.first_month > month_of(today):
        raise SaidNo("month_ahead", "起始月份不能晚于本月。", field="first_month")
    if ended is not None and asked.first_month > month_of(ended):
        words = f"该就业已于{in_words(ended)}结束，起始月份不能晚于该日所在的月份。"
        raise SaidNo("work_ended", words, field="first_month")
    had = months_had(work, case.case_id, asked.member, asked.kind)
    if had is not None and asked.first_month <= had:
        words = f"该成员这项补贴到{month_in_words(had)}为止的月份已经核定过，起始月份请从下一个月填起。"
        raise SaidNo("month_had", words, field="first_month")
    before = first_approved(work, case.case_id, asked.member, asked.kind)
    begun = max(first_of(asked.first_month), since)
    months = span(term.value, begun, about.retires_on, first_approved=before)
    if months is not None and ended is not None:
        months = replace(months, last=min(months.last, month_of(ended)), until_retirement=False)
    if months is not None and months.months < 1:
        since_words = f"（初次核定为{in_words(before)}所在月份）" if before else ""
        raise SaidNo(
            "cap_reached",
            f"该成员享受这项补贴已满最长期限{since_words}，不能再申请。",
            field="first_month",
            clause=term.basis,
        )
    return months


def decide(
    desk: Desk, caller: Caller, application_id: str, *, approve: bool, reason: str | None, now: datetime
) -> Applied:
    """Approve or refuse, by the county and not by whom it was taken in."""
    with desk.record.write() as work:
        applied = mine(work, caller, application_id)
        if caller.role not in DECIDERS:
            raise NotYourStep("not_deciding", "补贴由县（市、区）复核人员审核。")
        if same_person(caller.actor, applied.applied_by):
            raise NotYourStep("same_person", "申请由您受理，须由另一名工作人员审核。", clause=FOUR_EYES)
        if applied.state != "applied":
            raise Conflict("already_decided", "这份申请已经办理过，请刷新后再看。")
        if approve and same_person(caller.actor, applied.account_by):
            raise NotYourStep("same_person", "收款账号由您填写，须由另一名工作人员审核。", clause=FOUR_EYES)
        if not approve and not reason:
            raise SaidNo("reason_missing", "不予批准的，请写明理由，告知申请人。", field="reason")
        _, today = today_of(work, caller, applied.case_id, now)
        state = "approved" if approve else "refused"
        seen = {"account_checked_by": caller.account, "account_checked_on": today} if applied.account_by else {}
        change(work, applied, reason=reason, state=state, decided_on=today, decided_by=caller.account, **seen)
        return applied


def stop(desk: Desk, caller: Caller, application_id: str, *, on: date, reason: str, now: datetime) -> Applied:
    """Stop what runs, from the month after a day; a caseworker or the county may."""
    with desk.record.write() as work:
        applied = mine(work, caller, application_id)
        _, today = today_of(work, caller, applied.case_id, now)
        if applied.state not in ("applied", "approved"):
            raise Conflict("not_running", "这项补贴没有在享受，不必停发。")
        if on > today:
            raise SaidNo("stop_ahead", "停发日期不能晚于今天。", field="on")
        if on < first_of(applied.first_month):
            raise SaidNo("stop_too_early", "停发日期不能早于起始月份。", field="on")
        overpaid = paid_after(on)
        change(work, applied, reason=reason, state="stopped", stopped_on=on, stop_code="asked", recover_fen=overpaid)
        stop_renewals(work, application_id, on)
        return applied


def recovered(desk: Desk, caller: Caller, application_id: str, *, on: date, now: datetime) -> Applied:
    """Write down that what was to be paid back came back; the county does."""
    with desk.record.write() as work:
        applied = mine(work, caller, application_id)
        _, today = today_of(work, caller, applied.case_id, now)
        if caller.role not in DECIDERS:
            raise NotYourStep("not_deciding", "追缴由县（市、区）登记。")
        if applied.recover_fen is None or applied.recovered_on is not None:
            raise Conflict("nothing_to_recover", "这项补贴没有待追缴的金额。")
        if on > today:
            raise SaidNo("day_ahead", "追回日期不能晚于今天。", field="on")
        change(work, applied, recovered_on=on, recovered_by=caller.account)
        return applied


def mine(work: Reading, caller: Caller, application_id: str) -> Applied:
    """Return an application of the caller's cases.  Raises `NotFound`."""
    found = one(work, caller.scope, application_id)
    if found is None:
        raise NotFound("补贴申请")
    return found
