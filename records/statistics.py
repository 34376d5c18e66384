"""Statistics of an area as on a day (统计): what is counted, each as one condition, counted in SQL within a scope.

Everything stands on the ledger, so a past day stays what it was, for the office that had the household on that day.
A number counts households, members, placements or marked members (`Of`); counting it here and listing its rows in
`statistic_rows.py` ask the same condition, so a number always equals its list.  Income is here too: sums, to divide.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, exists, func, or_, select, true
from sqlalchemy.sql.functions import coalesce
from sqlalchemy.sql.selectable import NamedFromClause

from casework.states import State
from policies.groups_subsidies import CHANNELS
from records.engine import Reading
from records.figures import split_at
from records.ledger_pages import holds_on, seen_by
from records.member_measures import MEASURES, OF_MARK
from records.scope import Scope
from records.tables_ledger import ledger_households as h
from records.tables_ledger import ledger_members as m
from records.tables_subsidies import member_jobs as j
from records.tables_subsidies import member_marks as k
from records.tables_subsidies import member_measures


class Of(StrEnum):
    """What a number counts."""

    HOUSEHOLDS = "households"
    MEMBERS = "members"
    PLACEMENTS = "placements"
    MARKED = "marked"


@dataclass(frozen=True, slots=True)
class Asked:
    """As on which day, the period (both days included, none after `day`), and the beginning of office codes."""

    day: date
    first: date
    last: date
    prefix: str = ""


When = Callable[[Asked], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Statistic:
    """One number: its code, its words, what it counts, and when a row is one of it."""

    code: str
    words: str
    of: Of
    when: When


at_certification = h.alias("at_certification")
member_then = m.alias("member_then")
line_then = h.alias("line_then")


def _then(line: NamedFromClause[Any]) -> ColumnElement[bool]:
    said = line.c
    return and_(said.case_id == h.c.case_id, said.from_on <= h.c.certified_on, said.until_on > h.c.certified_on)


THEN = _then(at_certification)
"""The household's line on the day it was certified."""

OPEN = h.c.state != State.EXITED.value
WORKING = and_(OPEN, h.c.certified_on.is_not(None), h.c.jobs > 0)
BOTH = exists().where(_then(line_then), line_then.c.members > 0).correlate(h) & (h.c.members > 0)
NOT_INSURED_THEN = ~exists().where(
    member_then.c.case_id == h.c.case_id,
    member_then.c.member_id == m.c.member_id,
    member_then.c.from_on <= h.c.certified_on,
    member_then.c.until_on > h.c.certified_on,
    member_then.c.insured,
)


def _always(condition: ColumnElement[bool]) -> When:
    return lambda _asked: condition


def _state(state: State) -> Statistic:
    return Statistic(f"state_{state.value}", state.words, Of.HOUSEHOLDS, _always(h.c.state == state.value))


def _at_work(channel: str | None) -> When:
    return _always(and_(OPEN, m.c.channel == channel if channel else m.c.channel.is_not(None)))


def _eliminated(channel: str | None) -> When:
    """A channel's: a member had a job of it on the day of the elimination."""
    had = exists().where(
        member_then.c.case_id == h.c.case_id,
        member_then.c.from_on <= h.c.eliminated_on,
        member_then.c.until_on > h.c.eliminated_on,
        member_then.c.channel == channel if channel else member_then.c.channel.is_not(None),
    )
    return lambda asked: and_(h.c.eliminated_on.between(asked.first, asked.last), had if channel else true())


def _placed(channel: str | None) -> When:
    its = j.c.channel == channel if channel else true()
    return lambda asked: and_(
        its, ~j.c.rejected, j.c.recorded_on <= asked.day, j.c.started_on.between(asked.first, asked.last)
    )


def _marked(mark: str, kinds: tuple[str, ...] = ()) -> When:
    """A mark, and a measure of one of these kinds in the period."""

    def when(asked: Asked) -> ColumnElement[bool]:
        had = exists().where(
            member_measures.c.case_id == k.c.case_id,
            member_measures.c.member == k.c.member,
            member_measures.c.kind.in_(kinds),
            member_measures.c.withdrawn_by.is_(None),
            member_measures.c.measure_on.between(asked.first, asked.last),
        )
        return and_(k.c.mark == mark, k.c.since <= asked.day, had if kinds else true())

    return when


def _channel(code: str | None, words: str) -> tuple[Statistic, Statistic, Statistic]:
    end = code or "all"
    return (
        Statistic(f"at_work_{end}", f"{words}在岗成员", Of.MEMBERS, _at_work(code)),
        Statistic(f"eliminated_{end}", f"{words}消除家庭", Of.HOUSEHOLDS, _eliminated(code)),
        Statistic(f"placed_{end}", f"{words}就业人次", Of.PLACEMENTS, _placed(code)),
    )


