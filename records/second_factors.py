"""One-time codes at log-in (动态码, TOTP, RFC 6238): whose they are and which have been used.

The secret is sealed.  A code counts once: a used time step and every earlier one are refused.  The clock of a phone may
be half a minute off either way.  Wrong codes count as wrong passwords do (`accounts.py`).
"""

from datetime import datetime

import pyotp
from sqlalchemy import delete, select, update

from records.engine import Reading, Writing
from records.tables_people import second_factors
from records.upsert import insert_into

STEP = 30
"""Seconds a code stands."""

ISSUER = "万家灯火"


def has_second_factor(work: Reading, account: str) -> bool:
    """Say whether an account's password alone is not enough."""
    row = select(second_factors.c.account).where(
        second_factors.c.account == account, second_factors.c.confirmed_at.is_not(None)
    )
    return work.connection.execute(row).first() is not None


def new_secret(work: Writing, account: str) -> str:
    """Return a new secret to be put into a phone; it counts once `confirm` has seen a code of it."""
    secret = pyotp.random_base32()
    values = {"secret": work.keys.seal_text(secret, _place(account)), "confirmed_at": None, "last_step": 0}
    added = insert_into(work.connection, second_factors).values(account=account, **values)
    work.connection.execute(added.on_conflict_do_update(index_elements=["account"], set_=values))
    return secret


def pending_secret(work: Reading, account: str) -> str | None:
    """Return the secret that was shown and not yet confirmed."""
    row = select(second_factors).where(second_factors.c.account == account, second_factors.c.confirmed_at.is_(None))
    found = work.connection.execute(row).first()
    return None if found is None else work.keys.open_text(found.secret, _place(account))


def address_of_secret(account: str, secret: str) -> str:
    """Return what a phone's program takes up (otpauth://…)."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)


def use_code(work: Writing, account: str, typed: str, now: datetime) -> bool:
    """Say whether this is a code of the account's that stands now and was not used; if so it is used up."""
    row = work.connection.execute(select(second_factors).where(second_factors.c.account == account)).first()
    if row is None:
        return False
    secret = work.keys.open_text(row.secret, _place(account)) or ""
    digits = "".join(typed.split())
    here = int(now.timestamp()) // STEP
    for step in (here, here - 1, here + 1):
        if step > row.last_step and pyotp.utils.strings_equal(pyotp.TOTP(secret).generate_otp(step), digits):
            used = (
                update(second_factors)
                .where(second_factors.c.account == account, second_factors.c.last_step < step)
                .values(last_step=step)
            )
            return bool(work.connection.execute(used).rowcount)
    return False


def confirm(work: Writing, account: str, now: datetime) -> None:
    """Let the secret count from now on."""
    work.connection.execute(update(second_factors).where(second_factors.c.account == account).values(confirmed_at=now))


def drop_second_factor(work: Writing, account: str) -> None:
    """Let the password be enough again."""
    work.connection.execute(delete(second_factors).where(second_factors.c.account == account))


def _place(account: str) -> str:
    return f"second_factors.secret:{account}"
