"""The publicity board as its pages show it (公示栏): one notice, what it is still open for, and the pages of a list.

On the board it is a case's own day: without a drill that is today for everybody.  Which rows there are, and what they
may show, is in `board.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from casework.times import local_date
from records.engine import Reading
from records.scope import CaseClock, within
from records.tables import board, cases


@dataclass(frozen=True, slots=True)
class OnBoard:
    """A posted notice.  `case_id` is for the desk: it is never shown to the public; `today` is the case's day."""

    public_id: str
    case_id: str
    round: int
    office: str
    masked_name: str
    community: str
    category: str
    posted_on: date
    ends_on: date
    contact: str
    down_on: date | None
    today: date

    @property
    def up(self) -> bool:
        """Whether it hangs on this day; the last counted day is included, until its 24:00."""
        return self.posted_on <= self.today <= self.ends_on and (self.down_on is None or self.down_on > self.today)


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One page of the board, the newest first; `areas` counts the notices that are up by office."""

    rows: tuple[OnBoard, ...]
    total: int
    areas: tuple[tuple[str, int], ...]


def on_board(work: Reading, public_id: str, now: datetime) -> OnBoard | None:
    """Return a notice by its random number, whether or not it is still up."""
    row = work.connection.execute(_rows().where(board.c.public_id == public_id)).first()
    return _shown(row, now) if row else None


def board_page(work: Reading, now: datetime, *, area: str | None, page: int, size: int, drill: bool) -> BoardPage:
    """Return a page of what is up today; in a drill, of what is up on each case's own day."""
    if drill:
        every = work.connection.execute(_rows().where(board.c.down_on.is_(None))).all()
        up = [shown for row in every if (shown := _shown(row, now)).up]
        return _paged(up, area, page, size)
    today = local_date(now)
    hangs = (
        board.c.posted_on <= today,
        board.c.ends_on >= today,
        board.c.down_on.is_(None) | (board.c.down_on > today),
    )
    counted = select(board.c.office, func.count()).where(*hangs).group_by(board.c.office).order_by(board.c.office)
    areas = tuple((office, number) for office, number in work.connection.execute(counted))
    listed = _rows().where(*hangs)
    total = sum(number for _, number in areas)
    if area is not None:
        listed = listed.where(within(board.c.office, area))
        several = select(func.count()).select_from(board).where(*hangs, within(board.c.office, area))
        total = work.connection.execute(several).scalar_one()
    found = listed.limit(size).offset((page - 1) * size)
    return BoardPage(tuple(_shown(row, now) for row in work.connection.execute(found)), total, areas)


def _paged(up: Sequence[OnBoard], area: str | None, page: int, size: int) -> BoardPage:
    counts: dict[str, int] = {}
    for shown in up:
        counts[shown.office] = counts.get(shown.office, 0) + 1
    mine = [shown for shown in up if area is None or shown.office.startswith(area)]
    first = (page - 1) * size
    return BoardPage(tuple(mine[first : first + size]), len(mine), tuple(sorted(counts.items())))


def _rows() -> Select[Any]:
    return (
        select(board, cases.c.clock_offset, cases.c.last_on)
        .join(cases, cases.c.case_id == board.c.case_id)
        .order_by(board.c.posted_on.desc(), board.c.public_id)
    )


def _shown(row: Row[Any], now: datetime) -> OnBoard:
    return OnBoard(
        public_id=row.public_id,
        case_id=row.case_id,
        round=row.round,
        office=row.office,
        masked_name=row.masked_name,
        community=row.community,
        category=row.category,
        posted_on=row.posted_on,
        ends_on=row.ends_on,
        contact=row.contact,
        down_on=row.down_on,
        today=CaseClock(row.clock_offset, row.last_on).day(now),
    )