STATES = (
    Statistic("open", "未退出", Of.HOUSEHOLDS, _always(OPEN)),
    *(_state(state) for state in State),
)
BY_CHANNEL: Mapping[str, tuple[Statistic, Statistic, Statistic]] = {
    **{code: _channel(code, words) for code, words in CHANNELS.items()},
    "all": _channel(None, "全部渠道"),
}
EMPLOYED = Statistic("working", "有人就业的家庭", Of.HOUSEHOLDS, _always(WORKING))
SINGLE = Statistic("single", "一人就业家庭", Of.HOUSEHOLDS, _always(and_(WORKING, h.c.jobs == 1)))
DOUBLE = Statistic("double", "双就业家庭", Of.HOUSEHOLDS, _always(and_(WORKING, h.c.jobs > 1)))
COMPARED = Statistic("compared", "有前后收入的家庭", Of.HOUSEHOLDS, _always(and_(WORKING, BOTH)))
NOT_COMPARED = Statistic("not_compared", "缺认定时收入的家庭", Of.HOUSEHOLDS, _always(and_(WORKING, ~BOTH)))
INSURED = Statistic("insured", "重新参保的成员", Of.MEMBERS, _always(and_(WORKING, m.c.insured, NOT_INSURED_THEN)))
OUTCOMES = (EMPLOYED, SINGLE, DOUBLE, INSURED, COMPARED, NOT_COMPARED)
MARKED: Mapping[str, tuple[Statistic, ...]] = {
    mark: (
        Statistic(f"{mark}_all", "人数", Of.MARKED, _marked(mark)),
        Statistic(f"{mark}_helped", "得到援助", Of.MARKED, _marked(mark, kinds)),
        *(Statistic(f"{mark}_{kind}", MEASURES[kind], Of.MARKED, _marked(mark, (kind,))) for kind in kinds),
    )
    for mark, kinds in OF_MARK.items()
}
STATISTICS: Mapping[str, Statistic] = {
    each.code: each for some in (STATES, *BY_CHANNEL.values(), OUTCOMES, *MARKED.values()) for each in some
}

Counts = dict[str, dict[str, int]]
"""Part of the area (beginning of office codes, or an office) → code → number."""


@dataclass(frozen=True, slots=True)
class Income:
    """Households with an income then and now: sums of fen a month and of heads, on the same households."""

    households: int
    before_fen: int
    before_heads: int
    now_fen: int
    now_heads: int

    @property
    def before(self) -> int | None:
        """Fen a head a month at certification, rounded half up; None without anybody."""
        return _a_head(self.before_fen, self.before_heads)

    @property
    def now(self) -> int | None:
        return _a_head(self.now_fen, self.now_heads)


def _a_head(fen: int, heads: int) -> int | None:
    return (2 * fen + heads) // (2 * heads) if heads else None


def statistics(work: Reading, scope: Scope, asked: Asked, these: Iterable[Statistic]) -> Counts:
    """Count by the parts of the area, numbers of the same rows in one scan; parts without any row are left out."""
    groups: dict[Of, list[Statistic]] = {}
    for each in these:
        groups.setdefault(each.of, []).append(each)
    found: Counts = {}
    for of, group in groups.items():
        conditions = [each.when(asked) for each in group]
        sums = (coalesce(func.sum(condition.cast(Integer)), 0) for condition in conditions)
        part = part_of(asked)
        query = narrowed(select(part, *sums), of, scope, asked).where(or_(*conditions)).group_by(part)
        for row in work.connection.execute(query):
            here = found.setdefault(row[0], {})
            here |= {each.code: int(number) for each, number in zip(group, row[1:], strict=True)}
    return found


def incomes(work: Reading, scope: Scope, asked: Asked) -> dict[str, Income]:
    """Return the incomes then and now of households with a member at work, by the parts of the area."""
    then = at_certification.c
    sums = (func.sum(column) for column in (then.before_fen, then.members, h.c.now_fen, h.c.members))
    part = part_of(asked)
    query = select(part, func.count(), *sums).select_from(h.join(at_certification, THEN))
    query = query.where(*in_area(scope, asked), WORKING, then.members > 0, h.c.members > 0).group_by(part)
    return {row[0]: Income(*(int(number) for number in row[1:])) for row in work.connection.execute(query)}


def part_of(asked: Asked) -> ColumnElement[str]:
    """Return what tells the parts of the area apart."""
    length = split_at(asked.prefix)
    return func.substr(h.c.office, 1, length) if length else h.c.office


def in_area(scope: Scope, asked: Asked) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on a household's line: as on the day, in the area, the caller's."""
    here = h.c.office.between(asked.prefix, asked.prefix + "~") if asked.prefix else true()
    return (seen_by(scope), holds_on(asked.day), here)


def narrowed(query: Select[*tuple[Any, ...]], of: Of, scope: Scope, asked: Asked) -> Select[*tuple[Any, ...]]:
    """Join what is counted with the line of its household as on the day."""
    joined: Any = h
    match of:
        case Of.MEMBERS:
            there = and_(m.c.case_id == h.c.case_id, m.c.from_on <= asked.day, m.c.until_on > asked.day)
            joined = h.join(m, there)
        case Of.PLACEMENTS:
            joined = h.join(j, j.c.case_id == h.c.case_id)
        case Of.MARKED:
            joined = h.join(k, k.c.case_id == h.c.case_id)
        case Of.HOUSEHOLDS:
            pass
    return query.select_from(joined).where(*in_area(scope, asked))
