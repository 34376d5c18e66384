"""Renewing a subsidy at the desk (续期): looked at beforehand by anyone who sees it, asked for by the caseworker.

A renewal is an application of its own, decided by the county like any other; what it gives is asked of the rules.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from casework.case import Case
from casework.errors import NotYourStep, SaidNo
from desk.desk import Caller, Desk
from desk.subsidies import APPLIERS, Asked, Worked, key_of, mine, take_in, term_for, today_of
from policies.groups_subsidies import Subsidy
from policies.schema import Policy
from policies.terms import Term
from records.engine import Reading
from records.subsidy_applications import Applied, one
from records.subsidy_history import renewed
from records.subsidy_rights import NO_RIGHT, jobs_of
from register.subsidies import claim_of
from register.subsidy_months import amount
from register.subsidy_renewals import Earlier, Renewal, renewal


@dataclass(frozen=True, slots=True)
class Looked:
    """A renewal looked at: what it would give, or why there is none."""

    applied: Applied
    case: Case
    term: Term[Subsidy]
    policy: Policy
    today: date
    renewal: Renewal | None
    refused: SaidNo | None


def look(work: Reading, caller: Caller, application_id: str, now: datetime, first_month: str = "") -> Looked:
    """Say what a renewal would give.  Raises `NotFound`."""
    applied = mine(work, caller, application_id)
    case, today = today_of(work, caller, applied.case_id, now)
    policy, term = term_for(case, applied.kind, today)
    found: Renewal | None = None
    refused: SaidNo | None = None
    try:
        found = _judged(work, case, applied, policy, term, today, first_month)
    except SaidNo as error:
        refused = error
    return Looked(applied, case, term, policy, today, found, refused)


def renew(desk: Desk, caller: Caller, application_id: str, asked: Asked, *, key: str, now: datetime) -> str:
    """Take a renewal in; return its id.  A repeated key is the same application.  Raises SaidNo, Conflict."""
    made = key_of(caller, key)
    with desk.record.write() as work:
        if caller.role not in APPLIERS:
            raise NotYourStep("not_applying", "续期申请由街道（乡镇）经办人受理。")
        applied = mine(work, caller, application_id)
        case, today = today_of(work, caller, applied.case_id, now)
        policy, term = term_for(case, applied.kind, today)
        if _known(work, caller, made):
            return made
        found = _judged(work, case, applied, policy, term, today, asked.first_month)
        if applied.claimed_by == "unit" and not asked.unit:
            raise SaidNo("unit_missing", "用人单位申请的，请填写单位名称。", field="unit")
        claim = claim_of(term.value, applied.claimed_by, channel=found.job.channel)
        assert claim is not None
        fen = amount(term.value, claim, asked.base_fen, policy.refusal.minimum_wage_fen.value)
        about = replace(asked, member=applied.member, kind=applied.kind, by=applied.claimed_by, about=found.job.job)
        worked = Worked(term.model_copy(update={"basis": found.why.clause}), found.span, fen, policy)
        take_in(work, caller, case, about, worked, made, today, now, renews=application_id)
    return made


def _known(work: Reading, caller: Caller, application_id: str) -> bool:
    return one(work, caller.scope, application_id) is not None


def _judged(
    work: Reading, case: Case, applied: Applied, policy: Policy, term: Term[Subsidy], today: date, first_month: str
) -> Renewal:
    if case.exit is not None and case.exit.reason.value in NO_RIGHT:
        raise SaidNo("exited_without_right", f"本户已退出（{case.exit.reason.words}），不能再申请补贴。")
    assert policy.subsidies is not None
    earlier = Earlier(
        member=applied.member,
        kind=applied.kind,
        by=applied.claimed_by,
        state=applied.state,
        last_month=applied.last_month,
        until_retirement=applied.until_retirement,
        renewed=applied.renews is not None or renewed(work, case.case_id, applied.member, applied.kind),
    )
    days = policy.subsidies.ending_notice_days.value
    return renewal(term, earlier, jobs_of(work, case.case_id), today, days=days, first_month=first_month)
