"""Many accounts at once with one password hash: for the demo staff of a drill, where hashing each would take seconds.

Real accounts are made one by one in `accounts.py`.
"""

from collections.abc import Sequence
from datetime import datetime

from records.accounts import Account
from records.engine import Writing
from records.tables_people import accounts
from records.upsert import insert_into


def put_accounts(work: Writing, staff: Sequence[Account], *, password_hash: str, now: datetime) -> None:
    """Add these accounts, or give those that exist the new password hash."""
    keys = work.keys
    rows = [
        {
            "account": each.account,
            "role": each.role.value,
            "area": each.area,
            "name": keys.seal_text(each.name, f"accounts.name:{each.account}"),
            "phone": keys.seal_text(each.phone, f"accounts.phone:{each.account}"),
            "password_hash": password_hash,
            "must_change": each.must_change,
            "disabled": each.disabled,
            "failures": 0,
            "created_at": now,
        }
        for each in staff
    ]
    if rows:
        added = insert_into(work.connection, accounts).values(rows)
        renewed = {"password_hash": password_hash, "failures": 0, "locked_until": None}
        work.connection.execute(added.on_conflict_do_update(index_elements=["account"], set_=renewed))
