"""Several gateways, of which the next takes over when one fails or is slow (通道切换), and which went where.

Nothing is sent here by itself: `outbox.py` asks in what order to try, notes the gateway in the message's row before it
sends, and looks a doubtful attempt up at that same gateway.  A circuit per gateway (熔断) remembers what happened.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock

from notifications.gateways.port import (
    Accepted,
    LookupOutcome,
    OutgoingSms,
    Refused,
    SendOutcome,
    SmsGateway,
    Unavailable,
)

NEVER_SURE = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Limits:
    """When a gateway is left alone: `failures` errors or slow answers within `window` seconds, for `rest` seconds.

    内部规定: an office sends a few messages a minute, so few failures say enough.
    """

    failures: int = 3
    window: float = 300.0
    slow_after: float = 5.0
    rest: float = 120.0


class Circuit:
    """What one gateway has done lately.  `clock` is monotonic seconds; after its rest one attempt at a time probes."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._bad: deque[float] = deque()
        self._open_until: float | None = None
        self._probed_at: float | None = None

    def admits(self) -> bool:
        """Say whether the gateway may be tried: always while closed, once per rest while half open."""
        now = self._clock()
        if self._open_until is None:
            return True
        if now < self._open_until or (self._probed_at is not None and now < self._probed_at + self._limits.rest):
            return False
        self._probed_at = now
        return True

    def note(self, *, good: bool) -> None:
        """Remember one attempt."""
        now = self._clock()
        if good:
            self._bad.clear()
            self._open_until = self._probed_at = None
            return
        self._bad.append(now)
        while self._bad and self._bad[0] < now - self._limits.window:
            self._bad.popleft()
        if self._open_until is not None or len(self._bad) >= self._limits.failures:
            self._open_until, self._probed_at = now + self._limits.rest, None


class Gateways:
    """Owns the circuits of named gateways, the preferred one first; shared by all threads of a worker."""

    def __init__(
        self,
        named: Sequence[tuple[str, SmsGateway]],
        *,
        clock: Callable[[], float] = lambda: 0.0,
        limits: Limits | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._clock = clock
        self._named = dict(named)
        self._circuits = {name: Circuit(self._limits, clock) for name in self._named}
        self._lock = Lock()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._named)

    def order(self) -> tuple[str, ...]:
        """Return the gateways to try now, in order; with all left alone the preferred one is tried all the same."""
        with self._lock:
            healthy = tuple(name for name in self._named if self._circuits[name].admits())
        return healthy or self.names[:1]

    def send(self, name: str, message: OutgoingSms) -> SendOutcome:
        """Hand a message to one gateway and remember how that went."""
        began = self._clock()
        outcome = self._named[name].send(message)
        took = self._clock() - began
        with self._lock:
            self._circuits[name].note(good=_works(outcome) and took <= self._limits.slow_after)
        return outcome

    def lookup(self, name: str | None, message: OutgoingSms) -> LookupOutcome:
        """Ask the gateway that an attempt went to; one that is configured no more cannot be asked."""
        gateway = self._of(name)
        return gateway.lookup(message) if gateway is not None else Unavailable("gateway_gone")

    def certain_after(self, name: str | None) -> timedelta:
        """Return how long after an attempt that gateway's `Absent` may be trusted."""
        gateway = self._of(name)
        return gateway.certain_after if gateway is not None else NEVER_SURE

    def close(self) -> None:
        """Close the connections of those gateways that keep any."""
        for gateway in self._named.values():
            if callable(close := getattr(gateway, "close", None)):
                close()

    def _of(self, name: str | None) -> SmsGateway | None:
        """An attempt of an earlier release names none: it went to the preferred gateway, the only one there was."""
        return self._named.get(self.names[0] if name is None else name)


def _works(outcome: SendOutcome) -> bool:
    """A gateway works that answers for a message; a limit on one phone or a missing template is no outage."""
    if isinstance(outcome, Accepted | Refused):
        return True
    return isinstance(outcome, Unavailable) and outcome.wait > timedelta()
