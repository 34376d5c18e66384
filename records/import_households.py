"""What becomes of each household of an import (导入的家庭): staged, written whole, its case opened, or taken back.

A household is written in one unit of work together with its new state here, so that a repeat after any break writes
nothing twice.  Opening and withdrawing its case is the desk's; the batch itself is in `imports.py`.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from casework.household import Household
from casework.states import Role
from records.engine import Reading, Writing
from records.import_lists import KEPT, PASSED, STAGED
from records.known_households import Known, KnownPerson, KnownRow, keep_all, rows_numbered, whole
from records.scope import Scope
from records.tables_imports import import_households, ledger_entries
from records.tables_register import known_households

NEW, CHANGED, OLDER = "new", "changed", "older"


@dataclass(frozen=True, slots=True)
class Staged:
    """A good household of a sheet, judged and looked up, before it is written.

    `number` is its 户编号 in the sheet, that of `entry` the one it has in the register.  `known`: new, changed (the
    register has it and gets the newer) or older (the register knows better); `told` is what an old ledger says.
    """

    position: int
    line: int
    number: str
    known: str
    entry: Known
    active_case: str | None = None
    elsewhere: bool = False
    former_case: str | None = None
    told: dict[str, str] = field(default_factory=dict, repr=False)


def stage(work: Writing, batch_id: str, staged: Sequence[Staged]) -> None:
    """Keep checked households, sealed, until the import is confirmed."""
    rows = []
    for one in staged:
        place = f"{batch_id}/{one.position}"
        content = json.dumps({"entry": plain(one.entry), "told": one.told})
        rows.append(
            {
                **{
                    name: getattr(one, name)
                    for name in ("position", "line", "number", "known", "active_case", "former_case")
                },
                "elsewhere": one.elsewhere,
                "batch_id": batch_id,
                "office": one.entry.office,
                "members": len(one.entry.persons),
                "outcome": one.entry.outcome,
                "reason": one.entry.reason,
                "state": STAGED,
                "content": work.keys.pack(content.encode(), f"import_households.content:{place}"),
            }
        )
    if rows:
        work.connection.execute(insert(import_households), rows)


def plain(known: Known) -> dict[str, Any]:
    """Return a known household as JSON has it."""
    values = {name: getattr(known, name) for name in Known.__slots__ if name not in ("household", "persons")}
    values["surveyed_on"] = known.surveyed_on.isoformat()
    return values | {
        "household": known.household.model_dump(mode="json"),
        "persons": [asdict(p) for p in known.persons],
    }


def known_of(values: dict[str, Any]) -> Known:
    """Return what `plain` made JSON of."""
    given = dict(values)
    given["surveyed_on"] = date.fromisoformat(given["surveyed_on"])
    given["household"] = Household.model_validate(given["household"])
    given["persons"] = tuple(KnownPerson(**person) for person in given["persons"])
    return Known(**given)


def write_some(work: Writing, batch_id: str, *, account: str, now: datetime, limit: int) -> int:
    """Write the next staged households into the register, each whole; return how many there were."""
    asked = select(import_households.c.position, import_households.c.known, import_households.c.content).where(
        import_households.c.batch_id == batch_id, import_households.c.state == STAGED
    )
    rows = work.connection.execute(asked.order_by(import_households.c.position).limit(limit)).all()
    some: dict[tuple[str, str], tuple[int, str, Known, dict[str, str]]] = {}
    for row in rows:
        content = json.loads(work.keys.unpack(row.content, f"import_households.content:{batch_id}/{row.position}"))
        entry = known_of(content["entry"])
        if (entry.office, entry.number) in some:
            break  # the second of one household comes upon what the first has written
        some[entry.office, entry.number] = (row.position, row.known, entry, content["told"])
    _write(work, batch_id, some, account, now)
    return len(some)


def _write(
    work: Writing,
    batch_id: str,
    some: dict[tuple[str, str], tuple[int, str, Known, dict[str, str]]],
    account: str,
    now: datetime,
) -> None:
    there, done = rows_numbered(work, some), []
    better = {at for at, row in there.items() if row.surveyed_on > some[at][2].surveyed_on}
    passed = {at for at, (_, known, _, _) in some.items() if known == OLDER or at in better}
    written = [entry for at, (_, _, entry, _) in some.items() if at not in passed]
    former = {at: _before(work, there[at], account) for at in some if at in there and at not in passed}
    kept = keep_all(work, written, account=account, now=now) if written else []
    ids = dict(zip(((entry.office, entry.number) for entry in written), kept, strict=True))
    told: dict[str, str] = {}
    for at, (position, _, _, says) in some.items():
        row = there.get(at)
        household_id, version = ids.get(at) or ((row.household_id, row.version) if row else (None, None))
        if household_id is not None and says:
            told[household_id] = json.dumps(says, ensure_ascii=False)
        sealed = f"import_households.before:{batch_id}/{position}"
        before = work.keys.pack(former[at], sealed) if at in former else None
        state = PASSED if at in passed else KEPT
        done.append(
            {"_position": position, "_state": state, "_id": household_id, "_version": version, "_before": before}
        )
    _keep_told(work, batch_id, told, now)
    if done:
        of_it = (import_households.c.batch_id == batch_id) & (import_households.c.position == bindparam("_position"))
        values = {"state": "_state", "household_id": "_id", "version": "_version", "before": "_before"}
        named: dict[str, Any] = {name: bindparam(parameter) for name, parameter in values.items()}
        work.connection.execute(update(import_households).where(of_it).values(**named, content=None), done)


def _before(work: Reading, row: KnownRow, account: str) -> bytes:
    known = whole(work, Scope(account, Role.CASEWORKER, row.office), row.household_id)
    assert known is not None
    return json.dumps(plain(known)).encode()


def _keep_told(work: Writing, batch_id: str, told: dict[str, str], now: datetime) -> None:
    rows = [
        {
            "household_id": household_id,
            "batch_id": batch_id,
            "content": work.keys.seal_text(text, f"ledger_entries.content:{household_id}"),
            "kept_at": now,
        }
        for household_id, text in told.items()
    ]
    if rows:
        work.connection.execute(delete(ledger_entries).where(ledger_entries.c.household_id.in_(told)))
        work.connection.execute(insert(ledger_entries), rows)


def told_of(work: Reading, household_id: str) -> dict[str, str]:
    """Return what an old ledger told of a known household; the caller has looked whether it may be seen."""
    asked = select(ledger_entries.c.content).where(ledger_entries.c.household_id == household_id)
    sealed = work.connection.execute(asked).scalar_one_or_none()
    text = work.keys.open_text(sealed, f"ledger_entries.content:{household_id}")
    return dict(json.loads(text)) if text else {}


def told_state(work: Writing, batch_id: str, position: int, state: str, **more: Any) -> None:
    """Say what became of one household."""
    _update(work, batch_id, position, state=state, **more)


def version_of(work: Reading, household_id: str) -> int | None:
    """Return the version of a known household now; None when it is there no more."""
    asked = select(known_households.c.version).where(known_households.c.household_id == household_id)
    return work.connection.execute(asked).scalar_one_or_none()


def before_of(work: Reading, batch_id: str, position: int) -> Known | None:
    """Return what the register had of a household before the import; None when it had nothing."""
    at = (import_households.c.batch_id == batch_id) & (import_households.c.position == position)
    sealed = work.connection.execute(select(import_households.c.before).where(at)).scalar_one_or_none()
    if sealed is None:
        return None
    return known_of(json.loads(work.keys.unpack(sealed, f"import_households.before:{batch_id}/{position}")))


def case_taken_back(work: Writing, household_id: str, case_id: str) -> None:
    """The case that an import opened was withdrawn: the household has none again."""
    at = (known_households.c.household_id == household_id) & (known_households.c.case_id == case_id)
    work.connection.execute(update(known_households).where(at).values(case_id=None))


def brought_back(work: Writing, household_id: str, batch_id: str | None, was: int) -> None:
    """The register has again what an earlier import wrote as version `was`: that import can be undone as before."""
    table = import_households.c
    mine = (table.batch_id == batch_id, table.household_id == household_id, table.version == was)
    work.connection.execute(update(import_households).where(*mine).values(version=version_of(work, household_id)))


def forget_before(work: Writing, batch_ids: Iterable[str]) -> None:
    """Forget what households were before imports that can no longer be undone."""
    at = import_households.c.batch_id.in_(sorted(batch_ids))
    work.connection.execute(update(import_households).where(at).values(before=None))


def drop_staged(work: Writing, batch_id: str) -> None:
    """Forget the households of an import that nobody goes on with, or that is checked anew."""
    work.connection.execute(delete(import_households).where(import_households.c.batch_id == batch_id))


def forget_told(work: Writing, batch_id: str, household_id: str) -> None:
    """Take back what this import's ledger told of a household."""
    at = (ledger_entries.c.batch_id == batch_id) & (ledger_entries.c.household_id == household_id)
    work.connection.execute(delete(ledger_entries).where(at))


def _update(work: Writing, batch_id: str, position: int, **values: Any) -> None:
    at = (import_households.c.batch_id == batch_id) & (import_households.c.position == position)
    work.connection.execute(update(import_households).where(at).values(**values))
