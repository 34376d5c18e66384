"""The fields of a step's form (办理表单的栏目), made from the body model of the step: no field is declared twice.

A field knows its kind, its Chinese words and, where the choice is the trade's own, its options.  Options that depend on
the case (which member, which referral) are looked up by `choice` in `choices.py`.  Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from casework.suitability import UNSUITABLE
from console.steps.choice_words import CHOSEN_FROM, OPEN_ENDED, WORDS, YES_NO_WORDS
from console.steps.field_hints import HINTS, MUST_ANSWER, NO_ANSWER, TICKS
from console.steps.field_words import LABELS
from desk.bodies import LONGEST_TEXT, body_of, text_fields

Options = tuple[tuple[str, str], ...]


class Kind(StrEnum):
    """How a field is asked for."""

    AREA = "area"
    LINE = "line"
    DAY = "day"
    YES_NO = "yes_no"
    TICK = "tick"
    CHOICE = "choice"
    SEVERAL = "several"
    MONEY = "money"
    COUNT = "count"
    GROUP = "group"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class StepField:
    """One field.  `path` is its place in the body without row numbers; `choice` names where its options come from.

    `free` fields may hold something that is not among the options.  `parts` are the fields of a group or of one row.
    """

    path: str
    kind: Kind
    label: str
    required: bool
    hint: str = ""
    options: Options = ()
    choice: str | None = None
    free: bool = False
    empty: str = ""
    example: str = ""
    most: int = 200
    parts: tuple["StepField", ...] = ()

    @property
    def name(self) -> str:
        """The last part of the path: the name in its model."""
        return self.path.rpartition(".")[2]


@cache
def fields_of(trigger: str) -> tuple[StepField, ...]:
    """Return the fields of a step in the order of its body."""
    return _fields(trigger, body_of(trigger), "")


def walk(fields: tuple[StepField, ...]) -> tuple[StepField, ...]:
    """Return the fields with their parts, each before its own."""
    return tuple(one for each in fields for one in (each, *walk(each.parts)))


def _fields(trigger: str, model: type[BaseModel], under: str) -> tuple[StepField, ...]:
    return tuple(_field(trigger, f"{under}{name}", info) for name, info in model.model_fields.items())


def _field(trigger: str, path: str, info: FieldInfo) -> StepField:
    kind, optional = bare(info.annotation)
    name = path.rpartition(".")[2]
    default = None if info.is_required() else info.default
    asked = default is not None and default != () and _is_in(MUST_ANSWER, trigger, path)
    parts: tuple[StepField, ...] = ()
    how = _kind(trigger, path, name, kind)
    if how is Kind.GROUP:
        parts = _fields(trigger, kind, f"{path}.")
    if how is Kind.ROWS:
        parts = _fields(trigger, get_args(kind)[0], f"{path}.")
    choice = found(CHOSEN_FROM, trigger, path)
    return StepField(
        path=path,
        kind=how,
        label=found(LABELS, trigger, path) or name,
        required=info.is_required() or asked,
        hint=found(HINTS, trigger, path) or "",
        options=() if choice else _options(name, kind, info),
        choice=choice,
        free=choice in OPEN_ENDED,
        empty=NO_ANSWER.get(f"{trigger}.{path}") or (NO_ANSWER.get(trigger, "") if optional else ""),
        example=_example(info) if how in (Kind.AREA, Kind.LINE) and not choice else "",
        most=LONGEST_TEXT if how is Kind.AREA else _longest(info),
        parts=parts,
    )


def _kind(trigger: str, path: str, name: str, kind: Any) -> Kind:
    if get_origin(kind) is tuple:
        inner, _ = bare(get_args(kind)[0])
        return Kind.ROWS if _is_model(inner) else Kind.SEVERAL
    if _is_model(kind):
        return Kind.GROUP
    if kind is bool:
        return Kind.TICK if _is_in(TICKS, trigger, path) else Kind.YES_NO
    if kind is date:
        return Kind.DAY
    if kind is int:
        return Kind.MONEY if name.endswith("_fen") else Kind.COUNT
    if get_origin(kind) is Literal or _is_enum(kind) or found(CHOSEN_FROM, trigger, path):
        return Kind.CHOICE
    return Kind.AREA if path in text_fields(trigger) else Kind.LINE


def bare(kind: Any) -> tuple[Any, bool]:
    """Return a type without its annotations and without None, and whether None was there."""
    optional = False
    while True:
        origin = get_origin(kind)
        if origin is Annotated:
            kind = get_args(kind)[0]
        elif origin in (Union, UnionType):
            kinds = [k for k in get_args(kind) if k is not NoneType]
            optional = optional or len(kinds) < len(get_args(kind))
            kind = kinds[0]
        else:
            return kind, optional


def found(words: Mapping[str, str], trigger: str, path: str) -> str | None:
    """Return the words for a field: the step's own, else those of the path, else those of the name."""
    for key in (f"{trigger}.{path}", path, path.rpartition(".")[2]):
        if key in words:
            return words[key]
    return None


def _is_in(keys: frozenset[str], trigger: str, path: str) -> bool:
    return bool({f"{trigger}.{path}", path} & keys)


def _options(name: str, kind: Any, info: FieldInfo) -> Options:
    """Return the options of a closed choice in the trade's words, in the order of the model."""
    if kind is bool:
        return tuple(zip(("yes", "no"), YES_NO_WORDS.get(name, ("是", "否")), strict=True))
    if get_origin(kind) is tuple:
        kind, _ = bare(get_args(kind)[0])
    codes = coded(info.description or "")
    if _is_enum(kind):
        return tuple((one.value, _said(one.value, codes, getattr(one, "words", None))) for one in kind)
    if get_origin(kind) is Literal:
        return tuple((code, _said(code, codes, None)) for code in get_args(kind))
    return ()


def _said(code: str, codes: Mapping[str, str], own: str | None) -> str:
    """The words of a code: its own, those of the model's description, those of the trade; Chinese stands for itself."""
    return own or WORDS.get(code) or codes.get(code) or UNSUITABLE.get(code) or code


def coded(description: str) -> dict[str, str]:
    """Read "phone 电话；visit 入户" as words by code, as the descriptions of commands write them."""
    return dict(re.findall(r"([a-z][a-z_]+) ([^；：]+)", description.partition("（只有")[0]))


def _example(info: FieldInfo) -> str:
    example = info.examples[0] if info.examples else None
    return example if isinstance(example, str) else ""


def _longest(info: FieldInfo) -> int:
    longest = [m.max_length for m in info.metadata if isinstance(m, MaxLen)]
    longest += [length for m in info.metadata if (length := getattr(m, "max_length", None)) is not None]
    return min([200, *longest])


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)
