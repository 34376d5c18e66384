"""What moved (户数变动), kept case by case with each event, and counted by office in SQL.

What an event moves is said by `register/movements.py`; what a report makes of the counts, by `register/dispatch.py`.
"""

from sqlalchemy import and_, bindparam, exists, func, insert, or_, select

from casework.events import CaseEvent
from casework.states import State
from records.case_files import history_of
from records.case_rows import Row
from records.engine import Reading, Writing
from records.tables import cases
from records.tables_reports import movements
from register.dispatch import Tally, month_of, of_month
from register.movements import Kind, Movement, moved_by, movements_of

_SO_FAR = select(movements).where(movements.c.case_id == bindparam("case_id")).order_by(movements.c.number)


def keep_movements(work: Writing, event: CaseEvent) -> None:
    """Write what an event moved; a case that was never certified moves nothing."""
    if event.case.reviews.certified_on is None:
        return
    so_far = movements_so_far(work, event.case_id)
    if not so_far and event.case.reviews.certified_on != event.on:
        keep_movements_of(work, event.case_id)  # certified under a release that kept none
        return
    _add(work, len(so_far), moved_by(so_far, event))


def keep_movements_of(work: Writing, case_id: str) -> None:
    """Write everything that moved in a case, from its events."""
    _add(work, 0, movements_of(history_of(work, case_id)))


def movements_so_far(work: Reading, case_id: str) -> tuple[Movement, ...]:
    """Return what moved in a case, in order."""
    return tuple(_movement(row._mapping) for row in work.connection.execute(_SO_FAR, {"case_id": case_id}))


def _movement(row: object) -> Movement:
    said = dict(row)  # type: ignore[call-overload]
    said["on"] = said.pop("on_day")
    return Movement(**{name: said[name] for name in Movement.model_fields})


def _add(work: Writing, count: int, moved: tuple[Movement, ...]) -> None:
    rows: list[Row] = [
        m.model_dump(exclude={"on", "kind"})
        | {"number": count + place, "kind": m.kind.value, "stock": m.kind.sign, "on_day": m.on}
        | {"month": month_of(m.known_on), "of_month": of_month(m)}
        for place, m in enumerate(moved, 1)
    ]
    if rows:
        work.connection.execute(insert(movements), rows)


def tallies(work: Reading, area: str, month: str) -> tuple[Tally, ...]:
    """Return what moved in an area up to a month, counted; what is before the month is counted as one month."""
    m = movements.c
    here = m.office.between(area, area + "~")
    before = select(m.office, m.kind, m.other, func.count()).where(here, m.month < month)
    during = select(m.office, m.kind, m.of_month, m.channel, m.other, func.count()).where(here, m.month == month)
    found = [
        Tally(office=office, kind=Kind(kind), month="", of_month="", other=other, number=number)
        for office, kind, other, number in work.connection.execute(before.group_by(m.office, m.kind, m.other))
    ]
    found += [
        Tally(office=office, kind=Kind(kind), month=month, of_month=of, channel=channel, other=other, number=number)
        for office, kind, of, channel, other, number in work.connection.execute(
            during.group_by(m.office, m.kind, m.of_month, m.channel, m.other)
        )
    ]
    return tuple(found)


IN_STOCK = and_(cases.c.certified_on.is_not(None), cases.c.eliminated_on.is_(None), cases.c.state != State.EXITED.value)
"""The live register (实存): households recognised, not eliminated, not ended."""


def live_stock(work: Reading, area: str) -> int:
    """Return how many households of an area are in the live register now."""
    here = cases.c.office.between(area, area + "~")
    return work.connection.execute(select(func.count()).select_from(cases).where(here, IN_STOCK)).scalar_one()


def mismatches(work: Reading, area: str, limit: int = 50) -> tuple[str, ...]:
    """Return cases of an area whose movements do not lead to where the case stands in the live register."""
    m = movements.c
    summed = (
        select(m.case_id, m.office, func.sum(m.stock).label("stock"))
        .where(m.office.between(area, area + "~"))
        .group_by(m.case_id, m.office)
        .subquery()
    )
    inside = and_(cases.c.office == summed.c.office, IN_STOCK)
    wrong = (
        select(summed.c.case_id)
        .select_from(summed.join(cases, cases.c.case_id == summed.c.case_id))
        .where(or_(and_(inside, summed.c.stock != 1), and_(~inside, summed.c.stock != 0)))
    )
    there = exists().where(m.case_id == cases.c.case_id, m.office == cases.c.office)
    unknown = select(cases.c.case_id).where(cases.c.office.between(area, area + "~"), IN_STOCK, ~there)
    found = {row for asked in (wrong, unknown) for row in work.connection.execute(asked.limit(limit)).scalars()}
    return tuple(sorted(found))[:limit]
