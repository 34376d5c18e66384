"""The pages of questions at the counter (受理填写): each saved as typed before anything is said of it.

The page to save is named by the address.  Whoever saves second learns what the first saved and keeps what he typed.
`/intake/{draft_id}/autosave` keeps a page that is half filled while one is still on it.
"""

from collections.abc import Mapping
from datetime import date, datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError, SaidNo
from casework.times import local_date
from console.asking import Caseworker, Posted, for_roles
from console.forms import Form, Mistake
from console.intake.belonging import communities_here, proposed_offices
from console.intake.my_drafts import CASEWORKERS
from console.intake.outlook import extra_of, outlook, today_of
from console.intake.progress import BACK, address, next_page, page_words, steps_of
from console.questions.checks import Found, about, of_id_number
from console.questions.pages import by_name, fields_of, form_of, questions_of
from console.questions.reading import read_page
from console.rendering import page as render
from console.sending_on import go
from console.words import at
from desk import drafts
from desk.desk import Caller, Desk
from desk.draft_answers import APPLICANT, HOME, Answers, Opening, PageChanged, person_page, work_page
from desk.errors import NotFound
from records.drafts import Draft
from records.offices import offices_at_work

router = APIRouter()


@router.get("/intake/{draft_id}/home", **for_roles(CASEWORKERS))
def home(request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str) -> Response:
    return _opened(request, desk, now, caller, draft_id, HOME)


@router.post("/intake/{draft_id}/home", **for_roles(CASEWORKERS))
def save_home(request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str, form: Posted) -> Response:
    return _saved(request, desk, now, caller, draft_id, HOME, form)


@router.get("/intake/{draft_id}/person/{key}", **for_roles(CASEWORKERS))
def person(request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str, key: str) -> Response:
    return _opened(request, desk, now, caller, draft_id, person_page(key))


@router.post("/intake/{draft_id}/person/{key}", **for_roles(CASEWORKERS))
def save_person(
    request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str, key: str, form: Posted
) -> Response:
    return _saved(request, desk, now, caller, draft_id, person_page(key), form)


@router.get("/intake/{draft_id}/work/{key}", **for_roles(CASEWORKERS))
def work(request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str, key: str) -> Response:
    return _opened(request, desk, now, caller, draft_id, work_page(key))


@router.post("/intake/{draft_id}/work/{key}", **for_roles(CASEWORKERS))
def save_work(
    request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str, key: str, form: Posted
) -> Response:
    return _saved(request, desk, now, caller, draft_id, work_page(key), form)


@router.post("/intake/{draft_id}/autosave", **for_roles(CASEWORKERS))
def autosave(request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str, form: Posted) -> Response:
    """Keep a page while it is being filled in; answers with the line that says so."""
    name = form.typed("page")
    said, seen = "", form.typed("seen")
    try:
        draft = _mine(desk, caller, draft_id, now)
        _known(Answers.of(draft.content), name)
        fields = fields_of(name, form, extra_of(desk, name))
        answers = drafts.save_page(
            desk,
            drafts.at_desk(caller),
            draft_id,
            name,
            fields,
            now,
            seen=_seen(form),
            opening=Opening(form.typed("opening")[:40], _number(form.typed("order"), 0)),
        )
        seen, said = str(answers.stamp(name).saves), f"已自动保存 {at(now)[-5:]}"
    except PageChanged:
        said = "没有自动保存：这一页在另一处保存过。请点“保存并继续”，两边的内容会并列给您看。"
    except NotFound:
        said = "没有自动保存：这份草稿已不在您这里。请复制已填内容，回到受理草稿列表查看。"
    except CaseworkError as no:
        said = f"没有自动保存：{no.message}"
    return render(request, "intake/autosaved.html", title="", said=said, seen=seen)


def editable(desk: Desk, caller: Caller, draft_id: str, now: datetime) -> tuple[Draft, Response | None]:
    """Return a draft and, when it is not the caller's to change, where to go instead."""
    draft = drafts.look(desk, drafts.at_desk(caller), draft_id, now)
    elsewhere = draft.case_id is not None or draft.owner != caller.account
    return draft, go(address(draft_id)) if elsewhere else None


def _mine(desk: Desk, caller: Caller, draft_id: str, now: datetime) -> Draft:
    return drafts.look(desk, drafts.at_desk(caller), draft_id, now)


def _known(answers: Answers, name: str) -> None:
    """A page is there when somebody is on it, or would be the next; `NotFound` else."""
    kind, _, key = name.partition("/")
    if kind == HOME and not key:
        return
    if kind in ("person", "work") and key in answers.people:
        return
    if kind == "person" and key == answers.next_person:
        return
    raise NotFound("页面")


def _number(typed: str, otherwise: int) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else otherwise


def _seen(form: Form) -> int:
    return _number(form.typed("seen"), 0)


