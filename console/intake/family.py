"""Who counts as family and whether the household is eligible (谁计入家庭), in the words of the rules, while typing.

Where it is not eligible the page says what can be done instead; nobody runs into that at the end.
"""

from dataclasses import dataclass, field

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.eligibility import Outcome, Reason
from casework.explanation import Why
from console.asking import Caseworker, for_roles
from console.intake.asked import editable
from console.intake.my_drafts import CASEWORKERS
from console.intake.outlook import Outlook, outlook
from console.intake.progress import address, page_words, steps_of
from console.rendering import page
from desk.draft_answers import APPLICANT, person_page

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the household is by what is typed so far: words, the rule's sentence, its clause."""

    words: str
    tone: str
    says: str
    clause: str
    reason: str
    partly: bool
    """Whether somebody is left out because something about him or her is missing."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One person: counts as family or not, is in the base or not, and why each."""

    called: str
    name: str = field(repr=False)
    counts: bool
    why: Why
    in_base: bool
    base_why: Why | None


WORDS = {
    Outcome.ELIGIBLE: ("符合认定条件", "good"),
    Outcome.SPECIAL_REVIEW: ("须县级书面决定", "warn"),
    Outcome.NOT_ELIGIBLE: ("不符合认定条件", "bad"),
}


def verdict_of(found: Outlook) -> Verdict | None:
    """Return the verdict on a draft; None while nobody can be judged yet."""
    if found.assessment is None:
        return None
    words, tone = WORDS[found.assessment.outcome]
    why = found.assessment.why
    partly = len(found.read.members) < len(found.answers.people)
    return Verdict(words, tone, why.says, why.clause, found.assessment.reason.value, partly)


def counted_of(found: Outlook) -> tuple[Counted, ...]:
    """Return everybody who could be judged, in the order of the household."""
    judged = found.assessment
    if judged is None or found.household is None:
        return ()
    family = {item.member_id: (True, item.why) for item in judged.counted_why}
    family |= {item.member_id: (False, item.why) for item in judged.not_counted_why}
    base = {item.member_id: (True, item.why) for item in judged.base_why}
    base |= {item.member_id: (False, item.why) for item in judged.not_base_why}
    names = {f"M{found.place_of(key)}": found.name_of(key) for key in found.answers.people}
    return tuple(
        Counted(
            called=f"{member.relation.value}（{member.member_id}）",
            name=names[member.member_id],
            counts=family[member.member_id][0],
            why=family[member.member_id][1],
            in_base=base.get(member.member_id, (False, None))[0],
            base_why=base.get(member.member_id, (False, None))[1],
        )
        for member in found.household.members
    )


@router.get("/intake/{draft_id}/family", **for_roles(CASEWORKERS))
def family(request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str) -> Response:
    draft, elsewhere = editable(desk, caller, draft_id, now)
    if elsewhere is not None:
        return elsewhere
    found = outlook(desk, caller, draft, now)
    missing = tuple(dict.fromkeys(mistake.page for mistake in found.read.mistakes))
    return page(
        request,
        "intake/family.html",
        title="受理申请：谁计入家庭",
        found=found,
        draft=draft,
        verdict=verdict_of(found),
        counted=counted_of(found),
        missing=tuple((page_words(found.answers, name), address(draft_id, name)) for name in missing),
        applicant_page=address(draft_id, person_page(APPLICANT)),
        reasons=Reason,
        may_be_watched=found.only_works and found.read.form is not None and len(found.earners) > 0,
        steps=steps_of(found, "family"),
    )
