"""What can be chosen in the case at hand (可选项): its members, referrals, objections, jobs; helpers, offices, posts.

Everything is said in words somebody at a desk knows it by: the day, the post, the employer, the masked name.  Which of
them a rule accepts is for the rule to say; a choice only leaves out what never makes sense.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import get_args

from casework.breach import PROMISE_WORDS
from casework.case import Case
from casework.commands.assistance import ProposeExit
from casework.hardship import GROUND_WORDS
from casework.states import ExitReason, Role
from console.steps import case_choices
from console.steps.choice_words import CHOSEN_FROM
from console.steps.choosing import Choosing, People
from console.steps.fields import Options, fields_of, walk
from console.words import yuan
from desk.desk import Caller
from policies.schema import Policy
from policies.term_words import VALUES
from records.accounts import Account, accounts_in, supervisors_of
from records.engine import Reading
from records.helper_loads import HelperLoad, helpers_with_loads, may_help
from records.offices import offices_at_work
from records.scope import COUNTY
from records.vacancies import vacancies_in

PROVINCE = 2
"""Digits of a province's code: a case does not go further than that under one policy."""


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


def _promises(at: Choosing) -> Options:
    both = (("main", at.case.promise is not None), ("relocated", at.case.relocation is not None))
    return tuple((code, PROMISE_WORDS[code]) for code, there in both if there)


def _exit_grounds(at: Choosing) -> Options:
    """The grounds a person may propose, of those the policy knows."""
    may = get_args(ProposeExit.model_fields["reason"].annotation)
    return tuple((code, ExitReason(code).words) for code in may if getattr(at.policy.grounds, code).value)


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
    "undelivered_referrals": case_choices.undelivered_referrals,
    "open_referrals": case_choices.open_referrals,
    "refusable_referrals": case_choices.refusable_referrals,
    "refusals": case_choices.refusals,
    "counted": case_choices.counted,
    "objections": lambda at: case_choices.objections(at, after=False),
    "objections_after": lambda at: case_choices.objections(at, after=True),
    "unapproved_employments": lambda at: case_choices.employments(at, lambda e: e.active and e.approved_on is None),
    "approved_employments": lambda at: case_choices.employments(
        at, lambda e: e.approved_on is not None and e.rejected_on is None
    ),
    "active_employments": lambda at: case_choices.employments(at, lambda e: e.active),
    "months": case_choices.months,
    "plan_steps": case_choices.plan_steps,
    "justified_reasons": lambda at: _codes(at.policy.refusal.justified_reasons.value),
    "hardship_grounds": lambda at: tuple(
        (code, GROUND_WORDS.get(code, _code(code))) for code in at.policy.hardship.grounds.value
    ),
    "promises": _promises,
    "suspension_grounds": lambda at: _codes(at.policy.suspension.grounds.value),
    "exit_grounds": _exit_grounds,
    "employment_channels": lambda at: _codes(at.policy.employment.channels.value),
    "employment_evidence": lambda at: _codes(at.policy.employment.evidence.value),
}
"""Source → how its options are found; `CHOSEN_FROM` names which field asks which."""

assert set(CHOSEN_FROM.values()) == set(SOURCES)
