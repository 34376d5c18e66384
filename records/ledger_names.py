"""The names that a ledger shows beside its codes: all offices and all helpers, read once for a whole export."""

from sqlalchemy import select

from casework.states import Role
from records.engine import Reading
from records.tables_people import accounts, offices


def office_names(work: Reading) -> dict[str, str]:
    """Return the names of all offices, by code."""
    return {row.office: row.name for row in work.connection.execute(select(offices.c.office, offices.c.name))}


def helper_names(work: Reading) -> dict[str, str]:
    """Return the names of all helpers, by account."""
    asked = select(accounts.c.account, accounts.c.name).where(accounts.c.role == Role.HELPER.value)
    return {
        row.account: work.keys.open_text(row.name, f"accounts.name:{row.account}") or ""
        for row in work.connection.execute(asked)
    }
