"""The outbox (发件箱) of the record: what the notification service asks of it, each answer a short transaction.

Messages are planned by `case_file.py` with their event.  Sending, texts and retries are the notification service's,
which knows this class only by its shape.  Nothing here is open while a gateway is asked.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from casework.messages import Addressed, MessageState, PlannedMessage, Settlement
from casework.states import Role, State
from records.accounts import account_of
from records.engine import Reading, Record
from records.fallback import hand_over, pass_on, stands_in
from records.household_pages import person_of
from records.looked_up import looked_up, place_called
from records.tables import cases, messages

OPEN = tuple(state.value for state in MessageState if state.open)

PROMISE_REMINDERS = frozenset(
    {
        "services_lagging",
        "promise_due_soon",
        "promise_overdue",
        "promise_overdue_supervisor",
        "promise_escalated_county",
        "promise_escalated_city",
    }
)
"""Notices that make no sense once the promise is met or the case has exited."""


EXIT_REMINDERS = frozenset({"exit_to_decide", "exit_response_over"})
"""Notices that make no sense once nobody proposes an exit any more."""


class RecordOutbox:
    """`looked_up_words` names the words that a notice wants beside those its event brought, `title_of` its title."""

    def __init__(
        self,
        record: Record,
        looked_up_words: Callable[[str], frozenset[str]],
        title_of: Callable[[str], str] = str,
        sign: str = "",
    ) -> None:
        self._record = record
        self._looked_up_words = looked_up_words
        self._title_of = title_of
        self._sign = sign

    def due(self, case_id: str, seq: int) -> list[PlannedMessage]:
        """Return the open messages of one event, in the order the event named them."""
        wanted = (
            select(messages)
            .where(messages.c.case_id == case_id, messages.c.seq == seq, messages.c.state.in_(OPEN))
            .order_by(messages.c.place, messages.c.key)
        )
        with self._record.read() as work:
            return [_planned(row) for row in work.connection.execute(wanted)]

    def still_wanted(self, message: PlannedMessage, now: datetime) -> bool:  # noqa: ARG002 - part of the protocol
        """Say whether a notice still makes sense; a decision that was made is always told."""
        asked = (
            select(
                cases.c.state,
                cases.c.promise_met_on,
                cases.c.helper,
                cases.c.exit_proposed,
                messages.c.recipient,
                messages.c.instead_of,
            )
            .join(messages, messages.c.case_id == cases.c.case_id)
            .where(messages.c.key == message.key)
        )
        with self._record.read() as work:
            case = work.connection.execute(asked).first()
        if case is None:
            return False
        if message.notice in PROMISE_REMINDERS:
            return case.state != State.EXITED and case.promise_met_on is None
        if message.notice in EXIT_REMINDERS:
            return bool(case.exit_proposed)
        if message.notice == "task_overdue":
            return bool(case.state != State.EXITED)
        if message.notice in ("helper_assigned", "helper_takes_over"):
            return case.state != State.EXITED and bool(case.helper == (case.instead_of or case.recipient))
        if message.notice == "follow_up_due":
            return bool(case.state == State.EMPLOYED)
        return True

    def address(self, message: PlannedMessage, now: datetime) -> Addressed:  # noqa: ARG002 - part of the protocol
        """Look up recipient, phone and words as they are now."""
        with self._record.read() as work:
            row = work.connection.execute(select(messages).where(messages.c.key == message.key)).one()
            if row.role is None:
                person = person_of(work, row.case_id, row.recipient)
                to, phone = f"申请人-{row.case_id}-{row.recipient}", person.phone if person else None
            else:
                account = account_of(work, row.recipient)
                there = account is not None and not account.disabled
                to, phone = f"{Role(row.role).words}-{row.recipient}", account.phone if account and there else None
            words: dict[str, str] = json.loads(work.keys.open(row.words, f"messages.words:{row.key}"))
            for name in sorted(self._looked_up_words(row.notice)):
                words[name] = looked_up(work, name, row.case_id)
            if "to_office" in words:
                words["to_office"] = place_called(work, words["to_office"])
        return Addressed(to, phone, self._sign, words)

    def hand_over(self, message: PlannedMessage, now: datetime) -> bool:
        """Close a planned message to somebody who is away, and plan it for the substitute; False when nobody is."""
        with self._record.read() as work:
            if stands_in(work, message.key, now) is None:
                return False
        with self._record.write() as work:
            return hand_over(work, message.key, now)

    def claim(self, key: str, attempt_id: str, now: datetime, gateway: str) -> bool:
        """Move planned → sending; of many at once one wins, because the row decides."""
        claimed = (
            update(messages)
            .where(messages.c.key == key, messages.c.state == MessageState.PLANNED.value)
            .values(
                state=MessageState.SENDING.value,
                attempt_id=attempt_id,
                attempted_at=now,
                attempts=messages.c.attempts + 1,
                gateway=gateway or None,
                not_before=None,
            )
        )
        with self._record.write() as work:
            return work.connection.execute(claimed).rowcount == 1

    def settle(self, key: str, attempt_id: str | None, settlement: Settlement, now: datetime) -> bool:
        """Write what became of an attempt, if it is the last one and the message is still open.

        A helper's message that failed for good falls to the supervisors in the same transaction.
        """
        mine = messages.c.attempt_id.is_(None) if attempt_id is None else messages.c.attempt_id == attempt_id
        settled = (
            update(messages)
            .where(messages.c.key == key, messages.c.state.in_(OPEN), mine)
            .values(
                state=settlement.state.value,
                code=settlement.code or None,
                note=self._record.keys.seal_text(settlement.note or None, f"messages.note:{key}"),
                gateway_id=settlement.gateway_id or None,
                parts=settlement.parts or None,
                late=settlement.late,
                not_before=settlement.not_before,
                settled_at=now,
            )
        )
        with self._record.write() as work:
            done = work.connection.execute(settled).rowcount == 1
            if done and settlement.state is MessageState.FAILED:
                pass_on(work, key, self._title_of, now)
            return done


def undelivered(work: Reading, case_id: str) -> tuple[int, ...]:
    """Return the events of a case with messages still open: what a case started again has to deliver."""
    wanted = select(messages.c.seq).where(messages.c.case_id == case_id, messages.c.state.in_(OPEN))
    return tuple(work.connection.execute(wanted.distinct().order_by(messages.c.seq)).scalars())


def _planned(row: Row[Any]) -> PlannedMessage:
    return PlannedMessage(
        key=row.key,
        case_id=row.case_id,
        seq=row.seq,
        notice=row.notice,
        state=MessageState(row.state),
        planned_at=row.planned_at,
        not_before=row.not_before,
        attempt_id=row.attempt_id,
        attempted_at=row.attempted_at,
        attempts=row.attempts,
        gateway=row.gateway,
    )
