"""Papers for an online application (上传材料): photographs or scans, looked at again by the family, taken out again.

They are kept under the draft, and under the application's number once it is handed in.
"""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import SaidNo
from console.apply.progress import address
from console.apply.start import Visitor
from console.asking import FOR_EVERYBODY, Posted
from console.forms import Form, Mistake, mistakes_of
from console.public.files import sent
from console.public.limits import count_write
from console.rendering import page
from console.sending_on import go
from desk import drafts
from desk.desk import Desk
from desk.errors import TooManyTries, or_not_found
from desk.evidence import LABELS, MOST, HandedIn, keep_file, opened
from desk.online_applications import files_key, whose
from documents.file_kinds import KINDS, LARGEST
from records.evidence import APPLICATION, Evidence, drop_evidence, evidence_about
from records.phone_codes import PhoneVisit

router = APIRouter()


@router.get("/apply/{draft_id}/uploads", **FOR_EVERYBODY)
def papers(request: Request, draft_id: str, desk: OurDesk, now: Now, visit: Visitor) -> Response:
    _mine(desk, visit, draft_id, now)
    return _page(request, desk, draft_id, Form(), ())


@router.post("/apply/{draft_id}/uploads", **FOR_EVERYBODY)
async def add_paper(request: Request, draft_id: str, desk: OurDesk, now: Now, visit: Visitor, form: Posted) -> Response:
    """Keep one file, if one was chosen; with the other button go on to the check then."""
    await run_in_threadpool(_mine, desk, visit, draft_id, now)
    file, on = form.file("file"), form.text("go") == "check"
    if file is None and on:
        return go(address(draft_id, "check"))
    try:
        count_write(request, now)
        if file is None:
            raise SaidNo("file_missing", "请先选择一个文件。", field="file")
        content = await file.read(LARGEST + 1)
        label, name = form.text("label") or "", file.filename or ""

        def keep() -> None:
            with desk.record.read() as work:
                about = files_key(work, draft_id)
            keep_file(desk, HandedIn(APPLICATION, about, label, name, content), now)

        await run_in_threadpool(keep)
    except (SaidNo, TooManyTries) as no:
        wrong = mistakes_of(no) if no.field else (Mistake("file", no.message),)
        return await run_in_threadpool(_page, request, desk, draft_id, form, wrong, 422)
    return go(address(draft_id, "check" if on else "uploads"))


@router.get("/apply/{draft_id}/papers/{evidence_id}", **FOR_EVERYBODY)
def one_paper(draft_id: str, evidence_id: str, desk: OurDesk, now: Now, visit: Visitor) -> Response:
    """Show the family what it has handed in."""
    _mine(desk, visit, draft_id, now)
    return sent(opened(desk, _one(desk, draft_id, evidence_id)))


@router.post("/apply/{draft_id}/papers/{evidence_id}/remove", **FOR_EVERYBODY)
def remove_paper(draft_id: str, evidence_id: str, desk: OurDesk, now: Now, visit: Visitor) -> Response:
    """Take a file out; its content goes when nothing else has the same."""
    _mine(desk, visit, draft_id, now)
    _one(desk, draft_id, evidence_id)
    with desk.record.write() as work:
        alone = drop_evidence(work, evidence_id)
    if alone is not None:
        desk.evidence.remove(alone)
    return go(address(draft_id, "uploads"))


def _mine(desk: Desk, visit: PhoneVisit, draft_id: str, now: Now) -> None:
    drafts.look(desk, whose(desk, visit), draft_id, now)


def _one(desk: Desk, draft_id: str, evidence_id: str) -> Evidence:
    with desk.record.read() as work:
        there = evidence_about(work, APPLICATION, files_key(work, draft_id))
    return or_not_found(next((file for file in there if file.evidence_id == evidence_id), None), "文件")


def _page(
    request: Request, desk: Desk, draft_id: str, form: Form, mistakes: tuple[Mistake, ...], status: int = 200
) -> Response:
    with desk.record.read() as work:
        files = evidence_about(work, APPLICATION, files_key(work, draft_id))
    return page(
        request,
        "apply/papers.html",
        title="网上申请：证件照片",
        status=status,
        draft_id=draft_id,
        files=files,
        kinds=KINDS,
        labels=[(label, label) for label in LABELS],
        most=MOST,
        form=form,
        mistakes=mistakes,
    )
