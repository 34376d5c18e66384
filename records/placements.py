"""Placements by referral and help given (推荐上岗、服务次数), brought up to date with the case's events.

For whoever looks across cases: the integrity radar, figures.  Nothing in them tells of a person; the case itself stays
the only truth.  What counts as a service is `casework/services.py`.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import Table, exists, select

from casework.case import Case
from casework.case_facts import Employment, Promise, ReferralOutcome
from casework.events import CaseEvent
from casework.services import service_counts
from casework.states import State
from records.case_files import last_event
from records.case_rows import Row
from records.engine import Writing
from records.tables import cases
from records.tables_radar import help_given, placements
from records.upsert import insert_into

COUNTED = ("guidance", "training_info", "referrals")


def keep_outcomes(work: Writing, event: CaseEvent) -> None:
    """Bring the rows of a case's placements and services to what the case says."""
    case = event.case
    rows = placement_rows(case)
    if rows:
        _put(work, placements, ("case_id", "employment_id"), rows)
    if case.promise is not None:
        _put(work, help_given, ("case_id",), [help_row(case, case.promise)])


def placement_rows(case: Case) -> list[Row]:
    """Return a row for each job to which a referral led; the job itself is in `member_jobs`."""
    found = [(job, _vacancy(case, job)) for job in case.employments]
    return [
        {
            "case_id": case.case_id,
            "employment_id": job.employment_id,
            "vacancy_id": vacancy,
            "started_on": job.started_on,
        }
        for job, vacancy in found
        if vacancy is not None
    ]


def help_row(case: Case, promise: Promise) -> Row:
    """Return how often each service was given since the promise began: to the member with the least, and to all.

    Days on which the promise stood still put the day off from which services are owed.
    """
    still = sum((pause.last - pause.first).days + 1 for pause in promise.pauses if pause.last is not None)
    own = [service_counts(case, member) for member in case.standing.base]
    together = service_counts(case, None)
    least = {name: min((counts[name] for counts in own), default=0) for name in COUNTED}
    waits = promise.met_on is not None or promise.paused
    return {
        "case_id": case.case_id,
        "office": case.office,
        "promised_on": promise.started_on + timedelta(days=still),
        "open": not waits and case.state is not State.EXITED,
        **{f"least_{name}": least[name] for name in COUNTED},
        **{f"all_{name}": together[name] for name in COUNTED},
    }


def _vacancy(case: Case, job: Employment) -> str | None:
    """Return the vacancy by whose referral the member was hired last before the job began."""
    hired = [
        r
        for r in case.referrals
        if r.member == job.member and r.outcome is ReferralOutcome.HIRED and r.on <= job.started_on
    ]
    return max(hired, key=lambda r: r.on).vacancy if hired else None


def _put(work: Writing, table: Table, key: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    added = insert_into(work.connection, table)
    values = {name: added.excluded[name] for name in rows[0] if name not in key}
    work.connection.execute(added.on_conflict_do_update(index_elements=list(key), set_=values), rows)


def help_some(work: Writing, after: str, at_once: int = 500) -> list[str]:
    """Write services and placements of cases with a promise and no row of them yet; return the cases looked at."""
    there = exists().where(help_given.c.case_id == cases.c.case_id)
    wanted = select(cases.c.case_id).where(cases.c.promise_due_on.is_not(None), ~there, cases.c.case_id > after)
    found = list(work.connection.execute(wanted.order_by(cases.c.case_id).limit(at_once)).scalars())
    for case_id in found:
        event = last_event(work, case_id)
        if event is not None:
            keep_outcomes(work, event)
    return found
