"""A record that release 0.1.0 filled is upgraded, read, and its cases go on (升级), on both databases.

`record_0_1_0.xz.base64` (JSON, packed) holds every row of seven made-up households at schema 0003, written by that
release's own code:
one in publicity with an open objection, two promised, one overdue, one with an exit proposed, one at work, one exited.
Sealed documents are kept open in it and sealed again with the key of the tests.
"""

import json
import lzma
from base64 import b64decode, b85decode
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from casework.case import Case
from casework.commands.assistance import ApproveExit
from casework.decide import decide
from casework.states import Actor, ExitReason, Role, State
from casework.times import at_local
from casework.timetable import fall_due
from operations.explain import explained
from operations.rebuild import chapter_from
from policies.calendars import load_calendar
from policies.packs import load_pack
from records.board import notices_up
from records.calendars import calendar_of, lagging
from records.case_file import write_event
from records.case_files import full_case, get, last_event, open_case_ids, page
from records.catching_up import catch_up
from records.engine import Reading, Record
from records.household_pages import masked_household
from records.inbox import my_lines
from records.migrations import upgrade
from records.name_spellings import normal_name
from records.outbox import undelivered
from records.person_search import By, Sought, count_found, find
from records.policies import policy_of
from records.policy_orders import waiting_for
from records.scope import Scope
from records.tables import metadata
from records.tables_people import persons
from records.timeline import messages_of, timeline
from records.unsettled import unsettled
from records.worklists import my_tasks, overdue_promises, overdue_tasks, tasks_of
from tests.conftest import DATABASES, KEYS

FILLED = Path(__file__).with_name("record_0_1_0.xz.base64")
OFFICE = "220302004"
STAFF = (
    Scope("cw1", Role.CASEWORKER, OFFICE),
    Scope("h1", Role.HELPER, OFFICE),
    Scope("r1", Role.REVIEWER, "220302"),
    Scope("s1", Role.SUPERVISOR, "220300"),
)
CITY = STAFF[-1]
PROPOSED, EXITED = f"{OFFICE}-2026-00004", f"{OFFICE}-2026-00007"


def as_it_was(value: Any, where: str) -> Any:
    match value:
        case {"bytes": str(text)}:
            return b85decode(text)
        case {"instant": str(text)}:
            return datetime.fromisoformat(text)
        case {"day": str(text)}:
            return date.fromisoformat(text)
        case {"packed": str(text)}:
            return KEYS.pack(text.encode(), where)
    return value


@pytest.fixture(params=DATABASES)
def upgraded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Record]:
    """The filled record of 0.1.0, brought to today's schema."""
    postgres = request.param == "postgres"
    url = request.getfixturevalue("empty_postgres") if postgres else f"sqlite:///{tmp_path / 'old.db'}"
    record = Record(url, KEYS)
    upgrade(record.engine, "0003")
    with record.write() as work:
        for table, rows in json.loads(lzma.decompress(b64decode(FILLED.read_bytes()))).items():
            for row in rows:
                place = f"{row.get('case_id')}/{row.get('seq')}"
                values = {name: as_it_was(value, f"{table}.{name}:{place}") for name, value in row.items()}
                work.connection.execute(insert(metadata.tables[table]), values)
    upgrade(record.engine)
    yield record
    record.close()


def test_everything_of_an_earlier_release_is_still_read(upgraded: Record) -> None:
    with upgraded.read() as work:
        rows = page(work, CITY).rows
        helped = [State.ASSISTED] * 3
        assert [row.state for row in rows] == [
            *(State.IN_PUBLICITY, *helped, State.EMPLOYED),
            *(State.ASSISTED, State.EXITED),
        ]
        for row in rows:
            events = timeline(work, CITY, row.case_id)
            assert events is not None
            assert [event.seq for event in events] == list(range(1, row.seq + 1))
            assert messages_of(work, CITY, row.case_id)
            assert tasks_of(work, CITY, row.case_id, closed=True)
            assert masked_household(work, CITY, row.case_id) is not None
            assert sum(line.startswith("依据：") for line in explained(work, row.case_id, every=True)) >= 4
        assert [len(my_tasks(work, scope)) > 0 for scope in STAFF] == [True, True, True, True]
        assert len(overdue_promises(work, CITY)) == 1
        assert len(notices_up(work, date(2026, 10, 9))) == 2  # both posted on 09-30
        assert unsettled(work, CITY) == ()
        assert all(my_lines(work, scope, date(2026, 11, 22), lambda _: frozenset()).total == 0 for scope in STAFF)
        overdue_tasks(work, CITY)


