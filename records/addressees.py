"""Who is meant by the addressee of a notice (收件人): the accounts behind "the supervisors of this office".

Asked within the transaction of the event, so that what was planned and for whom is one truth.  A helper or a member of
the household is named by the event itself.
"""

from sqlalchemy import select

from casework.events import NoticeDue
from casework.states import Role
from records.accounts import supervisors_of
from records.engine import Reading
from records.scope import COUNTY, area_prefix
from records.tables_people import accounts


def accounts_meant(work: Reading, notice: NoticeDue) -> tuple[str, ...]:
    """Return the accounts a notice to staff is for, by account name; none when nobody has that role there.

    A helper is one account; supervisors are those of the smallest area that covers the office; reviewers are the
    county's; caseworkers are the office's.
    """
    match notice.role:
        case Role.SUPERVISOR:
            return supervisors_of(work, notice.recipient)
        case Role.REVIEWER:
            return _of_role(work, Role.REVIEWER, notice.recipient[:COUNTY])
        case Role.CASEWORKER:
            return _of_role(work, Role.CASEWORKER, notice.recipient)
        case _:
            return (notice.recipient,)


def reviewers_of(work: Reading, county: str) -> tuple[str, ...]:
    """Return the reviewers of a county, by account name."""
    return _of_role(work, Role.REVIEWER, county)


def supervisors_above(work: Reading, area: str) -> tuple[str, ...]:
    """Return every supervisor whose area covers another one, up to the province."""
    found = select(accounts.c.account, accounts.c.area).where(
        accounts.c.role == Role.SUPERVISOR.value, accounts.c.disabled.is_(False)
    )
    rows = work.connection.execute(found.order_by(accounts.c.account)).all()
    return tuple(row.account for row in rows if row.area and area.startswith(area_prefix(row.area)))


def _of_role(work: Reading, role: Role, area: str) -> tuple[str, ...]:
    """A reviewer belongs to the county its code begins with; a caseworker to exactly one office."""
    mine = accounts.c.area.between(area, area + "~") if role is Role.REVIEWER else accounts.c.area == area
    found = select(accounts.c.account).where(accounts.c.role == role.value, accounts.c.disabled.is_(False), mine)
    return tuple(work.connection.execute(found.order_by(accounts.c.account)).scalars())
