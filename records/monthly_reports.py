"""Monthly reports as they were drawn up (调度表), version by version; opening balances; the offices' own templates.

What may be done when is the desk's (`desk/monthly_reports.py`); a locked version is never written again.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, func, or_, select, update

from records.engine import Reading, Writing
from records.scope import COUNTY
from records.tables import cases
from records.tables_people import accounts
from records.tables_reports import monthly_reports, movements, opening_balances, report_templates
from records.upsert import insert_into
from register.dispatch import Balance, Dispatch

R = monthly_reports.c


@dataclass(frozen=True, slots=True)
class Report:
    """One version.  `numbers` are the area's, then its parts'; `by` and `at` say who did what, when."""

    area: str
    month: str
    version: int
    numbers: tuple[Dispatch, ...]
    due_on: date
    standing: str
    note: str | None
    submitted_on: date | None
    reason: str | None
    by: Mapping[str, str]
    at: Mapping[str, datetime]


ACTS = ("reviewed", "signed", "submitted", "locked", "returned")


def draw_up(work: Writing, drawn: Iterable[tuple[tuple[Dispatch, ...], date, int]], now: datetime) -> None:
    """Keep numbers as versions of their reports; a version that is there stays."""
    rows = [
        {
            "area": numbers[0].area,
            "month": numbers[0].month,
            "version": version,
            "numbers": [each.model_dump(mode="json") for each in numbers],
            "due_on": due_on,
            "standing": "drawn_up",
            "drawn_up_at": now,
        }
        for numbers, due_on, version in drawn
    ]
    if rows:
        work.connection.execute(insert_into(work.connection, monthly_reports).on_conflict_do_nothing(), rows)


def versions(work: Reading, area: str, month: str) -> tuple[Report, ...]:
    """Return every version of a report, the newest first."""
    asked = select(monthly_reports).where(R.area == area, R.month == month).order_by(R.version.desc())
    return tuple(_report(row) for row in work.connection.execute(asked))


def newest_of_month(work: Reading, month: str, area: str) -> dict[str, Report]:
    """Return the newest versions of a month in an area (the beginning of codes), without those of offices below it."""
    newest = select(R.area, func.max(R.version).label("version")).where(R.month == month).group_by(R.area).subquery()
    here = and_(newest.c.area == R.area, newest.c.version == R.version)
    asked = select(monthly_reports).join(newest, here).where(R.month == month, R.area.between(area, area + "~"))
    asked = asked.where(or_(func.length(R.area) <= COUNTY, R.area == area))
    return {row.area: _report(row) for row in work.connection.execute(asked.order_by(R.area))}


def standings_of(work: Reading, month: str, areas: Collection[str]) -> dict[str, str]:
    """Return how the newest version of a month stands, for those of some areas that have one."""
    asked = select(R.area, R.standing).where(R.month == month, R.area.in_(areas)).order_by(R.version)
    return {row.area: row.standing for row in work.connection.execute(asked)}


def locked_numbers(work: Reading, month: str, areas: Collection[str]) -> dict[str, Dispatch]:
    """Return what some areas submitted for a month, each without its parts, where it is locked."""
    asked = select(R.area, R.numbers).where(R.month == month, R.area.in_(areas), R.standing == "locked")
    return {row.area: Dispatch.model_validate(row.numbers[0]) for row in work.connection.execute(asked)}


@dataclass(frozen=True, slots=True)
class Unsubmitted:
    """The newest version of a county's report of a month, or of a roll-up, that is not submitted."""

    area: str
    month: str
    due_on: date
    standing: str


def unsubmitted(work: Reading, area: str, until: str) -> tuple[Unsubmitted, ...]:
    """Return the reports of an area that are not submitted, up to a month; oldest first, then by code."""
    newest = select(R.area, R.month, func.max(R.version).label("version")).group_by(R.area, R.month).subquery()
    here = and_(newest.c.area == R.area, newest.c.month == R.month, newest.c.version == R.version)
    reporting = (func.length(R.area) <= COUNTY, R.area.between(area, area + "~"))
    asked = select(R.area, R.month, R.due_on, R.standing).join(newest, here)
    asked = asked.where(*reporting, R.month <= until, R.submitted_on.is_(None)).order_by(R.month, R.area)
    return tuple(Unsubmitted(*row) for row in work.connection.execute(asked))


def drawn_up(work: Reading, month: str) -> frozenset[str]:
    """Return the areas whose report of a month was drawn up."""
    return frozenset(work.connection.execute(select(R.area).where(R.month == month).distinct()).scalars())


def last_month(work: Reading) -> str | None:
    """Return the newest month of which any report was drawn up."""
    found: str | None = work.connection.execute(select(func.max(R.month))).scalar_one()
    return found


def set_standing(work: Writing, report: Report, standing: str, more: Mapping[str, object]) -> bool:
    """Take a version on from the standing it was read in; False when somebody else was faster."""
    this = and_(R.area == report.area, R.month == report.month, R.version == report.version)
    done = update(monthly_reports).where(this, R.standing == report.standing).values(standing=standing, **more)
    return work.connection.execute(done).rowcount == 1


def hold(work: Writing, area: str, month: str) -> None:
    """Hold a report until the end of the transaction: of two who would do so the second sees what the first wrote."""
    mine = select(R.version).where(R.area == area, R.month == month)
    work.connection.execute(mine.order_by(R.version).with_for_update())


