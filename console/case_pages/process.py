"""Where a case is in the process (流程图): the seven states in order, when each was reached, where it can go from here.

The drawing is an SVG for wide screens and paper; the same is said in an ordered list.  Both are made from the states,
the step table and the case's own changes of state.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casework.commands import COMMANDS
from casework.states import ExitReason, State
from casework.times import in_words
from casework.way_ahead import reachable
from console.words import short_day
from records.case_pages import Moved

BOX, GAP, HEIGHT = 118, 22, 62
LEFT = 4


@dataclass(frozen=True, slots=True)
class Station:
    """One state of the drawing.  `stand`: passed, back (passed, and possible again), here, next, ahead or skipped."""

    state: State
    words: str
    stand: str
    said: str
    on: date | None
    times: int
    x: int

    @property
    def middle(self) -> int:
        return self.x + BOX // 2

    @property
    def day(self) -> str:
        return f"{self.on.year}年{short_day(self.on)}" if self.on else ""


@dataclass(frozen=True, slots=True)
class Process:
    """The whole drawing, and the changes of state one by one where the way was not a straight one."""

    stations: tuple[Station, ...]
    turns: tuple[str, ...]
    width: int
    height: int = HEIGHT + 34

    @property
    def here(self) -> Station:
        return next(each for each in self.stations if each.stand == "here")


STANDS = {
    "passed": "已完成",
    "back": "已完成，可能退回到这里",
    "here": "现在在这里",
    "next": "下一步可能",
    "ahead": "尚未到达",
    "skipped": "没有经过",
}


def process_of(state: State, moves: Sequence[Moved], reason: ExitReason | None) -> Process:
    """Return the drawing of a case in a state, with the days on which it came into each."""
    came: dict[State, list[Moved]] = {}
    for move in moves:
        came.setdefault(move.target, []).append(move)
    order = tuple(State)
    possible = reachable(state)
    stations = []
    for place, each in enumerate(order):
        stand = _stand(each, state, each in came, each in possible, order)
        words = STANDS[stand]
        if each is State.EXITED and state is State.EXITED and reason is not None:
            words = f"{words}，原因：{reason.words}"
        last = came[each][-1].on if each in came else None
        times = len(came.get(each, ()))
        stations.append(Station(each, each.words, stand, words, last, times, LEFT + place * (BOX + GAP)))
    straight = all(order.index(m.target) == order.index(m.source) + 1 for m in moves if m.source is not None)
    turns = () if straight else tuple(_turn(move) for move in moves)
    return Process(tuple(stations), turns, LEFT * 2 + len(order) * (BOX + GAP) - GAP)


def _stand(each: State, state: State, came: bool, possible: bool, order: tuple[State, ...]) -> str:
    if each is state:
        return "here"
    if possible:
        return "back" if came and order.index(each) < order.index(state) else "next"
    if came:
        return "passed"
    return "skipped" if order.index(each) < order.index(state) else "ahead"


def _turn(move: Moved) -> str:
    if move.source is None:
        return f"{in_words(move.on)} {COMMANDS[move.trigger].title}：{move.target.words}"
    return f"{in_words(move.on)} {COMMANDS[move.trigger].title}：{move.source.words} → {move.target.words}"
