"""What every implementation of `Outbox` must hold.  A test module subclasses `OutboxContract` and gives a `store`."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Protocol

from notifications.outbox_port import MessageState, Outbox, PlannedMessage, Settlement

NINE = datetime(2026, 10, 15, 1, tzinfo=UTC)
"""09:00 in Shanghai."""
CASE = "case-0001"


class OutboxStore(Outbox, Protocol):
    """An outbox and what a test needs beside it."""

    def plan(self, case_id: str, seq: int, notice: str, recipient: str, planned_at: datetime) -> str:
        """Plan a message as the record does in the transaction of an event; return its key."""
        ...

    def state(self, key: str) -> MessageState: ...


class OutboxContract:
    """Subclasses give a fixture `store` (an empty `OutboxStore`)."""

    def test_due_gives_the_open_messages_of_one_event_in_a_stable_order(self, store: OutboxStore) -> None:
        first = store.plan(CASE, 7, "promise_overdue", "h07", NINE)
        second = store.plan(CASE, 7, "promise_overdue_supervisor", "220302", NINE)
        store.plan(CASE, 8, "follow_up_due", "h07", NINE)
        store.plan("case-0002", 7, "promise_overdue", "h07", NINE)

        due = store.due(CASE, 7)

        assert sorted(m.key for m in due) == sorted([first, second])
        assert [m.key for m in due] == [m.key for m in store.due(CASE, 7)]
        assert {(m.case_id, m.seq, m.state, m.planned_at, m.attempts) for m in due} == {
            (CASE, 7, MessageState.PLANNED, NINE, 0)
        }
        assert all(m.attempt_id is None and m.attempted_at is None for m in due)

    def test_planning_the_same_key_again_changes_nothing(self, store: OutboxStore) -> None:
        key = store.plan(CASE, 7, "promise_overdue", "h07", NINE)
        store.claim(key, "a1", NINE, "g")

        assert store.plan(CASE, 7, "promise_overdue", "h07", NINE + timedelta(days=1)) == key
        assert store.state(key) is MessageState.SENDING
        assert len(store.due(CASE, 7)) == 1

    def test_a_claim_is_given_once_and_remembers_its_attempt(self, store: OutboxStore) -> None:
        key = store.plan(CASE, 7, "promise_overdue", "h07", NINE)
        later = NINE + timedelta(minutes=3)

        assert store.claim(key, "a1", later, "g") is True
        assert store.claim(key, "a2", later, "g") is False

        (message,) = store.due(CASE, 7)
        assert (message.state, message.attempt_id, message.attempted_at, message.attempts, message.gateway) == (
            MessageState.SENDING,
            "a1",
            later,
            1,
            "g",
        )

    def test_of_many_claims_at_once_one_wins(self, store: OutboxStore) -> None:
        key = store.plan(CASE, 7, "promise_overdue", "h07", NINE)

        with ThreadPoolExecutor(8) as pool:
            won = list(pool.map(lambda n: store.claim(key, f"a{n}", NINE, "g"), range(8)))

        assert sum(won) == 1

    def test_only_the_last_attempt_may_settle(self, store: OutboxStore) -> None:
        key = store.plan(CASE, 7, "promise_overdue", "h07", NINE)
        store.claim(key, "a1", NINE, "g")
        done = Settlement(MessageState.SENT, gateway_id="g1", parts=2)

        assert store.settle(key, None, done, NINE) is False
        assert store.settle(key, "a2", done, NINE) is False
        assert store.settle(key, "a1", done, NINE) is True
        assert store.state(key) is MessageState.SENT

    def test_what_is_final_stays(self, store: OutboxStore) -> None:
        for number, final in enumerate(
            (
                MessageState.SENT,
                MessageState.CONFIRMED,
                MessageState.FAILED,
                MessageState.SUPPRESSED,
                MessageState.UNKNOWN,
            )
        ):
            key = store.plan(CASE, 20 + number, "promise_overdue", "h07", NINE)
            store.claim(key, "a1", NINE, "g")
            store.settle(key, "a1", Settlement(final), NINE)

            assert store.settle(key, "a1", Settlement(MessageState.PLANNED), NINE) is False
            assert store.claim(key, "a2", NINE, "g") is False
            assert store.state(key) is final
            assert store.due(CASE, 20 + number) == []

    def test_a_message_put_back_can_be_claimed_again(self, store: OutboxStore) -> None:
        key = store.plan(CASE, 7, "promise_overdue", "h07", NINE)
        store.claim(key, "a1", NINE, "g")
        again = NINE + timedelta(minutes=5)

        assert store.settle(key, "a1", Settlement(MessageState.PLANNED, "away", not_before=again), NINE)

        (waiting,) = store.due(CASE, 7)
        assert (waiting.state, waiting.not_before) == (MessageState.PLANNED, again)
        assert store.claim(key, "a2", again, "g") is True
        (message,) = store.due(CASE, 7)
        assert (message.attempt_id, message.attempts, message.planned_at) == ("a2", 2, NINE)

    def test_a_doubtful_message_stays_open_but_cannot_be_claimed(self, store: OutboxStore) -> None:
        key = store.plan(CASE, 7, "promise_overdue", "h07", NINE)
        store.claim(key, "a1", NINE, "g")
        store.settle(key, "a1", Settlement(MessageState.DOUBTFUL, "ReadTimeout"), NINE)

        (message,) = store.due(CASE, 7)

        assert message.state is MessageState.DOUBTFUL
        assert message.attempt_id == "a1"
        assert store.claim(key, "a2", NINE, "g") is False

    def test_a_message_never_claimed_can_be_suppressed(self, store: OutboxStore) -> None:
        key = store.plan(CASE, 7, "promise_overdue", "h07", NINE)

        assert store.settle(key, None, Settlement(MessageState.SUPPRESSED, "no_longer_wanted"), NINE) is True
        assert store.state(key) is MessageState.SUPPRESSED

    def test_a_key_nobody_planned_is_a_no(self, store: OutboxStore) -> None:
        assert store.claim("nobody", "a1", NINE, "g") is False
        assert store.settle("nobody", None, Settlement(MessageState.SENT), NINE) is False
        assert store.due("nobody", 1) == list[PlannedMessage]()
