"""Large files of the ledger, and those with whole names (台账文件): asked for, watched, fetched by their owner.

Works without JavaScript: the page of a file is loaded again by hand or by itself.
"""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.asking import STAFF, Now, OurDesk
from casework.states import Role
from console.asking import Posted, Staff, for_roles
from console.case_pages.reasons import choices, reason_in
from console.forms import Form, Mistake
from console.ledger.asked import FILTERS, PATH, asked_of
from console.listing import Listing
from console.rendering import page
from console.sending_on import go
from desk.desk import Caller, Desk
from desk.errors import NotFound
from desk.ledger_files import KEPT, NAMED, ask_for_file, content_of, make_again, own_file, own_files
from records.ledger_files import Order
from records.ledger_pages import ledger_count

router = APIRouter()

FILES = PATH + "/files"
KINDS = (("xlsx", "Excel 表格"), ("csv", "CSV 文本"))
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
STATES = {
    "logging": ("正在登记查看记录", "info"),
    "making": ("正在生成", "info"),
    "ready": ("可以下载", "good"),
    "failed": ("没有生成", "bad"),
}
FileId = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]


@router.get(FILES, **for_roles(STAFF))
def asking(request: Request, desk: OurDesk, caller: Staff, now: Now) -> Response:
    return _page(request, desk, caller, Form(), (), now)


@router.post(FILES, **for_roles(STAFF))
async def ask(request: Request, desk: OurDesk, caller: Staff, now: Now, form: Posted) -> Response:
    """Begin to make a file; its page shows how far it is."""
    kind, names = form.text("kind"), form.text("names")
    reason, mistakes = reason_in(form, caller.role) if names == "whole" else (None, ())
    if kind not in MEDIA:
        mistakes = (Mistake("kind", "请选择文件格式"), *mistakes)
    if mistakes:
        return await run_in_threadpool(_page, request, desk, caller, form, mistakes, now)
    file_id = await run_in_threadpool(_order, request, desk, caller, form, reason, now)
    request.app.state.ledger_files.start(file_id)
    return go(f"{FILES}/{file_id}")


@router.get(FILES + "/{file_id}", **for_roles(STAFF))
def one(request: Request, desk: OurDesk, caller: Staff, now: Now, file_id: FileId) -> Response:
    found = own_file(desk, caller, file_id, now)
    until = found.created_at + KEPT
    return page(
        request,
        "ledger/file.html",
        title="台账文件",
        file=found,
        states=STATES,
        until=until,
        kinds=dict(KINDS),
        form=Form(),
    )


@router.post(FILES + "/{file_id}/again", **for_roles(STAFF))
async def again(request: Request, desk: OurDesk, caller: Staff, now: Now, file_id: FileId, _: Posted) -> Response:
    """Have a file that failed made anew."""
    if await run_in_threadpool(make_again, desk, caller, file_id, now):
        request.app.state.ledger_files.start(file_id)
    return go(f"{FILES}/{file_id}")


@router.get(FILES + "/{file_id}/content", **for_roles(STAFF))
def content(desk: OurDesk, caller: Staff, now: Now, file_id: FileId) -> Response:
    found = own_file(desk, caller, file_id, now)
    if found.state != "ready":
        raise NotFound("文件")
    name = f"ledger-{found.asked.day}.{found.kind}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(found.size),
        "Cache-Control": "no-store",
    }
    return StreamingResponse(content_of(desk, found), media_type=MEDIA[found.kind], headers=headers)


def _order(request: Request, desk: Desk, caller: Caller, form: Form, reason: str | None, now: Now) -> str:
    with desk.record.read() as work:
        asked = asked_of(request, work, desk, caller, now)
        total, _ = ledger_count(work, caller.scope, asked.narrowed)
    order = Order(form.text("kind") or "xlsx", asked.narrowed, total, reason)
    return ask_for_file(desk, caller, order, form.key, now)


def _page(
    request: Request, desk: Desk, caller: Caller, form: Form, mistakes: tuple[Mistake, ...], now: Now
) -> Response:
    with desk.record.read() as work:
        asked = asked_of(request, work, desk, caller, now)
        total, homes = ledger_count(work, caller.scope, asked.narrowed)
    return page(
        request,
        "ledger/files.html",
        title="导出台账",
        status=422 if mistakes else 200,
        asked=asked,
        lines=total,
        homes=homes,
        narrowed=any(name != "day" for name in asked.wanted.filters if name in FILTERS),
        action=Listing("ledger", FILES, (), (), total, asked.wanted, "").address(page=1),
        back=Listing("ledger", PATH, (), (), total, asked.wanted, "").address(page=1),
        kinds=KINDS,
        files=own_files(desk, caller, now),
        states=STATES,
        reasons=choices(caller.role) if caller.role in NAMED else (),
        area="本机构" if caller.role is Role.CASEWORKER else "本县（市、区）",
        form=form,
        mistakes=mistakes,
    )
