"""Activities of the record: they hand an accepted event to the record service, and nothing else."""

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.signatures import RECORD_EVENT
from casework.events import CaseEvent
from records.case_file import write_event
from records.case_files import event_at
from records.engine import Record
from records.errors import EventOutOfOrder


class RecordActivities:
    """The record lane's hands.  Only a worker in drill mode accepts a case whose clock is moved."""

    def __init__(self, record: Record, *, drill: bool) -> None:
        self._record = record
        self._drill = drill

    @activity.defn(name=RECORD_EVENT)
    def record_event(self, event: CaseEvent) -> CaseEvent | None:
        """Write an event once; return the one already under its number if another command made it."""
        if event.clock_offset and not self._drill:
            raise ApplicationError("正式环境不接受演练时钟。", type="drill_clock_refused", non_retryable=True)
        try:
            with self._record.write() as work:
                write_event(work, event)
        except EventOutOfOrder as no:
            if no.code != "event_number_taken":
                raise ApplicationError(no.message, type=no.code) from None
        else:
            return None
        with self._record.read() as reading:
            return event_at(reading, event.case_id, event.seq)
