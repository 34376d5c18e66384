"""Is this paper genuine (文书验真): for anybody, by the file or by number and code.  An upload is not kept.

The answer is a page of its own kind, not an address to come back to: what was asked stands nowhere.
"""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from console.asking import FOR_EVERYBODY, Posted
from console.forms import Form, Mistake
from console.public.board import public_page
from console.public.limits import count_look, count_write
from desk.verifying import LARGEST, PaperPublic, Verified, verify_file, verify_number

router = APIRouter()


@router.get("/verify", **FOR_EVERYBODY)
def ask(request: Request, now: Now) -> Response:
    count_look(request, now)
    return _page(request, Form())


@router.post("/verify", **FOR_EVERYBODY)
async def by_number(request: Request, desk: OurDesk, now: Now, form: Posted) -> Response:
    """Say which paper has this number and code."""
    number, code = form.text("number") or "", form.text("code") or ""
    mistakes = tuple(
        Mistake(field, words)
        for field, typed, words in (("number", number, "请填写文书编号"), ("code", code, "请填写验证码"))
        if not typed
    )
    if mistakes:
        return _page(request, form, mistakes=mistakes, status=422)
    count_write(request, now)
    found = await run_in_threadpool(verify_number, desk.record, number[:60], code[:40])
    return _page(request, form, asked=True, paper=found)


@router.post("/verify/uploads", **FOR_EVERYBODY)
async def by_file(request: Request, desk: OurDesk, now: Now, form: Posted) -> Response:
    """Say whether a file is as it was issued."""
    file = form.file("file")
    content = await file.read(LARGEST + 1) if file is not None else b""
    if not content or len(content) > LARGEST:
        words = "文件超过10 MB，不是本系统的文书" if content else "请选择要验的 PDF 文件"
        return _page(request, form, mistakes=(Mistake("file", words),), status=422)
    count_write(request, now)
    found = await run_in_threadpool(verify_file, desk.record, desk.evidence, desk.press, content)
    return _page(request, form, verified=found)


def _page(
    request: Request,
    form: Form,
    *,
    mistakes: tuple[Mistake, ...] = (),
    status: int = 200,
    asked: bool = False,
    paper: PaperPublic | None = None,
    verified: Verified | None = None,
) -> Response:
    return public_page(
        request,
        "papers/verify.html",
        title="文书验真",
        status=status,
        form=form,
        mistakes=mistakes,
        asked=asked,
        paper=paper,
        verified=verified,
    )
