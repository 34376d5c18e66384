"""Who is entitled to a subsidy and has not claimed it (应享未享), over an area, as one question to the database.

The rules are those of the packs as `register/subsidies.py` reads them; here they become conditions on the rows of jobs
and measures, so that a province's list is turned over page by page.  The reason of one right is asked of the rules.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, not_, null, or_, select, union_all

from policies.groups_subsidies import Claim, Subsidy
from policies.packs import load_pack, pack_ids
from records.engine import Reading
from records.scope import Scope, visible, within
from records.subsidy_applications import Applied
from records.subsidy_history import FIRST_ONLY
from records.tables import cases
from records.tables_subsidies import member_jobs, member_measures, subsidy_applications
from register.subsidies import KINDS, Job, Taken
from register.subsidy_months import month_of, number

NO_RIGHT = ("revoked", "false_report", "deceased", "moved_away", "not_recognised", "withdrawn")
"""Exits after which nothing can be claimed any more."""


@dataclass(frozen=True, slots=True)
class Right:
    """One unclaimed right; `about` is the job or the measure."""

    case_id: str
    office: str
    pack_id: str
    member: str
    about: str
    kind: str
    by: str
    since: date
    channel: str | None


def unclaimed(scope: Scope, on: date, *, area: str | None = None, kind: str | None = None) -> Select[Any] | None:
    """Return the select of unclaimed rights in a caller's cases on a day; None where no pack gives any."""
    parts = []
    for pack_id in pack_ids():
        pack = load_pack(pack_id, on=on)
        if pack.subsidies is None:
            continue
        for each in KINDS if kind is None else (k for k in KINDS if k == kind):
            term = pack.subsidies.of(each)
            claims = term.value.claims if term else ()
            parts += [_select(scope, on, pack_id, each, term.value, claim, area) for claim in claims if term]
    return select(union_all(*parts).subquery()) if parts else None


def page(work: Reading, asked: Select[Any], *, offset: int = 0, limit: int = 50) -> tuple[Right, ...]:
    """Return one page, the longest waiting first."""
    c = asked.selected_columns
    ordered = asked.order_by(c.since, c.case_id, c.member, c.kind, c.by).offset(offset).limit(limit)
    return tuple(Right(*row) for row in work.connection.execute(ordered))


def count_of(work: Reading, asked: Select[Any]) -> int:
    return work.connection.execute(select(func.count()).select_from(asked.subquery())).scalar_one()


def jobs_of(work: Reading, case_id: str) -> tuple[Job, ...]:
    """Return the jobs of a case as the rules look at them; rejected ones are none."""
    j = member_jobs.c
    rows = select(j.case_id, j.job, j.member, j.channel, j.insured, j.started_on, j.ended_on, j.retires_on)
    mine = rows.where(j.case_id == case_id, not_(j.rejected)).order_by(j.started_on, j.job)
    return tuple(Job(*row) for row in work.connection.execute(mine))


def measures_of(work: Reading, case_id: str) -> tuple[Taken, ...]:
    """Return the measures of a case as the rules look at them."""
    m = member_measures.c
    rows = select(m.case_id, m.measure_id, m.member, m.kind, m.measure_on).where(m.case_id == case_id)
    mine = rows.where(m.withdrawn_by.is_(None)).order_by(m.measure_on, m.measure_id)
    return tuple(Taken(*row) for row in work.connection.execute(mine))


def _select(
    scope: Scope, on: date, pack_id: str, kind: str, subsidy: Subsidy, claim: Claim, area: str | None
) -> Select[Any]:
    j, m, a = member_jobs.c, member_measures.c, subsidy_applications.c
    of_job = claim.because == "work"
    member, about, case_id = (j.member, j.job, j.case_id) if of_job else (m.member, m.measure_id, m.case_id)
    asked = select(
        cases.c.case_id.label("case_id"),
        cases.c.office.label("office"),
        literal(pack_id).label("pack_id"),
        member.label("member"),
        about.label("about"),
        literal(kind).label("kind"),
        literal(claim.by).label("by"),
        (j.started_on if of_job else m.measure_on).label("since"),
        (j.channel if of_job else null()).label("channel"),
    )
    asked = asked.join_from(member_jobs if of_job else member_measures, cases, cases.c.case_id == case_id)
    asked = asked.where(visible(scope), cases.c.pack_id == pack_id)
    asked = asked.where(or_(cases.c.exit_reason.is_(None), cases.c.exit_reason.not_in(NO_RIGHT)))
    if of_job:
        asked = asked.where(
            not_(j.rejected),
            j.channel.in_(claim.channels),
            j.started_on <= on,
            or_(j.ended_on.is_(None), j.ended_on >= on),
        )
        asked = asked.where(j.insured) if claim.insured else asked
    else:
        asked = asked.where(m.kind == claim.because, m.measure_on <= on, m.withdrawn_by.is_(None))
    if area:
        asked = asked.where(within(cases.c.office, area))
    mine = and_(a.case_id == case_id, a.member == member, a.kind == kind, a.claimed_by == claim.by)
    had = or_(a.about == about, a.state.in_(("applied", "approved")), _used_up(subsidy, kind, on))
    return asked.where(~select(a.application_id).where(mine, had).exists())


def _used_up(subsidy: Subsidy, kind: str, on: date) -> ColumnElement[bool]:
    """What has ended leaves no right for another job: 初次创业补贴, or months granted until the cap or retirement."""
    ended = subsidy_applications.c.state == "ended"
    if subsidy.cap_months is None:
        return ended if kind in FIRST_ONLY else false()
    a = subsidy_applications.c
    return and_(ended, or_(a.until_retirement, a.first_month <= used_up_since(subsidy, on)))


def used_up(subsidy: Subsidy, applied: Applied, on: date) -> bool:
    """Say the same of one application that has ended."""
    if subsidy.cap_months is None:
        return applied.kind in FIRST_ONLY
    return applied.until_retirement or applied.first_month <= used_up_since(subsidy, on)


def used_up_since(subsidy: Subsidy, on: date) -> str:
    """Return the latest first month whose cap is over on a day."""
    assert subsidy.cap_months is not None
    return month_of(number(month_of(on)) - subsidy.cap_months)
