"""Phone codes (手机验证码): by which somebody without an account shows that a phone is theirs.

One row is one code sent to one phone for one browser; once the code was typed, the row is that browser's visit for a
while.  A code is kept as a keyed digest, lives ten minutes and takes five tries.  Only this room sees the phone whole.
"""

import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from sqlalchemy import delete, func, insert, select, update

from records.crypto import Keys
from records.engine import Reading, Writing
from records.people import normal_phone
from records.tables_public import phone_codes

LIVES = timedelta(minutes=10)
TRIES = 5
VISIT = timedelta(hours=2)
"""How long a browser may go on after its code was right.  内部规定."""

WINDOW = timedelta(hours=1)
A_PHONE, AN_ADDRESS = 3, 20
"""Codes within the window for one phone, and from one address: a community's own computer serves many people."""

KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PhoneVisit:
    """A browser that has asked for a code (`verified` False) or shown that the phone is its visitor's."""

    phone: str = field(repr=False)
    phone_index: str
    verified: bool
    about: str | None


def phone_index_of(keys: Keys, phone: str) -> str:
    return keys.blind_index("phone", normal_phone(phone))


def room_for_code(work: Writing, phone: str, address: str, now: datetime) -> bool:
    """Say whether one more code may go to this phone, asked for from this address; forgets rows of yesterday."""
    work.connection.execute(delete(phone_codes).where(phone_codes.c.made_at <= now - KEPT))
    recent = phone_codes.c.made_at > now - WINDOW
    for column, value, most in (
        (phone_codes.c.phone_index, phone_index_of(work.keys, phone), A_PHONE),
        (phone_codes.c.address_index, _address_index(work.keys, address), AN_ADDRESS),
    ):
        asked = select(func.count()).select_from(phone_codes).where(column == value, recent)
        if work.connection.execute(asked).scalar_one() >= most:
            return False
    return True


def keep_code(
    work: Writing, *, token: str, code: str, phone: str, address: str, about: str | None, now: datetime
) -> None:
    """Remember that a code is on its way to a phone."""
    hashed = _hashed(token)
    row = {
        "token_hash": hashed,
        "phone": work.keys.seal_text(normal_phone(phone), f"phone_codes.phone:{hashed}"),
        "phone_index": phone_index_of(work.keys, phone),
        "address_index": _address_index(work.keys, address),
        "code_hash": _code_hash(work.keys, hashed, code),
        "made_at": now,
        "tries": 0,
        "about": work.keys.seal_text(about, f"phone_codes.about:{hashed}"),
    }
    work.connection.execute(insert(phone_codes), row)


def try_code(work: Writing, token: str, code: str, now: datetime) -> Literal["right", "over"] | int:
    """Count one try; return how many are left when it was wrong.

    `over`: the code is too old, used up or unknown, and a new one must be asked for.
    """
    hashed = _hashed(token)
    alive = (
        phone_codes.c.token_hash == hashed,
        phone_codes.c.verified_at.is_(None),
        phone_codes.c.tries < TRIES,
        phone_codes.c.made_at > now - LIVES,
    )
    counted = update(phone_codes).where(*alive).values(tries=phone_codes.c.tries + 1)
    row = work.connection.execute(counted.returning(phone_codes.c.code_hash, phone_codes.c.tries)).first()
    if row is None:
        return "over"
    if hmac.compare_digest(row.code_hash, _code_hash(work.keys, hashed, code)):
        mine = update(phone_codes).where(phone_codes.c.token_hash == hashed)
        work.connection.execute(mine.values(verified_at=now))
        return "right"
    return TRIES - int(row.tries) or "over"


def phone_visit(work: Reading, token: str, now: datetime) -> PhoneVisit | None:
    """Return what the record knows of a browser, or None when its code or its visit is over."""
    hashed = _hashed(token)
    row = work.connection.execute(select(phone_codes).where(phone_codes.c.token_hash == hashed)).first()
    if row is None:
        return None
    since, lasts = (row.verified_at, VISIT) if row.verified_at else (row.made_at, LIVES)
    if now >= since + lasts:
        return None
    phone = work.keys.open_text(row.phone, f"phone_codes.phone:{hashed}") or ""
    about = work.keys.open_text(row.about, f"phone_codes.about:{hashed}")
    return PhoneVisit(phone, row.phone_index, row.verified_at is not None, about)


def ask_about(work: Writing, token: str, about: str) -> None:
    """Remember which number a verified visitor asks about now."""
    hashed = _hashed(token)
    sealed = work.keys.seal_text(about, f"phone_codes.about:{hashed}")
    work.connection.execute(update(phone_codes).where(phone_codes.c.token_hash == hashed).values(about=sealed))


def end_visit(work: Writing, token: str) -> None:
    """End a visit; the row stays, because it counts against the limit."""
    mine = update(phone_codes).where(phone_codes.c.token_hash == _hashed(token))
    work.connection.execute(mine.values(tries=TRIES, verified_at=None))


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _code_hash(keys: Keys, token_hash: str, code: str) -> str:
    return keys.blind_index("phone code", f"{token_hash}:{code}")


def _address_index(keys: Keys, address: str) -> str:
    return keys.blind_index("address of a visitor", address)
