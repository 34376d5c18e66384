"""One import (一次导入): where it stands, what its check found, what became of its households, its lines to correct."""

import json
from collections.abc import Iterator

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from console.asking import for_roles
from console.export import MOST_ROWS, exported
from console.forms import Form, Mistake
from console.imports.columns import mapping_page
from console.imports.seen import (
    HERE,
    KINDS,
    LINE_STATES,
    OUTCOMES,
    SHOWS,
    STATES,
    BatchId,
    Importer,
    where,
)
from console.listing import SIZE, Column, Listing, wanted
from console.rendering import fragment, page, wants_part
from console.sending_on import go
from desk.desk import Caller, Desk
from desk.errors import NotFound
from desk.imports import IDLE, IMPORTERS, UNDONE_WITHIN, can_be_undone, find, mine
from records import import_lists, imports
from records.household_pages import log_view
from records.import_lists import Line
from records.imports import BAD, Batch
from register.sheet_fields import REASONS

router = APIRouter()

SHOWN_BAD = 50
FILTERS = ("show", "state")
COLUMNS: tuple[Column[Line], ...] = (
    Column("number", "户编号", lambda one: one.number),
    Column("line", "表中行号", lambda one: str(one.line), number=True),
    Column("members", "人数", lambda one: str(one.members), number=True),
    Column("outcome", "研判", lambda one: OUTCOMES.get(one.outcome, one.outcome)),
    Column("where", "与已知情况比对", where, link=lambda one: _case(one.active_case or one.former_case)),
    Column("state", "结果", lambda one: LINE_STATES[one.state]),
    Column("case", "个案", lambda one: one.case_id or "—", link=lambda one: _case(one.case_id)),
    Column("why", "说明", lambda one: one.why or ""),
)


def _case(case_id: str | None) -> str | None:
    return f"/cases/{case_id}" if case_id else None


@router.get(HERE + "/{batch_id}", **for_roles(IMPORTERS))
def one(request: Request, desk: OurDesk, now: Now, caller: Importer, batch_id: BatchId) -> Response:
    batch = find(desk, caller, batch_id)
    if batch.state == "mapping" and mine(caller, batch):
        return mapping_page(request, desk, caller, batch, Form(), ())
    return batch_page(request, desk, now, caller, batch, Form(), ())


@router.get(HERE + "/{batch_id}/progress", **for_roles(IMPORTERS))
def progress(request: Request, desk: OurDesk, caller: Importer, batch_id: BatchId, was: str = "") -> Response:
    """How far the stage under way is, as a part of its page; once it is over the whole page is loaded anew."""
    batch = find(desk, caller, batch_id)
    if not wants_part(request):
        return go(f"{HERE}/{batch_id}")
    over = batch.state != was or request.app.state.import_runs.stopped(batch_id)
    again = {"HX-Refresh": "true"} if over else {}
    part = fragment(request, "imports/progress.html", batch=batch, states=STATES)
    return Response(str(part), media_type="text/html; charset=utf-8", headers=again)


@router.get(HERE + "/{batch_id}/errors.xlsx", **for_roles(IMPORTERS))
def errors(desk: OurDesk, now: Now, caller: Importer, batch_id: BatchId) -> Response:
    """The lines of households that are not taken, in the columns of the sheet, to be corrected and imported again.

    They show people whole as the sheet did, to a colleague too: who took them is logged.
    """
    batch = find(desk, caller, batch_id)
    if not mine(caller, batch) or not _any_bad(desk, batch):
        raise NotFound("文件")
    with desk.record.write() as work:
        log_view(work, caller.scope, batch_id, what="import", reason="下载导入的错误表", now=now)
    titles = (*batch.header, REASONS)
    columns = [_column(place, title) for place, title in enumerate(titles)]
    answer = exported("import-errors", columns, _bad_rows(desk, batch), "xlsx")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.get(HERE + "/{batch_id}/export.{kind}", **for_roles(IMPORTERS))
