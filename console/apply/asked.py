"""The questions of an online application (逐页填写): one page at a time, each saved as typed before anything is judged.

What is wrong is said at once and may be left: the page can be saved for later, and the check at the end says it again.
"""

from datetime import datetime
from itertools import groupby

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError
from casework.times import local_date
from console.apply.progress import address, heading_of, next_page
from console.apply.start import Visitor
from console.asking import FOR_EVERYBODY, Posted
from console.forms import Form, Mistake
from console.questions.checks import about
from console.questions.pages import by_name, fields_of, form_of
from console.questions.reading import read_page
from console.rendering import page
from console.sending_on import go
from desk import drafts
from desk.desk import Desk
from desk.draft_answers import APPLICANT, HOME, Answers, PageChanged, person_page
from desk.errors import NotFound
from desk.online_applications import whose
from records.engine import Reading
from records.offices import Office, names_of_counties, offices_to_apply_at
from records.online_applications import RETURNED, Act, acts_of, application_of_draft
from records.phone_codes import PhoneVisit

router = APIRouter()


@router.get("/apply/{draft_id}/home", **FOR_EVERYBODY)
def home(request: Request, draft_id: str, desk: OurDesk, now: Now, visit: Visitor) -> Response:
    return _opened(request, desk, now, visit, draft_id, HOME)


@router.post("/apply/{draft_id}/home", **FOR_EVERYBODY)
def save_home(request: Request, draft_id: str, desk: OurDesk, now: Now, visit: Visitor, form: Posted) -> Response:
    return _saved(request, desk, now, visit, draft_id, HOME, form)


@router.get("/apply/{draft_id}/person/{key}", **FOR_EVERYBODY)
def person(request: Request, draft_id: str, key: str, desk: OurDesk, now: Now, visit: Visitor) -> Response:
    return _opened(request, desk, now, visit, draft_id, f"person/{key}")


@router.post("/apply/{draft_id}/person/{key}", **FOR_EVERYBODY)
def save_person(
    request: Request, draft_id: str, key: str, desk: OurDesk, now: Now, visit: Visitor, form: Posted
) -> Response:
    return _saved(request, desk, now, visit, draft_id, f"person/{key}", form)


@router.get("/apply/{draft_id}/work/{key}", **FOR_EVERYBODY)
def work(request: Request, draft_id: str, key: str, desk: OurDesk, now: Now, visit: Visitor) -> Response:
    return _opened(request, desk, now, visit, draft_id, f"work/{key}")


@router.post("/apply/{draft_id}/work/{key}", **FOR_EVERYBODY)
def save_work(
    request: Request, draft_id: str, key: str, desk: OurDesk, now: Now, visit: Visitor, form: Posted
) -> Response:
    return _saved(request, desk, now, visit, draft_id, f"work/{key}", form)


@router.get("/apply/{draft_id}/family", **FOR_EVERYBODY)
def family(request: Request, draft_id: str, desk: OurDesk, now: Now, visit: Visitor) -> Response:
    """Who is in the family so far; add somebody, take somebody out, or go on."""
    draft = drafts.look(desk, whose(desk, visit), draft_id, now)
    answers = Answers.of(draft.content)
    people = [(key, heading_of(answers, person_page(key)), answers.page(person_page(key))) for key in answers.people]
    return page(
        request,
        "apply/family.html",
        title="网上申请：家里的人",
        draft=draft,
        people=people,
        next=address(draft_id, person_page(answers.next_person)),
        form=Form(),
    )


@router.post("/apply/{draft_id}/remove/{key}", **FOR_EVERYBODY)
def remove(draft_id: str, key: str, desk: OurDesk, now: Now, visit: Visitor) -> Response:
    """Take somebody out who was added by mistake."""
    drafts.remove_person(desk, whose(desk, visit), draft_id, key, now)
    return go(address(draft_id, "family"))


def returned_with(work_: Reading, draft_id: str) -> Act | None:
    """Return the desk's last return of the application that is being corrected, if it is."""
    found = application_of_draft(work_, draft_id)
    acts = acts_of(work_, found.receipt) if found else ()
    return next((act for act in reversed(acts) if act.what == RETURNED), None)


