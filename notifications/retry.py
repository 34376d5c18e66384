"""When to try again after a gateway was away (重试间隔).  Pure; the workflow's timer does the waiting."""

import hashlib
from datetime import timedelta

WAITS = tuple(timedelta(minutes=minutes) for minutes in (2, 5, 15, 30, 60, 120))
"""After the n-th failed attempt; the last one repeats, so two days of outage cost about 26 attempts."""

GIVE_UP_AFTER = timedelta(days=7)
"""A message that no gateway took for this long is `failed`: a person must call.  内部规定."""


def wait_after(attempts: int, key: str) -> timedelta:
    """Return the wait after so many attempts, up to a tenth longer by key so that they do not return in one rush."""
    base = WAITS[min(max(attempts, 1), len(WAITS)) - 1]
    spread = hashlib.sha256(key.encode("utf-8")).digest()[0] / 255
    return base + timedelta(seconds=int(base.total_seconds() * spread / 10))


def look_again_after(asked_for: timedelta, key: str) -> timedelta:
    """Return the wait before a gateway is asked again what became of an attempt it has been asked about for so long.

    The longest of the waits above that is no longer than that: three days of silence cost some forty questions.
    """
    passed = sum(wait <= asked_for for wait in WAITS)
    return wait_after(passed, key)


ASK_A_PERSON_AFTER = timedelta(days=3)
"""A message is `unknown` when nobody could find out for this long whether it was taken: a person asks.  内部规定."""
