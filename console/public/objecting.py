"""Objecting to a publicity (提出异议): anybody, while the notice hangs, with a name or without, with files or without.

What was typed is never lost: a page with mistakes and the page of a publicity that ended meanwhile both show it again.
"""

from datetime import datetime

from fastapi import APIRouter
from pydantic import TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import SaidNo
from console.asking import FOR_EVERYBODY, Posted
from console.cookies import put, read
from console.forms import Form, Mistake, mistakes_of
from console.public.board import came_down, public_page, time_left
from console.public.limits import count_look, count_write
from console.sending_on import go
from desk.bodies import Text
from desk.desk import Desk
from desk.errors import TooManyTries, or_not_found
from desk.evidence import HandedIn, keep_file
from desk.intake_form import Name
from desk.phone_codes import mobile
from desk.public_objections import ANONYMOUS_SHORTEST, SHORTEST, PublicityOver, Typed, file_objection
from documents.file_kinds import LARGEST, kind_of
from records.board_pages import OnBoard, on_board
from records.evidence import OBJECTION

router = APIRouter()

RECEIPT = "wanjia-receipt"
MOST_FILES = 3
FIELDS = ("content", "who", "name", "phone", "files")
_TEXT: TypeAdapter[str] = TypeAdapter(Text)
_NAME: TypeAdapter[str] = TypeAdapter(Name)


@router.get("/board/{public_id}/objection", **FOR_EVERYBODY)
def objection_page(request: Request, public_id: str, desk: OurDesk, now: Now) -> Response:
    count_look(request, now)
    notice = _notice(desk, public_id, now)
    return _page(request, desk, notice, Form(), ()) if notice.up else came_down(request)


@router.post("/board/{public_id}/objection/uploads", **FOR_EVERYBODY)
async def objection(request: Request, public_id: str, desk: OurDesk, now: Now, form: Posted) -> Response:
    """Take the objection in and show its receipt; after the last day, the words of what can be done instead."""
    notice = await run_in_threadpool(_notice, desk, public_id, now)
    if not notice.up:
        return _late(request, notice, form)
    mistakes, typed = _read(form)
    files, wrong = await _files(form)
    if mistakes or wrong or typed is None:
        return _page(request, desk, notice, form, (*mistakes, *wrong), 422)
    try:
        count_write(request, now)
        receipt, _ = await run_in_threadpool(file_objection, desk, public_id, typed, form.key, now)
        for name, content in files:
            handed = HandedIn(OBJECTION, receipt, "其他材料", name, content)
            await run_in_threadpool(keep_file, desk, handed, now)
    except PublicityOver:
        return _late(request, notice, form)
    except (SaidNo, TooManyTries) as no:
        return _page(request, desk, notice, form, mistakes_of(no, FIELDS), 422)
    answer = go("/board/received")
    put(request, answer, RECEIPT, receipt, lasts=3600)
    return answer


@router.get("/board/received", **FOR_EVERYBODY)
def received(request: Request) -> Response:
    """The receipt; its number stands in no address."""
    receipt = read(request, RECEIPT)
    if receipt is None:
        return go("/board")
    return public_page(request, "public/objection_received.html", title="异议已收到", receipt=receipt)


def _notice(desk: Desk, public_id: str, now: datetime) -> OnBoard:
    with desk.record.read() as work:
        return or_not_found(on_board(work, public_id, now), "公示")


def _read(form: Form) -> tuple[list[Mistake], Typed | None]:
    """Return what is wrong, or the objection as typed."""
    mistakes: list[Mistake] = []
    content = form.text("content") or ""
    who = form.text("who")
    least = ANONYMOUS_SHORTEST if who == "anonymous" else SHORTEST
    if len(content) < least:
        facts = "匿名反映请写明可以核查的具体事实：时间、地点、什么事" if who == "anonymous" else "请写明您反映的情况"
        mistakes.append(Mistake("content", f"{facts}（至少{least}个字）"))
    else:
        mistakes += _odd(_TEXT, content, "content", "内容过长（最多2000字）或含有不可见字符，请删改")
    if who not in ("named", "anonymous"):
        mistakes.append(Mistake("who", "请选择实名还是匿名"))
    if who != "named":
        return mistakes, None if mistakes else Typed(content)
    name, phone = form.text("name") or "", ""
    mistakes += _odd(_NAME, name, "name", "请填写您的姓名，不要带数字或符号")
    try:
        phone = mobile(form.text("phone"))
    except SaidNo as no:
        mistakes.append(Mistake("phone", no.message))
    return mistakes, None if mistakes else Typed(content, name, phone)


def _odd(kind: TypeAdapter[str], value: str, field: str, words: str) -> list[Mistake]:
    try:
        kind.validate_python(value)
    except ValidationError:
        return [Mistake(field, words)]
    return []


async def _files(form: Form) -> tuple[list[tuple[str, bytes]], list[Mistake]]:
    """Return the files, judged before anything is kept, and what is wrong with them."""
    handed: list[UploadFile] = [file for name, file in form.files if name == "files"]
    if len(handed) > MOST_FILES:
        return [], [Mistake("files", f"一次最多上传{MOST_FILES}个文件，请减少后重新选择")]
    files, wrong = [], []
    for place, file in enumerate(handed, 1):
        content = await file.read(LARGEST + 1)
        try:
            kind_of(content)
            files.append((file.filename or "", content))
        except SaidNo as no:
            wrong.append(Mistake("files", f"第{place}个文件：{no.message}"))
    return files, wrong


def _late(request: Request, notice: OnBoard, form: Form) -> Response:
    return public_page(
        request, "public/objection_late.html", title="公示已经结束", status=409, notice=notice, form=form
    )


def _page(
    request: Request, desk: Desk, notice: OnBoard, form: Form, mistakes: tuple[Mistake, ...], status: int = 200
) -> Response:
    with desk.record.read() as work:
        left = time_left(work, notice)
    return public_page(
        request,
        "public/objection.html",
        title="提出异议",
        status=status,
        notice=notice,
        left=left,
        form=form,
        mistakes=mistakes,
        most_files=MOST_FILES,
    )
