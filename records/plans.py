"""The members' assistance plans (一人一策) in the record: each saved version stays, sealed as a whole.

A version is signed by the first step "签订帮扶方案" that the case took after it: asked of the events, not kept
twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, insert, select

from casework.errors import Conflict
from records.engine import Reading, Writing
from records.tables import events
from records.tables_vacancies import plans
from register.plan import Plan, plan_in_short

CHANGED = "这名成员的方案刚才已被同事另存为新的一版。请先看最新一版，再作修改。"


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One version of a member's plan; `signed_on` is the day of the signature it went into, None before."""

    case_id: str
    member_id: str
    number: int
    account: str
    written_at: datetime
    signed_on: date | None
    plan: Plan = field(repr=False)


def save_plan(
    work: Writing,
    *,
    case_id: str,
    member_id: str,
    plan: Plan,
    seen: int,
    after_seq: int,
    account: str,
    request_key: str,
    now: datetime,
) -> int:
    """Keep a new version after version `seen` and return its number; the same request again returns the same number.

    Raises `Conflict` (`plan_changed`) when there is a newer version than the one that was seen.
    """
    mine = f"{account}:{request_key}"
    done = work.connection.execute(select(plans.c.number).where(plans.c.request_key == mine)).scalar()
    if done is not None:
        return int(done)
    this = (plans.c.case_id == case_id, plans.c.member_id == member_id)
    last = work.connection.execute(select(func.max(plans.c.number)).where(*this)).scalar() or 0
    if last != seen:
        raise Conflict("plan_changed", CHANGED)
    number = last + 1
    row = {
        "case_id": case_id,
        "member_id": member_id,
        "number": number,
        "after_seq": after_seq,
        "account": account,
        "written_at": now,
        "request_key": mine,
        "sealed": work.keys.seal_text(plan.model_dump_json(), _place(case_id, member_id, number)),
    }
    work.connection.execute(insert(plans), row)
    return number


def plans_of(work: Reading, case_id: str, member_id: str | None = None) -> Sequence[PlanVersion]:
    """Return every version of a case's plans, by member and number."""
    asked = select(plans).where(plans.c.case_id == case_id)
    if member_id is not None:
        asked = asked.where(plans.c.member_id == member_id)
    rows = work.connection.execute(asked.order_by(plans.c.member_id, plans.c.number)).all()
    if not rows:
        return ()
    signings = work.connection.execute(
        select(events.c.seq, events.c.on_day)
        .where(events.c.case_id == case_id, events.c.trigger == "sign_plan")
        .order_by(events.c.seq)
    ).all()
    return [_version(work, row, [(s.seq, s.on_day) for s in signings]) for row in rows]


def newest_plans(work: Reading, case_id: str) -> dict[str, PlanVersion]:
    """Return the newest version of each member's plan."""
    return {version.member_id: version for version in plans_of(work, case_id)}


def plan_text(work: Reading, case_id: str, members: Sequence[str], most: int = 2000) -> str:
    """Return what the signature of a case's plan says of the newest versions; empty where there is none."""
    newest = newest_plans(work, case_id)
    lines = [plan_in_short(m, newest[m].number, newest[m].plan) for m in members if m in newest]
    return "\n".join(lines)[:most]


def _version(work: Reading, row: Row[Any], signings: list[tuple[int, date]]) -> PlanVersion:
    text = work.keys.open_text(row.sealed, _place(row.case_id, row.member_id, row.number)) or ""
    return PlanVersion(
        case_id=row.case_id,
        member_id=row.member_id,
        number=row.number,
        account=row.account,
        written_at=row.written_at,
        signed_on=next((day for seq, day in signings if seq > row.after_seq), None),
        plan=Plan.model_validate_json(text),
    )


def _place(case_id: str, member_id: str, number: int) -> str:
    return f"plans.sealed:{case_id}/{member_id}/{number}"
