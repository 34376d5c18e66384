"""The synthetic province: the same rows as the record's own writers make, the same again by the same seed."""

import shutil
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
import typer
from sqlalchemy import func, select

from casework.events import CaseEvent
from casework.states import Role
from operations import synth
from operations.synth_areas import counties, divisions, offices, put_areas
from operations.synth_copies import case_id_of, id_number, words_of
from operations.synth_fill import NOW, chosen_lives, fill_province, planned, templates_of
from operations.synth_template import COMMUNITY, DRAWN, NAMES, NOBODYS, UUID, RememberingKeys, renamed
from records.case_file import write_event
from records.crypto import Keys
from records.engine import Record
from records.ledger_pages import LedgerFilter, ledger_count
from records.migrations import upgrade
from records.people import HouseholdEntry, PersonEntry, register_household
from records.scope import Scope
from records.tables import cases
from records.whole_rows import rows_of_households

pytestmark = [pytest.mark.timeout(600), pytest.mark.slow]

SECRETS = (bytes(range(32)),)
HOUSEHOLDS, DISTINCT = 12, 4


def empty(path: Path, keys: Keys) -> Record:
    record = Record(f"sqlite:///{path}", keys)
    upgrade(record.engine)
    return record


def province(path: Path, seed: int = 3, distinct: int = DISTINCT) -> Record:
    record = empty(path, Keys(*SECRETS))
    templates = templates_of(chosen_lives(seed, distinct), SECRETS)
    fill_province(record, SECRETS, templates, HOUSEHOLDS, seed=seed, processes=1)
    return record


def by_hand(path: Path) -> Record:
    """The same households through `register_household` and `write_event`, one event after the other."""
    record = empty(path, RememberingKeys(*SECRETS))
    put_areas(record, NOBODYS, NOW)
    lives = chosen_lives(3, DISTINCT)
    templates = templates_of(lives, SECRETS)
    for copy in planned(3, HOUSEHOLDS, templates):
        life, template = lives[copy.template], templates[copy.template]
        words = words_of(template, copy)
        people = tuple(
            PersonEntry(
                member.member_id,
                NAMES[(copy.template * 5 + place * 7) % len(NAMES)],
                id_number(template.births[place - 1], copy.number, place),
                f"199{copy.number:06d}{place:02d}",
            )
            for place, member in enumerate(life.events[0].case.household.members, 1)
        )
        with record.write() as work:
            scope = Scope(f"cw-{copy.office}-1", Role.CASEWORKER, copy.office)
            entry = HouseholdEntry(copy.office, words[COMMUNITY], people, "虚构街1号")
            key, begun = f"synth-{copy.number}", life.events[0].at
            case_id = register_household(work, entry, scope=scope, key=key, request_hash="synth", now=begun)
            assert case_id == case_id_of(copy, template.year)
            for event in renamed(life, template.case_id):
                line = event.model_dump_json()
                for old, new in words.items():
                    line = line.replace(old, new)
                write_event(work, CaseEvent.model_validate_json(line))
    return record


def test_copies_are_the_rows_that_events_make(tmp_path: Path) -> None:
    quick, slow = province(tmp_path / "quick.db"), by_hand(tmp_path / "slow.db")
    made = slow.keys
    assert isinstance(made, RememberingKeys)
    with quick.read() as one, slow.read() as other:
        copied, written = dict(rows_of_households(one)), dict(rows_of_households(other))
    assert copied.keys() == written.keys()
    assert {"events", "ledger_households", "ledger_members", "tasks", "persons"} <= copied.keys()

    def opened(row: tuple[object, ...], like: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(_open(quick.keys, value, made, known) for value, known in zip(row, like, strict=True))

    for table, rows in written.items():
        assert len(copied[table]) == len(rows), table

        def plain(row: tuple[object, ...], drawn: int | None = DRAWN.get(table)) -> str:
            said = [value for place, value in enumerate(row) if place != drawn]
            return UUID.sub("-", repr([value for value in said if not isinstance(value, bytes)]))

        for mine, theirs in zip(sorted(copied[table], key=plain), sorted(rows, key=plain), strict=True):
            assert plain(mine) == plain(theirs), table
            for place, (mine_is, theirs_is) in enumerate(zip(opened(mine, theirs), theirs, strict=True)):
                if isinstance(theirs_is, bytes):
                    assert mine_is == made.made[theirs_is][1], (table, place)
    quick.close()
    slow.close()


def _open(keys: Keys, value: object, made: RememberingKeys, known: object) -> object:
    if not isinstance(value, bytes) or not isinstance(known, bytes):
        return value
    how, _, where = made.made[known]
    return keys.unpack(value, where) if how == "pack" else keys.open(value, where)


def test_a_seed_makes_the_same_province_and_another_makes_another(tmp_path: Path) -> None:
    first, again, other = (province(tmp_path / f"{n}.db", seed, 2) for n, seed in enumerate((3, 3, 4)))
    assert _digest(first) == _digest(again) != _digest(other)
    with first.read() as work:
        assert work.connection.execute(select(func.count()).select_from(cases)).scalar_one() == HOUSEHOLDS
        whole = Scope("sv-220000-1", Role.SUPERVISOR, "220000")
        assert ledger_count(work, whole, LedgerFilter(date(2099, 1, 1)))[1] == HOUSEHOLDS
    for record in (first, again, other):
        record.close()


def _digest(record: Record) -> str:
    """The digest of everything that is not sealed."""
    with record.read() as work:
        rows = [
            (name, sorted(repr([v for v in row if not isinstance(v, bytes)]) for row in some))
            for name, some in rows_of_households(work)
        ]
    return sha256(repr(rows).encode()).hexdigest()


def test_areas_are_real_down_to_counties() -> None:
    assert len(counties()) == 60
    assert divisions()["220302"] == "铁西区"
    assert {code[:6] for code in offices()} == set(counties())


def test_a_disk_without_room_is_told_beforehand(tmp_path: Path) -> None:
    here = tmp_path / "province"
    with pytest.raises(typer.BadParameter, match="所在磁盘只剩"):
        synth.require_room(tmp_path, shutil.disk_usage(tmp_path).free * 2)
    (here / "x").mkdir(parents=True)
    with pytest.raises(typer.BadParameter, match="不是空目录"):
        synth.synth(households=10, to=here)
