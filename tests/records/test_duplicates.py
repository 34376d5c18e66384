"""What a household that is being taken in resembles, on both databases: the same people, phone, address."""

from datetime import timedelta

from casework.states import State
from records.duplicates import Match, Resemblance, Sought, matches_of
from records.engine import Record
from records.people import PersonEntry
from records.scope import Scope
from records.tables_people import households
from tests.records.made import (
    ADDRESS,
    AT,
    CLERK,
    ELSEWHERE,
    ID_NUMBER,
    PHONE,
    a_case,
    an_entry,
    an_event,
    an_exit,
    registered,
)
from tests.records.test_case_file import write

OTHER_NUMBER, OTHER_PHONE = "220302198503121011", "13904340000"
DEEMED = PersonEntry("M2", "欧阳木", "220302195001010019", None, deemed=True)


def found(record: Record, scope: Scope, *sought: Sought, address: str | None = None) -> tuple[Match, ...]:
    with record.read() as work:
        return matches_of(work, scope, sought, address, "北二社区", AT + timedelta(days=1))


def whats(matches: tuple[Match, ...]) -> list[tuple[str, str | None]]:
    return [(match.what.value, match.case_id) for match in matches]


def test_somebody_in_an_active_case_is_found_everywhere_and_the_case_only_by_its_office(record: Record) -> None:
    case_id = registered(record)
    write(record, an_event(1, a_case(1, case_id)))
    me = Sought(1, ID_NUMBER.lower())
    (match,) = found(record, CLERK, Sought(1, OTHER_NUMBER), Sought(2, ID_NUMBER))
    assert (match.what, match.case_id, match.places) == (Resemblance.ACTIVE, case_id, (2,))
    assert match.state is State.APPLIED
    assert match.page is not None
    assert match.page.address is None
    assert ID_NUMBER not in repr([(p.name, p.id_number, p.phone) for p in match.page.persons])
    (match,) = found(record, ELSEWHERE, me)
    assert (match.what, match.case_id, match.page, match.state) == (Resemblance.ACTIVE, None, None, None)


def test_people_held_by_an_intake_that_never_ended_are_free_after_a_day(record: Record) -> None:
    registered(record)
    with record.read() as work:
        early = matches_of(work, CLERK, (Sought(1, ID_NUMBER),), None, "", AT + timedelta(hours=1))
        late = matches_of(work, CLERK, (Sought(1, ID_NUMBER),), None, "", AT + timedelta(days=1))
    assert [match.what for match in early] == [Resemblance.ACTIVE]
    assert late == ()


def test_an_ended_case_and_a_deemed_parent_are_told_within_the_scope(record: Record) -> None:
    case_id = registered(record, an_entry(ID_NUMBER, DEEMED))
    write(record, an_event(1, a_case(1, case_id)))
    father = Sought(1, DEEMED.id_number)
    assert whats(found(record, CLERK, father)) == [("also_there", case_id)]
    assert found(record, ELSEWHERE, father) == ()
    write(record, an_exit(2, case_id))
    (match,) = found(record, CLERK, Sought(1, ID_NUMBER, PHONE), address=ADDRESS)
    assert (match.what, match.case_id, match.also) == (Resemblance.EARLIER, case_id, ())
    assert match.exit_reason is not None
    assert found(record, ELSEWHERE, Sought(1, ID_NUMBER)) == ()


def test_a_shared_phone_and_address_are_one_likeness_of_the_office(record: Record) -> None:
    case_id = registered(record)
    write(record, an_event(1, a_case(1, case_id)))
    stranger = Sought(1, OTHER_NUMBER, "+86 " + PHONE)
    (match,) = found(record, CLERK, stranger, address="铁西街道 北二马路１７号 3 单元")
    assert (match.what, match.case_id, match.also) == (Resemblance.PHONE, case_id, (Resemblance.ADDRESS,))
    assert whats(found(record, CLERK, Sought(1, OTHER_NUMBER, OTHER_PHONE), address=ADDRESS)) == [("address", case_id)]
    assert found(record, CLERK, Sought(1, OTHER_NUMBER, OTHER_PHONE), address="别处1号") == ()
    assert found(record, CLERK, Sought(1, OTHER_NUMBER)) == ()
    assert found(record, CLERK) == ()
    assert found(record, ELSEWHERE, stranger, address=ADDRESS) == ()


def test_an_address_is_alike_however_its_community_was_written_when_it_was_kept(record: Record) -> None:
    case_id = registered(record)
    write(record, an_event(1, a_case(1, case_id)))
    with record.write() as work:
        work.connection.execute(households.update().values(community="北二　社区（东）"))
    stranger = (Sought(1, OTHER_NUMBER, OTHER_PHONE),)
    with record.read() as work:
        alike, other = (matches_of(work, CLERK, stranger, ADDRESS, name, AT) for name in ("北二社区(东)", "北二社区"))
    assert (whats(alike), other) == ([("address", case_id)], ())
