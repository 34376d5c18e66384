"""The households of an import as its pages list and count them (导入清单): no personal data, only numbers and findings.

Whoever asks has looked with `imports.batch` whether the batch is the caller's to see.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, select

from records.engine import Reading
from records.tables_imports import import_households

STAGED, KEPT, PASSED, OPENED, FAILED, UNDONE, STAYS = (
    *("staged", "kept", "passed", "opened"),
    *("failed", "undone", "stays"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A household of an import as its pages list it."""

    position: int
    number: str
    office: str
    line: int
    members: int
    outcome: str
    reason: str
    known: str
    active_case: str | None
    elsewhere: bool
    former_case: str | None
    state: str
    why: str | None
    household_id: str | None
    version: int | None
    case_id: str | None


_LINE = tuple(import_households.c[name] for name in Line.__slots__)


def lines_of(batch_id: str, *, state: str | None = None, known: str | None = None) -> Select[Any]:
    """Return the select of a batch's households, narrowed."""
    asked = select(*_LINE).where(import_households.c.batch_id == batch_id)
    if state:
        asked = asked.where(import_households.c.state == state)
    match known:
        case "active":
            asked = asked.where(import_households.c.active_case.is_not(None))
        case "elsewhere":
            asked = asked.where(import_households.c.elsewhere.is_(True))
        case "former":
            asked = asked.where(import_households.c.former_case.is_not(None))
        case "ready":
            free = import_households.c.active_case.is_(None) & import_households.c.elsewhere.is_(False)
            asked = asked.where(free, import_households.c.outcome == "eligible", import_households.c.known != "older")
        case None:
            pass
        case _:
            asked = asked.where(import_households.c.known == known)
    return asked


def lines(work: Reading, asked: Select[Any], *, offset: int = 0, limit: int = 200) -> tuple[Line, ...]:
    """Return one page of `lines_of`, in the order of the sheet."""
    ordered = asked.order_by(import_households.c.position).offset(offset).limit(limit)
    return tuple(Line(*row) for row in work.connection.execute(ordered))


def next_lines(work: Reading, asked: Select[Any], after: int, limit: int) -> tuple[Line, ...]:
    """Return the next households after a position, for work that changes what `lines_of` finds."""
    return lines(work, asked.where(import_households.c.position > after), limit=limit)


def count(work: Reading, asked: Select[Any]) -> int:
    """Return how many households `lines_of` has."""
    return work.connection.execute(select(func.count()).select_from(asked.subquery())).scalar_one()


def counted(work: Reading, batch_id: str) -> dict[str, int]:
    """Return how many households of a batch are what: by outcome, by what is known of them, by state."""
    table = import_households.c
    one = {
        "households": func.count(),
        "people": func.coalesce(func.sum(table.members), 0),
        **{
            name: func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
            for name, condition in {
                "eligible": table.outcome == "eligible",
                "not_eligible": table.outcome == "not_eligible",
                "special_review": table.outcome == "special_review",
                "new": table.known == "new",
                "changed": table.known == "changed",
                "older": table.known == "older",
                "active": table.active_case.is_not(None),
                "elsewhere": table.elsewhere.is_(True),
                "former": table.former_case.is_not(None),
                "ready": (table.outcome == "eligible")
                & table.active_case.is_(None)
                & table.elsewhere.is_(False)
                & (table.known != "older"),
                **{state: table.state == state for state in (STAGED, KEPT, PASSED, OPENED, FAILED, UNDONE, STAYS)},
            }.items()
        },
    }
    row = work.connection.execute(
        select(*(what.label(name) for name, what in one.items())).where(table.batch_id == batch_id)
    ).one()
    return {name: int(value) for name, value in row._mapping.items()}
