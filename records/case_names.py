"""How people around a case are called on its pages: members masked, staff by the names behind their accounts.

For those who know the caller's case; nothing here asks who may see it.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import bindparam, select

from casework.case import Case
from casework.masking import mask_name
from casework.states import FOR
from records.engine import Reading
from records.tables_people import accounts, persons

_NAMES = (
    select(persons.c.member_id, persons.c.name)
    .where(persons.c.case_id == bindparam("case_id"))
    .order_by(persons.c.position)
)


def masked_names(work: Reading, case_id: str) -> dict[str, str]:
    """Return the masked names of a case by member id.  For those who know the caller's case, no scope."""
    rows = work.connection.execute(_NAMES, {"case_id": case_id})
    place = "persons.name:{}/{}"
    return {r.member_id: mask_name(work.keys.open_text(r.name, place.format(case_id, r.member_id)) or "") for r in rows}


_STAFF = select(accounts.c.account, accounts.c.name).where(accounts.c.account.in_(bindparam("wanted", expanding=True)))


def staff_names(work: Reading, hands: Iterable[str | None]) -> dict[str, str]:
    """Return the names behind accounts; of a remembered hand (`Actor.hand`) behind each of its accounts.

    An account that is not there (the system's own) is left out.
    """
    wanted = {account for hand in hands if hand for account in hand.split(FOR)}
    rows = work.connection.execute(_STAFF, {"wanted": sorted(wanted)})
    return {r.account: work.keys.open_text(r.name, f"accounts.name:{r.account}") or "" for r in rows}


def hands_in(case: Case) -> Iterator[str | None]:
    """Return who did what a case remembers, as far as its page names them."""
    if case.promise is not None:
        yield case.promise.cause_confirmed_by
    if case.relocation is not None:
        yield case.relocation.promise.cause_confirmed_by
    if case.exit is not None:
        yield case.exit.decided_by
    if case.exit_decided is not None:
        yield case.exit_decided.decided_by
    if case.monitoring is not None:
        yield from (look.by for look in case.monitoring.looks)
    yield from (refusal.judged_by for refusal in case.refusals)
    yield from (visit.by for visit in case.visits)
    yield from (asked.asked_by for asked in case.supplements)
    yield from (objection.concerns for objection in case.objections)
    yield from (appeal.decided_by for appeal in case.appeals)
    yield from (suspension.recorded_by for suspension in case.suspensions)
    yield from (change.recorded_by for change in case.amendments)
    yield from (move.received_by for move in case.transfers)
    yield from (conflict.account for conflict in case.conflicts)


_PEOPLE = select(persons.c.case_id, persons.c.member_id, persons.c.name).where(
    persons.c.case_id.in_(bindparam("wanted", expanding=True))
)


def masked_people(work: Reading, case_ids: Iterable[str]) -> dict[tuple[str, str], str]:
    """Return the masked names of several cases by (case, member).  For rows of a list in the caller's scope."""
    wanted, found = sorted(set(case_ids)), {}
    for begun in range(0, len(wanted), 500):
        for r in work.connection.execute(_PEOPLE, {"wanted": wanted[begun : begun + 500]}):
            name = work.keys.open_text(r.name, f"persons.name:{r.case_id}/{r.member_id}") or ""
            found[r.case_id, r.member_id] = mask_name(name)
    return found
