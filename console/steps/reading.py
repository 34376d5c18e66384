"""From what was typed to the body of a step (读取表单), and back: every mistake in plain words beside its field.

A field of a group is named `person-name`, one of a row `results-0-member`: the place in the body with dashes.  Amounts
are typed in yuan and become fen; dates may be written as people write them.  What the rules refuse comes later.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from console.forms import Form, Mistake
from console.steps.field_hints import NEEDED_WHEN
from console.steps.fields import Kind, StepField, fields_of
from console.steps.mistakes import words_of
from console.typed_values import Unreadable, amount, amount_in_words, count, day, plain
from desk.bodies import Body, body_of

ROW_KEYS: Mapping[str, tuple[str, ...]] = {"results": ("source", "member"), "relations": ("member",)}
"""The parts of a row that only say what it is about: a row with nothing else in it is left out."""

MOST_ROWS = 150

AS_WRITTEN: Mapping[str, Callable[[str], str]] = {
    "booklet": lambda given: plain(given).upper(),
    "id_number": lambda given: "".join(plain(given).split()),
}
"""Fields that are pasted in groups, in full width or in small letters, and kept as they are written on paper."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a form came to: the body, or the mistakes that stand in its way."""

    body: Body | None
    mistakes: tuple[Mistake, ...] = ()


def read(trigger: str, form: Form) -> Read:
    """Return the body that was typed for a step."""
    reader = _Reader(form)
    fields = fields_of(trigger)
    values = reader.values(fields, "")
    reader.needed(trigger, fields)
    try:
        body = body_of(trigger).model_validate(values)
    except ValidationError as error:
        reader.wrong(fields, error.errors())
        return Read(None, reader.in_order())
    return Read(None, reader.in_order()) if reader.mistakes else Read(body)


def rows_typed(form: Form, field: StepField, prefix: str = "") -> int:
    """Return how many rows of a field a form has, filled or not."""
    start = f"{prefix}{field.name}-"
    found = [name[len(start) :].partition("-")[0] for name, _ in form.pairs if name.startswith(start)]
    numbers = [int(part) for part in found if part.isascii() and part.isdigit() and len(part) <= 3]
    return min(max(numbers, default=-1) + 1, MOST_ROWS)


def typed(trigger: str, body: BaseModel) -> tuple[tuple[str, str], ...]:
    """Return the pairs that a person would type for a body: the way back."""
    return tuple(_typed(fields_of(trigger), body, ""))


class _Reader:
    """Reads one form; collects its mistakes, each with the name of its field."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.mistakes: list[Mistake] = []
        self._seen: set[str] = set()
        self._rows: dict[str, list[int]] = {}
        self._asked: dict[str, int] = {}

    def in_order(self) -> tuple[Mistake, ...]:
        """Return the mistakes in the order of the form."""
        return tuple(sorted(self.mistakes, key=lambda mistake: self._asked.get(mistake.field or "", 0)))

    def values(self, fields: Sequence[StepField], prefix: str) -> dict[str, Any]:
        """Return the values of the fields that hold something."""
        found = {field.name: self._value(field, prefix + field.name) for field in fields}
        return {name: value for name, value in found.items() if value is not None}

    def needed(self, trigger: str, fields: Sequence[StepField]) -> None:
        for field in fields:
            other, value = NEEDED_WHEN.get(f"{trigger}.{field.path}", ("", ""))
            if other and self.form.text(other) == value and self.form.text(field.name) is None:
                self.say(field, field.name, words_of(field, "missing", {}))

    def wrong(self, fields: Sequence[StepField], problems: Sequence[Any]) -> None:
        """Say what the model found, in the order of the form."""
        for problem in problems:
            field, name = self._place(fields, problem["loc"])
            inside = any(said.startswith(f"{name}-") for said in self._seen)
            if field is not None and not inside:
                self.say(field, name, words_of(field, problem["type"], problem.get("ctx") or {}))

    def say(self, field: StepField, name: str, words: str) -> None:
        """Say one mistake of a field; the first said of it is enough."""
        if name not in self._seen:
            self._seen.add(name)
            row = _row_number(name)
            said = f"第{row + 1}行“{field.label}”" if row is not None else f"“{field.label}”"
            self.mistakes.append(Mistake(name, f"{said}{words}"))

    def _value(self, field: StepField, name: str) -> Any:
        self._asked[name] = len(self._asked)
        match field.kind:
            case Kind.GROUP:
                return self.values(field.parts, f"{name}-")
            case Kind.ROWS:
                return self._in_rows(field, name)
            case Kind.SEVERAL:
                return self.form.many(name)
            case Kind.TICK:
                return self.form.ticked(name, "yes")
        given = self.form.text(name)
        if given is None:
            if field.required:
                self.say(field, name, words_of(field, "missing", {}))
            return None
        try:
            return _one(field.kind, AS_WRITTEN.get(field.name, str)(given))
        except Unreadable as wrong:
            self.say(field, name, wrong.words)
            return None

    def _in_rows(self, field: StepField, name: str) -> list[dict[str, Any]]:
        keys = ROW_KEYS.get(field.path, ())
        kept = []
        for number in range(rows_typed(self.form, field, name[: -len(field.name)])):
            row = f"{name}-{number}-"
            if any(self.form.text(row + part.name) for part in field.parts if part.name not in keys):
                kept.append(number)
        self._rows[name] = kept
        return [self.values(field.parts, f"{name}-{number}-") for number in kept]

    def _place(self, fields: Sequence[StepField], location: Sequence[int | str]) -> tuple[StepField | None, str]:
        """Return the field a finding is about and its name in the form; rows that were left out are counted again."""
        name, field = "", None
        for part in location:
            if isinstance(part, int):
                kept = self._rows.get(name)
                if kept is None or field is None:
                    break
                name = f"{name}-{kept[part]}"
                continue
            inner = next((each for each in fields if each.name == part), None)
            if inner is None:
                break
            field, name, fields = inner, f"{name}-{part}" if name else str(part), inner.parts
        return field, name


def _row_number(name: str) -> int | None:
    parts = name.split("-")
    return int(parts[1]) if len(parts) == 3 and parts[1].isdigit() else None


def _one(kind: Kind, given: str) -> Any:
    match kind:
        case Kind.DAY:
            return day(given)
        case Kind.MONEY:
            return amount(given)
        case Kind.COUNT:
            return count(given)
        case Kind.YES_NO:
            return {"yes": True, "no": False}.get(given)
        case _:
            return given


def _typed(fields: Sequence[StepField], body: BaseModel, prefix: str) -> Iterator[tuple[str, str]]:
    for field in fields:
        value, name = getattr(body, field.name), prefix + field.name
        if field.kind is Kind.GROUP:
            yield from _typed(field.parts, value, f"{name}-")
        elif field.kind is Kind.ROWS:
            for number, row in enumerate(value):
                yield from _typed(field.parts, row, f"{name}-{number}-")
        elif field.kind is Kind.SEVERAL:
            yield from ((name, str(one)) for one in value)
        elif value is not None and (field.kind is not Kind.TICK or value):
            yield name, _as_typed(field.kind, value)


def _as_typed(kind: Kind, value: Any) -> str:
    if kind in (Kind.YES_NO, Kind.TICK):
        return "yes" if value else "no"
    if kind is Kind.MONEY:
        return amount_in_words(value)
    return value.isoformat() if isinstance(value, date) else str(value)
