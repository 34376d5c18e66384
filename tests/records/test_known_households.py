"""Households the office knows of: kept once a number, found by their people, read inside an area only."""

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import text

from casework.household import Household, Marital, Member, Relation, Sex, WorkStatus
from casework.states import Role
from records.engine import Record
from records.known_households import (
    Known,
    KnownPerson,
    count,
    forget,
    get,
    keep,
    listed,
    opened_as,
    page,
    whole,
)
from records.known_where import where_known
from records.scope import Scope

NOW = datetime(2026, 9, 30, 2, tzinfo=UTC)
OFFICE = "220302004"
CLERK = Scope("zhao", Role.CASEWORKER, OFFICE)
NUMBER = "22000019800101001X"

ZHANG = Known(
    office=OFFICE,
    community="向阳社区",
    number="A-7",
    source="sheet",
    surveyed_on=date(2026, 9, 1),
    outcome="eligible",
    reason="all_unemployed",
    pack_id="jilin-2021",
    base_members=1,
    household=Household(
        members=(
            Member(
                member_id="M1",
                relation=Relation.APPLICANT,
                sex=Sex.MALE,
                birth_date=date(1980, 1, 1),
                booklet="B1",
                marital=Marital.SINGLE,
                status=WorkStatus.REGISTERED_UNEMPLOYED,
            ),
        )
    ),
    persons=(KnownPerson("M1", "张䶮", NUMBER, "19900000001", "户0007"),),
    address="向阳街12号",
)


def test_a_household_told_anew_replaces_what_was_told_before(record: Record) -> None:
    with record.write() as work:
        first, new = keep(work, ZHANG, account="zhao", now=NOW)
        again, newer = keep(work, replace(ZHANG, community="光明社区"), account="zhao", now=NOW)
    assert (new, newer, again) == (True, False, first)
    with record.read() as work:
        row = get(work, CLERK, first)
        assert row is not None
        assert (row.community, row.version, row.members, row.case_id) == ("光明社区", 2, 1, None)
        assert whole(work, CLERK, first) == replace(ZHANG, community="光明社区")


def test_it_is_there_only_for_its_own_area_and_never_for_a_helper(record: Record) -> None:
    with record.write() as work:
        kept, _ = keep(work, ZHANG, account="zhao", now=NOW)
    county, elsewhere = Scope("q", Role.REVIEWER, "220302"), Scope("s", Role.CASEWORKER, "220303001")
    province, helper = Scope("p", Role.SUPERVISOR, "220000"), Scope("h", Role.HELPER, OFFICE)
    with record.read() as work:
        for scope, seen in ((CLERK, 1), (county, 1), (province, 1), (elsewhere, 0), (helper, 0)):
            assert count(work, scope, listed()) == len(page(work, scope, listed())) == seen
            assert (get(work, scope, kept) is not None) == (whole(work, scope, kept) is not None) == bool(seen)


def test_people_are_found_by_their_number_and_a_case_takes_a_household_off_the_list(record: Record) -> None:
    with record.write() as work:
        kept, _ = keep(work, ZHANG, account="zhao", now=NOW)
    with record.read() as work:
        known = where_known(work, [NUMBER.lower(), "220000198001010028"])
        assert set(known) == {NUMBER}
        assert (known[NUMBER].households, known[NUMBER].active_case, known[NUMBER].cases) == ((kept,), None, ())
    with record.write() as work:
        opened_as(work, kept, f"{OFFICE}-2026-00001")
        keep(work, ZHANG, account="zhao", now=NOW)
    with record.read() as work:
        assert count(work, CLERK, listed(outcome="eligible", without_case=True)) == 0
        row = get(work, CLERK, kept)
        assert row is not None
        assert (row.case_id, row.version) == (f"{OFFICE}-2026-00001", 3)
    with record.write() as work:
        forget(work, [kept])
    with record.read() as work:
        assert where_known(work, [NUMBER]) == {}
        assert get(work, CLERK, kept) is None


def test_nothing_personal_of_it_can_be_read_in_the_database(record: Record) -> None:
    with record.write() as work:
        keep(work, ZHANG, account="zhao", now=NOW)
    with record.read() as work:
        rows = [
            str(tuple(row))
            for table in ("known_households", "known_persons")
            for row in work.connection.execute(text(f"SELECT * FROM {table}"))
        ]
    assert rows
    for secret in ("张䶮", NUMBER, "19900000001", "户0007", "向阳街", "1980-01-01"):
        assert not [row for row in rows if secret in row or secret.encode().hex() in row]
