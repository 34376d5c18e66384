"""The members of a household while it is taken in (家庭成员): who is there, what is missing, who is taken out."""

from dataclasses import dataclass, field

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from console.asking import Caseworker, Posted, for_roles
from console.forms import Form
from console.intake.asked import editable
from console.intake.family import verdict_of
from console.intake.my_drafts import CASEWORKERS
from console.intake.outlook import Outlook, outlook
from console.intake.progress import address, steps_of
from console.rendering import page
from console.sending_on import go
from desk import drafts
from desk.draft_answers import APPLICANT, MOST_PEOPLE, person_page, work_page
from desk.errors import NotFound

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the list."""

    key: str
    name: str = field(repr=False)
    relation: str
    tells: str
    status: str
    missing: int
    person: str
    work: str


def people_of(found: Outlook) -> tuple[Person, ...]:
    """Return everybody of a draft as lists show them."""
    lines = []
    for key in found.answers.people:
        told = found.about(key)
        relation = "本人" if key == APPLICANT else found.answers.page(person_page(key)).get("relation", "")
        lines.append(
            Person(
                key=key,
                name=found.name_of(key),
                relation=relation or "未填",
                tells=f"{told.age}周岁，{told.sex.value}" if told else "—",
                status=found.answers.page(work_page(key)).get("status", "") or "未填",
                missing=len(found.on(person_page(key))) + len(found.on(work_page(key))),
                person=address(found.draft.draft_id, person_page(key)),
                work=address(found.draft.draft_id, work_page(key)),
            )
        )
    return tuple(lines)


@router.get("/intake/{draft_id}/members", **for_roles(CASEWORKERS))
def members(request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str) -> Response:
    draft, elsewhere = editable(desk, caller, draft_id, now)
    if elsewhere is not None:
        return elsewhere
    found = outlook(desk, caller, draft, now)
    return page(
        request,
        "intake/members.html",
        title="受理申请：家庭成员",
        found=found,
        draft=draft,
        people=people_of(found),
        full=len(found.answers.people) >= MOST_PEOPLE,
        most=MOST_PEOPLE,
        add=address(draft_id, person_page(found.answers.next_person)),
        verdict=verdict_of(found),
        steps=steps_of(found, "members"),
    )


@router.get("/intake/{draft_id}/person/{key}/remove", **for_roles(CASEWORKERS))
def remove_page(request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str, key: str) -> Response:
    draft, elsewhere = editable(desk, caller, draft_id, now)
    if elsewhere is not None:
        return elsewhere
    found = outlook(desk, caller, draft, now)
    if key == APPLICANT or key not in found.answers.people:
        raise NotFound("成员")
    person = next(each for each in people_of(found) if each.key == key)
    return page(request, "intake/remove.html", title="受理申请：移出成员", form=Form(), draft=draft, person=person)


@router.post("/intake/{draft_id}/person/{key}/remove", **for_roles(CASEWORKERS))
def remove(desk: OurDesk, now: Now, caller: Caseworker, draft_id: str, key: str, _: Posted) -> Response:
    """Take somebody out; somebody who is out already stays out."""
    if key == APPLICANT:
        raise NotFound("成员")
    drafts.remove_person(desk, drafts.at_desk(caller), draft_id, key, now)
    return go(address(draft_id, "members"))
