"""Applications for subsidies (补贴申请): kept, decided, stopped, paid back; read for a case or an area.

Who may do which of this is said in `desk/subsidies.py`.  One application lives at a time for a case, member, kind and
claimant.  Names of units, accounts and papers are sealed; the rows of lists tell nothing of persons.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, insert, select, update

from casework.errors import Conflict
from records.engine import Reading, Writing
from records.scope import Scope, visible, within
from records.tables import cases
from records.tables_people import persons
from records.tables_subsidies import subsidy_applications

STATES = {
    "applied": "待县级审核",
    "approved": "享受中",
    "refused": "不予批准",
    "ended": "期满",
    "stopped": "停发",
}
STOPS = {
    "job_lost": "离岗",
    "job_rejected": "就业登记被退回",
    "revoked": "认定被撤销",
    "left": "家庭迁出或成员去世",
    "asked": "按申请或核查停发",
}


@dataclass(frozen=True, slots=True)
class Applied:
    """An application as lists show it."""

    application_id: str
    case_id: str
    office: str
    member: str
    about: str
    kind: str
    claimed_by: str
    pay: str
    paid_out: bool
    base_fen: int | None
    monthly_fen: int
    first_month: str
    last_month: str
    until_retirement: bool
    state: str
    applied_on: date
    applied_by: str
    decided_on: date | None
    decided_by: str | None
    stopped_on: date | None
    stop_code: str | None
    recover_fen: int | None
    recovered_on: date | None
    pack: str
    clause: str
    version: int

    @property
    def state_words(self) -> str:
        stop = STOPS.get(self.stop_code or "")
        return f"{STATES[self.state]}（{stop}）" if stop else STATES[self.state]


@dataclass(frozen=True, slots=True)
class NewApplication:
    """What is handed in: `rest` are the plain columns as computed."""

    application_id: str
    case_id: str
    member: str
    kind: str
    claimed_by: str
    rest: dict[str, Any]
    evidence: str = field(repr=False)
    unit: str | None = field(default=None, repr=False)
    bank_account: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Told:
    """The words of an application that are sealed; an account is told whole only where the look was logged."""

    unit: str | None = field(repr=False)
    evidence: str = field(repr=False)
    reason: str | None = field(repr=False)
    bank_account: str | None = field(default=None, repr=False)


FIRST_ONLY = ("start_up",)
"""Kinds that only the first of its sort gives: 初次创业补贴."""

A = subsidy_applications.c
FIELDS = tuple(cases.c.office if n == "office" else A[n] for n in Applied.__slots__)


def keep(work: Writing, new: NewApplication, *, now: datetime) -> bool:
    """Keep an application; False when this very one is there already.  Raises Conflict `already_applied`."""
    if work.connection.execute(select(A.state).where(A.application_id == new.application_id)).first():
        return False
    live = f"{new.case_id}/{new.member}/{new.kind}/{new.claimed_by}"
    if work.connection.execute(select(A.state).where(A.live == live)).first():
        raise Conflict("already_applied", "该成员的这项补贴已经申请或正在享受，不必再申请；需要改的，先停发再申请。")
    keys, at = work.keys, new.application_id
    row = new.rest | {
        "application_id": at,
        "case_id": new.case_id,
        "member": new.member,
        "kind": new.kind,
        "claimed_by": new.claimed_by,
        "state": "applied",
        "live": live,
        "evidence": keys.seal_text(new.evidence, f"subsidy_applications.evidence:{at}"),
        "unit": keys.seal_text(new.unit, f"subsidy_applications.unit:{at}"),
        "bank_account": keys.seal_text(new.bank_account, f"subsidy_applications.bank_account:{at}"),
        "person_index": person_index(work, new.case_id, new.member),
        "kept_at": now,
        "version": 1,
    }
    work.connection.execute(insert(subsidy_applications), row)
    return True


def person_index(work: Reading, case_id: str, member: str) -> str | None:
    """Return the blind index by which a member is the same person in another case."""
    found = select(persons.c.id_index).where(persons.c.case_id == case_id, persons.c.member_id == member)
    return work.connection.execute(found).scalar()


def first_approved(work: Reading, case_id: str, member: str, kind: str) -> date | None:
    """Return when the person was first approved for a kind, in this case or an earlier one, for whichever claimant."""
    earliest = select(func.min(A.first_month)).where(*_approved(work, case_id, member, kind))
    month = work.connection.execute(earliest).scalar()
    return date(int(month[:4]), int(month[5:7]), 1) if month else None


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


def one(work: Reading, scope: Scope, application_id: str) -> Applied | None:
    """Return an application; None outside the caller's scope."""
    row = work.connection.execute(listed(scope).where(A.application_id == application_id)).first()
    return Applied(*row) if row else None


