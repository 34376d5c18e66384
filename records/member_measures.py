"""Measures taken for a member, and marks (援助措施、成员标记): training, schooling, graduates, children (L4, N13).

A measure entered by mistake is withdrawn, never removed.  Who is a graduate (高校毕业生) or a child of the household is
a mark of its own, because the case's facts do not say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Select, delete, func, select, update

from casework.errors import Conflict
from records.engine import Reading, Writing
from records.scope import Scope, visible, within
from records.tables import cases
from records.tables_subsidies import member_marks, member_measures
from records.upsert import insert_into

MEASURES: Mapping[str, str] = {
    "training": "完成职业技能培训",
    "certificate": "通过职业技能鉴定",
    "loan": "获得创业担保贷款",
    "placement": "职业介绍",
    "public_welfare_work": "公益性劳动",
    "graduate_service": "高校毕业生就业服务",
    "internship": "就业见习",
    "free_schooling": "子女免费学历教育",
    "free_training": "子女免费技能培训",
}
OF_MARK: Mapping[str, tuple[str, ...]] = {
    "graduate": ("graduate_service", "internship", "training", "placement"),
    "child": ("free_schooling", "free_training"),
}
"""Which measures are counted for graduates and for children of a household (L4)."""

MARKS: Mapping[str, str] = {"graduate": "高校毕业生", "child": "在学或求学子女"}
PREPARING = ("placement", "training", "public_welfare_work")
"""What prepares those who have 低保 or unemployment insurance for work (N13)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure; `note` is what was written beside it."""

    measure_id: str
    case_id: str
    member: str
    kind: str
    measure_on: date
    account: str
    note: str | None = field(default=None, repr=False)

    @property
    def words(self) -> str:
        return MEASURES[self.kind]


def keep_measure(work: Writing, measure: Measure, now: datetime) -> None:
    """Keep a measure; the same id is the same measure."""
    row = {
        "measure_id": measure.measure_id,
        "case_id": measure.case_id,
        "member": measure.member,
        "kind": measure.kind,
        "measure_on": measure.measure_on,
        "note": work.keys.seal_text(measure.note, f"member_measures.note:{measure.measure_id}"),
        "account": measure.account,
        "kept_at": now,
    }
    work.connection.execute(insert_into(work.connection, member_measures).on_conflict_do_nothing(), row)


def withdraw_measure(work: Writing, case_id: str, measure_id: str, account: str) -> None:
    """Take back what was entered by mistake.  Raises Conflict when it is withdrawn already or not there."""
    m = member_measures.c
    mine = (m.case_id == case_id, m.measure_id == measure_id, m.withdrawn_by.is_(None))
    if work.connection.execute(update(member_measures).where(*mine).values(withdrawn_by=account)).rowcount != 1:
        raise Conflict("measure_gone", "这项措施已经撤回，请刷新后再看。")


def measures_shown(work: Reading, case_id: str) -> tuple[Measure, ...]:
    """Return the measures of a case with their notes; whoever asks has seen to it that the caller may see it."""
    m = member_measures.c
    rows = select(member_measures).where(m.case_id == case_id, m.withdrawn_by.is_(None)).order_by(m.measure_on.desc())
    return tuple(
        Measure(
            row.measure_id,
            row.case_id,
            row.member,
            row.kind,
            row.measure_on,
            row.account,
            work.keys.open_text(row.note, f"member_measures.note:{row.measure_id}"),
        )
        for row in work.connection.execute(rows)
    )


def mark(work: Writing, case_id: str, member: str, code: str, *, since: date, account: str, now: datetime) -> None:
    """Mark a member as a graduate or a child; marking again changes nothing."""
    row = {"case_id": case_id, "member": member, "mark": code, "since": since, "account": account, "kept_at": now}
    work.connection.execute(insert_into(work.connection, member_marks).on_conflict_do_nothing(), row)


def unmark(work: Writing, case_id: str, member: str, code: str) -> None:
    m = member_marks.c
    work.connection.execute(delete(member_marks).where(m.case_id == case_id, m.member == member, m.mark == code))


def marks_of(work: Reading, case_id: str) -> dict[str, tuple[str, ...]]:
    """Return the marks of a case's members."""
    m = member_marks.c
    found: dict[str, list[str]] = {}
    rows = select(m.member, m.mark).where(m.case_id == case_id).order_by(m.member, m.mark.desc())
    for row in work.connection.execute(rows):
        found.setdefault(row.member, []).append(row.mark)
    return {member: tuple(marks) for member, marks in found.items()}


@dataclass(frozen=True, slots=True)
class MarkCount:
    """How many members with a mark an area has, how many of them had a measure, and how many by measure."""

    mark: str
    members: int
    helped: int
    by_measure: Mapping[str, int]


def counts(work: Reading, scope: Scope, *, area: str | None, since: date, until: date) -> tuple[MarkCount, ...]:
    """Count marked members, and the measures they had from one day to another, in a caller's cases (L4)."""
    return tuple(_count(work, scope, area, code, since, until) for code in MARKS)


def _count(work: Reading, scope: Scope, area: str | None, code: str, since: date, until: date) -> MarkCount:
    marks, m = member_marks.c, member_measures.c
    person = marks.case_id + "/" + marks.member

    def narrowed(asked: Select[int]) -> Select[int]:
        asked = asked.join(cases, cases.c.case_id == marks.case_id).where(visible(scope), marks.mark == code)
        return asked.where(within(cases.c.office, area)) if area else asked

    members = select(func.count(func.distinct(person))).select_from(member_marks).where(marks.since <= until)
    had = (m.case_id == marks.case_id) & (m.member == marks.member)
    helped = select(func.count(func.distinct(person))).select_from(member_marks).join(member_measures, had)
    this = (m.withdrawn_by.is_(None), m.measure_on >= since, m.measure_on <= until)
    return MarkCount(
        code,
        work.connection.execute(narrowed(members)).scalar_one(),
        work.connection.execute(narrowed(helped.where(*this, m.kind.in_(OF_MARK[code])))).scalar_one(),
        {
            kind: work.connection.execute(narrowed(helped.where(*this, m.kind == kind))).scalar_one()
            for kind in OF_MARK[code]
        },
    )
