"""The record's outbox holds the contract of the notification service, and looks words up as they are now."""

from datetime import datetime

import pytest
from sqlalchemy import select

from casework.masking import household_label
from casework.messages import MessageState, Settlement
from casework.states import Role, State
from notifications.catalog import notice_named
from notifications.outbox_port import Outbox
from records.accounts import create_account
from records.case_rows import message_row
from records.engine import Record
from records.offices import Office, office_for, set_office
from records.outbox import RecordOutbox, undelivered
from records.tables import messages
from records.upsert import insert_into
from tests.notifications.outbox_contract import OutboxContract
from tests.records.made import (
    AT,
    CASE,
    NAME,
    OFFICE,
    PHONE,
    a_case,
    a_notice,
    a_promise,
    an_event,
    an_exit,
    registered,
)
from tests.records.test_case_file import write


class StoreOnRecord(RecordOutbox):
    """The outbox with what the contract needs beside it."""

    def plan(self, case_id: str, seq: int, notice: str, recipient: str, planned_at: datetime) -> str:
        due = a_notice(notice, recipient, Role.HELPER).model_copy(update={"not_before": planned_at})
        row = message_row(an_event(seq, a_case(seq, case_id)), 0, due, recipient, self._record.keys)
        with self._record.write() as work:
            work.connection.execute(insert_into(work.connection, messages).on_conflict_do_nothing(), row)
        return str(row["key"])

    def state(self, key: str) -> MessageState:
        with self._record.read() as work:
            return MessageState(
                work.connection.execute(select(messages.c.state).where(messages.c.key == key)).scalar_one()
            )


def on(record: Record) -> StoreOnRecord:
    return StoreOnRecord(record, lambda name: notice_named(name).looked_up_words)


class TestRecordOutbox(OutboxContract):
    @pytest.fixture
    def store(self, record: Record) -> StoreOnRecord:
        return on(record)


def test_the_record_has_the_shape_the_service_asks_for(record: Record) -> None:
    outbox: Outbox = on(record)

    assert outbox.due(CASE, 1) == []


def test_an_applicant_is_addressed_by_the_phone_of_that_member(record: Record) -> None:
    registered(record)
    with record.write() as work:
        set_office(work, Office(OFFICE, "北二街道", "0434-3123456"))
    write(record, an_event(1, notices=(a_notice(),)))
    outbox = on(record)
    (message,) = outbox.due(CASE, 1)

    addressed = outbox.address(message, AT)

    assert (addressed.to, addressed.phone) == (f"申请人-{CASE}-M1", PHONE)
    assert addressed.words == {"received_on": "2026-09-18", "case_no": CASE, "office_phone": "0434-3123456"}
    assert message.planned_at == AT


def test_a_helper_is_addressed_with_the_household_masked(record: Record) -> None:
    registered(record)
    create_account(
        record, account="h07", password="long enough", role=Role.HELPER, area=OFFICE, name="李敏", phone="139", now=AT
    )
    due = a_notice("job_loss_reported", "h07", Role.HELPER)
    write(record, an_event(1, a_case(helper="h07"), notices=(due,)))
    outbox = on(record)
    (message,) = outbox.due(CASE, 1)

    addressed = outbox.address(message, AT)

    assert (addressed.to, addressed.phone) == ("帮扶责任人-h07", "139")
    assert (addressed.words["household"], addressed.words["helper"]) == (household_label(NAME), "李敏")
    assert NAME not in str(addressed)


def test_an_office_without_a_phone_answers_through_the_one_above(record: Record) -> None:
    with record.write() as work:
        for code in ("220302", "220300", "220302004", "220303"):
            set_office(work, Office(code, f"机构{code}", code))

        found = {code: office_for(work, code) for code in ("220302004", "220302004001", "220302005", "220304001")}
        assert {code: office.office if office else None for code, office in found.items()} == {
            "220302004": "220302004",
            "220302004001": "220302004",
            "220302005": "220302",
            "220304001": "220300",
        }
        assert office_for(work, "210302004") is None


def test_a_supervisor_learns_that_nobody_was_assigned(record: Record) -> None:
    write(record, an_event(1, notices=(a_notice("promise_overdue_supervisor", "220302", Role.SUPERVISOR),)))
    outbox = on(record)

    assert outbox.address(outbox.due(CASE, 1)[0], AT).words["helper"] == "尚未指定"


def test_somebody_unknown_has_no_phone(record: Record) -> None:
    write(record, an_event(1, notices=(a_notice("promise_overdue", "h99", Role.HELPER),)))
    outbox = on(record)

    assert outbox.address(outbox.due(CASE, 1)[0], AT).phone is None


@pytest.mark.parametrize(
    ("notice", "after", "wanted"),
    [
        ("promise_due_soon", {"promise": a_promise()}, True),
        ("promise_due_soon", {"promise": a_promise(met_on=AT.date())}, False),
        ("helper_assigned", {"helper": "h07"}, True),
        ("helper_assigned", {"helper": "h08"}, False),
        ("follow_up_due", {"state": State.EMPLOYED}, True),
        ("follow_up_due", {"state": State.ASSISTED}, False),
        ("exit_decided", {"state": State.EXITED}, True),
    ],
)
def test_a_reminder_that_makes_no_sense_any_more_is_not_wanted(
    record: Record, notice: str, after: dict[str, object], wanted: bool
) -> None:
    write(record, an_event(1, a_case(**after), notices=(a_notice(notice, "h07", Role.HELPER),)))
    outbox = on(record)
    (message,) = outbox.due(CASE, 1)

    assert outbox.still_wanted(message, AT) is wanted


def test_an_exit_silences_reminders_but_not_decisions(record: Record) -> None:
    due = (a_notice("promise_overdue", "h07", Role.HELPER), a_notice("exit_decided"))
    write(record, an_event(1, a_case(promise=a_promise()), notices=due), an_exit(2))
    outbox = on(record)

    assert [outbox.still_wanted(m, AT) for m in outbox.due(CASE, 1)] == [False, True]


def test_a_case_started_again_knows_what_is_still_to_be_delivered(record: Record) -> None:
    write(record, an_event(1, notices=(a_notice(),)), an_event(2), an_event(3, notices=(a_notice("certified"),)))
    outbox = on(record)
    outbox.settle(outbox.due(CASE, 1)[0].key, None, Settlement(MessageState.SUPPRESSED), AT)

    with record.read() as work:
        assert undelivered(work, CASE) == (3,)
