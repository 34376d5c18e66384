"""How a case's workflow asks the record: at once within the step, patiently while the record is away.

What is asked, and what an answer means for the case, is the record lane's (`household_case.py`).
"""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.exceptions import TimeoutError as TimedOut

with workflow.unsafe.imports_passed_through():
    from activities.signatures import LastKnown, Recorded
    from casework.events import CaseEvent
    from workflows.refusing import refused_for_ever

QUICK_RECORD = timedelta(seconds=3)
"""How long the record is tried within the step itself; after that the case says the record is away."""

QUICK_TRIES = 4

PATIENT_RECORD = timedelta(seconds=10)
"""How long apart the record is tried when it is away."""

RECORD_FAILURES = (ActivityError, ApplicationError, TimedOut)
"""A local activity whose attempts are used up fails with the bare error of the last one.  One that took too
long fails with an `ActivityError` where it happened, and with `TimedOut` for a worker that takes the case up."""


class RecordPort:
    """Owns what the case knows of the record's health: `away` is true while an answer is waited for patiently."""

    def __init__(self) -> None:
        self.away = False

    async def ask(self, activity: str, argument: CaseEvent | LastKnown) -> Recorded:
        """Ask as a local activity, then as an ordinary one; raises what refuses a case's first event for ever."""
        try:
            recorded: Recorded = await workflow.execute_local_activity(
                activity,
                argument,
                result_type=Recorded,
                schedule_to_close_timeout=QUICK_RECORD,
                # Without a number of attempts a local activity is retried for ever, whatever its time-out says.
                retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=100), maximum_attempts=QUICK_TRIES),
            )
        except RECORD_FAILURES as failure:
            if isinstance(argument, CaseEvent) and argument.seq == 1 and refused_for_ever(failure):
                raise
            self.away = True
            recorded = await workflow.execute_activity(
                activity,
                argument,
                result_type=Recorded,
                start_to_close_timeout=timedelta(seconds=30),
                retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=PATIENT_RECORD),
            )
        self.away = False
        return recorded
