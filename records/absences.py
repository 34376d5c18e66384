"""Absences (请假): who is away from when to when, who stands in (代办人), and why.

What an absence may be is checked here, under a lock on the person's own account; who may enter one is the desk's
business.  Days are legal dates, both ends included.  Who is responsible on a day is asked in `responsible.py`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, or_, select, update

from casework.errors import Conflict, SaidNo
from casework.states import Role
from casework.times import in_words
from records.accounts import Account, account_of
from records.engine import Reading, Writing
from records.scope import COUNTY, area_prefix, within
from records.tables_delegation import absences
from records.tables_people import accounts

LONGEST = timedelta(days=366)
"""A longer absence is a change of staff: the cases are to be assigned anew.  内部规定."""


@dataclass(frozen=True, slots=True)
class Absence:
    """One absence.  A cancelled one stays on record and no longer counts."""

    absence_id: int
    account: str
    substitute: str
    first: date
    last: date
    reason: str = field(repr=False)
    made_by: str
    made_at: datetime
    cancelled_by: str | None = None
    cancelled_at: datetime | None = None


def add_absence(
    work: Writing,
    *,
    account: str,
    substitute: str,
    first: date,
    last: date,
    reason: str,
    made_by: str,
    now: datetime,
) -> Absence:
    """Enter an absence.  Raises `SaidNo` (dates, substitute) or `Conflict` (absence_overlaps, absence_circle)."""
    person, stands_in = _locked(work, account), account_of(work, substitute)
    _check_dates(first, last)
    if stands_in is None or stands_in.disabled or not can_stand_in(person, stands_in):
        raise SaidNo(
            "substitute_unfit",
            f"代办人须是另一个在用的{person.role.words}账号，且能看到同一机构或辖区的个案，请另选一人。",
            field="substitute",
        )
    _check_overlap(work, account, first, last)
    _check_circle(work, account, substitute, first, last)
    row = {
        "account": account,
        "substitute": substitute,
        "first": first,
        "last": last,
        "reason": work.keys.seal(reason.encode(), _place(account, first)),
        "made_by": made_by,
        "made_at": now,
    }
    added = insert(absences).values(row).returning(absences.c.absence_id)
    number = work.connection.execute(added).scalar_one()
    return Absence(number, account, substitute, first, last, reason, made_by, now)


def change_last_day(work: Writing, absence_id: int, last: date) -> Absence:
    """Let a standing absence end on another day: shorter when somebody is back early, longer when not yet."""
    there = _standing(work, absence_id)
    _locked(work, there.account)
    _check_dates(there.first, last)
    _check_overlap(work, there.account, there.first, last, but=absence_id)
    _check_circle(work, there.account, there.substitute, there.first, last)
    work.connection.execute(update(absences).where(absences.c.absence_id == absence_id).values(last=last))
    return _standing(work, absence_id)


def cancel_absence(work: Writing, absence_id: int, by: str, now: datetime) -> None:
    """Cancel an absence: from now on nobody stands in because of it.  A cancelled one stays as it is."""
    work.connection.execute(
        update(absences)
        .where(absences.c.absence_id == absence_id, absences.c.cancelled_at.is_(None))
        .values(cancelled_by=by, cancelled_at=now)
    )


def absence_of(work: Reading, absence_id: int) -> Absence | None:
    """Return one absence, cancelled or not.  Whose it is to see is the desk's business."""
    row = work.connection.execute(select(absences).where(absences.c.absence_id == absence_id)).first()
    return _absence(work, row) if row else None


