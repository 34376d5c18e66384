"""People who join or leave a household while its case runs: one active case a person, one member id a person."""

from datetime import date, timedelta

import pytest

from casework.amendment_facts import Amendment
from casework.errors import Conflict
from casework.events import CaseEvent
from casework.household import Household, Member, Relation
from records.engine import Record
from records.household_pages import masked_household
from records.joining import forget_joining, keep_joining, member_id_for
from records.people import RESERVED_FOR, PersonEntry, expire_reservations
from records.person_search import By, Sought, find
from tests.records.made import AT, CASE, CLERK, ID_NUMBER, a_case, an_entry, an_event, registered
from tests.records.test_case_file import write

BABY = "220302202609200011"


def joins(record: Record, case_id: str = CASE, number: str = BABY, *, deemed: bool = False) -> str:
    with record.write() as work:
        member_id = member_id_for(work, case_id, number)
        entry = PersonEntry(member_id, "欧阳小", number, None, deemed)
        keep_joining(work, case_id, entry, scope=CLERK, now=AT)
    return member_id


def left_on(record: Record) -> list[date | None]:
    """Find the child by its name; return since when it is no member."""
    with record.read() as work:
        return [hit.left_on for hit in find(work, CLERK, Sought(By.NAME, "欧阳小"))]


def the_event(seq: int, trigger: str, member_id: str, *, there: bool) -> CaseEvent:
    [first] = a_case().household.members
    child = Member.model_validate(
        first.model_dump() | {"member_id": member_id, "relation": Relation.SON, "birth_date": date(2026, 9, 20)}
    )
    change = Amendment(
        amendment_id=f"A{seq}",
        kind="added" if there else "removed",
        member=member_id,
        effective_on=date(2026, 9, 20),
        recorded_on=date(2026, 9, 21),
        recorded_by="clerk",
    )
    household = Household(members=(first, child) if there else (first,))
    return an_event(seq, trigger=trigger, case=a_case(seq, household=household, amendments=(change,)))


def test_who_joined_is_reserved_for_good_and_free_again_after_leaving(record: Record) -> None:
    write(record, an_event(1, case_id=registered(record)))
    assert joins(record) == "M2"
    write(record, the_event(2, "add_member", "M2", there=True))
    with record.write() as work:
        expire_reservations(work, AT + 2 * RESERVED_FOR)

    with pytest.raises(Conflict) as refused:
        registered(record, an_entry(BABY), key="k2")
    assert refused.value.details["cases"] == [CASE]

    assert left_on(record) == [None]
    write(record, the_event(3, "remove_member", "M2", there=False))
    assert left_on(record) == [date(2026, 9, 18)]
    assert registered(record, an_entry(BABY), key="k3") != CASE


def test_a_person_of_another_active_case_cannot_join(record: Record) -> None:
    write(record, an_event(1, case_id=registered(record)))
    registered(record, an_entry(BABY), key="k2")

    with pytest.raises(Conflict) as refused:
        joins(record)
    assert (refused.value.code, refused.value.field) == ("person_in_active_case", "person.id_number")
    assert joins(record, deemed=True) == "M2"


def test_who_was_to_join_and_never_did_is_free_after_a_while_and_the_case_keeps_its_people(record: Record) -> None:
    write(record, an_event(1, case_id=registered(record)))
    joins(record)
    with record.write() as work:
        assert expire_reservations(work, AT + RESERVED_FOR + timedelta(seconds=1)) == ()

    assert registered(record, an_entry(BABY), key="k2") != CASE
    with record.read() as work:
        page = masked_household(work, CLERK, CASE)
    assert page is not None
    assert "M1" in [p.member_id for p in page.persons]


def test_a_refused_joining_leaves_nothing_behind_but_a_member_stays(record: Record) -> None:
    write(record, an_event(1, case_id=registered(record)))
    joins(record)
    with record.write() as work:
        forget_joining(work, CASE, BABY, frozenset({"M1"}))
        forget_joining(work, CASE, ID_NUMBER, frozenset({"M1"}))
    with record.read() as work:
        page = masked_household(work, CLERK, CASE)
    assert page is not None
    assert [p.member_id for p in page.persons] == ["M1"]


def test_who_comes_back_has_the_same_member_id(record: Record) -> None:
    write(record, an_event(1, case_id=registered(record)))
    assert joins(record) == joins(record) == "M2"
    assert joins(record, number="220302202609200038") == "M3"
