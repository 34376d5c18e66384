"""Months in which flexible workers were insured (灵活就业参保月份): of a member, for a case or an area (N17)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, not_, select

from records.engine import Reading, Writing
from records.scope import Scope, visible, within
from records.tables import cases
from records.tables_subsidies import insured_months, member_jobs
from records.upsert import insert_into
from register.continuation import Continued, continued

FLEXIBLE = "flexible"


@dataclass(frozen=True, slots=True)
class FlexibleJob:
    """A member's flexible work with how its insurance goes on."""

    case_id: str
    office: str
    member: str
    started_on: date
    ended_on: date | None
    insurance: Continued


def keep_months(
    work: Writing, case_id: str, member: str, months: Iterable[str], *, account: str, now: datetime
) -> None:
    """Write down months in which a member was insured; a month that is there stays."""
    for month in months:
        row = {"case_id": case_id, "member": member, "month": month, "account": account, "kept_at": now}
        work.connection.execute(insert_into(work.connection, insured_months).on_conflict_do_nothing(), row)


def drop_month(work: Writing, case_id: str, member: str, month: str) -> None:
    """Take back a month that was entered by mistake."""
    m = insured_months.c
    work.connection.execute(delete(insured_months).where(m.case_id == case_id, m.member == member, m.month == month))


def flexible_jobs(
    work: Reading, scope: Scope, on: date, *, area: str | None = None, broken: bool = False
) -> list[FlexibleJob]:
    """Return the flexible work held now in a caller's cases, the most gaps first."""
    narrowed = [visible(scope), member_jobs.c.ended_on.is_(None)]
    if area:
        narrowed.append(within(cases.c.office, area))
    found = [job for job in _read(work, narrowed, on) if job.insurance.broken or not broken]
    return sorted(found, key=lambda job: (-len(job.insurance.gaps), job.case_id, job.member))


def of_case(work: Reading, case_id: str, on: date) -> list[FlexibleJob]:
    """Return the flexible work of a case; whoever asks has seen to it that the caller may see it."""
    return _read(work, [member_jobs.c.case_id == case_id], on)


def _read(work: Reading, narrowed: list[ColumnElement[bool]], on: date) -> list[FlexibleJob]:
    j, m = member_jobs.c, insured_months.c
    joined = member_jobs.join(cases, cases.c.case_id == j.case_id)
    mine = (*narrowed, j.channel == FLEXIBLE, not_(j.rejected))
    jobs = select(j.case_id, cases.c.office, j.member, j.started_on, j.ended_on).select_from(joined).where(*mine)
    both = joined.join(insured_months, (m.case_id == j.case_id) & (m.member == j.member))
    months: dict[tuple[str, str], list[str]] = {}
    for row in work.connection.execute(select(j.case_id, j.member, m.month).select_from(both).where(*mine)):
        months.setdefault((row.case_id, row.member), []).append(row.month)
    return [
        FlexibleJob(*row, continued(row.started_on, row.ended_on, months.get((row.case_id, row.member), ()), on))
        for row in work.connection.execute(jobs.order_by(j.case_id, j.started_on))
    ]
