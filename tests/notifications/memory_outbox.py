"""An outbox in memory for the service's own tests; the real one is the record's and holds the same contract."""

from dataclasses import replace
from datetime import datetime
from threading import Lock

from notifications.catalog import notice_named
from notifications.outbox_port import Addressed, MessageState, PlannedMessage, Settlement, message_key

WORDS = {
    "case_no": "220302004-2026-00012",
    "office_phone": "0434-3123456",
    "household": "张*家庭",
    "helper": "李敏",
    "promise_due": "2026-10-22",
    "days_left": "5",
    "due_on": "2026-11-30",
    "missing": "职业指导1次、岗位推荐2次",
}


class MemoryOutbox:
    def __init__(self) -> None:
        self.rows: dict[str, PlannedMessage] = {}
        self.settlements: dict[str, list[Settlement]] = {}
        self.unwanted: set[str] = set()
        self.away: dict[str, str] = {}
        self.phone: str | None = "13900000007"
        self.words = dict(WORDS)
        self._lock = Lock()

    def plan(self, case_id: str, seq: int, notice: str, recipient: str, planned_at: datetime) -> str:
        key = message_key(case_id, seq, notice, recipient)
        with self._lock:
            self.rows.setdefault(
                key, PlannedMessage(key, case_id, seq, notice, MessageState.PLANNED, planned_at, not_before=planned_at)
            )
        return key

    def state(self, key: str) -> MessageState:
        return self.rows[key].state

    def due(self, case_id: str, seq: int) -> list[PlannedMessage]:
        return [m for m in self.rows.values() if (m.case_id, m.seq) == (case_id, seq) and m.state.open]

    def still_wanted(self, message: PlannedMessage, now: datetime) -> bool:  # noqa: ARG002
        return message.key not in self.unwanted

    def address(self, message: PlannedMessage, now: datetime) -> Addressed:  # noqa: ARG002
        notice = notice_named(message.notice)
        names = notice.event_words | notice.looked_up_words
        words = {name: self.words[name] for name in names if name in self.words}
        return Addressed("帮扶责任人-h07", self.phone, "", words)

    def hand_over(self, message: PlannedMessage, now: datetime) -> bool:  # noqa: ARG002
        substitute = self.away.get(message.key.rsplit("/", 1)[1])
        if substitute is None or self.rows[message.key].state is not MessageState.PLANNED:
            return False
        self.rows[message.key] = replace(self.rows[message.key], state=MessageState.SUPPRESSED)
        self.plan(message.case_id, message.seq, message.notice, substitute, message.planned_at)
        return True

    def claim(self, key: str, attempt_id: str, now: datetime, gateway: str) -> bool:
        with self._lock:
            row = self.rows.get(key)
            if row is None or row.state is not MessageState.PLANNED:
                return False
            self.rows[key] = replace(
                row,
                state=MessageState.SENDING,
                attempt_id=attempt_id,
                attempted_at=now,
                attempts=row.attempts + 1,
                gateway=gateway or None,
                not_before=None,
            )
            return True

    def settle(self, key: str, attempt_id: str | None, settlement: Settlement, now: datetime) -> bool:  # noqa: ARG002
        with self._lock:
            row = self.rows.get(key)
            if row is None or not row.state.open or row.attempt_id != attempt_id:
                return False
            self.rows[key] = replace(row, state=settlement.state, not_before=settlement.not_before)
            self.settlements.setdefault(key, []).append(settlement)
            return True
