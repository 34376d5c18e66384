"""What the radar listed a moment ago (稍前的线索): a province's thousands of items are not drawn anew for every page.

Only long lists are kept, for two minutes, and each reader is told of when they are; short ones are always drawn anew.
Dismissals are read every time, and an item's own page looks at the facts of now.
"""

from collections import OrderedDict
from datetime import date, datetime, timedelta
from threading import Lock
from weakref import WeakKeyDictionary

from desk.radar import in_order, items
from records.engine import Reading, Record
from records.scope import Scope
from register.radar_items import Item

LONG = 5_000
"""Items from which on a list is kept."""
KEPT_FOR = timedelta(minutes=2)
MOST = 2
"""Lists that are kept: they may be large."""

Key = tuple[object, ...]
_KEPT: WeakKeyDictionary[Record, OrderedDict[Key, tuple[datetime, tuple[Item, ...]]]] = WeakKeyDictionary()
_LOCK = Lock()


def listed_lately(
    record: Record, work: Reading, scope: Scope, on: date, area: str | None, now: datetime
) -> tuple[tuple[Item, ...], datetime]:
    """Return the items of an area in their order, and of when they are."""
    key = (scope.role, scope.area, area, on)
    with _LOCK:
        at, found = _KEPT.setdefault(record, OrderedDict()).get(key, (None, ()))
    if at is not None and at <= now < at + KEPT_FOR:
        return found, at
    found = in_order(items(work, scope, on, area=area))
    with _LOCK:
        kept = _KEPT.setdefault(record, OrderedDict())
        kept.pop(key, None)
        if len(found) >= LONG:
            kept[key] = (now, found)
        while len(kept) > MOST:
            kept.popitem(last=False)
    return found, now
