"""The send-once service against an outbox in memory: replays, outages, quiet hours, obsolete reminders."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from casework.times import SHANGHAI
from notifications.gateways.port import (
    OutgoingSms,
    Refused,
    SendOutcome,
    Unavailable,
    Unknown,
)
from notifications.outbox import Delivery
from notifications.outbox_port import MessageState, Settlement
from tests.notifications.lossy_carrier import Carrier, a_service, play_until_done
from tests.notifications.memory_outbox import MemoryOutbox
from tests.notifications.outbox_contract import CASE, NINE, OutboxContract, OutboxStore


@pytest.fixture
def store() -> MemoryOutbox:
    return MemoryOutbox()


@pytest.fixture
def carrier() -> Carrier:
    return Carrier()


class TestMemoryOutbox(OutboxContract):
    @pytest.fixture
    def store(self) -> OutboxStore:
        return MemoryOutbox()


def test_a_planned_message_is_sent_once_with_the_words_of_now(store: MemoryOutbox, carrier: Carrier) -> None:
    key = store.plan(CASE, 7, "promise_due_soon", "h07", NINE)
    store.phone = "13900000008"

    done = a_service(store, carrier).deliver(CASE, 7, NINE)

    assert done == Delivery(sent=1)
    assert store.state(key) is MessageState.SENT
    assert store.settlements[key] == [Settlement(MessageState.SENT, gateway_id="biz-1", parts=2)]
    (sms,) = carrier.phones
    assert (sms.phone, sms.sign, sms.late) == ("13900000008", "万家灯火", False)
    assert "10月22日到期，还剩5个工作日" in sms.text


def test_scenario_90_replays_send_nothing_twice(store: MemoryOutbox, carrier: Carrier) -> None:
    store.plan(CASE, 7, "promise_overdue", "h07", NINE)
    store.plan(CASE, 7, "promise_overdue_supervisor", "220302", NINE)
    service = a_service(store, carrier)

    first = service.deliver(CASE, 7, NINE)
    again = [a_service(store, carrier).deliver(CASE, 7, NINE + timedelta(hours=h)) for h in range(5)]

    assert first == Delivery(sent=2)
    assert again == [Delivery()] * 5
    assert len({m.key for m in carrier.phones}) == len(carrier.phones) == 2


def test_scenario_91_a_gateway_away_for_two_days_delivers_once_and_late(store: MemoryOutbox, carrier: Carrier) -> None:
    key = store.plan(CASE, 7, "promise_due_soon", "h07", NINE)
    back_at = NINE + timedelta(days=2)
    now = NINE

    def away(message: OutgoingSms) -> SendOutcome | None:
        return Unavailable("ConnectError") if message.at < back_at else None

    carrier.answer = away
    deliveries, now = play_until_done(a_service(store, carrier), 7, NINE)

    assert [d.sent for d in deliveries] == [0] * (len(deliveries) - 1) + [1]
    assert deliveries[-1] == Delivery(sent=1, late=1)
    assert back_at <= now <= back_at + timedelta(hours=2, minutes=12)
    assert len(carrier.phones) == 1
    assert carrier.phones[0].late is True
    assert store.settlements[key][-1].late is True
    assert carrier.sends < 30, "an outage must not fill a history"
    for settlement in store.settlements[key][:-1]:
        assert settlement.not_before is not None
        assert 8 <= settlement.not_before.astimezone(SHANGHAI).hour < 21


def test_a_time_out_after_the_gateway_accepted_is_looked_up_and_not_sent_again(
    store: MemoryOutbox, carrier: Carrier
) -> None:
    key = store.plan(CASE, 7, "promise_overdue", "h07", NINE)
    carrier.answer = carrier.accept_and_time_out
    service = a_service(store, carrier)

    first = service.deliver(CASE, 7, NINE)
    carrier.answer = lambda _: None
    _, _ = play_until_done(service, 7, NINE + timedelta(seconds=1))

    assert (first.doubtful, first.sent, first.retry_at) == (1, 0, NINE + timedelta(minutes=2))
    assert (carrier.sends, carrier.lookups) == (1, 1)
    assert store.state(key) is MessageState.SENT


def test_absence_is_trusted_only_after_ten_minutes(store: MemoryOutbox, carrier: Carrier) -> None:
    store.plan(CASE, 7, "promise_overdue", "h07", NINE)
    carrier.answer = lambda _: Unknown("ReadTimeout") if carrier.sends == 1 else None
    service = a_service(store, carrier)

    service.deliver(CASE, 7, NINE)
    early = service.deliver(CASE, 7, NINE + timedelta(minutes=2))
    at_ten = service.deliver(CASE, 7, NINE + timedelta(minutes=10))

    assert (early.sent, early.doubtful, carrier.lookups) == (0, 1, 2)
    assert at_ten.sent == 1
    assert len(carrier.phones) == 1


def test_while_the_lookup_fails_nothing_is_sent_and_in_the_end_a_person_is_called(
    store: MemoryOutbox, carrier: Carrier
) -> None:
    key = store.plan(CASE, 7, "promise_overdue", "h07", NINE)
    carrier.answer = lambda _: Unknown("ReadTimeout")
    carrier.lookup_answer = Unavailable("ConnectError")

    deliveries, ended = play_until_done(a_service(store, carrier), 7, NINE)

    assert carrier.sends == 1
    assert deliveries[-1] == Delivery(unknown=1)
    assert store.state(key) is MessageState.UNKNOWN
    assert 35 < carrier.lookups < 45, "asked ever less often: every two minutes would be two thousand questions"
    assert store.settlements[key][-1].code == "never_found_out"
    assert ended - NINE >= timedelta(days=3)


def test_a_permanent_refusal_ends_the_message_and_not_its_neighbours(store: MemoryOutbox, carrier: Carrier) -> None:
    refused = store.plan(CASE, 7, "promise_overdue", "h07", NINE)
    other = store.plan(CASE, 7, "promise_overdue_supervisor", "220302", NINE)
    code = "isv.MOBILE_NUMBER_ILLEGAL"
    carrier.answer = lambda m: Refused(code, "号码不正确") if m.notice == "promise_overdue" else None

    done = a_service(store, carrier).deliver(CASE, 7, NINE)

    assert done == Delivery(sent=1, failed=1)
    assert (store.state(refused), store.state(other)) == (MessageState.FAILED, MessageState.SENT)
    assert store.settlements[refused][-1].code == code


def test_a_limit_of_the_carrier_is_waited_out(store: MemoryOutbox, carrier: Carrier) -> None:
    store.plan(CASE, 7, "promise_overdue", "h07", NINE)
    carrier.answer = lambda _: Unavailable("isv.BUSINESS_LIMIT_CONTROL", timedelta(hours=1))

    done = a_service(store, carrier).deliver(CASE, 7, NINE)

    assert done.retry_at == NINE + timedelta(hours=1)


def test_a_reminder_that_makes_no_sense_any_more_is_suppressed(store: MemoryOutbox, carrier: Carrier) -> None:
    key = store.plan(CASE, 7, "promise_due_soon", "h07", NINE)
    store.unwanted.add(key)

    assert a_service(store, carrier).deliver(CASE, 7, NINE) == Delivery(suppressed=1)
    assert (store.state(key), carrier.sends) == (MessageState.SUPPRESSED, 0)


def test_in_quiet_hours_nothing_is_sent_and_the_morning_is_not_late(store: MemoryOutbox, carrier: Carrier) -> None:
    night = datetime(2026, 10, 15, 15, 30, tzinfo=UTC)  # 23:30 in Shanghai
    eight = datetime(2026, 10, 16, 0, tzinfo=UTC)
    store.plan(CASE, 7, "promise_overdue", "h07", night)
    service = a_service(store, carrier)

    assert service.deliver(CASE, 7, night) == Delivery(waiting=1, retry_at=eight)
    assert service.deliver(CASE, 7, eight + timedelta(minutes=30)) == Delivery(sent=1)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda s: s.words.pop("promise_due"), "word_missing"),
        (lambda s: s.words.update(promise_due="22 October"), "word_malformed"),
        (lambda s: setattr(s, "phone", None), "phone_missing"),
    ],
)
def test_a_message_that_cannot_be_written_fails_with_a_stable_code(
    store: MemoryOutbox, carrier: Carrier, spoil: Callable[[MemoryOutbox], None], code: str
) -> None:
    key = store.plan(CASE, 7, "promise_overdue", "h07", NINE)
    spoil(store)

    assert a_service(store, carrier).deliver(CASE, 7, NINE) == Delivery(failed=1)
    assert store.settlements[key][-1].code == code
    assert carrier.sends == 0


def test_an_attempt_still_in_flight_is_not_overtaken(store: MemoryOutbox, carrier: Carrier) -> None:
    """A second worker that finds the row claimed a moment ago neither sends nor settles."""
    key = store.plan(CASE, 7, "promise_overdue", "h07", NINE)
    store.claim(key, "the other worker", NINE, "g")

    done = a_service(store, carrier).deliver(CASE, 7, NINE + timedelta(seconds=5))

    assert (done.doubtful, done.waiting, done.retry_at) == (1, 1, NINE + timedelta(minutes=2))
    assert (carrier.sends, carrier.lookups) == (0, 0)
