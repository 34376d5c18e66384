"""The papers of a case (文书): what can be issued, issuing after a look at what will happen, and each file again.

A file shows people whole: only who may see them whole gets it, and each time is written into the view log.
"""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from api.people import LOOKERS
from casework.errors import CaseworkError, NotYourStep, SaidNo
from console.asking import Posted, Staff, for_roles
from console.case_pages.in_path import CaseInPath, Looker
from console.forms import Form, Mistake
from console.public.files import LOCKED
from console.rendering import page
from console.sending_on import go
from desk.desk import Caller, Desk
from desk.papers import OfferShown, issue, issue_again, open_paper, papers_of_case
from documents.evidence_store import EvidenceLost
from documents.paper_kinds import PaperKind, Sealer
from documents.seal_port import SealFailed
from documents.typesetting import CharacterMissing, FontsMissing

router = APIRouter()

PaperInPath = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]
SEALERS = {Sealer.COUNTY: "县级电子印章", Sealer.OFFICE: "受理机构电子印章", Sealer.NOBODY: "不盖章"}
CANNOT = (SealFailed, FontsMissing, CharacterMissing)
"""What is nobody's mistake on the page: it is said there, and the same button tries again."""


@router.get("/cases/{case_id}/papers", **for_roles(STAFF))
def papers(request: Request, case_id: CaseInPath, caller: Staff, desk: OurDesk, now: Now, made: str = "") -> Response:
    """What the case gives, what was issued, and the number of what has just been."""
    found = papers_of_case(desk, caller, case_id, now)
    return page(
        request,
        "papers/of_case.html",
        title=f"文书 {case_id}",
        case_id=case_id,
        offers=found.offers,
        issued=found.issued,
        kinds={kind.value: kind.words for kind in PaperKind},
        sealers=SEALERS,
        made=next((paper for paper in found.issued if paper.paper_id == made), None),
        opens=caller.role in LOOKERS,
    )


@router.get("/cases/{case_id}/papers/issue", **for_roles(LOOKERS))
def confirm(
    request: Request,
    case_id: CaseInPath,
    caller: Looker,
    desk: OurDesk,
    now: Now,
    paper: str = "",
    again: str = "",
) -> Response:
    """Say what issuing does before it is done; nothing that was not offered has such a page."""
    return _confirmation(request, case_id, _offered(desk, caller, case_id, paper, now), again)


@router.post("/cases/{case_id}/papers/issue", **for_roles(LOOKERS))
async def issue_paper(
    request: Request, case_id: CaseInPath, caller: Looker, desk: OurDesk, now: Now, form: Posted
) -> Response:
    """Issue; a repeat finds the paper that was issued already."""
    key, replaced = form.text("paper") or "", form.text("again") or ""

    def make() -> str:
        if replaced:
            return issue_again(desk, caller, case_id, key, replaced, now).paper_id
        return issue(desk, caller, case_id, key, now).paper_id

    try:
        paper_id = await run_in_threadpool(make)
    except (SaidNo, NotYourStep, *CANNOT) as no:
        return await run_in_threadpool(_again, request, desk, caller, case_id, key, replaced, form, no, now)
    return go(f"/cases/{case_id}/papers?made={paper_id}")


@router.get("/cases/{case_id}/papers/{paper_id}", **for_roles(LOOKERS))
def paper_file(case_id: CaseInPath, paper_id: PaperInPath, caller: Looker, desk: OurDesk, now: Now) -> Response:
    """Send the file as it was issued, under a name that tells nothing; that it was taken is logged."""
    try:
        found = open_paper(desk, caller, case_id, paper_id, now)
    except EvidenceLost as lost:
        raise SaidNo(lost.code, lost.message) from None
    return Response(
        found.content,
        media_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{found.paper.paper_id}.pdf"',
            "Content-Security-Policy": LOCKED,
            "Cache-Control": "no-store",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )


def _offered(desk: Desk, caller: Caller, case_id: str, key: str, now: Now) -> OfferShown:
    found = papers_of_case(desk, caller, case_id, now)
    shown = next((each for each in found.offers if each.offer.key == key), None)
    if shown is None:
        found.there.offer(key)  # raises the words for it
        raise AssertionError(key)
    return shown


def _again(
    request: Request,
    desk: Desk,
    caller: Caller,
    case_id: str,
    key: str,
    replaced: str,
    form: Form,
    no: CaseworkError,
    now: Now,
) -> Response:
    status = 503 if isinstance(no, CANNOT) else 403 if isinstance(no, NotYourStep) else 422
    shown = _offered(desk, caller, case_id, key, now)
    return _confirmation(request, case_id, shown, replaced, form, (Mistake(None, no.message),), status)


def _confirmation(
    request: Request,
    case_id: str,
    shown: OfferShown,
    again: str,
    form: Form | None = None,
    mistakes: tuple[Mistake, ...] = (),
    status: int = 200,
) -> Response:
    return page(
        request,
        "papers/confirm.html",
        title=f"制发文书 {case_id}",
        status=status,
        case_id=case_id,
        shown=shown,
        seal=SEALERS[shown.offer.sealer],
        tries=shown.trying,
        again=again,
        form=form or Form(),
        mistakes=mistakes,
    )