def list_absences(
    work: Reading, *, area: str | None, account: str, since: date | None = None, on: date | None = None
) -> tuple[Absence, ...]:
    """Return the standing absences of the accounts in an area, and those that concern an account, by first day.

    `since` leaves out those that were over before that day; `on` asks for one day.
    """
    concerned: ColumnElement[bool] = or_(absences.c.account == account, absences.c.substitute == account)
    if area is not None:
        concerned = or_(concerned, within(accounts.c.area, area))
    wanted = (
        select(absences)
        .join(accounts, accounts.c.account == absences.c.account)
        .where(concerned, absences.c.cancelled_at.is_(None))
        .order_by(absences.c.first, absences.c.absence_id)
    )
    if since is not None:
        wanted = wanted.where(absences.c.last >= since)
    if on is not None:
        wanted = wanted.where(absences.c.first <= on, absences.c.last >= on)
    return tuple(_absence(work, row) for row in work.connection.execute(wanted))


def can_stand_in(person: Account, other: Account) -> bool:
    """Say whether one account may stand in for another: another person, the same role, and the same cases in sight."""
    if person.account == other.account or person.role is not other.role:
        return False
    match person.role:
        case Role.CASEWORKER:
            return person.area == other.area
        case Role.REVIEWER:
            return person.area[:COUNTY] == other.area[:COUNTY]
        case _:
            return person.area.startswith(area_prefix(other.area))


def _locked(work: Writing, account: str) -> Account:
    """Lock the person, so that two absences of one person are entered one after the other."""
    work.connection.execute(select(accounts.c.account).where(accounts.c.account == account).with_for_update())
    person = account_of(work, account)
    if person is None or person.disabled or person.role is Role.ADMINISTRATOR:
        raise SaidNo("absence_of_nobody", "没有这个在用的办理账号，请核对。", field="account")
    return person


def _check_dates(first: date, last: date) -> None:
    if last < first:
        raise SaidNo(
            "absence_ends_before_it_begins",
            f"最后一日{in_words(last)}早于第一日{in_words(first)}，请核对。",
            field="last",
        )
    if last - first >= LONGEST:
        raise SaidNo(
            "absence_too_long", "一次请假最长366日；更长的请改派其个案，而不是代办。", field="last", clause="内部规定"
        )


def _check_overlap(work: Writing, account: str, first: date, last: date, but: int | None = None) -> None:
    there = work.connection.execute(
        select(absences)
        .where(absences.c.account == account, absences.c.cancelled_at.is_(None), absences.c.absence_id != (but or 0))
        .where(absences.c.first <= last, absences.c.last >= first)
    ).first()
    if there is not None:
        raise Conflict(
            "absence_overlaps",
            f"该账号{in_words(there.first)}至{in_words(there.last)}已有请假，请先撤销或缩短那一次。",
            field="first",
            details={"absence_id": str(there.absence_id)},
        )


def _check_circle(work: Writing, account: str, substitute: str, first: date, last: date) -> None:
    """Nobody may, by way of others who are away too, stand in for itself."""
    ways, seen = [(substitute, first, last)], set()
    while ways:
        at, begins, ends = ways.pop()
        rows = work.connection.execute(
            select(absences)
            .where(absences.c.account == at, absences.c.cancelled_at.is_(None))
            .where(absences.c.first <= ends, absences.c.last >= begins)
        ).all()
        for row in rows:
            if row.substitute == account:
                raise Conflict(
                    "absence_circle",
                    f"代办人在{in_words(max(row.first, begins))}至{in_words(min(row.last, ends))}也请假，"
                    "其工作又转回本人，请另选代办人。",
                    field="substitute",
                )
            if row.absence_id not in seen:
                seen.add(row.absence_id)
                ways.append((row.substitute, max(row.first, begins), min(row.last, ends)))


def _standing(work: Reading, absence_id: int) -> Absence:
    there = absence_of(work, absence_id)
    if there is None or there.cancelled_at is not None:
        raise Conflict("absence_cancelled", "这次请假已撤销，请重新登记。")
    return there


def _absence(work: Reading, row: Row[Any]) -> Absence:
    values = dict(row._mapping)
    values["reason"] = work.keys.open(row.reason, _place(row.account, row.first)).decode()
    return Absence(**values)


def _place(account: str, first: date) -> str:
    """The number of a new row is not known yet when it is sealed; its first day never changes."""
    return f"absences.reason:{account}/{first.isoformat()}"
