"""Two gateways: the second takes over on errors and slowness; a doubtful attempt is asked after where it went."""

from datetime import timedelta

import pytest

from notifications.gateways.failover import Gateways, Limits
from notifications.gateways.port import Absent, Refused, Unavailable, Unknown
from notifications.outbox import Delivery, NotificationService
from notifications.outbox_port import MessageState
from tests.notifications.lossy_carrier import Carrier, a_service, play_until_done
from tests.notifications.memory_outbox import MemoryOutbox
from tests.notifications.outbox_contract import CASE, NINE


class Seconds:
    """A monotonic clock that the test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Pair:
    """Two carriers behind one service."""

    def __init__(self) -> None:
        self.clock = Seconds()
        self.first, self.second = Carrier(), Carrier()
        self.store = MemoryOutbox()
        limits = Limits(failures=3, window=60, slow_after=5, rest=120)
        self.gateways = Gateways([("aliyun", self.first), ("tencent", self.second)], clock=self.clock, limits=limits)
        self.service: NotificationService = a_service(self.store, self.gateways)
        self._planned = 0

    def one(self, *, minutes: float = 0) -> Delivery:
        """Plan one message and deliver it."""
        self._planned += 1
        self.store.plan(CASE, self._planned, "promise_overdue", "h07", NINE)
        return self.service.deliver(CASE, self._planned, NINE + timedelta(minutes=minutes))

    @property
    def row(self) -> str | None:
        return list(self.store.rows.values())[-1].gateway

    @property
    def reached(self) -> tuple[int, int]:
        return len(self.first.phones), len(self.second.phones)


@pytest.fixture
def pair() -> Pair:
    return Pair()


def test_the_preferred_gateway_has_them_while_it_works(pair: Pair) -> None:
    assert [pair.one() for _ in range(5)] == [Delivery(sent=1)] * 5
    assert (pair.reached, pair.row) == ((5, 0), "aliyun")


def test_an_error_that_took_nothing_is_taken_over_at_once_and_the_row_says_by_whom(pair: Pair) -> None:
    pair.first.answer = lambda _: Unavailable("ConnectError")

    assert pair.one() == Delivery(sent=1)
    assert (pair.reached, pair.row) == ((0, 1), "tencent")
    assert [s.state for s in next(iter(pair.store.settlements.values()))] == [MessageState.PLANNED, MessageState.SENT]


def test_after_three_errors_the_first_is_left_alone_and_later_probed(pair: Pair) -> None:
    pair.first.answer = lambda _: Unavailable("ConnectError")
    for _ in range(6):
        pair.one()
    assert (pair.first.sends, pair.reached) == (3, (0, 6))

    pair.clock.now += 121
    pair.one()
    assert pair.first.sends == 4, "one probe"
    pair.one()
    assert pair.first.sends == 4, "it failed, so the rest begins anew"

    pair.clock.now += 121
    pair.first.answer = lambda _: None
    pair.one()
    pair.one()
    assert pair.reached == (2, 8)


def test_errors_long_apart_do_not_add_up(pair: Pair) -> None:
    for _ in range(6):
        pair.first.answer = lambda _: Unavailable("ConnectError")
        pair.one()
        pair.clock.now += 61
    assert pair.first.sends == 6


def test_a_slow_gateway_is_left_alone_though_it_takes_everything(pair: Pair) -> None:
    def slow(_: object) -> None:
        pair.clock.now += 6

    pair.first.answer = slow
    for _ in range(5):
        pair.one()

    assert pair.reached == (3, 2)


def test_a_limit_on_one_phone_sends_that_message_another_way_and_blames_nobody(pair: Pair) -> None:
    limited = Unavailable("isv.BUSINESS_LIMIT_CONTROL", timedelta(hours=1))
    pair.first.answer = lambda _: limited
    for _ in range(5):
        assert pair.one() == Delivery(sent=1)
    pair.first.answer = lambda _: None

    pair.one()
    assert pair.reached == (1, 5)


def test_a_refusal_is_for_good_and_blames_nobody(pair: Pair) -> None:
    pair.first.answer = lambda _: Refused("isv.MOBILE_NUMBER_ILLEGAL", "号码不正确")

    assert [pair.one() for _ in range(4)] == [Delivery(failed=1)] * 4
    assert (pair.first.sends, pair.second.sends) == (4, 0)


def test_with_both_away_the_message_waits_and_goes_out_once(pair: Pair) -> None:
    pair.first.answer = pair.second.answer = lambda _: Unavailable("ConnectError")
    first = pair.one()
    assert first.waiting == 1
    pair.second.answer = lambda _: None

    _, _ = play_until_done(pair.service, 1, NINE + timedelta(minutes=1))
    assert pair.reached == (0, 1)


def test_a_time_out_is_asked_after_at_the_gateway_it_went_to_before_anybody_sends_again(pair: Pair) -> None:
    pair.first.answer = pair.first.accept_and_time_out
    assert pair.one().doubtful == 1
    pair.first.answer = lambda _: Unavailable("ConnectError")

    deliveries, _ = play_until_done(pair.service, 1, NINE + timedelta(minutes=2))

    assert deliveries[-1] == Delivery(sent=1)
    assert (pair.reached, pair.first.lookups, pair.second.lookups, pair.second.sends) == ((1, 0), 1, 0, 0)
    assert pair.row == "aliyun"


def test_surely_absent_at_the_first_it_may_go_by_the_second(pair: Pair) -> None:
    pair.first.answer = lambda _: Unknown("ReadTimeout")
    pair.one()
    assert pair.second.sends == 0
    pair.first.answer = lambda _: Unavailable("ConnectError")

    deliveries, ended = play_until_done(pair.service, 1, NINE + timedelta(minutes=2))

    assert (deliveries[-1], pair.reached, pair.row) == (Delivery(sent=1), (0, 1), "tencent")
    assert ended >= NINE + timedelta(minutes=10)


def test_a_gateway_that_is_configured_no_more_leaves_its_doubts_to_a_person(pair: Pair) -> None:
    pair.first.answer = lambda _: Unknown("ReadTimeout")
    pair.one()
    alone = a_service(pair.store, Gateways([("tencent", pair.second)]))

    deliveries, _ = play_until_done(alone, 1, NINE + timedelta(minutes=2))

    assert deliveries[-1] == Delivery(unknown=1)
    assert (pair.second.sends, pair.second.lookups) == (0, 0)


def test_absence_that_may_never_be_trusted_is_never_sent_again(pair: Pair) -> None:
    pair.first.certain_after = timedelta(days=3650)
    pair.first.answer = lambda _: Unknown("ReadTimeout")
    pair.first.lookup_answer = Absent()
    pair.one()

    deliveries, ended = play_until_done(pair.service, 1, NINE + timedelta(minutes=2))

    assert deliveries[-1] == Delivery(unknown=1)
    assert (pair.first.sends, pair.second.sends) == (1, 0)
    assert ended - NINE >= timedelta(days=3)


def test_the_circuits_are_shared_by_all_threads() -> None:
    gateways = Gateways([("a", Carrier()), ("b", Carrier())], clock=Seconds(), limits=Limits(failures=1))
    assert gateways.order() == gateways.names == ("a", "b")
    down = Carrier()
    down.answer = lambda _: Unavailable("x")
    gateways = Gateways([("a", down), ("b", down)], clock=Seconds(), limits=Limits(failures=1))
    store = MemoryOutbox()
    store.plan(CASE, 1, "promise_overdue", "h07", NINE)
    a_service(store, gateways).deliver(CASE, 1, NINE)
    assert gateways.order() == ("a",), "with all left alone the preferred one is tried all the same"
