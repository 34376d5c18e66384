"""The columns of the monthly report (调度表栏目) as data: one TOML file a locality, read and checked here.

A column is a code, a title and a formula of named counts with + and −; which counts there are is said by `dispatch.py`.
`channel_…` are the placements of a month through one channel, `late_channel_…` those of earlier months that became
known in it.  The official layout is not public, so every file says 内部规定.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from casework.household import Facts
from register.dispatch import COUNTS, Dispatch

FOLDER = Path(__file__).parent
CHANNEL = "channel_"
LATE_CHANNEL = "late_channel_"
_TERM = re.compile(r"([+-]?)\s*([a-z_]+)\s*")


class BadColumns(ValueError):
    """A file of columns that cannot be used; the message says which column and why."""


class Column(Facts):
    """One column.  `terms` are the counts it adds and (−1) takes away."""

    code: str
    title: str
    terms: tuple[tuple[int, str], ...]

    def of(self, numbers: Dispatch) -> int:
        """Return the column's number."""
        return sum(sign * count_of(numbers, name) for sign, name in self.terms)

    @property
    def only(self) -> str | None:
        """The one count the column shows as it is; None when it is worked out of several."""
        return self.terms[0][1] if len(self.terms) == 1 and self.terms[0][0] > 0 else None


def count_of(numbers: Dispatch, name: str) -> int:
    """Return a count by the name that formulas use."""
    if name.startswith(LATE_CHANNEL):
        return numbers.corrected_placements(name.removeprefix(LATE_CHANNEL))
    if name.startswith(CHANNEL):
        return numbers.channels.get(name.removeprefix(CHANNEL), 0)
    return numbers[name]


class Layout(Facts):
    """The columns of a locality, in order, under a title, and on what they rest."""

    areas: tuple[str, ...]
    title: str
    basis: str
    columns: tuple[Column, ...]


@cache
def layouts() -> tuple[Layout, ...]:
    """Return every layout of the release."""
    return tuple(layout_of(path.read_text("utf-8"), path.name) for path in sorted(FOLDER.glob("*.toml")))


def layout_for(area: str) -> Layout:
    """Return the layout whose area fits a code most closely."""
    fits = [(len(begun), each) for each in layouts() for begun in each.areas if area.startswith(begun)]
    return max(fits, key=lambda fit: fit[0])[1]


def layout_of(text: str, name: str) -> Layout:
    """Read one file; raises `BadColumns`."""
    try:
        raw = tomllib.loads(text)
        columns = tuple(Column(code=c["code"], title=c["title"], terms=_terms(c, name)) for c in raw.pop("columns"))
    except (tomllib.TOMLDecodeError, KeyError) as why:
        raise BadColumns(f"{name}：写法有误（{why}）") from why
    codes = [column.code for column in columns]
    if doubled := {code for code in codes if codes.count(code) > 1}:
        raise BadColumns(f"{name}：栏目编号重复：{'、'.join(sorted(doubled))}")
    return Layout(columns=columns, **raw)


def _terms(column: dict[str, str], name: str) -> tuple[tuple[int, str], ...]:
    formula, place, terms = column["formula"].strip(), 0, list[tuple[int, str]]()
    while place < len(formula):
        found = _TERM.match(formula, place)
        if found is None or (place and not found[1]):
            raise BadColumns(f"{name}：栏目 {column['code']} 的算式“{formula}”只能由数字名和加减号组成")
        if found[2] not in COUNTS and not found[2].startswith((CHANNEL, LATE_CHANNEL)):
            raise BadColumns(f"{name}：栏目 {column['code']} 的算式用到不认识的数字 {found[2]}")
        terms.append((-1 if found[1] == "-" else 1, found[2]))
        place = found.end()
    return tuple(terms)
