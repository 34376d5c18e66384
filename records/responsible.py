"""Who is really responsible on a day (当日实际责任人): follows absences from a colleague to the substitute.

Whoever is sent something, or shown as the one to turn to, is asked for here at the moment it is needed: an absence may
be entered, shortened or cancelled at any time.
"""

from datetime import date

from sqlalchemy import bindparam, select

from records.engine import Reading
from records.tables_delegation import absences
from records.tables_people import accounts


def responsible_for(work: Reading, account: str, on: date) -> str:
    """Return the account that does an account's work on a day (a legal date): itself, or the end of its substitutes.

    A substitute who is away too passes the work on.  Where the way leads in a circle, or to an account that has been
    closed, the work stays with the person itself, so that it never gets lost (A44).
    """
    way = [account]
    while (substitute := substitute_of(work, way[-1], on)) is not None:
        if substitute in way or not _open(work, substitute):
            return account
        way.append(substitute)
    return way[-1]


_AWAY = (
    select(absences.c.substitute)
    .where(absences.c.account == bindparam("account"), absences.c.cancelled_at.is_(None))
    .where(absences.c.first <= bindparam("day"), absences.c.last >= bindparam("day"))
    .order_by(absences.c.absence_id)
)


def substitute_of(work: Reading, account: str, on: date) -> str | None:
    """Return who stands in for an account on a day, or None when the account is not away."""
    row = work.connection.execute(_AWAY, {"account": account, "day": on}).first()
    return None if row is None else str(row.substitute)


def _open(work: Reading, account: str) -> bool:
    found = select(accounts.c.account).where(accounts.c.account == account, accounts.c.disabled.is_(False))
    return work.connection.execute(found).first() is not None