def export(request: Request, desk: OurDesk, caller: Importer, batch_id: BatchId, kind: str) -> Response:
    """The households of an import as a file, as on the page."""
    batch = find(desk, caller, batch_id)
    asked = wanted(request, sorts=(), filters=FILTERS)
    chosen = import_lists.lines_of(batch.batch_id, state=asked.get("state"), known=_shown(asked.get("show")))
    with desk.record.read() as work:
        rows = import_lists.lines(work, chosen, limit=MOST_ROWS)
    return exported("import", COLUMNS, rows, kind)


def batch_page(
    request: Request,
    desk: Desk,
    now: Now,
    caller: Caller,
    batch: Batch,
    form: Form,
    mistakes: tuple[Mistake, ...],
    *,
    undoing: bool = False,
) -> Response:
    """Return the page of an import; `undoing` asks whether to take it back."""
    asked = wanted(request, sorts=(), filters=FILTERS)
    chosen = import_lists.lines_of(batch.batch_id, state=asked.get("state"), known=_shown(asked.get("show")))
    with desk.record.read() as work:
        rows = import_lists.lines(work, chosen, offset=asked.offset, limit=SIZE)
        total = import_lists.count(work, chosen)
        counts = {**batch.counts, **import_lists.counted(work, batch.batch_id)}
    empty = (
        "没有符合这些条件的家庭，请放宽条件。" if asked.filters else "没有可以导入的家庭，请按错误表改正后重新导入。"
    )
    return page(
        request,
        "imports/undo.html" if undoing else "imports/one.html",
        title="撤销导入" if undoing else "一次导入",
        status=422 if mistakes else 200,
        batch=batch,
        counts=counts,
        kinds=KINDS,
        states=STATES,
        mine=mine(caller, batch),
        stopped=request.app.state.import_runs.stopped(batch.batch_id),
        undoable=mine(caller, batch) and can_be_undone(batch, now),
        opens=caller.role.value == "caseworker" and batch.kind == "survey",
        listing=Listing("import", f"{HERE}/{batch.batch_id}", COLUMNS, rows, total, asked, empty),
        shows=SHOWS,
        line_states=tuple(LINE_STATES.items()),
        bad=_some_bad(desk, batch) if mine(caller, batch) else (),
        shown_bad=SHOWN_BAD,
        idle=IDLE.days,
        undone_within=UNDONE_WITHIN.days,
        form=form,
        mistakes=mistakes,
    )


def _shown(show: str | None) -> str | None:
    return show if show in dict(SHOWS) else None


def _column(place: int, title: str) -> Column[list[str]]:
    return Column(str(place), title or f"第{place + 1}列", lambda row: row[place])


def _any_bad(desk: Desk, batch: Batch) -> bool:
    with desk.record.read() as work:
        return imports.chunk(work, batch.batch_id, BAD, 0) is not None


def _some_bad(desk: Desk, batch: Batch) -> tuple[tuple[int, str, str], ...]:
    """Return the first bad cells: line, column and what to do."""
    with desk.record.read() as work:
        content = imports.chunk(work, batch.batch_id, BAD, 0)
    lines = json.loads(content) if content else []
    return tuple((line, column, why) for line, wrong, _ in lines for column, why in wrong)[:SHOWN_BAD]


def _bad_rows(desk: Desk, batch: Batch) -> Iterator[list[str]]:
    width, number = len(batch.header), 0
    while True:
        with desk.record.read() as work:
            content = imports.chunk(work, batch.batch_id, BAD, number)
        if content is None:
            return
        for line, wrong, cells in json.loads(content):
            told = [f"第{line}行“{column}”：{why}" for column, why in wrong] or ["本行没有错误，同户其他行有错误"]
            yield [*cells[:width], *([""] * (width - len(cells))), "；".join(told)]
        number += 1
