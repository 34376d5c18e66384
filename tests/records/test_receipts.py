"""Receipts in the record: duplicate, late, out of order, of strangers; and what a person has to see to."""

import itertools
from datetime import timedelta

import pytest
from sqlalchemy import select

from casework.errors import Conflict, SaidNo
from casework.messages import MessageState, Settlement
from casework.states import Role
from notifications.catalog import notice_named
from notifications.receipts import DeliveryReceipt
from records.engine import Record
from records.receipts import apply_receipts
from records.scope import Scope
from records.tables import messages
from records.unsettled import Unsettled, mark_handled, unsettled
from tests.records.made import CASE, CITY, CLERK, COUNTY, ELSEWHERE, HELPER
from tests.records.test_fallback import NINE, Office4

KEY = f"{CASE}/1/promise_overdue/h07"
LATER = NINE + timedelta(hours=72)


@pytest.fixture
def office(record: Record) -> Office4:
    made = Office4(record)
    made.tell()
    return made


def sent(
    office: Office4, gateway: str = "aliyun", gateway_id: str = "biz-1", state: MessageState = MessageState.SENT
) -> None:
    office.outbox.claim(KEY, "a1", NINE, gateway)
    office.outbox.settle(KEY, "a1", Settlement(state, gateway_id=gateway_id), NINE)


def receive(office: Office4, *receipts: DeliveryReceipt, gateway: str = "aliyun") -> tuple[str, ...]:
    with office.record.write() as work:
        return apply_receipts(work, gateway, receipts, lambda name: notice_named(name).title, LATER)


def state(office: Office4) -> tuple[str, str | None]:
    with office.record.read() as work:
        row = work.connection.execute(select(messages).where(messages.c.key == KEY)).one()
        return row.state, row.code


YES = DeliveryReceipt(KEY, "biz-1", True, "DELIVERED")
NO = DeliveryReceipt(KEY, "biz-1", False, "MK:0001")


def test_a_receipt_confirms_and_repeats_change_nothing(office: Office4) -> None:
    sent(office)

    assert [receive(office, YES) for _ in range(5)] == [()] * 5
    assert state(office) == ("confirmed", "DELIVERED")


def test_tencents_receipt_is_known_by_its_serial_number_at_that_gateway(office: Office4) -> None:
    sent(office, "tencent", "2019:1")
    receive(office, DeliveryReceipt("", "2019:1", True, "DELIVRD"), gateway="aliyun")
    assert state(office)[0] == "sent"

    receive(office, DeliveryReceipt("", "2019:1", True, "DELIVRD"), gateway="tencent")
    assert state(office)[0] == "confirmed"


def test_a_failed_receipt_of_a_helpers_message_falls_to_the_supervisor_once(office: Office4) -> None:
    sent(office)

    assert receive(office, NO, NO) == (CASE,)
    assert receive(office, NO) == ()
    assert state(office) == ("failed", "MK:0001")
    assert [m.notice for m in office.outbox.due(CASE, 1)] == ["helper_not_reached"]
    office.deliver(LATER)
    assert office.told == [("09", "helper_not_reached")]


@pytest.mark.parametrize("order", list(itertools.permutations([YES, NO, YES])))
def test_in_whatever_order_delivered_is_the_last_word(office: Office4, order: tuple[DeliveryReceipt, ...]) -> None:
    sent(office)
    for receipt in order:
        receive(office, receipt)

    assert state(office)[0] == "confirmed"


@pytest.mark.parametrize("how_far", [MessageState.DOUBTFUL, MessageState.UNKNOWN])
def test_a_late_receipt_settles_what_nobody_could_find_out(office: Office4, how_far: MessageState) -> None:
    sent(office, gateway_id="", state=how_far)
    receive(office, YES)

    assert state(office)[0] == "confirmed"
    assert office.deliver(LATER).sent == 0


def test_a_receipt_before_the_answer_is_not_undone_by_the_answer(office: Office4) -> None:
    office.outbox.claim(KEY, "a1", NINE, "aliyun")
    receive(office, YES)

    assert office.outbox.settle(KEY, "a1", Settlement(MessageState.SENT), NINE) is False
    assert state(office)[0] == "confirmed"


def test_a_late_success_of_an_earlier_attempt_stops_the_next_one(office: Office4) -> None:
    sent(office, state=MessageState.PLANNED, gateway_id="")
    receive(office, YES)

    assert office.deliver(LATER).sent == 0
    assert office.told == []


def test_a_failure_of_an_earlier_attempt_says_nothing_about_the_present_one(office: Office4) -> None:
    sent(office, state=MessageState.PLANNED, gateway_id="")
    receive(office, NO)
    assert state(office)[0] == "planned"
    office.outbox.claim(KEY, "a2", NINE, "tencent")
    receive(office, NO)
    assert state(office)[0] == "sending"
    office.outbox.settle(KEY, "a2", Settlement(MessageState.SENT, gateway_id="2019:1"), NINE)
    receive(office, NO)
    assert state(office)[0] == "sent"


def test_strangers_and_untried_messages_are_left_alone(office: Office4) -> None:
    assert receive(office, DeliveryReceipt("no/1/such/key", "", True, ""), DeliveryReceipt("", "x", False, "")) == ()
    assert receive(office, YES) == ()
    assert state(office)[0] == "planned"


def listed(office: Office4, scope: Scope) -> list[Unsettled]:
    with office.record.read() as work:
        return list(unsettled(work, scope))


def test_what_nobody_knows_stands_on_the_list_of_those_who_see_the_case(office: Office4) -> None:
    sent(office, state=MessageState.UNKNOWN, gateway_id="")

    for scope in (CITY, COUNTY, CLERK):
        (row,) = listed(office, scope)
        assert (row.key, row.state, row.role, row.recipient) == (KEY, MessageState.UNKNOWN, Role.HELPER, "h07")
    assert listed(office, ELSEWHERE) == []
    assert len(listed(office, HELPER)) == 1


def test_what_reached_the_supervisor_instead_needs_nobody_else(office: Office4) -> None:
    sent(office)
    receive(office, NO)
    assert [row.key for row in listed(office, CITY)] == [KEY], "not before it has arrived"
    office.deliver(LATER)

    assert listed(office, CITY) == []


def test_a_person_says_how_the_addressee_was_told(office: Office4) -> None:
    sent(office, state=MessageState.UNKNOWN, gateway_id="")
    note = "已电话告知"
    with office.record.write() as work:
        assert mark_handled(work, ELSEWHERE, KEY, note, NINE) is False
        assert mark_handled(work, CITY, "no/such", note, NINE) is False
        assert mark_handled(work, CITY, KEY, note, NINE) is True
        assert mark_handled(work, CITY, KEY, note, LATER) is True
    with pytest.raises(Conflict, match="city"), office.record.write() as work:
        mark_handled(work, COUNTY, KEY, note, NINE)
    with pytest.raises(SaidNo), office.record.write() as work:
        mark_handled(work, CITY, KEY, "  ", NINE)

    assert listed(office, CITY) == []
    with office.record.read() as work:
        row = work.connection.execute(select(messages).where(messages.c.key == KEY)).one()
        assert (row.handled_by, row.handled_at) == ("city", NINE)
        assert note.encode() not in row.handled_note
        assert work.keys.open_text(row.handled_note, f"messages.handled_note:{KEY}") == note


def test_what_arrived_is_on_no_list(office: Office4) -> None:
    sent(office)
    assert listed(office, CITY) == []
