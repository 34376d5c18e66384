"""What a person had of a kind of subsidy before (以往核定), also in an earlier case: since when, until when.

A person is the same by the blind index.  What was taken back as a whole counts for nothing.
"""

from datetime import date

from sqlalchemy import ColumnElement, func, select

from records.engine import Reading
from records.subsidy_applications import A, person_index
from records.tables_subsidies import member_jobs, member_measures, subsidy_applications

FIRST_ONLY = ("start_up",)
"""Kinds that only the first of its sort gives: 初次创业补贴."""


def first_approved(work: Reading, case_id: str, member: str, kind: str) -> date | None:
    """Return when the person was first approved for a kind, in this case or an earlier one, for whichever claimant.

    The day on which the job or the measure began, where that is in the first month: nearness of retirement is judged
    by the day, and a later application must find the same.
    """
    j, m = member_jobs.c, member_measures.c
    began = func.coalesce(j.started_on, m.measure_on)
    joined = subsidy_applications.outerjoin(member_jobs, (j.case_id == A.case_id) & (j.job == A.about))
    joined = joined.outerjoin(member_measures, m.measure_id == A.about)
    asked = select(A.first_month, began).select_from(joined).where(*_approved(work, case_id, member, kind))
    row = work.connection.execute(asked.order_by(A.first_month, A.application_id).limit(1)).first()
    if row is None:
        return None
    first = date(int(row[0][:4]), int(row[0][5:7]), 1)
    return max(first, row[1]) if row[1] else first


def renewed(work: Reading, case_id: str, member: str, kind: str) -> bool:
    """Say whether the person has had a kind renewed, or has asked for it."""
    index = person_index(work, case_id, member)
    same = (A.case_id == case_id) & (A.member == member)
    if index is not None:
        same = same | (A.person_index == index)
    asked = select(A.application_id).where(same, A.kind == kind, A.renews.is_not(None), A.state != "refused", _kept())
    counts = A.stop_code.is_(None) | A.decided_on.is_not(None)
    return work.connection.execute(asked.where(counts).limit(1)).first() is not None


def months_had(work: Reading, case_id: str, member: str, kind: str) -> str | None:
    """Return the last month for which the person was approved for a kind that no longer runs; None without any.

    What is to be paid back counts for nothing.
    """
    rows = select(A.first_month, A.last_month, A.stopped_on).where(
        *_approved(work, case_id, member, kind), A.pay == "monthly", A.live.is_(None), _kept()
    )
    ends = [
        min(row.last_month, row.stopped_on.isoformat()[:7]) if row.stopped_on else row.last_month
        for row in work.connection.execute(rows)
        if row.stopped_on is None or row.stopped_on.isoformat()[:7] >= row.first_month
    ]
    return max(ends, default=None)


def had_once(work: Reading, case_id: str, member: str, kind: str, by: str, about: str) -> bool:
    """Say whether what is paid a single time was approved for this job or measure, or (初次创业) ever."""
    same = (A.case_id == case_id) & (A.about == about) & (A.claimed_by == by)
    rows = select(A.application_id).where(*_approved(work, case_id, member, kind), _kept())
    asked = rows if kind in FIRST_ONLY else rows.where(same)
    return work.connection.execute(asked.limit(1)).first() is not None


def _approved(work: Reading, case_id: str, member: str, kind: str) -> tuple[ColumnElement[bool], ...]:
    """What was approved for the person and the kind, in this case or another."""
    index = person_index(work, case_id, member)
    same = (A.case_id == case_id) & (A.member == member)
    if index is not None:
        same = same | (A.person_index == index)
    return same, A.kind == kind, A.decided_on.is_not(None), A.state != "refused"


def _kept() -> ColumnElement[bool]:
    """What was not taken back as a whole."""
    return A.stop_code.is_(None) | A.stop_code.not_in(("revoked", "job_rejected"))
