"""The notification service (通知服务): sends each planned message once, or says why not yet.

It claims a row before it asks the gateway and settles it afterwards; a row found claimed but not settled is looked up
at the gateway it went to before anything is sent again, by any.  It never waits: `Delivery.retry_at` tells the workflow
when to come back.  Storing is the record's (`outbox_port.py`), texts are `rendering.py`'s, carriers are `gateways/`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import uuid4

from casework.errors import CaseworkError
from notifications.catalog import notice_named
from notifications.gateways.failover import Gateways
from notifications.gateways.port import (
    Absent,
    Accepted,
    Found,
    OutgoingSms,
    Refused,
    SendOutcome,
    SmsGateway,
    Unavailable,
)
from notifications.outbox_port import Addressed, MessageState, Outbox, PlannedMessage, Settlement
from notifications.quiet_hours import QUIET_HOURS, QuietHours, send_after
from notifications.rendering import DEFAULT_SIGN, render, signed
from notifications.retry import ASK_A_PERSON_AFTER, GIVE_UP_AFTER, look_again_after, wait_after
from notifications.sms_parts import count_parts
from notifications.words import spoken, words_from

LATE_AFTER = timedelta(hours=1)
LOOK_AFTER = timedelta(minutes=2)
GAVE_UP = "多日未能发出，请人工联系。"
NOBODY_KNOWS = "无法查明是否已送达，请人工联系确认。"


@dataclass(slots=True)
class _Tally:
    counts: dict[str, int] = field(default_factory=dict)
    retry_at: datetime | None = None

    def add(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def wait(self, until: datetime) -> None:
        self.add("waiting")
        self.retry_at = until if self.retry_at is None else min(self.retry_at, until)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one call of `deliver` did.  `retry_at` is None when nothing of this event is left to do.

    `late` are among `sent`; `doubtful` are among `waiting`; `handed_over` went on to a substitute's row.
    """

    sent: int = 0
    late: int = 0
    failed: int = 0
    suppressed: int = 0
    handed_over: int = 0
    waiting: int = 0
    doubtful: int = 0
    unknown: int = 0
    retry_at: datetime | None = None


