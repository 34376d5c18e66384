"""The ledger as on any past day against a recount from the stored events of random lives, on both databases."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import delete, select

from casework.states import State
from records.case_file import write_event
from records.case_files import history_of
from records.catching_up import catch_up
from records.engine import Reading, Record
from records.ledger import row_of
from records.tables_ledger import ledger_households, ledger_members
from register.ledger import FOREVER, HOUSEHOLD, Line, Version, lines_of
from tests.records.lived import lived

pytestmark = pytest.mark.timeout(400)

LIVES = 30


@pytest.fixture
def full(record: Record) -> Record:
    """A record with random lives, each as a case of its own."""
    with record.write() as work:
        for number, life in enumerate(lived(LIVES, seed=90), 1):
            case_id = f"220302004-2026-{number:05d}"
            for event in life:
                case = event.case.model_copy(update={"case_id": case_id})
                renamed = {"case_id": case_id, "case": case, "command_id": f"{case_id}-{event.seq}"}
                write_event(work, event.model_copy(update=renamed))
    return record


def numbers(work: Reading) -> list[str]:
    return list(work.connection.execute(select(ledger_households.c.case_id).distinct().order_by("case_id")).scalars())


def kept(work: Reading, case_id: str, day: date) -> dict[str, dict[str, object]]:
    """What the tables say of a case as on a day."""
    found: dict[str, dict[str, object]] = {}
    for table in (ledger_households, ledger_members):
        holds = (table.c.case_id == case_id, table.c.from_on <= day, table.c.until_on > day)
        for row in work.connection.execute(select(table).where(*holds)):
            said = dict(row._mapping)
            about = str(said.get("member_id", HOUSEHOLD))
            assert about not in found, "two versions hold on one day"
            found[about] = {name: said[name] for name in said if name not in ("from_on", "until_on")}
    return found


def recounted(work: Reading, case_id: str, day: date) -> dict[str, dict[str, object]]:
    """The same from the events alone: the case after the last event of that day."""
    until = [event for event in history_of(work, case_id) if event.on <= day]
    lines: dict[str, Line] = lines_of(until[-1].case) if until else {}
    found = {}
    for about, line in lines.items():
        _, row = row_of(case_id, Version(about, day, FOREVER, line))
        found[about] = {name: row[name] for name in row if name not in ("from_on", "until_on")}
    return found


def test_the_ledger_of_any_day_is_what_the_events_say(full: Record) -> None:
    rng = Random(5)
    with full.read() as work:
        seen, lived_by = 0, numbers(work)
        assert len(lived_by) == LIVES
        for case_id in lived_by:
            days = [event.on for event in history_of(work, case_id)]
            asked = {rng.choice(days), rng.choice(days) - timedelta(days=1), days[0] - timedelta(days=1), days[-1]}
            for day in {*asked, days[0] + timedelta(days=rng.randrange(200))}:
                said = kept(work, case_id, day)
                assert said == recounted(work, case_id, day), (case_id, day)
                seen += len(said)
        states = set(work.connection.execute(select(ledger_households.c.state)).scalars())
        channels = set(work.connection.execute(select(ledger_members.c.channel)).scalars())
        for table in (ledger_households, ledger_members):
            empty = select(table.c.case_id).where(table.c.from_on >= table.c.until_on)
            assert work.connection.execute(empty).first() is None
    assert seen > LIVES
    assert {State.EXITED.value, State.CERTIFIED.value} <= states
    assert len(channels) > 2


def test_records_of_an_earlier_release_get_the_same_ledger(full: Record) -> None:
    asked = [select(table).order_by(*table.primary_key.columns) for table in (ledger_households, ledger_members)]
    with full.write() as work:
        before = [work.connection.execute(each).all() for each in asked]
        for table in (ledger_members, ledger_households):
            work.connection.execute(delete(table))
    done = [rows for words, rows in catch_up(full) if words == "台账"]
    assert done[-1] == LIVES
    with full.read() as work:
        assert [work.connection.execute(each).all() for each in asked] == before
    assert [words for words, _ in catch_up(full) if words == "台账"] == []
