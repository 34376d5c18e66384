"""Long lists of the radar are kept for two minutes, short ones are drawn anew; dismissals count at once."""

from datetime import timedelta

import pytest

from desk import radar as desk
from desk import radar_lately
from desk.radar_lately import KEPT_FOR, listed_lately
from records.engine import Record
from register.radar_items import Item, Kind
from tests.records.test_radar import CITY, NOW, ON


def thing(number: int) -> Item:
    return Item(Kind.PROMISE, f"c{number}.main", "220302004", ON, "r", "内部规定", (number,), lambda: ("", ()))


def test_only_long_lists_are_kept_and_not_for_long(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    there = [thing(1)]
    monkeypatch.setattr(radar_lately, "items", lambda *_, **__: list(there))
    with record.read() as work:
        assert listed_lately(record, work, CITY, ON, None, NOW)[0] == tuple(there)
        there.append(thing(2))
        assert len(listed_lately(record, work, CITY, ON, None, NOW)[0]) == 2, "a short list is drawn anew"
        monkeypatch.setattr(radar_lately, "LONG", 2)
        listed_lately(record, work, CITY, ON, None, NOW)
        there.append(thing(3))
        later = NOW + KEPT_FOR - timedelta(seconds=1)
        found, at = listed_lately(record, work, CITY, ON, None, later)
        assert (len(found), at) == (2, NOW)
        assert len(listed_lately(record, work, CITY, ON, "220303", later)[0]) == 3, "another area is another list"
        assert listed_lately(record, work, CITY, ON, None, NOW + KEPT_FOR) == ((*found, there[-1]), NOW + KEPT_FOR)
        assert len(desk.marked(work, CITY, found)) == 2
