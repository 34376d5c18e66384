"""Objections that the public hands in (群众异议): received with a receipt number, then registered or declined.

Who objected and what they wrote is sealed.  It becomes part of the case only when the desk registers it by the step
`raise_objection`; what became of it there is read from the case.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from secrets import randbelow
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update

from records.engine import Reading, Writing
from records.people import normal_phone
from records.scope import Scope, visible
from records.tables import cases
from records.tables_public import public_objections

PREFIX = "YY"
RECEIVED, REGISTERED, DECLINED = "received", "registered", "declined"
STATES = {RECEIVED: "待处理", REGISTERED: "已登记调查", DECLINED: "未登记"}


@dataclass(frozen=True, slots=True)
class NewObjection:
    """An objection as typed; `name` and `phone` are None when it is anonymous."""

    case_id: str
    round: int
    key: str
    filed_on: date
    content: str = field(repr=False)
    name: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PublicObjection:
    """An objection on record.  `content`, `name` and `phone` are filled only where it is opened whole."""

    receipt: str
    case_id: str
    office: str
    filed_at: datetime
    filed_on: date
    anonymous: bool
    state: str
    handled_by: str | None
    handled_at: datetime | None
    objection: str | None
    reason: str | None = field(repr=False)
    content: str = field(default="", repr=False)
    name: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)


def new_receipt(prefix: str, year: int) -> str:
    """Return a number that tells nothing and is said over the phone without a slip: YY2026-4821-7306."""
    number = f"{randbelow(10**8):08d}"
    return f"{prefix}{year}-{number[:4]}-{number[4:]}"


def keep_objection(work: Writing, new: NewObjection, now: datetime) -> str:
    """Keep an objection and return its receipt number; the same form sent again returns the same number."""
    keys = work.keys
    key = keys.blind_index("objection form", f"{new.case_id}/{new.round}/{new.key}")
    known = select(public_objections.c.receipt).where(public_objections.c.key == key)
    if (receipt := work.connection.execute(known).scalar()) is not None:
        return str(receipt)
    receipt = new_receipt(PREFIX, new.filed_on.year)
    row = {
        "receipt": receipt,
        "case_id": new.case_id,
        "round": new.round,
        "key": key,
        "filed_at": now,
        "filed_on": new.filed_on,
        "anonymous": new.name is None,
        "name": keys.seal_text(new.name, f"public_objections.name:{receipt}"),
        "phone": keys.seal_text(new.phone, f"public_objections.phone:{receipt}"),
        "phone_index": keys.blind_index("phone", normal_phone(new.phone)) if new.phone else None,
        "content": keys.seal_text(new.content, f"public_objections.content:{receipt}"),
        "state": RECEIVED,
    }
    work.connection.execute(insert(public_objections), row)
    return receipt


def objections_to_handle(work: Reading, scope: Scope, state: str | None = None) -> tuple[PublicObjection, ...]:
    """Return the objections against cases in scope, the oldest first, without what they say and who says it."""
    rows = _rows().where(visible(scope)).order_by(public_objections.c.filed_at).limit(500)
    if state is not None:
        rows = rows.where(public_objections.c.state == state)
    return tuple(_of(row) for row in work.connection.execute(rows))


def objection_counts(work: Reading, scope: Scope) -> dict[str, int]:
    """Return how many objections of cases in scope are in each state."""
    joined = public_objections.join(cases, cases.c.case_id == public_objections.c.case_id)
    counted = select(public_objections.c.state, func.count()).select_from(joined).where(visible(scope))
    grouped = work.connection.execute(counted.group_by(public_objections.c.state))
    found: dict[str, int] = dict(grouped.all())
    return {state: found.get(state, 0) for state in STATES}


def unread_objections(work: Reading, case_id: str) -> tuple[str, ...]:
    """Return the receipts of a case's objections that nobody has registered or answered.  For desks, no scope."""
    waiting = (public_objections.c.case_id == case_id, public_objections.c.state == RECEIVED)
    found = select(public_objections.c.receipt).where(*waiting).order_by(public_objections.c.filed_at)
    return tuple(work.connection.execute(found).scalars())


def whole_objection(work: Reading, scope: Scope, receipt: str) -> PublicObjection | None:
    """Return an objection with what it says; None outside the scope.  Who looks must be logged by the caller."""
    row = work.connection.execute(_rows().where(public_objections.c.receipt == receipt, visible(scope))).first()
    return _of(row, work) if row else None


def objection_of_phone(work: Reading, receipt: str, phone_index: str) -> PublicObjection | None:
    """Return an objection to whoever filed it, known by the phone; None for everybody else and for no such number."""
    mine = (public_objections.c.receipt == receipt, public_objections.c.phone_index == phone_index)
    row = work.connection.execute(_rows().where(*mine)).first()
    return _of(row, work) if row else None


def mark_registered(work: Writing, receipt: str, *, objection: str, account: str, now: datetime) -> bool:
    """Write down under which number of its case an objection is investigated; False when it was handled before."""
    return _handled(work, receipt, {"state": REGISTERED, "objection": objection}, account, now)


def mark_declined(work: Writing, receipt: str, *, reason: str, account: str, now: datetime) -> bool:
    """Write down why an objection is not registered; False when it was handled before."""
    sealed = work.keys.seal_text(reason, f"public_objections.reason:{receipt}")
    return _handled(work, receipt, {"state": DECLINED, "reason": sealed}, account, now)


def _handled(work: Writing, receipt: str, values: dict[str, Any], account: str, now: datetime) -> bool:
    open_one = (public_objections.c.receipt == receipt, public_objections.c.state == RECEIVED)
    done = update(public_objections).where(*open_one).values(handled_by=account, handled_at=now, **values)
    return work.connection.execute(done).rowcount == 1


def _rows() -> Select[Any]:
    return select(public_objections, cases.c.office).join(cases, cases.c.case_id == public_objections.c.case_id)


def _of(row: Row[Any], whole: Reading | None = None) -> PublicObjection:
    def opened(name: str) -> str | None:
        if whole is None:
            return None
        return whole.keys.open_text(getattr(row, name), f"public_objections.{name}:{row.receipt}")

    return PublicObjection(
        receipt=row.receipt,
        case_id=row.case_id,
        office=row.office,
        filed_at=row.filed_at,
        filed_on=row.filed_on,
        anonymous=row.anonymous,
        state=row.state,
        handled_by=row.handled_by,
        handled_at=row.handled_at,
        objection=row.objection,
        reason=opened("reason"),
        content=opened("content") or "",
        name=opened("name"),
        phone=opened("phone"),
    )
