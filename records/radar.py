"""What the radar listed and what was dismissed (核查线索台账): kept, never changed; the rules are in `register/`.

A dismissal holds for the facts it was given for (`digest`).  The daily round writes what is listed on a day, so that
"new since yesterday" and "listed since" can be said.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, func, insert, select, union, update

from casework.states import Role
from records.engine import Reading, Writing
from records.scope import SHORTEST_AREA, Scope, of_offices
from records.tables import cases
from records.tables_people import accounts
from records.tables_radar import area_months, radar_dismissals, radar_items
from records.tables_register import known_households
from records.upsert import insert_into
from register.radar_items import Item

Key = tuple[str, str]
AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Dismissal:
    """Who dismissed an item, when, why, and for which facts."""

    kind: str
    subject: str
    digest: str
    account: str
    at: datetime
    says: str = field(repr=False)
    reason: str = field(repr=False)


def dismiss(work: Writing, item: Item, *, account: str, reason: str, now: datetime) -> None:
    """Keep that an item was looked at and why nothing is to be done."""
    dismissal_id = str(uuid4())
    row = {
        "dismissal_id": dismissal_id,
        "kind": item.kind.value,
        "subject": item.subject,
        "office": item.office,
        "digest": item.digest,
        "says": work.keys.seal_text(item.says, f"radar_dismissals.says:{dismissal_id}"),
        "reason": work.keys.seal_text(reason, f"radar_dismissals.reason:{dismissal_id}"),
        "account": account,
        "at": now,
    }
    work.connection.execute(insert(radar_dismissals), row)


def dismissed(work: Reading, scope: Scope) -> dict[Key, tuple[str, str]]:
    """Return the last dismissal of each item in the area: its facts, and who dismissed it."""
    asked = (
        select(*(radar_dismissals.c[name] for name in ("kind", "subject", "digest", "account")))
        .where(of_offices(scope, radar_dismissals.c.office))
        .order_by(radar_dismissals.c.at)
    )
    return {(kind, subject): (digest, account) for kind, subject, digest, account in work.connection.execute(asked)}


def dismissals_of(work: Reading, scope: Scope, kind: str, subject: str) -> tuple[Dismissal, ...]:
    """Return every dismissal of an item, the last first."""
    asked = (
        select(radar_dismissals)
        .where(radar_dismissals.c.kind == kind, radar_dismissals.c.subject == subject)
        .where(of_offices(scope, radar_dismissals.c.office))
        .order_by(radar_dismissals.c.at.desc())
    )
    return tuple(_dismissal(work, row) for row in work.connection.execute(asked))


def _dismissal(work: Reading, row: Row[Any]) -> Dismissal:
    texts = {
        name: work.keys.open_text(getattr(row, name), f"radar_dismissals.{name}:{row.dismissal_id}") or ""
        for name in ("says", "reason")
    }
    return Dismissal(row.kind, row.subject, row.digest, row.account, row.at, **texts)


def listed_since(work: Reading, keys: Iterable[Key]) -> dict[Key, date]:
    """Return since when items stand in the daily lists, as far as they do."""
    wanted = tuple(keys)
    subjects = {subject for _, subject in wanted}
    found: dict[Key, date] = {}
    ordered = sorted(subjects)
    for begun in range(0, len(ordered), AT_ONCE):
        some = ordered[begun : begun + AT_ONCE]
        asked = select(radar_items.c.kind, radar_items.c.subject, radar_items.c.first_on).where(
            radar_items.c.subject.in_(some), radar_items.c.gone_on.is_(None)
        )
        found |= {(kind, subject): first for kind, subject, first in work.connection.execute(asked)}
    return {key: found[key] for key in wanted if key in found}


def snapshot(work: Reading) -> dict[Key, tuple[str, date | None]]:
    """Return what the last daily lists held: the facts of each item, and since when it is gone."""
    asked = select(radar_items.c.kind, radar_items.c.subject, radar_items.c.digest, radar_items.c.gone_on)
    return {(kind, subject): (digest, gone) for kind, subject, digest, gone in work.connection.execute(asked)}


def note_listed(work: Writing, items: Iterable[Item], on: date) -> None:
    """Write items that are listed on a day; one that was gone, or has other facts, begins anew."""
    rows = [
        {
            "kind": item.kind.value,
            "subject": item.subject,
            "office": item.office,
            "digest": item.digest,
            "first_on": on,
            "last_on": on,
            "gone_on": None,
        }
        for item in items
    ]
    if rows:
        added = insert_into(work.connection, radar_items)
        new = {name: added.excluded[name] for name in ("office", "digest", "first_on", "last_on", "gone_on")}
        work.connection.execute(added.on_conflict_do_update(index_elements=["kind", "subject"], set_=new), rows)


def note_gone(work: Writing, keys: Iterable[Key], on: date) -> None:
    """Write that items are not listed any more since a day."""
    for kind, subject in keys:
        at = (radar_items.c.kind == kind, radar_items.c.subject == subject)
        work.connection.execute(update(radar_items).where(*at).values(gone_on=on))


def listed_first_on(work: Reading, on: date) -> tuple[tuple[str, str], ...]:
    """Return kind and office of what the daily lists hold since exactly this day."""
    asked = select(radar_items.c.kind, radar_items.c.office).where(
        radar_items.c.first_on == on, radar_items.c.gone_on.is_(None)
    )
    return tuple((kind, office) for kind, office in work.connection.execute(asked))


def provinces(work: Reading) -> tuple[str, ...]:
    """Return the first two digits of every office there is something of."""
    sources = (cases.c.office, known_households.c.office, area_months.c.area)
    asked = union(*(select(func.substr(column, 1, SHORTEST_AREA)) for column in sources))
    return tuple(sorted(code for (code,) in work.connection.execute(asked)))


def supervisors(work: Reading) -> tuple[tuple[str, str], ...]:
    """Return every supervisor who may log in, with the area."""
    asked = select(accounts.c.account, accounts.c.area).where(
        accounts.c.role == Role.SUPERVISOR.value, accounts.c.disabled.is_(False)
    )
    return tuple((account, area) for account, area in work.connection.execute(asked.order_by(accounts.c.account)))
