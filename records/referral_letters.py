"""Reading the words of a referral letter (推荐函) from the record: case, vacancy, office, helper, plan.

Whole names come with it: whoever shows the letter writes the look down first (`household_pages.open_household`).
"""

from casework.case import Case
from casework.case_facts import Referral
from records.accounts import account_of
from records.case_files import full_case
from records.engine import Reading
from records.household_pages import whole_household
from records.offices import office_for
from records.plans import newest_plans
from records.scope import Scope
from records.vacancies import contact_of, vacancy_of
from register.matching import age_on
from register.referral_letter import ReferralLetter


def referral_letter(work: Reading, scope: Scope, case_id: str, referral_id: str) -> ReferralLetter | None:
    """Return what the letter of a referral says; None outside the scope, or where the case has no such referral."""
    case = full_case(work, scope, case_id)
    household = whole_household(work, scope, case_id)
    referral = _of(case, referral_id) if case else None
    if case is None or household is None or referral is None:
        return None
    member = case.household.member(referral.member)
    person = next((p for p in household.persons if p.member_id == referral.member), None)
    if member is None or person is None:
        return None
    vacancy, office = vacancy_of(work, referral.vacancy), office_for(work, case.office)
    helper = account_of(work, case.helper) if case.helper else None
    plan = newest_plans(work, case_id).get(referral.member)
    return ReferralLetter(
        number=f"{case_id}-{referral_id}",
        case_id=case_id,
        referral_id=referral_id,
        office=office.name if office else case.office,
        office_phone=office.phone if office else "",
        referred_on=referral.on,
        valid_until=vacancy.open_until if vacancy else None,
        sex=member.sex.value,
        age=age_on(member.birth_date, referral.on),
        education=plan.plan.education.words if plan else "",
        skills=plan.plan.skills if plan else "",
        employer=vacancy.employer if vacancy else "",
        credit_code=vacancy.credit_code if vacancy else "",
        title=vacancy.title if vacancy else f"岗位{referral.vacancy}",
        channel=vacancy.channel_words if vacancy else "",
        pay=f"月工资{_yuan(referral.pay_fen)}",
        place=vacancy.place if vacancy else "",
        hours=vacancy.hours if vacancy else "",
        delivered_on=referral.delivered_on,
        guaranteed=referral.guaranteed,
        helper=helper.name or helper.account if helper else "",
        helper_phone=(helper.phone or "") if helper else "",
        name=person.name,
        contact=(contact_of(work, vacancy.vacancy_id) or "") if vacancy else "",
    )


def _of(case: Case, referral_id: str) -> Referral | None:
    return next((r for r in case.referrals if r.referral_id == referral_id), None)


def _yuan(fen: int) -> str:
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}元" if rest else f"{whole}元"