def told(work: Reading, application_id: str, *, account: bool = False) -> Told:
    """Return the sealed words of an application; the bank account only for a logged look."""
    row = work.connection.execute(select(subsidy_applications).where(A.application_id == application_id)).one()

    def opened(name: str) -> str | None:
        return work.keys.open_text(getattr(row, name), f"subsidy_applications.{name}:{application_id}")

    number = opened("bank_account") if account else None
    return Told(opened("unit"), opened("evidence") or "", opened("reason"), number)


def listed(
    scope: Scope,
    *,
    area: str | None = None,
    state: str | None = None,
    kind: str | None = None,
    ending: str | None = None,
    recover: bool = False,
) -> Select[Any]:
    """Return the select of applications of a caller's cases.  `ending`: approved ones whose last month is by then."""
    asked = select(*FIELDS).join(cases, cases.c.case_id == A.case_id).where(visible(scope))
    if area:
        asked = asked.where(within(cases.c.office, area))
    if state in STATES:
        asked = asked.where(A.state == state)
    if kind:
        asked = asked.where(A.kind == kind)
    if ending:
        asked = asked.where(A.state == "approved", A.pay == "monthly", A.last_month <= ending)
    if recover:
        asked = asked.where(A.recover_fen.is_not(None))
    return asked


ORDERS = {"applied_on": A.applied_on, "last_month": A.last_month, "case_id": A.case_id, "monthly_fen": A.monthly_fen}


def page(
    work: Reading, asked: Select[Any], *, sort: str = "", descending: bool = False, offset: int = 0, limit: int = 50
) -> tuple[Applied, ...]:
    order = ORDERS.get(sort, A.applied_on)
    ordered = asked.order_by(order.desc() if descending else order, A.case_id, A.application_id)
    return tuple(Applied(*row) for row in work.connection.execute(ordered.offset(offset).limit(limit)))


def count_of(work: Reading, asked: Select[Any]) -> int:
    return work.connection.execute(select(func.count()).select_from(asked.subquery())).scalar_one()


def of_case(work: Reading, case_id: str) -> tuple[Applied, ...]:
    """Return all of a case; whoever asks has seen to it that the caller may see it."""
    asked = select(*FIELDS).join(cases, cases.c.case_id == A.case_id).where(A.case_id == case_id)
    return page(work, asked)


def change(work: Writing, applied: Applied, *, reason: str | None = None, **values: Any) -> None:
    """Change an application that nobody has changed meanwhile.  Raises Conflict."""
    at = applied.application_id
    if reason is not None:
        values["reason"] = work.keys.seal_text(reason, f"subsidy_applications.reason:{at}")
    if values.get("state", applied.state) not in ("applied", "approved"):
        values["live"] = None
    mine = (A.application_id == at, A.version == applied.version)
    changed = update(subsidy_applications).where(*mine).values(**values, version=applied.version + 1)
    if work.connection.execute(changed).rowcount != 1:
        raise Conflict("changed_meanwhile", "这份申请刚被别人办理过，请刷新后再看。")


def keep_account(work: Writing, applied: Applied, number: str) -> None:
    """Keep where an application is paid to.  Raises Conflict."""
    sealed = work.keys.seal_text(number, f"subsidy_applications.bank_account:{applied.application_id}")
    change(work, applied, bank_account=sealed)


def has_account(work: Reading, application_id: str) -> bool:
    """Say whether it is known where an application is paid to."""
    known = select(A.application_id).where(A.application_id == application_id, A.bank_account.is_not(None))
    return work.connection.execute(known).first() is not None
