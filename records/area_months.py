"""Numbers of areas by month (地区月度数字): registered unemployed people and whether there is a platform, as entered.

No connector gives them; the radar judges "persistent zero" by them (A31).  What is entered again replaces what was.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from records.engine import Reading, Writing
from records.scope import Scope, of_offices
from records.tables_radar import area_months
from records.upsert import insert_into


@dataclass(frozen=True, slots=True)
class AreaNumbers:
    """One area in one month, "2026-09"."""

    area: str
    month: str
    registered_unemployed: int
    platform: bool


@dataclass(frozen=True, slots=True)
class KeptNumbers:
    """Numbers with who entered them and when."""

    numbers: AreaNumbers
    account: str
    kept_at: datetime
    version: int


def keep_numbers(work: Writing, rows: Iterable[AreaNumbers], *, account: str, now: datetime) -> int:
    """Keep numbers, replacing those of the same area and month; return how many."""
    values = [
        {
            "area": row.area,
            "month": row.month,
            "registered_unemployed": row.registered_unemployed,
            "platform": row.platform,
            "account": account,
            "kept_at": now,
            "version": 1,
        }
        for row in rows
    ]
    if values:
        added = insert_into(work.connection, area_months)
        names = ("registered_unemployed", "platform", "account", "kept_at")
        new: dict[str, Any] = {name: added.excluded[name] for name in names}
        new["version"] = area_months.c.version + 1
        work.connection.execute(added.on_conflict_do_update(index_elements=["area", "month"], set_=new), values)
    return len(values)


def numbers_of(work: Reading, scope: Scope, months: tuple[str, ...]) -> tuple[KeptNumbers, ...]:
    """Return the numbers of some months in the area, by area and month."""
    asked = (
        select(area_months)
        .where(area_months.c.month.in_(months), of_offices(scope, area_months.c.area))
        .order_by(area_months.c.area, area_months.c.month)
    )
    return tuple(
        KeptNumbers(
            AreaNumbers(row.area, row.month, row.registered_unemployed, row.platform),
            *(row.account, row.kept_at, row.version),
        )
        for row in work.connection.execute(asked)
    )
