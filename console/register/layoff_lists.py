"""Layoff lists (裁员名单, N14): typed or as a sheet, and the alerts they raise, each with its reason and one click."""

from datetime import datetime

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError, NotYourStep, SaidNo
from casework.states import Role
from casework.times import local_date
from console.asking import Posted, for_roles
from console.forms import Form, Mistake, mistakes_of
from console.register.paper import LARGEST, WHOLE, OnPaper
from console.register.seen import InPath, OfTheRegister
from console.rendering import page
from console.sending_on import go
from desk import layoffs
from desk.desk import Caller, Desk
from desk.errors import NotFound, or_not_found
from desk.layoffs import A_LIST
from desk.register import IN_CHARGE
from desk.survey_rounds import may_open
from records.layoff_lists import list_of, lists_of
from register.layoff_sheet import LayoffList, read_file, read_typed
from register.survey import BadCell

router = APIRouter()

HERE = "/register/layoffs"
FIELDS = ("office", "employer", "people", "sheet")
SHOWN = 200


@router.get(HERE, **for_roles(IN_CHARGE))
def lists(request: Request, desk: OurDesk, now: Now, caller: OfTheRegister) -> Response:
    return _page(request, desk, caller, now, Form(), ())


@router.post(HERE, **for_roles(WHOLE))
def typed(request: Request, desk: OurDesk, now: Now, caller: OnPaper, form: Posted) -> Response:
    """Take a list that was typed."""
    return _taken(request, desk, caller, now, form, read_typed(form.typed("people"), form.text("employer") or ""))


@router.post(HERE + "/uploads", **for_roles(WHOLE))
async def sheet(request: Request, desk: OurDesk, now: Now, caller: OnPaper, form: Posted) -> Response:
    """Take a list that came as a sheet."""
    file = form.file("sheet")
    content = await file.read(LARGEST + 1) if file else b""
    name = (file.filename or "") if file else ""

    def take() -> Response:
        try:
            if not content:
                raise SaidNo("file_missing", "请选择一个文件。", field="sheet")
            if len(content) > LARGEST:
                raise SaidNo("sheet_too_large", "文件超过10MB，请拆分后再登记。", field="sheet")
            read = read_file(content, name, form.text("employer") or "")
        except SaidNo as no:
            return _page(request, desk, caller, now, form, (Mistake("sheet", no.message),))
        return _taken(request, desk, caller, now, form, read, source="sheet")

    return await run_in_threadpool(take)


@router.get(HERE + "/{list_id}", **for_roles(IN_CHARGE))
def one(request: Request, desk: OurDesk, now: Now, caller: OfTheRegister, list_id: InPath) -> Response:
    """Show what one list means for the households the office knows."""
    found = layoffs.warned(desk, caller, local_date(now), list_id)
    with desk.record.read() as work:
        kept = or_not_found(list_of(work, caller.scope, list_id), A_LIST)
    return page(
        request,
        "register/layoff_list.html",
        title="裁员名单的预警",
        kept=kept,
        warned=found,
        opens=caller.role is Role.CASEWORKER,
        form=Form(),
    )


def _taken(
    request: Request,
    desk: Desk,
    caller: Caller,
    now: datetime,
    form: Form,
    read: LayoffList,
    source: str = "typed",
) -> Response:
    field = "sheet" if source == "sheet" else "people"
    if read.bad_cells:
        words = f"名单有{len(read.bad_cells)}处要更正，没有登记任何人"
        return _page(request, desk, caller, now, form, (Mistake(field, words),), read.bad_cells)
    office = form.typed("office") or caller.area
    employers = {person.employer for person in read.people}
    employer = employers.pop() if len(employers) == 1 else f"{len(employers)}个单位"
    try:
        list_id = layoffs.take_list(
            desk, caller, office=office, employer=employer, source=source, people=read.people, key=form.key, now=now
        )
    except (NotFound, NotYourStep):
        raise
    except CaseworkError as no:
        return _page(request, desk, caller, now, form, mistakes_of(no, FIELDS))
    return go(f"{HERE}/{list_id}")


def _page(
    request: Request,
    desk: Desk,
    caller: Caller,
    now: datetime,
    form: Form,
    mistakes: tuple[Mistake, ...],
    bad_cells: tuple[BadCell, ...] = (),
) -> Response:
    offices = may_open(desk, caller)
    found = layoffs.warned(desk, caller, local_date(now))
    with desk.record.read() as work:
        kept = lists_of(work, caller.scope)
    return page(
        request,
        "register/layoffs.html",
        title="裁员名单",
        status=422 if mistakes else 200,
        lists=kept,
        warned=found[:SHOWN],
        more=max(0, len(found) - SHOWN),
        offices=tuple((o.office, f"{o.name}（{o.office}）") for o in offices) if len(offices) > 1 else (),
        takes=caller.role in WHOLE,
        opens=caller.role is Role.CASEWORKER,
        bad_cells=bad_cells[:SHOWN],
        form=form,
        mistakes=mistakes,
    )
