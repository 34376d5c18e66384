"""Which column says what (列对应): proposed, chosen by a person, remembered for the office."""

from itertools import islice

from starlette.requests import Request
from starlette.responses import Response

from console.forms import Form, Mistake
from console.imports.seen import HERE, KINDS, sample
from console.rendering import page
from desk.desk import Caller, Desk
from desk.import_check import lines_of
from desk.imports import Choice, mapped_of, proposed
from records.imports import Batch
from register.sheet_fields import FIELDS, Mapped
from register.survey_columns import OFFICE

SAMPLE = 3


def chosen(batch: Batch, form: Form) -> Mapped:
    """Return what a form says of the columns."""
    choices = {}
    for number, field in enumerate(FIELDS[batch.kind]):
        place = form.text(f"c{number}") or ""
        at = int(place) - 1 if place.isascii() and place.isdigit() and len(place) < 4 else None
        choices[field.name] = Choice(at, (form.text(f"w{number}") or "")[:60])
    return mapped_of(batch, choices)


def field_of(batch: Batch, name: str | None) -> str | None:
    """Return the form's field for a field of the sheet."""
    names = [field.name for field in FIELDS[batch.kind]]
    return f"c{names.index(name)}" if name in names else None


def mapping_page(
    request: Request, desk: Desk, caller: Caller, batch: Batch, form: Form, mistakes: tuple[Mistake, ...]
) -> Response:
    """Return the page on which the columns are chosen, filled with what is proposed or was typed."""
    mapped = chosen(batch, form) if form.pairs else proposed(desk, batch)
    said = dict(mapped.whole)
    if not form.pairs and OFFICE not in mapped.places and len(caller.area) > 6:
        said.setdefault(OFFICE, caller.area)
    by_place = {place: name for name, place in mapped.places.items()}
    some = [row for _, row in islice(lines_of(desk.record, batch.batch_id), SAMPLE)]
    return page(
        request,
        "imports/columns.html",
        title="确认各列",
        status=422 if mistakes else 200,
        batch=batch,
        kinds=KINDS,
        fields=[
            (number, field, str(mapped.places[field.name] + 1) if field.name in mapped.places else "")
            for number, field in enumerate(FIELDS[batch.kind])
        ],
        said=said,
        options=[(str(place), title or f"第{place}列（没有列名）") for place, title in enumerate(batch.header, 1)],
        samples=[
            (title or f"第{place + 1}列", by_place.get(place), [_cell(by_place.get(place), row, place) for row in some])
            for place, title in enumerate(batch.header)
        ],
        here=HERE,
        form=form,
        mistakes=mistakes,
    )


def _cell(field: str | None, row: tuple[object, ...], place: int) -> str:
    return sample(field, str(getattr(row[place], "text", ""))) if place < len(row) else ""