class NotificationService:
    """Owns no state.  Business time comes in with every call; `new_attempt_id` gives a fresh id for each attempt."""

    def __init__(
        self,
        outbox: Outbox,
        gateways: Gateways | SmsGateway,
        *,
        quiet_hours: QuietHours = QUIET_HOURS,
        new_attempt_id: Callable[[], str] = lambda: uuid4().hex,
    ) -> None:
        self._outbox = outbox
        self._gateways = gateways if isinstance(gateways, Gateways) else Gateways([("", gateways)])
        self._quiet_hours = quiet_hours
        self._new_attempt_id = new_attempt_id

    def deliver(self, case_id: str, seq: int, now: datetime) -> Delivery:
        """Send what is due of one event.  Safe to repeat, to run twice at once and to kill at any point."""
        tally = _Tally()
        seen: set[str] = set()
        while fresh := [message for message in self._outbox.due(case_id, seq) if message.key not in seen]:
            for message in fresh:  # what is handed over or passed on appears as a row of its own
                seen.add(message.key)
                if message.state is MessageState.PLANNED:
                    self._send(message, now, tally)
                else:
                    self._resolve(message, now, tally)
        return Delivery(**tally.counts, retry_at=tally.retry_at)

    def _send(self, message: PlannedMessage, now: datetime, tally: _Tally) -> None:
        """Try a planned message once, unless its time has not come or it makes no sense any more."""
        if not self._outbox.still_wanted(message, now):
            self._settle(message, Settlement(MessageState.SUPPRESSED, "no_longer_wanted"), now, tally, "suppressed")
            return
        earliest = send_after(max(now, message.not_before or now), self._quiet_hours)
        if earliest > now:
            tally.wait(earliest)
            return
        if self._outbox.hand_over(message, now):
            tally.add("handed_over")
            return
        try:
            sms = self._sms(message, self._outbox.address(message, now), now)
        except CaseworkError as said_no:
            self._settle(message, Settlement(MessageState.FAILED, said_no.code, said_no.message), now, tally, "failed")
            return
        self._try_gateways(message, sms, now, tally)

    def _try_gateways(self, message: PlannedMessage, sms: OutgoingSms, now: datetime, tally: _Tally) -> None:
        """Try the gateways in turn while each certainly did not take the message; the row knows which one has it."""
        attempt = message
        order = self._gateways.order()
        for name in order:
            attempt = replace(
                attempt,
                attempt_id=self._new_attempt_id(),
                attempted_at=now,
                attempts=attempt.attempts + 1,
                gateway=name,
            )
            if not self._outbox.claim(attempt.key, attempt.attempt_id or "", now, name):
                tally.wait(now + LOOK_AFTER)
                return
            outcome = self._gateways.send(name, sms)
            if not isinstance(outcome, Unavailable) or name == order[-1]:
                break
            back = Settlement(MessageState.PLANNED, outcome.code)
            if not self._settle(attempt, back, now, tally, None):
                return
        self._settle_outcome(attempt, sms, outcome, now, tally)

    def _settle_outcome(
        self, attempt: PlannedMessage, sms: OutgoingSms, outcome: SendOutcome, now: datetime, tally: _Tally
    ) -> None:
        """Write down what the gateway said; nothing of the record was open while it was asked."""
        parts = count_parts(signed(sms.sign, sms.text))
        if isinstance(outcome, Accepted):
            done = Settlement(MessageState.SENT, gateway_id=outcome.gateway_id, parts=parts, late=sms.late)
            self._settle(attempt, done, now, tally, "sent")
        elif isinstance(outcome, Refused):
            refused = Settlement(MessageState.FAILED, outcome.code, outcome.message, parts=parts)
            self._settle(attempt, refused, now, tally, "failed")
        elif isinstance(outcome, Unavailable):
            self._later(attempt, outcome, now, tally)
        else:
            look_at = now + self._look_after(attempt)
            doubt = Settlement(MessageState.DOUBTFUL, outcome.code, parts=parts, not_before=look_at)
            if self._settle(attempt, doubt, now, tally, "doubtful"):
                tally.wait(look_at)

    def _later(self, attempt: PlannedMessage, outcome: Unavailable, now: datetime, tally: _Tally) -> None:
        if now - attempt.planned_at >= GIVE_UP_AFTER:
            self._settle(
                attempt,
                Settlement(MessageState.FAILED, outcome.code, GAVE_UP),
                now,
                tally,
                "failed",
            )
            return
        again = send_after(now + max(outcome.wait, wait_after(attempt.attempts, attempt.key)), self._quiet_hours)
        if self._settle(attempt, Settlement(MessageState.PLANNED, outcome.code, not_before=again), now, tally, None):
            tally.wait(again)

    def _resolve(self, message: PlannedMessage, now: datetime, tally: _Tally) -> None:
        """Find out about an attempt nobody saw the end of; send again only when the gateway surely lacks it."""
        attempted_at = message.attempted_at or message.planned_at
        look_at = max(attempted_at + self._look_after(message), message.not_before or attempted_at)
        if now < look_at:
            self._doubt(look_at, tally)
            return
        try:
            sms = self._sms(message, self._outbox.address(message, now), attempted_at)
        except CaseworkError as said_no:
            self._settle(message, Settlement(MessageState.FAILED, said_no.code, said_no.message), now, tally, "failed")
            return
        found = self._gateways.lookup(message.gateway, sms)
        if isinstance(found, Found):
            self._settle_found(message, sms, found, now, tally)
        elif isinstance(found, Absent) and now >= attempted_at + self._gateways.certain_after(message.gateway):
            if self._settle(message, Settlement(MessageState.PLANNED, "absent_at_gateway"), now, tally, None):
                self._send(replace(message, state=MessageState.PLANNED, not_before=None), now, tally)
        elif now - attempted_at >= ASK_A_PERSON_AFTER:
            lost = Settlement(MessageState.UNKNOWN, "never_found_out", NOBODY_KNOWS)
            self._settle(message, lost, now, tally, "unknown")
        else:
            wait = found.wait if isinstance(found, Unavailable) else timedelta()
            code = found.code if isinstance(found, Unavailable) else "absent_so_far"
            again = now + max(wait, look_again_after(now - attempted_at, message.key))
            if self._settle(message, Settlement(MessageState.DOUBTFUL, code, not_before=again), now, tally, None):
                self._doubt(again, tally)

    def _settle_found(
        self, message: PlannedMessage, sms: OutgoingSms, found: Found, now: datetime, tally: _Tally
    ) -> None:
        parts = count_parts(signed(sms.sign, sms.text))
        if found.delivered is False:
            self._settle(message, Settlement(MessageState.FAILED, found.code, parts=parts), now, tally, "failed")
            return
        state = MessageState.CONFIRMED if found.delivered else MessageState.SENT
        known = Settlement(state, found.code, gateway_id=found.gateway_id, parts=parts, late=sms.late)
        self._settle(message, known, now, tally, "sent")

    def _settle(
        self, message: PlannedMessage, settlement: Settlement, now: datetime, tally: _Tally, counted_as: str | None
    ) -> bool:
        """Write the settlement; when somebody else was first, come back and look instead of counting it."""
        if not self._outbox.settle(message.key, message.attempt_id, settlement, now):
            tally.wait(now + LOOK_AFTER)
            return False
        if counted_as is not None:
            tally.add(counted_as)
        if settlement.late:
            tally.add("late")
        return True

    def _doubt(self, until: datetime, tally: _Tally) -> None:
        tally.add("doubtful")
        tally.wait(until)

    def _look_after(self, attempt: PlannedMessage) -> timedelta:
        return min(LOOK_AFTER, self._gateways.certain_after(attempt.gateway))

    def _sms(self, message: PlannedMessage, addressed: Addressed, at: datetime) -> OutgoingSms:
        """Return the message with its words as of now; raises a `CaseworkError` when it cannot be written."""
        notice = notice_named(message.notice)
        words = words_from(notice.words, addressed.words)
        text = render(notice, words)
        if not addressed.phone:
            raise PhoneMissing("phone_missing", "收件人没有登记手机号码，请补登后人工联系。", field="phone")
        return OutgoingSms(
            key=message.key,
            notice=notice.name,
            to=addressed.to,
            phone=addressed.phone,
            sign=addressed.sign or DEFAULT_SIGN,
            text=text,
            words=tuple(spoken(words).items()),
            at=at,
            late=at > send_after(message.planned_at, self._quiet_hours) + LATE_AFTER,
        )


class PhoneMissing(CaseworkError):
    """The recipient has no phone: a person must tell them otherwise."""
