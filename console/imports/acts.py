"""What one does with an import (导入的办理): choose the columns, confirm it, give it up, take it back."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError
from console.asking import Posted, for_roles
from console.forms import Form, Mistake
from console.imports.columns import chosen, field_of, mapping_page
from console.imports.found import batch_page
from console.imports.seen import HERE, BatchId, Importer
from console.rendering import page
from console.sending_on import go
from desk import imports
from desk.desk import off_loop
from desk.errors import NotFound
from desk.imports import AN_IMPORT, IMPORTERS, find, mine
from records.imports import Batch

router = APIRouter()


@router.get(HERE + "/{batch_id}/columns", **for_roles(IMPORTERS))
def columns(request: Request, desk: OurDesk, caller: Importer, batch_id: BatchId) -> Response:
    """The columns once more, as long as nothing was confirmed."""
    batch = find(desk, caller, batch_id)
    if not mine(caller, batch) or not batch.waiting:
        raise NotFound(AN_IMPORT)
    return mapping_page(request, desk, caller, batch, Form(), ())


@router.post(HERE + "/{batch_id}/columns", **for_roles(IMPORTERS))
async def choose(
    request: Request, desk: OurDesk, now: Now, caller: Importer, batch_id: BatchId, form: Posted
) -> Response:
    batch = await off_loop(find, desk, caller, batch_id)
    mapped = chosen(batch, form)
    try:
        await off_loop(imports.choose_columns, desk, caller, batch_id, mapped, now)
    except CaseworkError as no:
        if isinstance(no, NotFound) or not batch.waiting:
            raise
        wrong = (Mistake(field_of(batch, no.field), no.message),)
        return await off_loop(mapping_page, request, desk, caller, batch, form, wrong)
    request.app.state.import_runs.start(batch_id)
    return go(f"{HERE}/{batch_id}")


@router.post(HERE + "/{batch_id}/confirm", **for_roles(IMPORTERS))
async def confirm(
    request: Request, desk: OurDesk, now: Now, caller: Importer, batch_id: BatchId, form: Posted
) -> Response:
    """Write what was checked; cases are opened where they were asked for."""
    batch = await off_loop(find, desk, caller, batch_id)
    if not form.ticked("sure", "yes"):
        wrong = (Mistake("sure", "请核对上面的数字，勾选确认后再导入。"),)
        return await off_loop(_with_mistakes, request, desk, now, caller, batch, form, wrong)
    opens = form.ticked("open_cases", "yes")

    def confirmed() -> None:
        imports.confirm(desk, caller, batch_id, now, open_cases=opens)

    await off_loop(confirmed)
    request.app.state.import_runs.start(batch_id)
    return go(f"{HERE}/{batch_id}")


@router.post(HERE + "/{batch_id}/go-on", **for_roles(IMPORTERS))
async def go_on(request: Request, desk: OurDesk, caller: Importer, batch_id: BatchId, _: Posted) -> Response:
    """Take an import up that something stopped, where it stands."""
    batch = await off_loop(find, desk, caller, batch_id)
    runs = request.app.state.import_runs
    if mine(caller, batch) and batch.running and runs.stopped(batch_id):
        runs.start(batch_id)
    return go(f"{HERE}/{batch_id}")


@router.get(HERE + "/{batch_id}/drop", **for_roles(IMPORTERS))
def ask_to_drop(request: Request, desk: OurDesk, caller: Importer, batch_id: BatchId) -> Response:
    batch = find(desk, caller, batch_id)
    if not mine(caller, batch) or not batch.waiting:
        raise NotFound(AN_IMPORT)
    return page(request, "imports/drop.html", title="放弃导入", batch=batch, form=Form())


@router.post(HERE + "/{batch_id}/drop", **for_roles(IMPORTERS))
def drop(desk: OurDesk, now: Now, caller: Importer, batch_id: BatchId) -> Response:
    """Give a sheet up; nothing was written."""
    imports.drop(desk, caller, batch_id, now)
    return go(f"{HERE}/{batch_id}")


@router.get(HERE + "/{batch_id}/undo", **for_roles(IMPORTERS))
def ask_to_undo(request: Request, desk: OurDesk, now: Now, caller: Importer, batch_id: BatchId) -> Response:
    batch = find(desk, caller, batch_id)
    if not mine(caller, batch) or not imports.can_be_undone(batch, now):
        raise NotFound(AN_IMPORT)
    return batch_page(request, desk, now, caller, batch, Form(), (), undoing=True)


@router.post(HERE + "/{batch_id}/undo", **for_roles(IMPORTERS))
async def undo(request: Request, desk: OurDesk, now: Now, caller: Importer, batch_id: BatchId) -> Response:
    """Take an import back where nobody has touched since what it wrote."""
    await off_loop(imports.undo, desk, caller, batch_id, now)
    request.app.state.import_runs.start(batch_id)
    return go(f"{HERE}/{batch_id}")


def _with_mistakes(
    request: Request,
    desk: OurDesk,
    now: Now,
    caller: Importer,
    batch: Batch,
    form: Form,
    wrong: tuple[Mistake, ...],
) -> Response:
    return batch_page(request, desk, now, caller, batch, form, wrong)
