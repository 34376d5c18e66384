"""Long lists of the radar are kept for two minutes, short ones drawn anew; nobody draws one that is being drawn."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

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


def test_whoever_asks_while_a_list_is_drawn_waits_for_it(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, begun, waited, go_on = list[int](), Event(), Event(), Event()

    class Awaited(Future[Any]):
        def result(self, timeout: float | None = None) -> Any:
            waited.set()
            return super().result(timeout)

    def slowly(*_: object, **__: object) -> list[Item]:
        drawn.append(1)
        begun.set()
        go_on.wait(30)
        return [thing(1)]

    def asked() -> int:
        with record.read() as work:
            return len(listed_lately(record, work, CITY, ON, None, NOW)[0])

    monkeypatch.setattr(radar_lately, "items", slowly)
    monkeypatch.setattr(radar_lately, "Future", Awaited)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(asked)
        assert begun.wait(30)
        second = pool.submit(asked)
        assert waited.wait(30)
        go_on.set()
        assert (first.result(30), second.result(30), drawn) == (1, 1, [1])
    assert (asked(), drawn) == (1, [1, 1])


def test_a_list_that_could_not_be_drawn_is_drawn_by_the_next(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> list[Item]:
        raise RuntimeError

    monkeypatch.setattr(radar_lately, "items", broken)
    with record.read() as work:
        with pytest.raises(RuntimeError):
            listed_lately(record, work, CITY, ON, None, NOW)
        monkeypatch.setattr(radar_lately, "items", lambda *_, **__: [thing(1)])
        assert len(listed_lately(record, work, CITY, ON, None, NOW)[0]) == 1