def _known(answers: Answers, name: str) -> None:
    kind, _, key = name.partition("/")
    new = kind == "person" and key == answers.next_person
    if kind != HOME and key not in answers.people and not new:
        raise NotFound("页面")


def _opened(request: Request, desk: Desk, now: datetime, visit: PhoneVisit, draft_id: str, name: str) -> Response:
    draft = drafts.look(desk, whose(desk, visit), draft_id, now)
    answers = Answers.of(draft.content)
    _known(answers, name)
    form = form_of(name, answers, phone=visit.phone) if name == person_page(APPLICANT) else form_of(name, answers)
    back = "check" if request.query_params.get("back") == "check" else ""
    mistakes = _wrong(name, answers, now) if back and name in answers.pages else ()
    return _page(request, desk, now, draft_id, answers, name, form, back, mistakes)


def _saved(
    request: Request, desk: Desk, now: datetime, visit: PhoneVisit, draft_id: str, name: str, form: Form
) -> Response:
    mine = whose(desk, visit)
    before = Answers.of(drafts.look(desk, mine, draft_id, now).content)
    _known(before, name)
    back = "check" if form.typed("back") == "check" else ""
    typed, seen = form.typed("seen"), None
    if typed.isascii() and typed.isdigit() and len(typed) < 9:
        seen = int(typed)
    try:
        answers = drafts.save_page(desk, mine, draft_id, name, fields_of(name, form), now, seen=seen)
    except PageChanged as changed:
        said = (Mistake(None, f"{changed.message}下面是您刚填的内容；确认无误的，再保存一次。"),)
        return _page(
            request, desk, now, draft_id, Answers.of(_content(desk, mine, draft_id, now)), name, form, back, said, 409
        )
    except NotFound:
        raise
    except CaseworkError as no:
        return _page(request, desk, now, draft_id, before, name, form, back, (Mistake(None, no.message),), 422)
    if form.text("go") == "later":
        return go("/apply/drafts")
    if mistakes := _wrong(name, answers, now):
        return _page(request, desk, now, draft_id, answers, name, form, back, mistakes, 422)
    return go(address(draft_id, back or next_page(name)))


def _content(desk: Desk, mine: object, draft_id: str, now: datetime) -> dict[str, object]:
    return drafts.look(desk, mine, draft_id, now).content  # type: ignore[arg-type]


def _by_county(offices: tuple[Office, ...], counties: dict[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the offices under the name of their county's: a province has too many for one list."""
    grouped = groupby(offices, lambda office: office.office[:6])
    return [(counties.get(county, county), [(each.office, each.name) for each in some]) for county, some in grouped]


def _wrong(name: str, answers: Answers, now: datetime) -> tuple[Mistake, ...]:
    """Return what is wrong on a page; the dates are the desk's to set, and an office must be chosen."""
    fields = dict(answers.page(name))
    if name != HOME:
        return read_page(name, fields)[1]
    _, found = read_page(name, fields | {"applied_on": local_date(now).isoformat()})
    return found if fields.get("office") else (*found, Mistake("office", "请选择受理机构"))


def _page(
    request: Request,
    desk: Desk,
    now: datetime,
    draft_id: str,
    answers: Answers,
    name: str,
    form: Form,
    back: str,
    mistakes: tuple[Mistake, ...],
    status: int = 200,
) -> Response:
    kind, _, key = name.partition("/")
    with desk.record.read() as work_:
        offices = _by_county(offices_to_apply_at(work_), names_of_counties(work_)) if kind == HOME else ()
        returned = returned_with(work_, draft_id)
    today = local_date(now)
    return page(
        request,
        f"apply/{kind}.html",
        title=f"网上申请：{'住址和受理机构' if kind == HOME else '家庭成员'}",
        status=status,
        draft_id=draft_id,
        name=name,
        heading=heading_of(answers, name),
        applicant=key == APPLICANT,
        questions=by_name(name),
        about=about(answers.page(person_page(key)).get("id_number", ""), today) if kind == "work" else None,
        today=today.isoformat(),
        offices=offices,
        seen=answers.stamp(name).saves,
        back=back,
        asked=returned.reasons.get(name) if returned else None,
        form=form,
        mistakes=mistakes,
    )
