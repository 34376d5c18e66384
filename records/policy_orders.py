"""Orders to adopt a policy (采用办法的决定): who ordered which version when, for which area, and how far it came.

An order is kept before the first case is touched; the policy itself is kept with it (`policies.py`).  Which open cases
still wait for it is asked of the cases themselves, so an order that was cut is simply gone on with.
"""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import ColumnElement, and_, insert, not_, or_, select, update

from casework.states import State
from policies.schema import Policy
from records.case_files import last_event
from records.engine import Reading, Writing
from records.policies import keep_policy, restored
from records.scope import within
from records.tables import cases
from records.tables_policies import policies, policy_orders


@dataclass(frozen=True, slots=True)
class Order:
    """One order as a list shows it; `area` is None for all areas."""

    number: int
    pack_id: str
    version: str
    sha256: str
    ordered_by: str
    ordered_at: datetime
    area: str | None
    done: int
    failed: int
    waiting: int
    counted_at: datetime

    @property
    def label(self) -> str:
        return f"{self.pack_id}@{self.version}"


def order(work: Writing, policy: Policy, *, by: str, area: str | None, now: datetime) -> int:
    """Keep the policy and the order to adopt it; return the order's number."""
    keep_policy(work, policy, now, by)
    row = {
        "pack_id": policy.pack_id,
        "version": policy.version,
        "sha256": policy.sha256,
        "ordered_by": by,
        "ordered_at": now,
        "area": area,
        "done": 0,
        "failed": 0,
        "waiting": len(waiting_for(work, policy, area)),
        "counted_at": now,
    }
    number: int = work.connection.execute(insert(policy_orders).returning(policy_orders.c.number), row).scalar_one()
    return number


def told(work: Writing, number: int, policy: Policy, *, done: int, failed: int, now: datetime) -> None:
    """Add what a run achieved to an order, and count again what still waits."""
    area = work.connection.execute(select(policy_orders.c.area).where(policy_orders.c.number == number)).scalar_one()
    work.connection.execute(
        update(policy_orders)
        .where(policy_orders.c.number == number)
        .values(
            done=policy_orders.c.done + done,
            failed=failed,
            waiting=len(waiting_for(work, policy, area)),
            counted_at=now,
        )
    )


def orders(work: Reading, number: int | None = None) -> tuple[Order, ...]:
    """Return the orders, the last first; or the one with a number."""
    rows = select(*(policy_orders.c[field.name] for field in fields(Order))).order_by(policy_orders.c.number.desc())
    if number is not None:
        rows = rows.where(policy_orders.c.number == number)
    return tuple(Order(**row._mapping) for row in work.connection.execute(rows))


def ordered_policy(work: Reading, ordered: Order) -> Policy:
    """Return the very policy that was ordered."""
    content = work.connection.execute(
        select(policies.c.content).where(policies.c.sha256 == ordered.sha256).limit(1)
    ).scalar_one()
    return restored(content, ordered.pack_id, ordered.version)


def waiting_for(work: Reading, policy: Policy, area: str | None = None) -> tuple[str, ...]:
    """Return the open cases (of an area) of the pack, or of the one it replaces, that live by an earlier version."""
    lived_by = (policy.version, *_later(work, policy))
    rows = select(cases.c.case_id, cases.c.pack_version).where(cases.c.state != State.EXITED.value, _of_pack(policy))
    for version in lived_by:
        rows = rows.where(not_(_is(policy.pack_id, version)))
    if area is not None:
        rows = rows.where(within(cases.c.office, area))
    found = work.connection.execute(rows.order_by(cases.c.case_id)).all()
    has_it = {(policy.pack_id, version) for version in lived_by}
    return tuple(row.case_id for row in found if row.pack_version or _by_event(work, row.case_id) not in has_it)


def _by_event(work: Reading, case_id: str) -> tuple[str, str]:
    """Return pack and version of a case that an earlier release wrote: its row does not say."""
    event = last_event(work, case_id)
    return (event.case.pack_id, event.case.pack_version) if event else ("", "")


def _of_pack(policy: Policy) -> ColumnElement[bool]:
    own = cases.c.pack_id == policy.pack_id
    return own if policy.replaces is None else or_(own, cases.c.pack_id == policy.replaces)


def _is(pack_id: str, version: str) -> ColumnElement[bool]:
    """A case of an earlier release, whose version is not in its row, is none of them: it is asked itself."""
    known = cases.c.pack_version.is_not(None)
    return and_(known, cases.c.pack_id == pack_id, cases.c.pack_version == version)


def _later(work: Reading, policy: Policy) -> tuple[str, ...]:
    """Return the versions of the pack that came after this one and that some case met."""
    rows = select(policies.c.version).where(
        policies.c.pack_id == policy.pack_id,
        policies.c.effective_from > policy.effective_from,
    )
    return tuple(work.connection.execute(rows.distinct()).scalars())
