"""The step table: the only place where a step is declared.  A step that is not here does not exist (409).

Its rows are in `casework/rows/`.  The machine, the steps the API allows, the console's buttons, the diagram and
`docs/state-table.md` are made from it.
Several rows may share a trigger: the first whose guard holds is taken.  How a row's words turn into open tasks,
running clocks and notices is in `casework/effects.py`; what may not be done, and why, is in the rule of the trigger.
"""

from functools import cache

from casework.rows.assistance import ASSISTANCE
from casework.rows.counting import COUNTING
from casework.rows.eliminations import ELIMINATIONS
from casework.rows.employment import EMPLOYMENT
from casework.rows.exits import EXITS
from casework.rows.household import HOUSEHOLD
from casework.rows.life import LIFE
from casework.rows.monitoring import MONITORING
from casework.rows.objections import OBJECTIONS
from casework.rows.promise import HARDSHIP, PROMISE
from casework.rows.recognition import RECOGNITION
from casework.rows.transfer import TRANSFER
from casework.rows.verification import VERIFICATION
from casework.states import Role, State
from casework.step import BEFORE_SEAL, RECOGNISED, Step

__all__ = ["BEFORE_SEAL", "RECOGNISED", "TABLE", "Step", "allowed_steps", "rows_of"]

TABLE: tuple[Step, ...] = (
    *RECOGNITION,
    *VERIFICATION,
    *OBJECTIONS,
    *ASSISTANCE,
    *COUNTING,
    *PROMISE,
    *HARDSHIP,
    *EXITS,
    *LIFE,
    *EMPLOYMENT,
    *ELIMINATIONS,
    *HOUSEHOLD,
    *TRANSFER,
    *MONITORING,
)


@cache
def rows_of(trigger: str) -> tuple[Step, ...]:
    """Return the rows of a trigger in table order."""
    return tuple(row for row in TABLE if row.trigger == trigger)


@cache
def roles_of(trigger: str) -> tuple[Role, ...]:
    """Return who may take a step in any state, in table order."""
    return tuple(dict.fromkeys(role for row in rows_of(trigger) for role in row.who))


@cache
def allowed_steps(state: State, role: Role | None = None) -> tuple[str, ...]:
    """Return the triggers the table allows in a state (to a role); deadlines are not offered to people."""
    found = [
        row.trigger
        for row in TABLE
        if state in row.source and Role.SYSTEM not in row.who and (role is None or role in row.who)
    ]
    return tuple(dict.fromkeys(found))
