"""Importing a sheet (导入): what a person does with one, from handing it in to taking it back.

Each act moves the batch on by one state and is done once, however often its button is pressed; what then takes long is
`import_runs.py`.  A caseworker imports for its own office, a supervisor into the register of its area; a case is only
opened by a caseworker, in its own office.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from uuid import NAMESPACE_OID, uuid5

from casework.errors import Conflict, NotYourStep, SaidNo
from casework.states import Role
from desk.desk import Caller, Desk
from desk.errors import NotFound, or_not_found
from records import import_households, imports
from records.imports import BAD, ROWS, Batch
from register.sheet_book import LARGEST
from register.sheet_fields import FIELDS, Kind, Mapped, suggested

IMPORTERS = (Role.CASEWORKER, Role.SUPERVISOR)
AN_IMPORT = "导入"
UNDONE_WITHIN = timedelta(days=30)
"""How long what a household was before is kept, and an import can be taken back."""
IDLE = timedelta(days=7)
"""How long a sheet that nobody goes on with, and the lines to correct, are kept."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file as it was chosen."""

    kind: Kind
    file_name: str = field(repr=False)
    content: bytes = field(repr=False)


def hand_in(desk: Desk, caller: Caller, sheet: HandedIn, key: str, now: datetime) -> str:
    """Keep a sheet, sealed, and return its number; the same request twice is one import."""
    if not sheet.content:
        raise SaidNo("sheet_empty", "文件是空的，请核对后重新选择。", field="file")
    if len(sheet.content) > LARGEST:
        raise SaidNo("sheet_too_large", f"文件超过{LARGEST // 1024 // 1024}MB，请拆分后再导入。", field="file")
    batch_id = str(uuid5(NAMESPACE_OID, f"import:{caller.account}:{key}"))
    with desk.record.write() as work:
        imports.begin(
            work,
            kind=sheet.kind,
            office=caller.area,
            account=caller.account,
            file_name=sheet.file_name,
            content=sheet.content,
            batch_id=batch_id,
            now=now,
        )
    return batch_id


def find(desk: Desk, caller: Caller, batch_id: str) -> Batch:
    """Return an import of the caller's area; raises `NotFound`."""
    with desk.record.read() as work:
        return or_not_found(imports.batch(work, caller.scope, batch_id), AN_IMPORT)


def mine(caller: Caller, batch: Batch) -> bool:
    """Whether the caller may go on with an import: it was begun for the very place the caller works for."""
    return batch.office == caller.area and (caller.role is Role.CASEWORKER or batch.account == caller.account)


def proposed(desk: Desk, batch: Batch) -> Mapped:
    """Return which column says what, as far as it can be told: as chosen before, as remembered, by the names."""
    if batch.mapping:
        return Mapped(batch.header, batch.mapping["places"], batch.mapping["whole"])
    with desk.record.read() as work:
        known = imports.remembered(work, batch.office, batch.kind)
    return Mapped(batch.header, suggested(batch.kind, batch.header, known), {})


def choose_columns(desk: Desk, caller: Caller, batch_id: str, mapped: Mapped, now: datetime) -> None:
    """Say which column says what, remember it for the office, and have the lines checked."""
    batch = _to_go_on(desk, caller, batch_id)
    missing, twice = mapped.missing(batch.kind), mapped.twice()
    if missing:
        name = missing[0].name
        raise SaidNo("column_missing", f"“{name}”没有选择对应的列，请选择。", field=name)
    if twice:
        title = batch.header[twice[0]]
        raise SaidNo("column_twice", f"“{title}”这一列选了两次，请核对。", field=None)
    titles = {name: batch.header[place] for name, place in mapped.places.items()}
    mapping = {"places": dict(mapped.places), "whole": {k: v for k, v in mapped.whole.items() if v}}
    with desk.record.write() as work:
        if not any(
            imports.move(work, batch_id, was, "checking", now, mapping=mapping) for was in ("mapping", "checked")
        ):
            raise _moved_on()
        import_households.drop_staged(work, batch_id)
        imports.remember(work, batch.office, batch.kind, titles, now)


def confirm(desk: Desk, caller: Caller, batch_id: str, now: datetime, *, open_cases: bool = False) -> None:
    """Have the checked households written; with `open_cases` an application is opened for each eligible one.

    Raises `NotYourStep` (cases_by_caseworkers) when somebody else wants cases opened.
    """
    batch = _to_go_on(desk, caller, batch_id)
    if open_cases and (caller.role is not Role.CASEWORKER or batch.kind != "survey"):
        raise NotYourStep("cases_by_caseworkers", "个案由受理机构的经办人开立；旧台账不能直接开立个案。")
    with desk.record.write() as work:
        values = {"open_cases": open_cases, "confirmed_at": now, "total": batch.counts.get("households", 0)}
        if not imports.move(work, batch_id, "checked", "importing", now, **values):
            raise _moved_on()
        imports.drop_chunks(work, batch_id, ROWS)


def drop(desk: Desk, caller: Caller, batch_id: str, now: datetime) -> None:
    """Give an import up before it is confirmed: nothing was written, and nothing of the sheet is kept."""
    _to_go_on(desk, caller, batch_id)
    with desk.record.write() as work:
        if not any(imports.move(work, batch_id, was, "dropped", now) for was in ("mapping", "checked")):
            raise _moved_on()
        imports.drop_chunks(work, batch_id, ROWS, BAD)
        import_households.drop_staged(work, batch_id)


def can_be_undone(batch: Batch, now: datetime) -> bool:
    """Whether an import can still be taken back."""
    return batch.state == "done" and batch.confirmed_at is not None and now < batch.confirmed_at + UNDONE_WITHIN


def undo(desk: Desk, caller: Caller, batch_id: str, now: datetime) -> None:
    """Have an import taken back where nobody has touched since what it wrote."""
    batch = _to_go_on(desk, caller, batch_id)
    if not can_be_undone(batch, now):
        raise Conflict("undo_too_late", f"导入完成后{UNDONE_WITHIN.days}天内可以撤销，现在不能撤销。")
    with desk.record.write() as work:
        total = batch.counts.get("households", 0)
        if not imports.move(work, batch_id, "done", "undoing", now, undone_by=caller.account, total=total):
            raise _moved_on()


@dataclass(frozen=True, slots=True)
class Choice:
    """What a form says of one field: the place of a column, or what holds for the whole sheet."""

    place: int | None = None
    said: str = ""


def mapped_of(batch: Batch, choices: Mapping[str, Choice]) -> Mapped:
    """Return the columns as they were chosen in a form; what makes no sense is taken as not said."""
    names = {f.name: f for f in FIELDS[batch.kind]}
    places = {
        name: choice.place
        for name, choice in choices.items()
        if name in names and choice.place is not None and 0 <= choice.place < len(batch.header)
    }
    said = {n: c.said for n, c in choices.items() if n in names and names[n].whole and n not in places and c.said}
    return Mapped(batch.header, places, said)


def _to_go_on(desk: Desk, caller: Caller, batch_id: str) -> Batch:
    batch = find(desk, caller, batch_id)
    if not mine(caller, batch):
        raise NotFound(AN_IMPORT)
    return batch


def _moved_on() -> Conflict:
    return Conflict("import_moved_on", "这次导入已经进到别的步骤，请看本页现在的情况。")


Stage = Literal["reading", "mapping", "checking", "checked", "importing", "opening", "done", "undoing", "undone"]
