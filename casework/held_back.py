"""What holds a step back (暂不能办理), asked of the rules themselves with a made-up request.  Pure.

A rule's no about something one types says nothing of the step; a no about anything else (an open objection, a notice
whose days still run, who did the step before) holds it back whatever is typed.  Where a step is about one of several
things (a referral, a member), it is held back only when the rules refuse it for each of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from itertools import product
from math import prod
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from casework.case import Case
from casework.commands import COMMANDS, Command
from casework.decide import ruled
from casework.errors import CaseworkError, SaidNo
from casework.ruling import Setting
from casework.states import Actor

A_TEXT = "txt-" + "0" * 32
A_REQUEST = "asked-beforehand"
MOST_TRIED = 12
"""How many of the latest things of a kind are tried."""

SUBJECTS: Mapping[str, str] = {
    "referral": "岗位推荐",
    "refusal": "拒绝岗位的登记",
    "objection": "异议",
    "employment": "就业登记",
    "step": "未完成的预案步骤",
}
"""Fields that name a thing of the case → what such a thing is called."""

ENVELOPE = frozenset(Command.model_fields)


def held_back(case: Case, trigger: str, by: Actor, setting: Setting) -> CaseworkError | None:
    """Return the no that this person would meet whatever is typed, or None when the step may be tried."""
    no: CaseworkError | None = None
    about = _about(trigger)
    for fields in _requests(case, trigger, setting.today):
        try:
            command = COMMANDS[trigger].model_validate({"command_id": A_REQUEST, "by": by, **fields})
        except ValidationError:
            return None
        try:
            ruled(case, command, setting)
        except CaseworkError as error:
            typed = isinstance(error, SaidNo) and error.field in COMMANDS[trigger].model_fields
            if typed and error.field not in about and not _chosen(trigger, error.field):
                return None
            no = no or error
        else:
            return None
    return no or SaidNo("nothing_there", f"本户还没有{_missing(trigger)}。")


@cache
def _about(trigger: str) -> frozenset[str]:
    """Return the fields that name what a step is about: a no to each such thing is a no to the step.

    A member is one only where nothing else can be chosen: who tells more of a member may be heard, a note apart.
    """
    model = COMMANDS[trigger].model_fields
    found = frozenset(name for name in SUBJECTS if name in model and model[name].is_required())
    others = [n for n, about in model.items() if n not in ENVELOPE and n != "member" and not about.is_required()]
    others = [n for n in others if not _a_text(model[n])]
    member = "member" in model and model["member"].is_required() and not others
    return found | {"member"} if member else found


def _requests(case: Case, trigger: str, today: date) -> Iterator[dict[str, Any]]:
    """Return made-up requests: for each thing that the step may be about, and with each word that may be chosen."""
    shape = _shape(trigger)
    plain = {**shape.plain, **dict.fromkeys(shape.days, today)}
    for things in _things(case, shape):
        yield {**plain, **things}
        for chosen in shape.choices:
            yield {**plain, **things, **chosen}


@dataclass(frozen=True, slots=True)
class _Shape:
    """What of a command is made up: days, the same for every case, what it is about, what may be chosen."""

    plain: Mapping[str, Any]
    days: tuple[str, ...]
    subject: str | None
    of_member: bool
    choices: tuple[dict[str, Any], ...]


@cache
def _shape(trigger: str) -> _Shape:
    model = {n: about for n, about in COMMANDS[trigger].model_fields.items() if about.is_required()}
    model = {n: about for n, about in model.items() if n not in ENVELOPE}
    days = tuple(name for name, about in model.items() if about.annotation is date)
    plain = {name: _made_up(about) for name, about in model.items() if name not in days}
    return _Shape(
        plain={name: value for name, value in plain.items() if value is not PydanticUndefined},
        days=days,
        subject=next((name for name in SUBJECTS if name in model), None),
        of_member="member" in model,
        choices=_choices(trigger),
    )


def _things(case: Case, shape: _Shape) -> Iterator[dict[str, Any]]:
    """Return what the step may be about, the latest first; nothing is one choice too."""
    if shape.subject == "step":
        yield from ({"step": task.about} for task in case.tasks_of("contingency_step"))
    elif shape.subject is not None:
        for thing in reversed(getattr(case, f"{shape.subject}s")[-MOST_TRIED:]):
            whose = {"member": thing.member} if shape.of_member else {}
            yield {shape.subject: getattr(thing, f"{shape.subject}_id"), **whose}
    elif shape.of_member:
        yield from ({"member": member.member_id} for member in case.household.members)
    else:
        yield {}


def _a_text(about: FieldInfo) -> bool:
    return any("txt-" in str(rule) for rule in (*about.metadata, about.annotation))


def _made_up(about: FieldInfo) -> Any:
    if _a_text(about):
        return A_TEXT
    if about.examples:
        return about.examples[0]
    return True if about.annotation is bool else PydanticUndefined


@cache
def _choices(trigger: str) -> tuple[dict[str, Any], ...]:
    """Return every way to choose among a step's few choices; where there are many, each word once."""
    lists = {name: _words(about.annotation) for name, about in COMMANDS[trigger].model_fields.items()}
    lists = {name: words for name, words in lists.items() if words}
    if _few(trigger):
        return tuple(dict(zip(lists, words, strict=True)) for words in product(*lists.values()))
    return tuple({name: word} for name, words in lists.items() for word in words)


@cache
def _few(trigger: str) -> bool:
    return prod(len(_words(about.annotation)) or 1 for about in COMMANDS[trigger].model_fields.values()) <= MOST_TRIED


def _chosen(trigger: str, name: str | None) -> bool:
    """Say whether a field is chosen from a list, and all that can be chosen is tried."""
    return name is not None and _few(trigger) and bool(_words(COMMANDS[trigger].model_fields[name].annotation))


def _words(kind: Any) -> tuple[Any, ...]:
    """Return what may be chosen in a field: yes and no, the words of a list."""
    if kind is bool:
        return (True, False)
    if get_origin(kind) is Literal:
        return get_args(kind)
    return tuple(kind) if isinstance(kind, type) and issubclass(kind, Enum) else ()


def _missing(trigger: str) -> str:
    model = COMMANDS[trigger].model_fields
    return next((words for name, words in SUBJECTS.items() if name in model), "可以办理的事项")
