"""Check the answers, hand in, and what happens next (核对、提交、回执).

The page to hand in from shows everything as it will stand on record.  Handing in is `desk/handing_in.py`: one draft is
one case, so pressing again is always safe, and the page says so whenever the answer did not come.
"""

from dataclasses import dataclass, field

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from api.errors import status_of
from casework.errors import CaseworkError
from casework.place_names import community_name
from casework.written_names import person_name
from console.asking import Caseworker, Posted, for_roles
from console.forms import Form, Mistake
from console.intake.asked import editable
from console.intake.family import verdict_of
from console.intake.likeness import Likeness, likeness_of
from console.intake.my_drafts import CASEWORKERS
from console.intake.outlook import DRILL_DAY, Outlook, outlook
from console.intake.progress import address, page_words, steps_of
from console.questions.pages import Kind, pages_of, questions_of
from console.questions.reading import page_of_field, read_day, read_id_number, read_yuan
from console.rendering import page
from console.sending_on import go
from console.words import day, yuan
from desk import drafts
from desk.case_client import AcceptedNotRecorded, EngineUnavailable
from desk.desk import Desk
from desk.draft_answers import HOME
from desk.drafts import being_handed_in
from desk.handing_in import hand_in
from desk.phone_codes import mobile
from records.drafts import Draft
from records.offices import office_for

router = APIRouter()

WAITING = (EngineUnavailable, AcceptedNotRecorded)


@dataclass(frozen=True, slots=True)
class Section:
    """The answers of one page: (question, answer) in order, where to change them, how many mistakes."""

    heading: str
    path: str
    rows: tuple[tuple[str, str], ...] = field(repr=False)
    mistakes: tuple[Mistake, ...]
    wide: bool
    """Whether it stands alone in its row; somebody's two pages stand side by side."""


@router.get("/intake/{draft_id}/check", **for_roles(CASEWORKERS))
def check(request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str) -> Response:
    draft, elsewhere = editable(desk, caller, draft_id, now)
    if elsewhere is not None:
        return elsewhere
    found = outlook(desk, caller, draft, now)
    with desk.record.read() as work:
        waiting = being_handed_in(work, draft) is not None
    return page_of(request, desk, found, likeness_of(desk, caller, found, now), waiting=waiting)


@router.post("/intake/{draft_id}/check", **for_roles(CASEWORKERS))
async def submit(
    request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str, form: Posted
) -> Response:
    """Hand the draft in; whatever is wrong is said on the same page, and nothing is lost."""
    draft = await run_in_threadpool(drafts.look, desk, drafts.at_desk(caller), draft_id, now)
    if draft.case_id is not None:
        return go(address(draft_id, "done"))
    if draft.owner != caller.account:
        return go(address(draft_id))
    found = await run_in_threadpool(outlook, desk, caller, draft, now)
    like = await run_in_threadpool(likeness_of, desk, caller, found, now)
    waiting = await run_in_threadpool(_waits, desk, draft)
    application = found.read.form
    ready = application is not None and (waiting or _ready(found, like))
    if application is None or not ready:
        wrong = (Mistake(None, "还有内容没有填完或没有处理，见下面标出的各处，处理完再提交。"),)
        return page_of(request, desk, found, like, mistakes=wrong, status=422)
    version = form.typed("version")
    try:
        await hand_in(
            desk,
            caller,
            draft_id,
            application,
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0,
            now=now,
            reasons=like.told,
        )
    except CaseworkError as no:
        status = status_of(no)
        if status not in (403, 409, 422) and not isinstance(no, WAITING):
            raise
        draft = await run_in_threadpool(drafts.look, desk, drafts.at_desk(caller), draft_id, now)
        found = await run_in_threadpool(outlook, desk, caller, draft, now)
        if isinstance(no, WAITING):
            return page_of(request, desk, found, like, waiting=True, status=status, said=no.message)
        return page_of(request, desk, found, like, mistakes=(_mistake(no, found),), status=status)
    return go(address(draft_id, "done"))


def _waits(desk: Desk, draft: Draft) -> bool:
    with desk.record.read() as work:
        return being_handed_in(work, draft) is not None


def _ready(found: Outlook, like: Likeness) -> bool:
    return found.judged is not None and not found.mistakes and not like.blocked and not like.unexplained


def _mistake(no: CaseworkError, found: Outlook) -> Mistake:
    place = page_of_field(no.field, found.answers)
    where = f"（{page_words(found.answers, place[0])}）" if place else ""
    return Mistake(None, f"没有受理：{no.message}{where}")


def sections_of(found: Outlook) -> tuple[Section, ...]:
    """Return everything typed, page by page, as people read it."""
    sections = []
    for name in pages_of(found.answers):
        typed, rows = found.answers.page(name), []
        about = found.about(name.partition("/")[2]) if name.startswith("work/") else None
        for question in questions_of(name):
            if not typed.get(question.name) and about is not None and question.name == "track" and not about.asks_track:
                continue
            if about is not None and about.young and question.name in ("capacity", "willing"):
                continue
            answer = typed.get(question.name, "")
            words = dict(question.options).get(answer, answer)
            if question.kind is Kind.TICK:
                words = "是" if answer else ""
            if not words and not question.required:
                continue
            rows.append((question.label, _kept(question.name, _shown(question.kind, words))))
        if name == HOME and typed.get(DRILL_DAY):
            rows.append(("演练日期", _shown(Kind.DAY, typed[DRILL_DAY])))
        path = f"{address(found.draft.draft_id, name)}?back=check"
        sections.append(Section(page_words(found.answers, name), path, tuple(rows), found.on(name), name == HOME))
    return tuple(sections)


def _kept(name: str, words: str) -> str:
    """Return a name as it will stand on record, whatever blanks and dots were typed."""
    return {"name": person_name, "community": community_name}.get(name, str)(words)


def _shown(kind: Kind, typed: str) -> str:
    """Return an answer as it was understood; one that was not, as it was typed."""
    if not typed:
        return "没有填"
    try:
        if kind is Kind.DAY:
            return day(read_day(typed))
        if kind is Kind.YUAN:
            return yuan(read_yuan(typed))
        if kind is Kind.PHONE:
            return mobile(typed)
        if kind is Kind.ID_NUMBER:
            number = read_id_number(typed).number
            return f"{number[:6]} {number[6:14]} {number[14:]}"
    except (ValueError, CaseworkError):
        return typed
    return typed


def page_of(
    request: Request,
    desk: Desk,
    found: Outlook,
    like: Likeness,
    *,
    waiting: bool = False,
    mistakes: tuple[Mistake, ...] = (),
    status: int = 200,
    said: str = "",
) -> Response:
    with desk.record.read() as work:
        office = office_for(work, found.office)
    sections = sections_of(found)
    return page(
        request,
        "intake/check.html",
        title="受理申请：核对提交",
        status=status,
        form=Form(),
        mistakes=mistakes,
        draft=found.draft,
        found=found,
        like=like,
        sections=sections,
        open_sections=tuple(section for section in sections if section.mistakes),
        verdict=verdict_of(found),
        office=f"{office.name}（{found.office}）" if office and office.office == found.office else found.office,
        ready=_ready(found, like) or waiting,
        waiting=waiting,
        said=said,
        steps=steps_of(found, "check"),
    )
