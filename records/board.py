"""The public publicity board (公示栏): what anybody may read without logging in, and no more.

A masked name, the community, the category, the period and the office's contact (scenario 93).  A row is written with
the event that posts the notice and comes down with the one that ends the publicity.  Dates are legal dates and come in.
"""

from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_urlsafe

from sqlalchemy import select, update

from casework.events import CaseEvent
from casework.masking import mask_name
from casework.states import State
from records.engine import Reading, Writing
from records.offices import office_for
from records.scope import Scope, visible, within
from records.tables import board, cases
from records.tables_people import households, persons
from records.upsert import insert_into

CATEGORY = "零就业家庭认定公示"
PAGE = 200


@dataclass(frozen=True, slots=True)
class BoardNotice:
    """One posted notice.  `public_id` is random and leads back to no case number."""

    public_id: str
    masked_name: str
    community: str
    category: str
    posted_on: date
    ends_on: date
    contact: str


@dataclass(frozen=True, slots=True)
class Posting:
    """One posting and its history (张贴经过): what the public saw, who put it up and took it down, and when."""

    round: int
    public_id: str
    masked_name: str
    community: str
    category: str
    contact: str
    posted_on: date
    ends_on: date
    down_on: date | None
    posted_by: str | None
    up_at: datetime | None
    down_by: str | None
    down_at: datetime | None


def post_notice(work: Writing, event: CaseEvent) -> None:
    """Put the case's publicity on the board, move its end, or take it down, as the case after the event says."""
    publicity = event.case.publicity
    if publicity is None:
        return
    down_on = publicity.taken_down_on
    if down_on is None and event.target is not State.IN_PUBLICITY and event.on <= publicity.ends_on:
        down_on = event.on
    here = (board.c.case_id == event.case_id, board.c.round == publicity.round)
    if work.connection.execute(update(board).where(*here).values(ends_on=publicity.ends_on)).rowcount:
        if down_on is not None:
            came_down = update(board).where(*here, board.c.down_on.is_(None))
            taken = {"down_on": down_on, "down_by": event.by.account, "down_at": event.at}
            work.connection.execute(came_down.values(taken))
        return
    name, community = _applicant(work, event.case_id)
    row = {
        "case_id": event.case_id,
        "round": publicity.round,
        "public_id": token_urlsafe(12),
        "office": event.case.office,
        "masked_name": mask_name(name),
        "community": community,
        "category": CATEGORY,
        "contact": _contact(work, event.case.office),
        "posted_on": publicity.posted_on,
        "ends_on": publicity.ends_on,
        "down_on": down_on,
        "posted_by": event.by.account,
        "up_at": event.at,
        "down_by": event.by.account if down_on else None,
        "down_at": event.at if down_on else None,
    }
    work.connection.execute(insert_into(work.connection, board), row)


def postings_of(work: Reading, scope: Scope, case_id: str) -> tuple[Posting, ...] | None:
    """Return every posting of a case with its history, the first one first; None outside the scope."""
    if (
        work.connection.execute(select(cases.c.case_id).where(cases.c.case_id == case_id, visible(scope))).first()
        is None
    ):
        return None
    rows = select(board).where(board.c.case_id == case_id).order_by(board.c.round)
    return tuple(
        Posting(
            round=r.round,
            public_id=r.public_id,
            masked_name=r.masked_name,
            community=r.community,
            category=r.category,
            contact=r.contact,
            posted_on=r.posted_on,
            ends_on=r.ends_on,
            down_on=r.down_on,
            posted_by=r.posted_by,
            up_at=r.up_at,
            down_by=r.down_by,
            down_at=r.down_at,
        )
        for r in work.connection.execute(rows)
    )


def notices_up(work: Reading, as_of: date, area: str | None = None, limit: int = PAGE) -> tuple[BoardNotice, ...]:
    """Return the notices that are up on a day, the newest first; the last counted day is included."""
    rows = (
        select(board)
        .where(board.c.posted_on <= as_of, board.c.ends_on >= as_of)
        .where(board.c.down_on.is_(None) | (board.c.down_on > as_of))
        .order_by(board.c.posted_on.desc(), board.c.public_id)
        .limit(limit)
    )
    if area is not None:
        rows = rows.where(within(board.c.office, area))
    return tuple(
        BoardNotice(r.public_id, r.masked_name, r.community, r.category, r.posted_on, r.ends_on, r.contact)
        for r in work.connection.execute(rows)
    )


def _contact(work: Reading, office: str) -> str:
    """Return name and phone of an office as the board shows them; empty when no office is on record."""
    found = office_for(work, office)
    return f"{found.name} {found.phone}" if found else ""


def _applicant(work: Reading, case_id: str) -> tuple[str, str]:
    found = work.connection.execute(
        select(persons.c.name, persons.c.member_id, households.c.community)
        .join(households, households.c.case_id == persons.c.case_id)
        .where(persons.c.case_id == case_id)
        .order_by(persons.c.position)
        .limit(1)
    ).first()
    if found is None:
        return "", ""
    name = work.keys.open_text(found.name, f"persons.name:{case_id}/{found.member_id}")
    return name or "", found.community
