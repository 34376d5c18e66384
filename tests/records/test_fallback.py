"""A44: what a helper does not get falls to the substitute, then to the supervisors; each is told at most once."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from casework.events import Channel, NoticeDue
from casework.messages import MessageState, Settlement
from casework.states import Role, State
from notifications.catalog import notice_named
from notifications.gateways.port import OutgoingSms, Refused, SendOutcome
from notifications.outbox import Delivery, NotificationService
from records.absences import add_absence
from records.accounts import create_account, disable_account
from records.engine import Record
from records.inbox import my_lines
from records.offices import Office, set_office
from records.outbox import RecordOutbox
from records.scope import Scope
from records.tables import messages
from tests.notifications.lossy_carrier import Carrier, a_service
from tests.records.made import AT, CASE, OFFICE, a_case, a_promise, an_event, registered
from tests.records.test_case_file import write

NINE = datetime(2026, 10, 15, 1, tzinfo=UTC)
PEOPLE = (
    ("h07", Role.HELPER, OFFICE, "李敏", "13900000007"),
    ("h08", Role.HELPER, OFFICE, "王强", "13900000008"),
    ("h09", Role.HELPER, OFFICE, "陈刚", "13900000006"),
    ("county", Role.SUPERVISOR, "220302", "赵督", "13900000009"),
    ("city", Role.SUPERVISOR, "220300", "钱督", "13900000010"),
)


class Office4:
    """A record with staff, a case helped by h07, and a carrier that refuses some phones."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.carrier = Carrier()
        self.refused: set[str] = set()
        self.carrier.answer = self._answer
        registered(record)
        for account, role, area, name, phone in PEOPLE:
            create_account(
                record, account=account, password="long enough", role=role, area=area, name=name, phone=phone, now=AT
            )
        with record.write() as work:
            set_office(work, Office(OFFICE, "北二街道", "0434-3123456"))
        self.outbox = RecordOutbox(
            record, lambda name: notice_named(name).looked_up_words, lambda name: notice_named(name).title
        )
        self.service: NotificationService = a_service(self.outbox, self.carrier)

    def _answer(self, message: OutgoingSms) -> SendOutcome | None:
        return Refused("isv.MOBILE_NUMBER_ILLEGAL", "号码不正确") if message.phone in self.refused else None

    def tell(self, *more: NoticeDue, seq: int = 1) -> None:
        words = {"promise_due": "2026-10-22"}
        due = NoticeDue(
            name="promise_overdue", role=Role.HELPER, recipient="h07", words=words, not_before=NINE,
            channels=(Channel.SMS, Channel.IN_APP),
        )  # fmt: skip
        write(self.record, an_event(seq, a_case(seq, helper="h07", promise=a_promise()), notices=(due, *more)))

    def away(self, account: str, substitute: str, first: date, last: date) -> None:
        with self.record.write() as work:
            add_absence(
                work, account=account, substitute=substitute, first=first, last=last, reason="休假", made_by=account,
                now=AT,
            )  # fmt: skip

    def deliver(self, at: datetime = NINE, seq: int = 1) -> Delivery:
        return self.service.deliver(CASE, seq, at)

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(sms.phone[-2:], sms.notice) for sms in self.carrier.phones]

    @property
    def rows(self) -> list[tuple[str, str, str | None, str | None]]:
        with self.record.read() as work:
            found = work.connection.execute(select(messages).order_by(messages.c.recipient))
            return [(r.recipient, r.state, r.code, r.instead_of) for r in found]


@pytest.fixture
def office(record: Record) -> Office4:
    return Office4(record)


def test_a_helper_who_is_there_is_told_and_nobody_else(office: Office4) -> None:
    office.tell()

    assert office.deliver() == Delivery(sent=1)
    assert office.told == [("07", "promise_overdue")]
    assert office.deliver() == Delivery()


def test_79_a_helper_on_leave_is_stood_in_for_and_the_row_says_for_whom(office: Office4) -> None:
    office.away("h07", "h08", date(2026, 10, 12), date(2026, 10, 16))
    office.tell()

    assert office.deliver() == Delivery(sent=1, handed_over=1)
    assert office.told == [("08", "promise_overdue")]
    assert office.rows == [
        ("h07", "suppressed", "handed_to_substitute", None),
        ("h08", "sent", None, "h07"),
    ]
    assert office.deliver() == Delivery()


def test_79_on_the_day_after_the_leave_messages_go_to_the_helper_again(office: Office4) -> None:
    office.away("h07", "h08", date(2026, 10, 12), date(2026, 10, 14))
    office.tell()

    office.deliver()
    assert office.told == [("07", "promise_overdue")]


def test_who_is_away_is_asked_when_the_message_goes_out_not_when_it_was_planned(office: Office4) -> None:
    office.away("h07", "h08", date(2026, 10, 15), date(2026, 10, 15))
    office.tell()
    night = datetime(2026, 10, 15, 15, tzinfo=UTC)

    waiting = office.deliver(night)
    assert (waiting.waiting, office.told) == (1, [])
    assert waiting.retry_at is not None
    office.deliver(waiting.retry_at)
    assert office.told == [("07", "promise_overdue")], "back at work in the morning"


def test_a_household_reassigned_in_the_night_is_told_to_its_new_helper(office: Office4) -> None:
    """A44: the notice of midnight waits for the morning; by then somebody else answers for the household."""
    relieved = NoticeDue(
        name="helper_relieved", role=Role.HELPER, recipient="h07", words={}, not_before=NINE, channels=(Channel.SMS,)
    )
    office.tell(relieved)
    write(office.record, an_event(2, a_case(2, helper="h08", promise=a_promise())))

    office.deliver()
    assert sorted(office.told) == [("07", "helper_relieved"), ("08", "promise_overdue")]
    assert office.deliver() == Delivery()


