"""Intake and the people of a case: one active case a person, one case a key, masked unless opened with a reason."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from temporalio.exceptions import ApplicationError

from activities.record import RecordActivities
from casework.errors import CaseworkError, Conflict, SaidNo
from records.case_files import event_at
from records.engine import Record
from records.household_pages import find_person, masked_household, open_household, person_of, views_of
from records.people import (
    RESERVED_FOR,
    HouseholdEntry,
    PersonEntry,
    expire_reservations,
    normal_phone,
    register_household,
)
from records.texts import keep_text, texts_of
from tests.records.made import (
    ADDRESS,
    ADMIN,
    AT,
    CASE,
    CITY,
    CLERK,
    COUNTY,
    ELSEWHERE,
    ID_NUMBER,
    NAME,
    OFFICE,
    PHONE,
    an_entry,
    an_event,
    an_exit,
    registered,
)
from tests.records.test_case_file import write

BROTHER = PersonEntry("M2", "欧阳建国", "220302198201010015", None)


def test_cases_are_numbered_by_office_and_year(record: Record) -> None:
    assert registered(record) == f"{OFFICE}-2026-00001"
    assert registered(record, an_entry("220302198001010010"), key="k2") == f"{OFFICE}-2026-00002"


def test_the_same_key_gives_the_same_case_and_another_body_is_a_mistake(record: Record) -> None:
    assert registered(record) == registered(record)

    with pytest.raises(Conflict) as refused, record.write() as work:
        register_household(work, an_entry(), scope=CLERK, key="k1", request_hash="another", now=AT)
    assert refused.value.code == "idempotency_key_reused"


def test_the_same_key_from_many_at_once_gives_one_case(record: Record) -> None:
    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(lambda _: registered(record), range(6))) == {CASE}


def test_a_person_in_an_active_case_cannot_be_in_another(record: Record) -> None:
    """情景76：同一户口簿两兄弟同日申请，后一户不予受理."""
    write(record, an_event(1, case_id=registered(record, an_entry(ID_NUMBER, BROTHER))))
    second = HouseholdEntry(
        OFFICE, "北二社区", (PersonEntry("M1", "某", "220302198001010010"), PersonEntry("M2", NAME, ID_NUMBER.lower()))
    )

    with pytest.raises(Conflict) as refused:
        registered(record, second, key="k2")

    assert refused.value.code == "person_in_active_case"
    assert refused.value.field == "members[1].id_number"
    assert refused.value.details == {"positions": ["2"], "cases": [CASE]}
    assert "第2位" in refused.value.message
    assert ID_NUMBER not in refused.value.message
    assert registered(record, an_entry("220302198001010010"), key="k2") == f"{OFFICE}-2026-00002"


def test_the_other_case_is_not_told_to_somebody_who_may_not_see_it(record: Record) -> None:
    write(record, an_event(1, case_id=registered(record)))

    with pytest.raises(Conflict) as refused:
        registered(record, key="k2", scope=ELSEWHERE)

    assert refused.value.details["cases"] == []
    assert CASE not in refused.value.message


def test_of_two_intakes_of_one_person_at_once_one_wins(record: Record) -> None:
    def intake(n: int) -> str:
        try:
            return registered(record, key=f"k{n}")
        except CaseworkError as refused:
            return refused.code

    with ThreadPoolExecutor(6) as pool:
        outcomes = sorted(pool.map(intake, range(6)))

    assert outcomes == [f"{OFFICE}-2026-00001"] + ["person_in_active_case"] * 5


def test_a_deemed_member_may_be_in_a_siblings_case(record: Record) -> None:
    """视同成员可以同时出现在兄弟姐妹的个案中（A27）."""
    mother = "220302195501010021"
    registered(record, an_entry(ID_NUMBER, PersonEntry("M2", "母", mother, deemed=True)))

    assert registered(record, an_entry("220302198001010010", PersonEntry("M2", "母", mother, deemed=True)), key="k2")


def test_one_number_twice_in_a_household_is_refused(record: Record) -> None:
    with pytest.raises(Conflict) as refused:
        registered(record, an_entry(ID_NUMBER, PersonEntry("M2", "某", f" {ID_NUMBER.lower()} ")))

    assert (refused.value.code, refused.value.field) == ("person_twice", "members[1].id_number")


def test_an_exit_frees_the_people(record: Record) -> None:
    write(record, an_event(1, case_id=registered(record)), an_exit(2))

    assert registered(record, key="k2") == f"{OFFICE}-2026-00002"


def test_an_orphaned_reservation_expires_and_its_data_is_forgotten(record: Record) -> None:
    case_id = registered(record)
    with record.write() as work:
        assert expire_reservations(work, AT + RESERVED_FOR - timedelta(seconds=1)) == ()
        assert expire_reservations(work, AT + RESERVED_FOR) == (case_id,)
        assert person_of(work, case_id) is None

    assert registered(record) == f"{OFFICE}-2026-00002"


def test_a_case_that_comes_after_its_people_were_freed_is_refused_for_good(record: Record) -> None:
    """The engine may hold an application for days when no worker runs; without people it is no case."""
    late = registered(record)
    with record.write() as work:
        expire_reservations(work, AT + RESERVED_FOR)
    again = registered(record)

    with pytest.raises(ApplicationError) as no:
        RecordActivities(record, drill=False).record_event(an_event(1, case_id=late))

    assert no.value.non_retryable
    assert "重新提出申请" in no.value.message
    with record.read() as work:
        assert event_at(work, late, 1) is None
    write(record, an_event(1, case_id=again))


def test_people_of_a_case_on_record_never_expire(record: Record) -> None:
    write(record, an_event(1, case_id=registered(record)))

    with record.write() as work:
        assert expire_reservations(work, AT + RESERVED_FOR * 1000) == ()


def test_a_household_is_shown_masked_and_opened_whole_with_a_reason_and_a_line(record: Record) -> None:
    write(record, an_event(1, case_id=registered(record)))

    with record.write() as work:
        masked = masked_household(work, CLERK, CASE)
        whole = open_household(work, COUNTY, CASE, reason="复核电话核实", now=AT)
        views = views_of(work, CASE)
        with pytest.raises(SaidNo) as refused:
            open_household(work, COUNTY, CASE, reason=" ", now=AT)

    assert masked is not None
    assert whole is not None
    assert (masked.persons[0].name, masked.persons[0].phone, masked.address) == ("欧*", "139****1234", None)
    assert ID_NUMBER not in masked.persons[0].id_number
    assert (whole.persons[0].name, whole.persons[0].id_number, whole.persons[0].phone) == (NAME, ID_NUMBER, PHONE)
    assert whole.address == ADDRESS
    assert [(v.account, v.reason, v.at) for v in views] == [("county", "复核电话核实", AT)]
    assert refused.value.code == "reason_missing"


def test_somebody_elses_household_is_not_there(record: Record) -> None:
    write(record, an_event(1, case_id=registered(record)))

    with record.write() as work:
        for scope in (ELSEWHERE, ADMIN):
            assert masked_household(work, scope, CASE) is None
            assert open_household(work, scope, CASE, reason="好奇", now=AT) is None
            assert find_person(work, scope, id_number=ID_NUMBER) == ()
        assert views_of(work, CASE) == ()


def test_a_person_is_found_by_number_or_phone_however_typed(record: Record) -> None:
    write(record, an_event(1, case_id=registered(record)))

    with record.read() as work:
        assert find_person(work, CITY, id_number=f" {ID_NUMBER.lower()}") == (CASE,)
        assert find_person(work, CITY, phone="+86 139-0434-1234") == (CASE,)
        assert find_person(work, CITY, phone="13904341235") == ()
        assert find_person(work, CITY) == ()
    assert normal_phone("0434-3123456") == "04343123456"


def test_a_text_is_kept_once_and_read_in_scope(record: Record) -> None:
    write(record, an_event(1, case_id=registered(record)))

    ids = []
    for text in ("家人患病，无法上班", "改口"):
        with record.write() as work:
            ids.append(
                keep_text(work, case_id=CASE, account="clerk", command_id="c", field="reason", text=text, now=AT)
            )

    assert ids[0] == ids[1]
    with record.read() as work:
        assert texts_of(work, CLERK, CASE) == {ids[0]: "家人患病，无法上班"}
        assert texts_of(work, ELSEWHERE, CASE) == {}
