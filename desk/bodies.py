"""What people type for a step (请求体), derived from the step's command: no field is declared twice.

The envelope (command id, who, task) is dropped, because it comes from the key, the session and the path.  A field that
holds the id of a free text becomes the text itself.  Types are stricter than a command's: people send JSON.
"""

import unicodedata
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    create_model,
)
from pydantic.fields import FieldInfo

from casework.case_facts import TextId
from casework.commands import COMMANDS, Command
from casework.dates_said import EARLIEST_YEAR
from casework.household import Facts

LONGEST_TEXT = 2000
LATEST_YEAR = 2100
"""Whoever is born today retires before it, and nothing here looks further ahead; a later year is a slip of the pen,
and counting the days until it would take longer than the engine lets a case think."""

ENVELOPE = frozenset(Command.model_fields)


_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Control, format (zero width, change of direction), half characters, separators: unseen, or another order is shown."""


def _plain(value: str) -> str:
    if any(unicodedata.category(c) in _UNSEEN and c not in "\n\r\t" for c in value):
        raise ValueError("含有不能使用的控制字符或不可见字符，请删去")
    return value


def _one_line(value: str) -> str:
    if any(unicodedata.category(c) in _UNSEEN for c in value):
        raise ValueError("含有换行、控制字符或不可见字符，请删去")
    return value


def _iso_day(value: object) -> object:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or len(value) != 10:
        raise ValueError("应为日期，写作 2026-09-30")
    return value


def _within_reason(value: date) -> date:
    if value.year < EARLIEST_YEAR:
        raise ValueError(f"日期过早，应在{EARLIEST_YEAR}年以后，请核对年份")
    if value.year > LATEST_YEAR:
        raise ValueError(f"日期过晚，应在{LATEST_YEAR}年以前，请核对年份")
    return value


Text: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT), AfterValidator(_plain)
]
"""Free text as typed: kept by the record, encrypted; a case only carries its id."""

Line: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_one_line)
]
Day: TypeAlias = Annotated[date, BeforeValidator(_iso_day), AfterValidator(_within_reason)]

_STRICT: dict[Any, Any] = {int: StrictInt, bool: StrictBool, str: Line, date: Day}


class Body(BaseModel):
    """A request body: frozen, and unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@cache
def text_fields(trigger: str) -> frozenset[str]:
    """Return the fields of a step that people fill with free text."""
    hints = get_type_hints(COMMANDS[trigger], include_extras=True)
    return frozenset(name for name, hint in hints.items() if hint == TextId or TextId in get_args(hint))


@cache
def body_of(trigger: str) -> type[Body]:
    """Return the body model of a person's step, with descriptions and an example for the API's description."""
    if (own := _own_body(trigger)) is not None:
        return own
    command = COMMANDS[trigger]
    fields = {
        name: _field(info, text=name in text_fields(trigger))
        for name, info in command.model_fields.items()
        if name not in ENVELOPE and name not in command.from_desk
    }
    example = {name: _example(info) for name, info in command.model_fields.items() if name in fields}
    model: type[Body] = create_model(f"{command.__name__}Body", __base__=Body, __doc__=command.title, **fields)
    shown = {name: value for name, value in example.items() if value is not None}
    model.model_config = ConfigDict(**{**Body.model_config, "json_schema_extra": {"examples": [shown]}})
    model.model_rebuild(force=True)
    return model


def _own_body(trigger: str) -> type[Body] | None:
    """Return the body that people type otherwise than the command; imported here because forms are made of bodies."""
    from desk.household_form import OWN_BODIES

    return OWN_BODIES.get(trigger)


def example_of(trigger: str) -> dict[str, Any]:
    """Return the example body of a step."""
    extra = body_of(trigger).model_config["json_schema_extra"]
    assert isinstance(extra, dict)
    example = extra["examples"][0]  # type: ignore[index]
    assert isinstance(example, dict)
    return example


def _field(info: FieldInfo, *, text: bool = False) -> Any:
    kind: Any = Text if text else _strict(info.annotation)
    if text and not info.is_required():
        kind = Text | None
    if not text and info.metadata:
        kind = Annotated[kind, *info.metadata]
    default = ... if info.is_required() else info.default
    return (kind, Field(default, description=info.description, examples=info.examples))


def _strict(kind: Any) -> Any:
    """Return the type as people type it, also inside lists and inside the facts that a list is of."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return Union[tuple(_strict(part) for part in parts)]  # noqa: UP007 - built from parts
    if origin is Annotated:
        return Annotated[(_strict(parts[0]), *parts[1:])]
    if origin is tuple:
        return tuple[tuple(part if part is Ellipsis else _strict(part) for part in parts)]  # type: ignore[misc]
    if isinstance(kind, type) and issubclass(kind, Facts):
        return typed(kind)
    return _STRICT.get(kind, kind)


@cache
def typed(facts: type[Facts]) -> type[Facts]:
    """Return the facts as people type them: the same fields, each as strict as a body's own."""
    fields: dict[str, Any] = {name: _field(info) for name, info in facts.model_fields.items()}
    return create_model(facts.__name__, __base__=facts, __doc__=facts.__doc__, **fields)


def _example(info: FieldInfo) -> Any:
    if info.examples:
        return info.examples[0]
    if info.annotation is bool:
        return True
    return None if info.default is None or info.is_required() else info.default
