"""Files people handed in, for staff (证据材料): a case's list, adding to it, and one file.

A file is sent as what its content was found to be, never as what it was called: photographs may be shown in the
browser, locked away from everything else; the rest is only ever downloaded.  They show people whole, and what a file
was called may name them: these pages are for whoever may see the people of a case whole.
"""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from api.people import LOOKERS
from casework.errors import SaidNo
from console.asking import Posted, for_roles
from console.case_pages.in_path import Looker
from console.forms import Form, Mistake, mistakes_of
from console.rendering import page
from console.sending_on import go
from desk.desk import Caller, Desk
from desk.evidence import LABELS, MOST, Opened, add_to_case, files_of_case, open_file
from documents.file_kinds import KINDS, LARGEST

router = APIRouter()

LOCKED = "default-src 'none'; img-src 'self'; sandbox"


@router.get("/cases/{case_id}/uploads", **for_roles(LOOKERS))
def case_files(request: Request, case_id: str, caller: Looker, desk: OurDesk) -> Response:
    return _page(request, desk, caller, case_id, Form(), ())


@router.post("/cases/{case_id}/uploads", **for_roles(LOOKERS))
async def add_case_file(
    request: Request, case_id: str, caller: Looker, desk: OurDesk, now: Now, form: Posted
) -> Response:
    """Keep one file with the case."""
    file = form.file("file")
    try:
        if file is None:
            raise SaidNo("file_missing", "请选择一个文件。", field="file")
        content = await file.read(LARGEST + 1)
        label, name = form.text("label") or "", file.filename or ""

        def keep() -> str:
            return add_to_case(desk, caller, case_id, label=label, file_name=name, content=content, now=now)

        await run_in_threadpool(keep)
    except SaidNo as no:
        wrong = mistakes_of(no) if no.field else (Mistake("file", no.message),)
        return await run_in_threadpool(_page, request, desk, caller, case_id, form, wrong, 422)
    return go(f"/cases/{case_id}/uploads")


@router.get("/evidence/{evidence_id}", **for_roles(LOOKERS))
def one_file(evidence_id: str, caller: Looker, desk: OurDesk, now: Now) -> Response:
    """Send one file; the look is logged."""
    return sent(open_file(desk, caller, evidence_id, now))


def sent(file: Opened) -> Response:
    """Return a file as a download, or a photograph to look at, under a name that tells nothing."""
    how = "inline" if file.kind.shown else "attachment"
    return Response(
        file.content,
        media_type=file.kind.media_type,
        headers={
            "Content-Disposition": f'{how}; filename="{file.evidence_id}.{file.kind.name}"',
            "Content-Security-Policy": LOCKED,
            "Cache-Control": "no-store",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )


def _page(
    request: Request,
    desk: Desk,
    caller: Caller,
    case_id: str,
    form: Form,
    mistakes: tuple[Mistake, ...],
    status: int = 200,
) -> Response:
    return page(
        request,
        "public/case_files.html",
        title="证据材料",
        status=status,
        case_id=case_id,
        files=files_of_case(desk, caller, case_id),
        kinds=KINDS,
        labels=[(label, label) for label in LABELS],
        most=MOST,
        form=form,
        mistakes=mistakes,
    )
