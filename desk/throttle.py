"""How often one address may try and fail (按地址限次), whatever it tries: passwords, one-time codes, receipts."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address
from threading import Lock

from desk.errors import TooManyTries

FAILURES_A_MINUTE = 20

ADDRESSES = 10_000
"""How many addresses the throttle remembers; the oldest are forgotten first."""


def network_of(address: str) -> str:
    """Return what one visitor cannot change at will: the address, of IPv6 the /64 it is free to choose from."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    return str(found.ipv4_mapped or IPv6Network((found, 64), strict=False))


class AddressThrottle:
    """Counts failed tries by address over the last minute.  In memory: a restart forgets it."""

    def __init__(self, allowed: int = FAILURES_A_MINUTE) -> None:
        self._allowed = allowed
        self._failures: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def check(self, address: str, now: datetime) -> None:
        """Raise `TooManyTries` when this address has failed too often."""
        address = network_of(address)
        with self._lock:
            tries = self._failures.get(address)
            while tries and tries[0] <= now - timedelta(minutes=1):
                tries.popleft()
            if tries and len(tries) >= self._allowed:
                raise TooManyTries

    def failed(self, address: str, now: datetime) -> None:
        """Count one failure."""
        address = network_of(address)
        with self._lock:
            self._failures.setdefault(address, deque(maxlen=self._allowed)).append(now)
            self._failures.move_to_end(address)
            while len(self._failures) > ADDRESSES:
                self._failures.popitem(last=False)
