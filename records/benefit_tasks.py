"""Coordination of benefits with work (待遇衔接): who had 低保 or unemployment insurance works, and the offices agree.

A task of the record's own, opened with the event that recorded the job, due by the pack's days; it never holds the
case.  What becomes of the money is computed in `register/household_income.py`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Select, func, select, update

from casework.case import Case
from casework.case_facts import Employment
from casework.errors import Conflict
from casework.working_days import add_months, count
from policies.errors import PolicyError
from policies.packs import load_pack
from policies.schema import Policy
from records.calendars import newest_for
from records.engine import Reading, Writing
from records.scope import Scope, visible, within
from records.tables import cases
from records.tables_subsidies import benefit_tasks
from records.upsert import insert_into

DIBAO, UNEMPLOYMENT = "dibao", "unemployment_insurance"
KIND_WORDS = {DIBAO: "低保", UNEMPLOYMENT: "失业保险金"}
WITH_WHOM = {DIBAO: "民政部门", UNEMPLOYMENT: "失业保险经办机构和财政部门"}
ANSWERS = {
    DIBAO: {"continued": "按规定延续", "reduced": "重新核定后减发", "ended": "停发", "unchanged": "收入未超标，照发"},
    UNEMPLOYMENT: {"ended": "停发", "kept": "保留剩余期限", "unchanged": "未在领取，无需办理"},
}
"""What the other office may answer, by kind."""


@dataclass(frozen=True, slots=True)
class BenefitTask:
    """One task as lists show it; `note` is sealed and left out."""

    task_id: str
    case_id: str
    office: str
    member: str
    job: str
    kind: str
    opened_on: date
    due_on: date
    continues_until: date | None
    closed_on: date | None
    closed_by: str | None
    answer: str | None

    @property
    def answer_words(self) -> str:
        if self.answer:
            return ANSWERS[self.kind][self.answer]
        return "离岗，不再需要" if self.closed_on else "待协调"


_FIELDS = tuple(cases.c.office if n == "office" else benefit_tasks.c[n] for n in BenefitTask.__slots__)


def pack_on(case: Case, on: date) -> Policy | None:
    """Return the policy of the case's locality in force on a day, by which money is judged; None when it has none."""
    try:
        return load_pack(case.pack_id, on=on)
    except PolicyError:
        return None


def open_for(work: Writing, case: Case, job: Employment, *, dibao: bool, unemployment: bool, on: date) -> None:
    """Open what is to be coordinated because of a new job; once for a job and a benefit."""
    had = [kind for kind, has in ((DIBAO, dibao), (UNEMPLOYMENT, unemployment)) if has]
    pack = pack_on(case, on) if had else None
    if pack is None or pack.linkage is None:
        return
    terms = pack.linkage
    due = count(newest_for(work, case.office), on, terms.coordinate_within.value, roll=True).ends
    for kind in had:
        grace = add_months(job.started_on, terms.dibao_grace_months.value) if kind == DIBAO else None
        row = {
            "task_id": str(uuid5(NAMESPACE_URL, f"benefit/{case.case_id}/{job.employment_id}/{kind}")),
            "case_id": case.case_id,
            "member": job.member,
            "job": job.employment_id,
            "kind": kind,
            "opened_on": on,
            "due_on": due,
            "continues_until": grace,
        }
        work.connection.execute(insert_into(work.connection, benefit_tasks).on_conflict_do_nothing(), row)


def close_for(work: Writing, case_id: str, job: str, on: date) -> None:
    """Close what waits because of a job that is none any more."""
    at = (benefit_tasks.c.case_id == case_id, benefit_tasks.c.job == job, benefit_tasks.c.closed_on.is_(None))
    work.connection.execute(update(benefit_tasks).where(*at).values(closed_on=on))


def listed(scope: Scope, *, area: str | None = None, done: bool | None = False, kind: str | None = None) -> Select[Any]:
    """Return the select of the tasks of a caller's cases."""
    asked = select(*_FIELDS).join(cases, cases.c.case_id == benefit_tasks.c.case_id).where(visible(scope))
    if area:
        asked = asked.where(within(cases.c.office, area))
    if kind in KIND_WORDS:
        asked = asked.where(benefit_tasks.c.kind == kind)
    if done is not None:
        asked = asked.where(benefit_tasks.c.closed_on.is_not(None) if done else benefit_tasks.c.closed_on.is_(None))
    return asked


def page(work: Reading, asked: Select[Any], *, offset: int = 0, limit: int = 50) -> tuple[BenefitTask, ...]:
    """Return one page, the earliest due first."""
    ordered = asked.order_by(benefit_tasks.c.due_on, benefit_tasks.c.case_id, benefit_tasks.c.kind)
    return tuple(BenefitTask(*row) for row in work.connection.execute(ordered.offset(offset).limit(limit)))


def count_of(work: Reading, asked: Select[Any]) -> int:
    return work.connection.execute(select(func.count()).select_from(asked.subquery())).scalar_one()


def late(work: Reading, asked: Select[Any], today: date) -> int:
    """Count those of `listed` whose limit has passed."""
    return count_of(work, asked.where(benefit_tasks.c.due_on < today))


def of_case(work: Reading, case_id: str) -> tuple[BenefitTask, ...]:
    """Return all tasks of a case; whoever asks has seen to it that the caller may see it."""
    asked = select(*_FIELDS).join(cases, cases.c.case_id == benefit_tasks.c.case_id)
    return page(work, asked.where(benefit_tasks.c.case_id == case_id))


def one(work: Reading, scope: Scope, task_id: str) -> BenefitTask | None:
    row = work.connection.execute(listed(scope, done=None).where(benefit_tasks.c.task_id == task_id)).first()
    return BenefitTask(*row) if row else None


def answered(work: Writing, task: BenefitTask, *, answer: str, note: str | None, on: date, account: str) -> None:
    """Write down what the other office answered.  Raises Conflict when somebody was first."""
    at = (benefit_tasks.c.task_id == task.task_id, benefit_tasks.c.closed_on.is_(None))
    said = work.keys.seal_text(note, f"benefit_tasks.note:{task.task_id}")
    values = {"closed_on": on, "closed_by": account, "answer": answer, "note": said}
    if work.connection.execute(update(benefit_tasks).where(*at).values(values)).rowcount != 1:
        raise Conflict("already_answered", "这一协调事项已经办结，请刷新后查看结果。")
