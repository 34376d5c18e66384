"""Jobs of members as rows (就业台账), written with the case's events, and what follows for benefits and subsidies.

One question more for a case that has jobs, none for the others.  A job that falls away stops the subsidies that stand
on it and closes its coordination; a revoked certification puts all that was paid on the list to be paid back (A42).
"""

from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect, and_, bindparam, func, literal, or_, select, update

from casework.case import Case
from casework.case_facts import Employment
from casework.events import CaseEvent
from casework.household import Member
from casework.states import ExitReason, State
from casework.working_age import retirement_dates
from records.benefit_tasks import close_for, open_for
from records.engine import Writing
from records.tables_subsidies import member_jobs, subsidy_applications, subsidy_payments
from records.upsert import insert_into
from register.subsidy_months import ONCE, month_of

KEY = ("case_id", "job")
STOPPING = {ExitReason.DECEASED: "left", ExitReason.MOVED_AWAY: "left"}
"""Exits that end what still runs.  Others leave it: who is out of help because of steady work keeps the subsidy."""

_KEPT = select(member_jobs).where(member_jobs.c.case_id == bindparam("case_id"))


def follow_jobs(work: Writing, event: CaseEvent) -> None:
    """Bring a case's jobs to what the case says, and what stands on them."""
    case = event.case
    if not case.employments:
        return
    there = {row.job: dict(row._mapping) for row in work.connection.execute(_KEPT, {"case_id": case.case_id})}
    for job in case.employments:
        known = there.get(job.employment_id)
        row = _row(case, job, known)
        if row != known:
            _keep(work, case, job, row, known, event.on)
    if event.target is State.EXITED and event.source is not State.EXITED and case.exit is not None:
        _exited(work, case, event.on)


def jobs_row(case: Case, job: Employment) -> dict[str, Any]:
    """Return the row of a job whose member is as the case says now."""
    return _row(case, job, None)


def _row(case: Case, job: Employment, known: dict[str, Any] | None) -> dict[str, Any]:
    """What a member had when the job was recorded stays, whatever is told of the member later."""
    member = case.household.member(job.member)
    return {
        "case_id": case.case_id,
        "job": job.employment_id,
        "member": job.member,
        "channel": job.channel,
        "insured": job.insured,
        "income_fen": job.monthly_income_fen,
        "started_on": job.started_on,
        "recorded_on": job.recorded_on,
        "ended_on": job.ended_on,
        "rejected": job.rejected_on is not None,
        "retires_on": _retires(member) if member else (known or {}).get("retires_on"),
        "dibao": known["dibao"] if known else member is not None and member.dibao,
        "unemployment_insurance": known["unemployment_insurance"]
        if known
        else member is not None and member.unemployment_insurance,
    }


def _retires(member: Member) -> date | None:
    dates = set(retirement_dates(member.sex, member.birth_date, member.track))
    return dates.pop() if len(dates) == 1 else None


def _keep(
    work: Writing, case: Case, job: Employment, row: dict[str, Any], known: dict[str, Any] | None, on: date
) -> None:
    values = {name: value for name, value in row.items() if name not in KEY}
    added = insert_into(work.connection, member_jobs).values(row)
    work.connection.execute(added.on_conflict_do_update(index_elements=list(KEY), set_=values))
    if known is None and job.active:
        open_for(work, case, job, dibao=row["dibao"], unemployment=row["unemployment_insurance"], on=on)
    if not job.active and (known is None or (known["ended_on"] is None and not known["rejected"])):
        close_for(work, case.case_id, job.employment_id, on)
        code = "job_rejected" if row["rejected"] else "job_lost"
        _stop(work, case.case_id, on=job.ended_on or on, code=code, about=job.employment_id)


def _exited(work: Writing, case: Case, on: date) -> None:
    assert case.exit is not None
    if case.exit.recovers_subsidies:
        _stop(work, case.case_id, on=on, code="revoked")
        recover_all(work, case.case_id)
    elif case.exit.reason in STOPPING:
        _stop(work, case.case_id, on=on, code=STOPPING[case.exit.reason])


def _stop(work: Writing, case_id: str, *, on: date, code: str, about: str | None = None) -> None:
    """Stop what still runs; what was applied for and not decided is stopped too.

    A loss that is told after the months are over (期满) stops what has ended as well, or was stopped
    later: the months after it were not due.
    """
    table = subsidy_applications.c
    told_late = or_(
        and_(table.state == "ended", table.pay != ONCE, table.last_month > month_of(on)),
        and_(table.state == "stopped", table.stop_code == "asked", table.stopped_on > on),
        and_(table.state == "ended", literal(code == "job_rejected")),
    )
    over = and_(told_late, table.decided_on.is_not(None), table.recovered_on.is_(None))
    mine = [table.case_id == case_id, or_(table.state.in_(("applied", "approved")), over)]
    if about is not None:
        mine.append(table.about == about)
    changed = {
        "state": "stopped",
        "stopped_on": on,
        "stop_code": code,
        "live": None,
        "recover_fen": paid_after(None if code == "job_rejected" else on),
        "version": table.version + 1,
    }
    work.connection.execute(update(subsidy_applications).where(*mine).values(changed))


def paid_after(on: date | None) -> ScalarSelect[int]:
    """Return what was put on lists for months after that of a day, or (None) at all; null when nothing was."""
    p = subsidy_payments.c
    paid = select(func.sum(p.fen)).where(p.application_id == subsidy_applications.c.application_id)
    if on is not None:
        paid = paid.where(p.month > month_of(on), p.month != ONCE)
    return paid.scalar_subquery()


def recover_all(work: Writing, case_id: str) -> None:
    """Put all that was paid in a case on the list of what is to be paid back, unless it came back already."""
    table = subsidy_applications.c
    some = select(subsidy_payments.c.fen).where(subsidy_payments.c.application_id == table.application_id).exists()
    owed = update(subsidy_applications).where(table.case_id == case_id, table.recovered_on.is_(None), some)
    work.connection.execute(owed.values(recover_fen=paid_after(None), version=table.version + 1))
