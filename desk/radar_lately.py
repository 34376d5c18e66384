"""What the radar listed a moment ago (稍前的线索): a province's thousands of items are not drawn anew for every page.

Only long lists are kept, for two minutes, and each reader is told of when they are; short ones are always drawn anew.
Whoever asks while the same list is being drawn waits for it instead of drawing it once more beside it.
Dismissals are read every time, and an item's own page looks at the facts of now.
"""

from collections import OrderedDict
from concurrent.futures import Future
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
Items = tuple[Item, ...]
Drawn = tuple[Items, datetime]
_KEPT: WeakKeyDictionary[Record, OrderedDict[Key, tuple[datetime, Items]]] = WeakKeyDictionary()
_DRAWING: WeakKeyDictionary[Record, dict[Key, Future[Drawn]]] = WeakKeyDictionary()
_LOCK = Lock()


def listed_lately(record: Record, work: Reading, scope: Scope, on: date, area: str | None, now: datetime) -> Drawn:
    """Return the items of an area in their order, and of when they are."""
    key = (scope.role, scope.area, area, on)
    with _LOCK:
        at, found = _KEPT.setdefault(record, OrderedDict()).get(key, (None, ()))
        if at is not None and at <= now < at + KEPT_FOR:
            return found, at
        drawing = _DRAWING.setdefault(record, {})
        drawn = drawing.get(key)
        if drawn is None:
            mine = drawing[key] = Future[Drawn]()
    if drawn is not None:
        return drawn.result()
    try:
        found = in_order(items(work, scope, on, area=area))
        mine.set_result((found, now))
    except BaseException as why:
        mine.set_exception(why)
        raise
    finally:
        with _LOCK:
            del drawing[key]
            if mine.exception() is None:
                _keep(_KEPT[record], key, found, now)
    return found, now


def _keep(kept: OrderedDict[Key, tuple[datetime, Items]], key: Key, found: Items, now: datetime) -> None:
    kept.pop(key, None)
    if len(found) >= LONG:
        kept[key] = (now, found)
    while len(kept) > MOST:
        kept.popitem(last=False)
