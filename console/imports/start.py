"""Imports of the office (表格导入): the list of them, and handing in a sheet."""

from collections.abc import Iterator, Mapping
from typing import cast

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError, SaidNo
from console.asking import Posted, for_roles
from console.forms import Form, Mistake, mistakes_of
from console.imports.seen import HERE, KINDS, STATES, Importer
from console.rendering import page
from console.sending_on import go
from desk.desk import Caller, Desk, off_loop
from desk.imports import IDLE, IMPORTERS, UNDONE_WITHIN, HandedIn, hand_in
from records import imports
from register.sheet_book import LARGEST, MOST_LINES
from register.sheet_fields import FIELDS, Kind
from register.sheet_words import READ_AS, SHAPES, UNCLEAR

router = APIRouter()


@router.get(HERE, **for_roles(IMPORTERS))
def listed(request: Request, desk: OurDesk, caller: Importer) -> Response:
    return _page(request, desk, caller, Form(), ())


@router.get(HERE + "/words", **for_roles(IMPORTERS))
def words(request: Request, _: Importer) -> Response:
    """What ways of writing are read as what, and which are refused as unclear."""
    return page(
        request,
        "imports/words.html",
        title="认得的写法",
        shapes=SHAPES,
        known=tuple(_turned(READ_AS)),
        unclear=tuple(_turned(UNCLEAR)),
    )


def _turned(words: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str, list[str]]]:
    """Return (field, meaning, all ways of writing it)."""
    for field, meanings in words.items():
        for meaning in dict.fromkeys(meanings.values()):
            yield field, meaning, [written for written, means in meanings.items() if means == meaning]


@router.post(HERE + "/uploads", **for_roles(IMPORTERS))
async def upload(request: Request, desk: OurDesk, now: Now, caller: Importer, form: Posted) -> Response:
    """Keep a sheet and begin to read it; the page of the import shows how far it is."""
    kind, file = form.text("kind"), form.file("file")
    try:
        if kind not in KINDS:
            raise SaidNo("kind_missing", "请选择是哪一种表格。", field="kind")
        if file is None:
            raise SaidNo("file_missing", "请先选择一个文件。", field="file")
        content = await file.read(LARGEST + 1)
        sheet = HandedIn(cast(Kind, kind), file.filename or "", content)
        batch_id = await off_loop(hand_in, desk, caller, sheet, form.key, now)
    except CaseworkError as no:
        return await off_loop(_page, request, desk, caller, form, mistakes_of(no, ("kind", "file")))
    request.app.state.import_runs.start(batch_id)
    return go(f"{HERE}/{batch_id}")


def _page(request: Request, desk: Desk, caller: Caller, form: Form, mistakes: tuple[Mistake, ...]) -> Response:
    with desk.record.read() as work:
        known = imports.batches(work, caller.scope)
    return page(
        request,
        "imports/list.html",
        title="表格导入",
        status=422 if mistakes else 200,
        batches=known,
        kinds=KINDS,
        states=STATES,
        fields=FIELDS,
        largest=LARGEST // 1024 // 1024,
        most_lines=MOST_LINES,
        idle=IDLE.days,
        undone_within=UNDONE_WITHIN.days,
        form=form,
        mistakes=mistakes,
    )
