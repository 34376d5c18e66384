"""Applications for subsidies (补贴申请): kept, decided, stopped, paid back; read for a case or an area.

Who may do which of this is said in `desk/subsidies.py`; what a person had before is asked in `subsidy_history.py`.
One application lives at a time for a case, member, kind and claimant, and besides it what goes on from it.  Names of
units, accounts and papers are sealed; the rows of lists tell nothing of persons.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, insert, select, update

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
    renews: str | None
    account_by: str | None
    account_checked_by: str | None

    @property
    def state_words(self) -> str:
        stop = STOPS.get(self.stop_code or "")
        return f"{STATES[self.state]}（{stop}）" if stop else STATES[self.state]

    @property
    def account_open(self) -> bool:
        """Say whether where it is paid to was written over after the approval, and nobody else has compared it."""
        decided = self.decided_on is not None and self.state != "refused"
        return decided and self.account_by is not None and self.account_checked_by is None


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


A = subsidy_applications.c
ACCOUNT_OPEN = and_(A.decided_on.is_not(None), A.account_by.is_not(None), A.account_checked_by.is_(None))
"""The condition for `Applied.account_open`, of what was not refused."""
FIELDS = tuple(cases.c.office if n == "office" else A[n] for n in Applied.__slots__)


def keep(work: Writing, new: NewApplication, *, now: datetime) -> bool:
    """Keep an application; False when this very one is there already.  Raises Conflict `already_applied`."""
    if work.connection.execute(select(A.state).where(A.application_id == new.application_id)).first():
        return False
    live = f"{new.case_id}/{new.member}/{new.kind}/{new.claimed_by}" + ("/2" if new.rest.get("renews") else "")
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


def stop_renewals(work: Writing, application_id: str, on: date) -> None:
    """Stop what was to go on from an application that is stopped before its end."""
    mine = (A.renews == application_id, A.state.in_(("applied", "approved")))
    values = {"state": "stopped", "stopped_on": on, "stop_code": "asked", "live": None, "version": A.version + 1}
    work.connection.execute(update(subsidy_applications).where(*mine).values(values))


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
    also: ColumnElement[bool] | None = None,
    recover: bool = False,
    account_open: bool = False,
) -> Select[Any]:
    """Return the select of applications of a caller's cases.  `also` narrows further."""
    asked = select(*FIELDS).join(cases, cases.c.case_id == A.case_id).where(visible(scope))
    if area:
        asked = asked.where(within(cases.c.office, area))
    if state in STATES:
        asked = asked.where(A.state == state)
    if kind:
        asked = asked.where(A.kind == kind)
    if also is not None:
        asked = asked.where(also)
    if account_open:
        asked = asked.where(ACCOUNT_OPEN, A.state != "refused")
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


def keep_account(work: Writing, applied: Applied, number: str, *, account: str) -> None:
    """Keep where an application is paid to, for somebody else to compare.  Raises Conflict."""
    sealed = work.keys.seal_text(number, f"subsidy_applications.bank_account:{applied.application_id}")
    opened = {"account_by": account, "account_checked_by": None, "account_checked_on": None}
    change(work, applied, bank_account=sealed, **opened)


def is_account(work: Reading, application_id: str, number: str) -> bool:
    """Say whether a number is where an application is paid to."""
    return told(work, application_id, account=True).bank_account == number


def has_account(work: Reading, application_id: str) -> bool:
    """Say whether it is known where an application is paid to."""
    known = select(A.application_id).where(A.application_id == application_id, A.bank_account.is_not(None))
    return work.connection.execute(known).first() is not None
