"""Areas, promises and households that look wrong (持续为零、承诺未实现、疑似应认未认): one rule each (J21, A31, A32).

Pure: rows come in with the day as of which is asked.  Placements and late help are in `radar_help.py`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from casework.breach import CAUSE_WORDS
from casework.explanation import Why
from casework.times import in_words, month_in_words
from casework.working_days import working_days_between
from policies.calendar_model import WorkCalendar
from policies.schema import Policy
from register.inspection import AreaMonth, to_inspect
from register.radar_items import Item, Kind, Words, over_since


def zeros(rows: Iterable[AreaMonth], on: date, policy: Policy) -> Iterator[Item]:
    """List areas that never find anybody; each further month without anybody is a new fact."""
    kept = tuple(rows)
    for found in to_inspect(kept, on, policy):
        last = max(row.month for row in kept if row.area == found.area and row.month < on.isoformat()[:7])
        yield Item(
            kind=Kind.ZERO,
            subject=found.area,
            office=found.area,
            since=date.fromisoformat(f"{found.since}-01"),
            rule=found.why.rule,
            clause=found.why.clause,
            counted=(found.area, last),
            tell=partial(_zero_words, found.why, found.since, last),
        )


def _zero_words(why: Why, first: str, last: str) -> Words:
    """Months as people read them."""
    says = why.says.replace(first, month_in_words(first)).replace(last, month_in_words(last))
    return says, tuple((fact.label, fact.value) for fact in why.facts)


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise that was missed and is not kept, of a case that is not over."""

    case_id: str
    office: str
    kind: str
    number: int
    due_on: date
    overdue_on: date
    cause: str | None
    confirmed: bool


PROMISE_CLAUSE = "J21：承诺未实现的开展核查；内部规定：以超期未兑现的承诺为合规口径（A32）"


def open_promises(rows: Iterable[OpenPromise], on: date, calendar: WorkCalendar) -> Iterator[Item]:
    """List promises open past their day: the indicator by which an area complies (A32)."""
    for row in rows:
        if row.overdue_on > on:
            continue
        yield Item(
            kind=Kind.PROMISE,
            subject=f"{row.case_id}.{row.kind}",
            office=row.office,
            since=row.overdue_on,
            rule="radar.open_promise",
            clause=PROMISE_CLAUSE,
            counted=(row.kind, row.number, row.overdue_on, row.cause, row.confirmed),
            tell=partial(_promise_words, row, on, calendar),
            case_ids=(row.case_id,),
        )


def _promise_words(row: OpenPromise, on: date, calendar: WorkCalendar) -> Words:
    days = working_days_between(calendar, row.due_on, on)
    cause = CAUSE_WORDS.get(row.cause or "", "未留存")
    name = "棚改回迁安置承诺" if row.kind == "relocated" else "安置承诺"
    return (
        f"{name}到{in_words(row.due_on)}止没有兑现，已超期{days}个工作日，家庭仍未就业也未退出。",
        (
            ("承诺到期日", in_words(row.due_on)),
            ("超期日", in_words(row.overdue_on)),
            ("原因", f"{cause}（{'已确认' if row.confirmed else '未确认'}）"),
        ),
    )


@dataclass(frozen=True, slots=True)
class KnownWithoutCase:
    """A household of the register that was judged eligible and has no case; `former` are its people's past cases."""

    household_id: str
    office: str
    number: str
    source: str
    surveyed_on: date
    outcome: str
    base_members: int
    version: int
    watch: str | None = None
    former: tuple[tuple[str, str, date], ...] = ()
    """Case, words of the exit's reason, day of the exit."""


SOURCES = {"sheet": "摸底调查表", "ledger": "原有台账", "visit": "入户走访", "layoff": "裁员名单"}


def unrecognised(rows: Iterable[KnownWithoutCase], on: date, policy: Policy) -> Iterator[Item]:
    """List households known to be eligible that have no case so long after they were seen."""
    term = policy.radar.unrecognised_after
    if term is None:
        return
    for row in rows:
        if on < over_since(row.surveyed_on, term.value):
            continue
        yield Item(
            kind=Kind.UNRECOGNISED,
            subject=row.household_id,
            office=row.office,
            since=row.surveyed_on,
            rule="radar.unrecognised",
            clause=term.basis,
            counted=(row.household_id, row.version, row.outcome, *sorted(c for c, _, _ in row.former)),
            tell=partial(_unrecognised_words, row, on),
            case_ids=tuple(case for case, _, _ in row.former),
            household_id=row.household_id,
        )


def _unrecognised_words(row: KnownWithoutCase, on: date) -> Words:
    source = SOURCES.get(row.source, "登记册")
    judged = "符合条件" if row.outcome == "eligible" else "属特殊情形，须县级决定"
    return (
        f"{source}判断该户{judged}，已过{(on - row.surveyed_on).days}日没有申请或建档。",
        (
            ("户编号", row.number),
            ("来源", source),
            ("调查日期", in_words(row.surveyed_on)),
            ("需援助成员", f"{row.base_members}人"),
            *(("以往个案", f"{case}，{in_words(day)}退出（{words}）") for case, words, day in row.former),
        ),
    )
