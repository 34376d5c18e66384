"""The daily lists of the radar (每日核查线索): what is listed on a day is noted, and supervisors are told what is new.

A repeat of a day changes nothing and tells nobody twice: what is new is what stands in the lists since that day.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import TypeVar

from casework.states import Role
from desk.radar import items
from records import radar
from records.engine import Record
from records.inbox import put_line
from records.radar import AT_ONCE, Key
from records.scope import Scope, area_prefix
from register.radar_items import Item, Kind

R = TypeVar("R")

TITLE = "核查线索"
SYSTEM = "system"


def note_radar(record: Record, day: date, now: datetime) -> None:
    """Note everything that is listed on a day, and tell each supervisor how much of the area is new."""
    with record.read() as work:
        found = {item.key: item for scope in _everywhere(radar.provinces(work)) for item in items(work, scope, day)}
        before = radar.snapshot(work)
    new = [item for key, item in found.items() if before.get(key, ("", day)) != (item.digest, None)]
    gone = [key for key, (_, gone_on) in before.items() if gone_on is None and key not in found]
    _note(record, new, gone, day)
    with record.read() as work:
        fresh = radar.listed_first_on(work, day)
        told = radar.supervisors(work)
    for account, area in told:
        counts = Counter(Kind(kind) for kind, office in fresh if office.startswith(area_prefix(area)))
        if counts:
            with record.write() as work:
                put_line(work, f"radar/{day}/{account}", account, Role.SUPERVISOR, TITLE, words_of(counts), now)


def words_of(counts: Counter[Kind]) -> str:
    """Say how many of each kind are new."""
    parts = "、".join(f"{kind.words}{counts[kind]}条" for kind in Kind if counts[kind])
    return f"今天新列入{sum(counts.values())}条：{parts}。请在“核查”页查看理由，核对后销号或开展核查。"


def _everywhere(provinces: tuple[str, ...]) -> Iterator[Scope]:
    for province in provinces:
        yield Scope(SYSTEM, Role.SUPERVISOR, province.ljust(6, "0"))


def _note(record: Record, new: list[Item], gone: list[Key], day: date) -> None:
    for some in _some(new):
        with record.write() as work:
            radar.note_listed(work, some, day)
    for keys in _some(gone):
        with record.write() as work:
            radar.note_gone(work, keys, day)


def _some(rows: list[R]) -> Iterator[list[R]]:
    for begun in range(0, len(rows), AT_ONCE):
        yield rows[begun : begun + AT_ONCE]
