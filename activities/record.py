"""Activities of the record: they hand an accepted event to the record service, and nothing else."""

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.signatures import (
    CLOCK_REFUSED,
    LOOK_AT_RECORD,
    RECORD_EVENT,
    REGISTRATION_EXPIRED,
    LastKnown,
    Recorded,
)
from casework.events import CaseEvent
from records.calendars import calendar_of
from records.case_file import write_event
from records.case_files import event_by_command, last_event
from records.engine import Reading, Record
from records.errors import EventOutOfOrder, RegistrationExpired
from records.outbox import undelivered
from records.policies import policy_of


class RecordActivities:
    """The record lane's hands.  Only a worker in drill mode accepts a case whose clock is moved."""

    def __init__(self, record: Record, *, drill: bool) -> None:
        self._record = record
        self._drill = drill

    # A write that is given up is finished all the same: an exception thrown into its thread could leave the lock held.
    @activity.defn(name=RECORD_EVENT, no_thread_cancel_exception=True)
    def record_event(self, event: CaseEvent) -> Recorded:
        """Write an event once; say what stands on record instead when it was there before or is not the last one."""
        if event.clock_offset and not self._drill:
            # A drill that is under way is not lost by a worker with the wrong setting: it waits for the right one.
            opening = event.seq == 1
            raise ApplicationError("正式环境不接受演练时钟。", type=CLOCK_REFUSED, non_retryable=opening)
        try:
            with self._record.write() as work:
                if write_event(work, event).first:
                    return Recorded(seq=event.seq)
        except RegistrationExpired as no:
            raise ApplicationError(no.message, type=REGISTRATION_EXPIRED, non_retryable=True) from None
        except EventOutOfOrder as no:
            if no.code == "event_gap":
                raise ApplicationError(no.message, type=no.code) from None
        with self._record.read() as reading:
            mine = event_by_command(reading, event.case_id, event.command_id)
            last = last_event(reading, event.case_id)
            if mine == last == event:
                return Recorded(seq=event.seq)
            return _instead(reading, last, mine.seq if mine else None)

    @activity.defn(name=LOOK_AT_RECORD, no_thread_cancel_exception=True)
    def look_at_record(self, known: LastKnown) -> Recorded:
        """Return the record's last event when it is later than the one the engine knows."""
        with self._record.read() as reading:
            last = last_event(reading, known.case_id)
            if last is None or last.seq <= known.seq:
                return Recorded(seq=known.seq, undelivered=undelivered(reading, known.case_id))
            return _instead(reading, last, None)


def _instead(reading: Reading, last: CaseEvent | None, seq: int | None) -> Recorded:
    """Return what stands on record instead, with all that the case needs to go on from there."""
    if last is None:
        return Recorded(seq=seq)
    open_messages = undelivered(reading, last.case_id)
    return Recorded(
        seq=seq,
        last=last,
        policy=policy_of(reading, last.case),
        calendar=calendar_of(reading, last.case),
        undelivered=open_messages,
    )