def offices_known(work: Reading, area: str = "") -> frozenset[str]:
    """Return the offices of an area that have cases, movements or a caseworker."""
    found: set[str] = set()
    for column in (cases.c.office, movements.c.office):
        found.update(
            work.connection.execute(select(column).where(column.between(area, area + "~")).distinct()).scalars()
        )
    desks = select(accounts.c.area).where(
        accounts.c.role == "caseworker", accounts.c.disabled.is_(False), accounts.c.area.between(area, area + "~")
    )
    return frozenset(found | set(work.connection.execute(desks.distinct()).scalars()))


def months_known(work: Reading, area: str) -> tuple[str, ...]:
    """Return the first and the last month in which anything moved in an area; nothing when nothing did."""
    m = movements.c
    asked = select(func.min(m.month), func.max(m.month)).where(m.office.between(area, area + "~"))
    first, last = work.connection.execute(asked).one()
    return (first, last) if first else ()


@dataclass(frozen=True, slots=True)
class KeptBalance:
    """A county's opening balance, who entered it and who confirmed it."""

    area: str
    balance: Balance
    basis: str
    entered_by: str
    entered_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None


def balances(work: Reading, area: str) -> dict[str, KeptBalance]:
    """Return the opening balances of an area's counties, by county."""
    b = opening_balances.c
    asked = select(opening_balances).where(b.area.between(area, area + "~")).order_by(b.area)
    return {
        row.area: KeptBalance(
            row.area,
            Balance(recognised=row.recognised, eliminated=row.eliminated, employed=row.employed),
            row.basis,
            row.entered_by,
            row.entered_at,
            row.confirmed_by,
            row.confirmed_at,
        )
        for row in work.connection.execute(asked)
    }


def confirmed_balances(work: Reading, area: str, month: str) -> dict[str, Balance]:
    """Return the balances that count in a month: those a second person confirmed, unless what is locked lacks them.

    What the county locked of the month says whether its balance is in it: it was drawn up before or after.  Where the
    month is not locked, a later one that is counts, so that no balance is taken back from one month to the next.
    """
    asked = select(R.area, R.month, R.drawn_up_at).where(R.month >= month, R.standing == "locked")
    asked = asked.where(func.length(R.area) == COUNTY, R.area.between(area, area + "~"))
    own, later = dict[str, datetime](), dict[str, datetime]()
    for code, of, drawn in work.connection.execute(asked):
        locked = own if of == month else later
        locked[code] = min(drawn, locked.get(code, drawn))
    return {
        code: kept.balance
        for code, kept in balances(work, area).items()
        if kept.confirmed_at is not None and kept.confirmed_at <= own.get(code, later.get(code, kept.confirmed_at))
    }


def enter_balance(work: Writing, area: str, balance: Balance, basis: str, *, by: str, now: datetime) -> None:
    """Keep a balance that nobody has confirmed yet, in place of one that nobody has confirmed either."""
    row = {"area": area, **balance.model_dump(), "basis": basis, "entered_by": by, "entered_at": now}
    values = {name: value for name, value in row.items() if name != "area"}
    open_one = opening_balances.c.confirmed_by.is_(None)
    added = insert_into(work.connection, opening_balances).values(row)
    work.connection.execute(added.on_conflict_do_update(index_elements=["area"], set_=values, where=open_one))


def confirm_balance(work: Writing, shown: KeptBalance, *, by: str, now: datetime) -> bool:
    """Confirm a balance for good; False when it was entered anew or confirmed meanwhile."""
    b = opening_balances.c
    still = (b.area == shown.area, b.entered_at == shown.entered_at, b.entered_by == shown.entered_by)
    done = update(opening_balances).where(*still, b.confirmed_by.is_(None))
    return work.connection.execute(done.values(confirmed_by=by, confirmed_at=now)).rowcount == 1


def keep_template(work: Writing, area: str, name: str, content: bytes, *, by: str, now: datetime) -> None:
    """Keep an area's own template, in place of the one before."""
    values = {"name": name, "content": content, "kept_by": by, "kept_at": now}
    added = insert_into(work.connection, report_templates).values(area=area, **values)
    work.connection.execute(added.on_conflict_do_update(index_elements=["area"], set_=values))


def template_for(work: Reading, area: str) -> tuple[str, bytes] | None:
    """Return the name and content of the template of an area, or of the nearest one above it."""
    t = report_templates.c
    above = [area[:n] for n in (2, 4, 6, 9, 12) if n <= len(area)]
    asked = select(t.name, t.content).where(t.area.in_(above)).order_by(func.length(t.area).desc())
    row = work.connection.execute(asked.limit(1)).first()
    return (row.name, row.content) if row else None


def _report(row: Row[Any]) -> Report:
    said = row._mapping
    return Report(
        row.area,
        row.month,
        row.version,
        tuple(Dispatch.model_validate(each) for each in row.numbers),
        row.due_on,
        row.standing,
        row.note,
        row.submitted_on,
        row.reason,
        {act: said[f"{act}_by"] for act in ACTS if said[f"{act}_by"]},
        {act: said[f"{act}_at"] for act in ("drawn_up", *ACTS) if said[f"{act}_at"]},
    )