def test_the_substitute_of_the_new_helper_is_told_once(office: Office4) -> None:
    office.away("h08", "h09", date(2026, 10, 15), date(2026, 10, 15))
    office.tell()
    write(office.record, an_event(2, a_case(2, helper="h08", promise=a_promise())))

    assert office.deliver() == Delivery(sent=1, handed_over=1)
    assert office.told == [("06", "promise_overdue")]


def test_a_household_that_went_back_and_forth_is_never_told_to_nobody(office: Office4) -> None:
    office.tell()
    write(office.record, an_event(2, a_case(2, helper="h08", promise=a_promise())))
    message = office.outbox.due(CASE, 1)[0]
    assert office.outbox.hand_over(message, NINE)
    write(office.record, an_event(3, a_case(3, helper="h07", promise=a_promise())))

    assert office.deliver() == Delivery(sent=1)
    assert office.told == [("08", "promise_overdue")]


@pytest.mark.parametrize("why", ["refused", "closed", "no_phone"])
def test_a_helper_who_cannot_be_reached_is_told_to_the_nearest_supervisor(office: Office4, why: str) -> None:
    if why == "refused":
        office.refused.add("13900000007")
    with office.record.write() as work:
        if why == "closed":
            disable_account(work, "h07")
        if why == "no_phone":
            work.connection.exec_driver_sql("UPDATE accounts SET phone = NULL WHERE account = 'h07'")
    office.tell()

    assert office.deliver() == Delivery(sent=1, failed=1)
    assert office.told == [("09", "helper_not_reached")]
    assert "帮扶责任人李敏未收到“安置承诺超期”的通知" in office.carrier.phones[0].text
    assert [(r[0], r[1], r[3]) for r in office.rows] == [("county", "sent", "h07"), ("h07", "failed", None)]
    with office.record.read() as work:
        lines = my_lines(work, Scope("county", Role.SUPERVISOR, "220302"), NINE.date(), lambda _: frozenset()).lines
    assert [(line.notice, line.words) for line in lines] == [("helper_not_reached", {"about": "安置承诺超期"})]


def test_the_substitute_who_cannot_be_reached_either_falls_to_the_supervisor(office: Office4) -> None:
    office.away("h07", "h08", date(2026, 10, 12), date(2026, 10, 16))
    office.refused.add("13900000008")
    office.tell()

    assert office.deliver() == Delivery(sent=1, handed_over=1, failed=1)
    assert office.told == [("09", "helper_not_reached")]
    assert [(r[0], r[1], r[3]) for r in office.rows] == [
        ("county", "sent", "h07"),
        ("h07", "suppressed", None),
        ("h08", "failed", "h07"),
    ]


def test_a_supervisor_who_has_the_same_notice_already_gets_no_second_one(office: Office4) -> None:
    office.refused.add("13900000007")
    words = {"promise_due": "2026-10-22"}
    same = NoticeDue(
        name="promise_overdue", role=Role.SUPERVISOR, recipient=OFFICE, words=words, not_before=NINE,
        channels=(Channel.SMS,),
    )  # fmt: skip
    office.tell(same)

    office.deliver()
    assert office.told == [("09", "promise_overdue")]
    assert len(office.rows) == 2


def test_a_supervisor_on_leave_is_stood_in_for_too(office: Office4) -> None:
    create_account(
        office.record, account="county2", password="long enough", role=Role.SUPERVISOR, area="220302", name="孙督",
        phone="13900000011", now=AT,
    )  # fmt: skip
    office.away("county", "county2", date(2026, 10, 15), date(2026, 10, 15))
    office.refused.add("13900000007")
    office.tell()

    office.deliver()
    assert [phone for phone, _ in office.told] == ["11"], "each person once, whatever the way"


def test_in_the_night_nobody_is_passed_anything(office: Office4) -> None:
    office.refused.add("13900000007")
    office.tell()
    night = datetime(2026, 10, 15, 14, tzinfo=UTC)

    waiting = office.deliver(night)
    assert (waiting.waiting, office.told) == (1, [])


def test_a_failure_with_nobody_above_stays_for_a_person(office: Office4) -> None:
    with office.record.write() as work:
        disable_account(work, "county")
        disable_account(work, "city")
    office.refused.add("13900000007")
    office.tell()

    assert office.deliver() == Delivery(failed=1)
    assert [r[:2] for r in office.rows] == [("h07", "failed")]


def test_an_applicants_failure_is_passed_to_nobody(office: Office4) -> None:
    due = NoticeDue(name="application_received", role=None, recipient="M1", words={}, not_before=NINE)
    write(office.record, an_event(1, a_case(1), notices=(due,)))

    assert office.deliver() == Delivery(failed=1)
    assert len(office.rows) == 1


def test_a_reminder_that_makes_no_sense_any_more_is_handed_to_nobody(office: Office4) -> None:
    office.away("h07", "h08", date(2026, 10, 12), date(2026, 10, 16))
    office.tell()
    met = a_promise(met_on=date(2026, 10, 14))
    write(office.record, an_event(2, a_case(2, helper="h07", state=State.EMPLOYED, promise=met)))

    assert office.deliver() == Delivery(suppressed=1)
    assert office.told == []


def test_a_settled_failure_is_passed_on_once(office: Office4) -> None:
    office.tell()
    (message,) = office.outbox.due(CASE, 1)
    office.outbox.claim(message.key, "a1", NINE, "g")
    failed = Settlement(MessageState.FAILED, "x")

    assert office.outbox.settle(message.key, "a1", failed, NINE) is True
    assert office.outbox.settle(message.key, "a1", failed, NINE) is False
    assert len(office.rows) == 2
