"""What the record already says for a step's form (带入内容): plans to sign, a vacancy chosen, a visit made.

Nothing that has to be judged is filled in: whether the job suits the member is for whoever refers it to say.
"""

from collections.abc import Mapping

from casework.case import Case
from casework.verification import visits_made
from console.typed_values import amount_in_words
from desk.desk import Caller
from records.engine import Reading
from records.plans import plan_text
from records.vacancies import near_to, vacancy_of

OF_A_VACANCY = frozenset({"record_referral", "arrange_guaranteed_post"})


def prefilled(work: Reading, caller: Caller, trigger: str, case: Case, asked: Mapping[str, str]) -> dict[str, str]:
    """Return what stands in the form by field; `asked` is what the address says: `…?member=M1&vacancy=V-1`."""
    if trigger == "sign_plan":
        members = [m.member_id for m in case.household.members if m.left_on is None]
        text = plan_text(work, case.case_id, members)
        return {"plan": text} if text else {}
    if trigger == "pass_first_review":
        made = visits_made(case)
        return {"visited_on": max(v.visited_on for v in made).isoformat()} if made else {}
    if trigger in OF_A_VACANCY:
        vacancy = vacancy_of(work, asked.get("vacancy", "")[:40])
        if vacancy is not None and near_to(caller.area, vacancy.area):
            return {"vacancy": vacancy.vacancy_id, "pay_fen": amount_in_words(vacancy.pay_fen)}
    return {}
