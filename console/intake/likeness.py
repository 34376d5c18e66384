"""Duplicates side by side (查重): what is on record already, masked, with a reason where it is another household.

Somebody in an active case forbids going on, and the page says who can help.  Everything softer needs a written reason,
which goes on record with the case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError
from casework.masking import mask_id, mask_name, mask_phone
from casework.place_names import community_name
from console.asking import Caseworker, Posted, for_roles
from console.forms import Form, Mistake
from console.intake.asked import editable
from console.intake.my_drafts import CASEWORKERS
from console.intake.outlook import Outlook, outlook
from console.intake.progress import address, steps_of
from console.rendering import page
from console.sending_on import go
from desk import drafts
from desk.desk import Caller, Desk
from desk.draft_answers import Answers, PageChanged
from records.drafts import others_with_applicant
from records.duplicates import Match, Resemblance, Sought, matches_of
from records.offices import office_for

router = APIRouter()

PAGE = "reasons"
SHORTEST = 4

WORDS = {
    Resemblance.ACTIVE: ("在未结束的个案中", "bad"),
    Resemblance.ALSO_THERE: ("也登记在另一户", "warn"),
    Resemblance.PHONE: ("手机号相同", "warn"),
    Resemblance.ADDRESS: ("住址相同", "warn"),
    Resemblance.EARLIER: ("以前的个案", "info"),
}


@dataclass(frozen=True, slots=True)
class Resembles:
    """One case beside the household: what is the same, for whom, and what must be done about it."""

    match: Match
    words: str
    tone: str
    whose: str = field(repr=False)
    blocks: bool
    field: str
    """The name of its reason on the page, or nothing when none is needed."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Everything that resembles the household."""

    found: tuple[Resembles, ...]
    drafts: tuple[tuple[str, int], ...]
    county: str
    reasons: Mapping[str, str]

    @property
    def blocked(self) -> bool:
        return any(each.blocks for each in self.found)

    @property
    def unexplained(self) -> tuple[Resembles, ...]:
        """What still needs a reason."""
        return tuple(e for e in self.found if e.field and len(self.reasons.get(e.field, "").strip()) < SHORTEST)

    @property
    def told(self) -> dict[str, str]:
        """The reasons by case, as they go on record."""
        needed = ((e.match.case_id, e.field) for e in self.found if e.field)
        return {case_id: self.reasons.get(name, "").strip() for case_id, name in needed if case_id}


def likeness_of(desk: Desk, caller: Caller, found: Outlook, now: datetime) -> Likeness:
    """Look for everything that resembles a draft's household."""
    places = {key: found.place_of(key) for key in found.read.members}
    deemed = found.judged.deemed if found.judged else ()
    sought = tuple(Sought(places[key], m.id_number, m.phone) for key, m in found.read.members.items())
    home = found.answers.page("home")
    with desk.record.read() as work:
        matches = matches_of(
            work, caller.scope, sought, home.get("address"), community_name(home.get("community", "")), now
        )
        number = found.answers.applicant_number
        others = others_with_applicant(work, found.draft, number, now) if number else ()
        office = office_for(work, caller.area[:6])
    names = {places[key]: found.name_of(key) for key in places}
    shown = []
    for match in matches:
        tone = WORDS[match.what][1]
        words = "、".join(WORDS[what][0] for what in (match.what, *match.also))
        blocks = match.what is Resemblance.ACTIVE and any(
            place > len(deemed) or not deemed[place - 1] for place in match.places
        )
        explained = blocks or match.what is Resemblance.EARLIER or match.case_id is None
        name = "" if explained else f"reason-{match.case_id}"
        whose = "、".join(names.get(place, f"第{place}位成员") for place in match.places)
        shown.append(
            Resembles(match, words, "bad" if blocks else "warn" if tone == "bad" else tone, whose, blocks, name)
        )
    county = f"{office.name}（电话 {office.phone}）" if office else "县（区）公共就业服务机构"
    return Likeness(tuple(shown), others, county, found.answers.page(PAGE))


def ours(found: Outlook) -> tuple[tuple[str, str, str], ...]:
    """Return the household as it is shown beside another: masked as that one is."""
    return tuple(
        (mask_name(m.name), mask_id(m.id_number), mask_phone(m.phone) if m.phone else "—")
        for m in found.read.members.values()
    )


@router.get("/intake/{draft_id}/duplicates", **for_roles(CASEWORKERS))
def duplicates(request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str) -> Response:
    draft, elsewhere = editable(desk, caller, draft_id, now)
    if elsewhere is not None:
        return elsewhere
    found = outlook(desk, caller, draft, now)
    like = likeness_of(desk, caller, found, now)
    return _page(request, found, like, Form.with_values(found.answers.page(PAGE)), ())


@router.post("/intake/{draft_id}/duplicates", **for_roles(CASEWORKERS))
def explain(request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str, form: Posted) -> Response:
    """Keep the reasons, and go on when none is missing."""
    draft, elsewhere = editable(desk, caller, draft_id, now)
    if elsewhere is not None:
        return elsewhere
    found = outlook(desk, caller, draft, now)
    like = likeness_of(desk, caller, found, now)
    fields = {each.field: form.typed(each.field) for each in like.found if each.field}
    seen = form.typed("seen")
    stamp = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    try:
        answers = drafts.save_page(desk, drafts.at_desk(caller), draft_id, PAGE, fields, now, seen=stamp)
    except PageChanged as changed:
        words = f"{changed.stamp.by} 刚在另一处保存过这些理由，您写的还在下面。核对后再保存，就以您写的为准。"
        return _page(request, found, like, form, (Mistake(None, words),), 409, seen=changed.stamp.saves)
    except CaseworkError as no:
        return _page(request, found, like, form, (Mistake(None, no.message),), 409)
    if form.text("go") == "later":
        return go("/intake?done=saved")
    like = Likeness(like.found, like.drafts, like.county, answers.page(PAGE))
    wrong = tuple(
        Mistake(each.field, f"请写明与个案 {each.match.case_id} 为什么不是同一户，至少{SHORTEST}个字")
        for each in like.unexplained
    )
    if wrong:
        return _page(request, found, like, form, wrong, 422, seen=answers.stamp(PAGE).saves)
    return go(address(draft_id, "check"))


def _page(
    request: Request,
    found: Outlook,
    like: Likeness,
    form: Form,
    mistakes: tuple[Mistake, ...],
    status: int = 200,
    *,
    seen: int | None = None,
) -> Response:
    answers: Answers = found.answers
    return page(
        request,
        "intake/duplicates.html",
        title="受理申请：查重",
        status=status,
        form=form,
        mistakes=mistakes,
        draft=found.draft,
        found=found,
        like=like,
        ours=ours(found),
        community=answers.page("home").get("community", ""),
        seen=answers.stamp(PAGE).saves if seen is None else seen,
        complete=found.read.form is not None,
        steps=steps_of(found, "duplicates"),
    )