def _opened(request: Request, desk: Desk, now: datetime, caller: Caller, draft_id: str, name: str) -> Response:
    draft, elsewhere = editable(desk, caller, draft_id, now)
    if elsewhere is not None:
        return elsewhere
    answers = Answers.of(draft.content)
    _known(answers, name)
    form = form_of(name, answers)
    if name == HOME and name not in answers.pages:
        form = form_of(name, answers, applied_on=today_of(desk, answers, now).isoformat())
    back = request.query_params.get("back", "")
    mistakes: tuple[Mistake, ...] = ()
    if back and name in answers.pages:
        mistakes = read_page(name, answers.page(name))[1]
    return _page(request, desk, now, caller, draft, name, form, back=back, mistakes=mistakes)


def _saved(
    request: Request, desk: Desk, now: datetime, caller: Caller, draft_id: str, name: str, form: Form
) -> Response:
    draft, elsewhere = editable(desk, caller, draft_id, now)
    before = Answers.of(draft.content)
    back = form.typed("back")
    if form.text("go") == "another" and elsewhere is None:
        name, seen = person_page(before.next_person), 0
    else:
        seen = _seen(form)
    _known(before, name)
    fields = fields_of(name, form, extra_of(desk, name))
    try:
        opening = Opening(form.typed("opening")[:40])
        answers = drafts.save_page(
            desk, drafts.at_desk(caller), draft_id, name, fields, now, seen=seen, opening=opening
        )
    except PageChanged as changed:
        return _page(request, desk, now, caller, draft, name, form, back=back, changed=changed, status=409)
    except NotFound:
        raise
    except CaseworkError as no:
        wrong = (Mistake(None, no.message),)
        status = 422 if isinstance(no, SaidNo) else 409
        return _page(request, desk, now, caller, draft, name, form, back=back, mistakes=wrong, status=status)
    if form.text("go") == "later":
        return go("/intake?done=saved")
    found = outlook(desk, caller, drafts.look(desk, drafts.at_desk(caller), draft_id, now), now)
    mistakes = found.on(name)
    if mistakes:
        return _page(request, desk, now, caller, found.draft, name, form, back=back, mistakes=mistakes, status=422)
    if name.startswith("person/") and not read_ok(answers, work_page(name.partition("/")[2])):
        return go(address(draft_id, next_page(name)) + (f"?back={back}" if back in BACK else ""))
    return go(address(draft_id, back if back in BACK else next_page(name)))


def read_ok(answers: Answers, name: str) -> bool:
    """Whether nothing is to be corrected."""
    return not read_page(name, answers.page(name))[1]


def _page(
    request: Request,
    desk: Desk,
    now: datetime,
    caller: Caller,
    draft: Draft,
    name: str,
    form: Form,
    *,
    back: str = "",
    mistakes: tuple[Mistake, ...] = (),
    changed: PageChanged | None = None,
    status: int = 200,
) -> Response:
    answers = Answers.of(draft.content)
    kind, _, key = name.partition("/")
    today = today_of(desk, answers, now)
    with desk.record.read() as work_:
        around = offices_at_work(work_, caller.area[:4]) if kind == HOME else ()
    stamp = changed.stamp if changed else answers.stamp(name)
    step = HOME if kind == HOME else "applicant" if key == APPLICANT else "members"
    return render(
        request,
        f"intake/{kind}.html",
        title=f"受理申请：{'住址和日期' if kind == HOME else '申请人' if key == APPLICANT else '家庭成员'}",
        status=status,
        form=form,
        mistakes=mistakes,
        draft=draft,
        name=name,
        key=key,
        heading=page_words(answers, name),
        applicant=key == APPLICANT,
        questions=by_name(name),
        about=about(answers.page(person_page(key)).get("id_number", ""), today) if kind == "work" else None,
        told=_told(kind, form, mistakes, today),
        latest=max(today, local_date(now)).isoformat(),
        proposed=proposed_offices(desk, caller, answers) if kind == HOME else (),
        communities=communities_here(desk, caller) if kind == HOME else (),
        around=tuple(office for office in around if office.office != caller.area),
        seen=stamp.saves,
        saved_at=stamp.when,
        back=back if back in BACK else "",
        differs=_differs(name, form, changed.stored) if changed else (),
        changed=changed,
        changed_at=at(changed.stamp.when) if changed else "",
        steps=steps_of(outlook(desk, caller, draft, now), step),
    )


def _told(kind: str, form: Form, mistakes: tuple[Mistake, ...], today: date) -> Found | None:
    """Return what the number on a page says, where it is right: what is wrong with it stands at the field."""
    found = of_id_number(form.typed("id_number"), today) if kind == "person" else None
    return found if found and found.tone != "bad" and "id_number" not in {m.field for m in mistakes} else None


def _differs(name: str, form: Form, stored: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """Return what differs from what was saved meanwhile: (question, there, here)."""
    words = {q.name: dict(q.options) for q in questions_of(name)}
    return tuple(
        (q.label, words[q.name].get(there, there) or "没有填", words[q.name].get(here, here) or "没有填")
        for q in questions_of(name)
        if (there := stored.get(q.name, "")) != (here := form.typed(q.name))
    )
