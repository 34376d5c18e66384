"""Long work is done one at a time, in order, once; what broke or was put down is begun again."""

import asyncio
from collections.abc import Sequence

import pytest

from desk.one_at_a_time import OneAtATime


class Diary(OneAtATime[str]):
    """Writes down what it did; breaks where it is told to; holds on until it is let go."""

    def __init__(self, left: Sequence[str] = ()) -> None:
        super().__init__()
        self.before = left
        self.done: list[str] = []
        self.breaks: set[str] = set()
        self.go = asyncio.Event()
        self.go.set()

    def _left(self) -> Sequence[str]:
        return self.before

    async def _do(self, item: str) -> None:
        await self.go.wait()
        if item in self.breaks:
            raise RuntimeError(item)
        self.done.append(item)

    async def quiet(self) -> None:
        """Wait until nothing runs; an error of the run is raised here."""
        assert self._running is not None
        await self._running


async def test_what_waits_is_done_in_order_and_once() -> None:
    diary = Diary()
    diary.go.clear()
    for item in ("a", "b", "a"):
        diary.start(item)
    await asyncio.sleep(0)
    diary.start("a")  # the first is in hand already: it is asked for anew, once
    diary.go.set()
    await diary.quiet()
    assert diary.done == ["a", "b", "a"]


async def test_what_an_earlier_process_left_comes_before_what_is_asked_for_now() -> None:
    diary = Diary(("x", "y"))
    await diary.go_on()
    diary.start("z")
    await diary.quiet()
    assert diary.done == ["x", "y", "z"]


async def test_what_broke_is_begun_again_by_the_next_start() -> None:
    diary = Diary()
    diary.breaks.add("a")
    diary.start("a")
    with pytest.raises(RuntimeError):
        await diary.quiet()
    assert not diary.running
    diary.breaks.clear()
    diary.start("b")
    await diary.quiet()
    assert diary.done == ["a", "b"]


async def test_stopping_puts_down_what_is_in_hand() -> None:
    diary = Diary()
    diary.go.clear()
    diary.start("a")
    await asyncio.sleep(0)
    assert diary.running
    await diary.stop()
    assert (diary.running, diary.done) == (False, [])
