"""What a step would come to (办理前的预告), without taking it: the event that the same rules make of the case today.

Nothing is written and the engine is not asked.  Between looking and acting the case may move on, and in a drill the
engine's clock may be ahead of the record's: what counts is the answer to the step itself.
"""

from datetime import datetime
from typing import Any

from casework.case import Case
from casework.commands import COMMANDS
from casework.decide import decide
from casework.events import CaseEvent
from desk.acting import actor_of
from desk.bodies import Body, text_fields
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.filled_steps import FILLS, Filling, transferring
from desk.foresight import SOME_TEXT, Foresight
from records import case_files, worklists
from records.engine import Reading

ASKS_THE_RECORD = frozenset(FILLS) - {"transfer_case"}
"""Steps for which somebody is put on record first: they cannot be looked at beforehand."""


def look_ahead(
    desk: Desk, caller: Caller, case_id: str, trigger: str, body: Body, task_id: str | None, now: datetime
) -> CaseEvent | None:
    """Return the event that the step would become now, or None where that cannot be told.

    Raises the rules' no, as the step itself would.
    """
    if trigger in ASKS_THE_RECORD:
        return None
    with desk.record.read() as work:
        row = or_not_found(case_files.get(work, caller.scope, case_id))
        case = or_not_found(case_files.full_case(work, caller.scope, case_id))
        task = worklists.task(work, caller.scope, f"{case_id}/{task_id}") if task_id else None
        by = actor_of(caller, row.helper, task.claimed_by if task else None, row.clock)
        values = _values(work, caller, case, trigger, body, now)
        setting = Foresight(work, caller, now).setting(case)
    command = COMMANDS[trigger].model_validate(values | {"command_id": "foreseen", "by": by, "task_id": task_id})
    return decide(case, command, setting.policy, setting.calendar, setting.now)


def _values(work: Reading, caller: Caller, case: Case, trigger: str, body: Body, now: datetime) -> dict[str, Any]:
    values = body.model_dump()
    values |= {name: SOME_TEXT for name in text_fields(trigger) if values[name] is not None}
    if trigger == "transfer_case":
        return transferring(work, Filling(caller, case, body, now), values)
    return values
