"""A message that somebody is waiting for (即时短信): sent now or not at all, with no row and no second try later.

A code for somebody at the public's door, or that an answer waits there.  Nothing is kept: who did not get it asks
again.  Everything that belongs to a case goes through the outbox (`outbox.py`) instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from notifications.catalog import notice_named
from notifications.gateways.failover import Gateways
from notifications.gateways.port import Accepted, OutgoingSms, Unavailable
from notifications.rendering import DEFAULT_SIGN, render
from notifications.words import spoken, words_from


@dataclass(frozen=True, slots=True)
class AtOnce:
    """One such message.  `key` names it for ever; `to` labels whom it is for without personal data."""

    key: str
    notice: str
    to: str
    phone: str = field(repr=False)
    words: Mapping[str, str] = field(repr=False)


def send_at_once(gateways: Gateways, message: AtOnce, now: datetime, sign: str = "") -> bool:
    """Try the gateways in turn while each certainly did not take it; say whether one has, or may have, taken it."""
    notice = notice_named(message.notice)
    words = words_from(notice.words, message.words)
    sms = OutgoingSms(
        key=message.key,
        notice=notice.name,
        to=message.to,
        phone=message.phone,
        sign=sign or DEFAULT_SIGN,
        text=render(notice, words),
        words=tuple(spoken(words).items()),
        at=now,
    )
    for name in gateways.order():
        outcome = gateways.send(name, sms)
        if not isinstance(outcome, Unavailable):
            return isinstance(outcome, Accepted) or not hasattr(outcome, "message")
    return False