def test_people_of_an_earlier_release_are_found_by_name(upgraded: Record) -> None:
    with upgraded.read() as work:
        (whole, *_) = work.connection.execute(select(persons).order_by(persons.c.case_id)).all()
        place = f"persons.name:{whole.case_id}/{whole.member_id}"
        name = Sought(By.NAME, normal_name(work.keys.open_text(whole.name, place) or ""))
        assert count_found(work, CITY, name) == 0
    done = dict(catch_up(upgraded))
    assert (done["姓名索引"], done["个案标记"]) == (14, 7)
    assert list(catch_up(upgraded)) == []
    with upgraded.read() as work:
        assert whole.case_id in {hit.case.case_id for hit in find(work, CITY, name)}
        assert all(row.applicant and row.exit_decided is not None for row in page(work, CITY).rows)


def test_no_case_of_an_earlier_release_waits_for_the_policy_it_has(upgraded: Record) -> None:
    with upgraded.read() as work:
        assert waiting_for(work, load_pack("jilin-2021")) == ()
        later = load_pack("jilin-2021").model_copy(update={"version": "2"})
        assert len(waiting_for(work, later)) == 5
        assert lagging(work, load_calendar().issued(1)) == ()  # the very calendar that they count on


def test_every_open_case_of_an_earlier_release_goes_on(upgraded: Record) -> None:
    """Half a year passes by the rules of today; whatever falls due is written over the old rows."""
    for case_id in cases_of(upgraded):
        with upgraded.read() as work:
            event = last_event(work, case_id)
            assert event is not None
            policy, calendar = policy_of(work, event.case), calendar_of(work, event.case)
            assert calendar is not None
            chapter = chapter_from(event, undelivered(work, case_id), event.at, policy, calendar)
        assert type(chapter).model_validate_json(chapter.model_dump_json()) == chapter
        assert chapter.case is not None
        _, fallen = fall_due(chapter.case, policy, calendar, at_local(date(2027, 3, 1), 9))
        assert fallen
        for _, due in fallen:
            with upgraded.write() as work:
                assert write_event(work, due).first
        with upgraded.read() as work:
            row = get(work, CITY, case_id)
            assert row is not None
            assert (row.pack_version, row.seq) == ("1", fallen[-1][1].seq)


def test_an_exit_proposed_under_an_earlier_release_is_decided_by_the_new_rules(upgraded: Record) -> None:
    with upgraded.read() as work:
        case, policy, calendar = everything_of(work, PROPOSED)
    case, _ = fall_due(case, policy, calendar, at_local(date(2026, 10, 21), 9))
    judge = Actor(account="r1", role=Role.REVIEWER)
    approve = ApproveExit(command_id="c1", by=judge, reason="txt-" + "0" * 32)

    decided = decide(case, approve, policy, calendar, at_local(date(2026, 10, 21), 10)).case

    assert decided.state is State.ASSISTED
    assert decided.exit_decided is not None
    after, _ = fall_due(decided, policy, calendar, at_local(date(2027, 3, 1), 9))
    assert after.state is State.EXITED
    assert after.exit is not None
    assert after.exit.reason is ExitReason.REFUSED_REFERRALS


def cases_of(record: Record) -> list[str]:
    with record.read() as work:
        found = list(open_case_ids(work))
    assert len(found) == 6
    assert EXITED not in found
    return found


def everything_of(work: Reading, case_id: str) -> tuple[Case, Any, Any]:
    case = full_case(work, CITY, case_id)
    assert case is not None
    return case, policy_of(work, case), calendar_of(work, case)
