"""The state machine (`transitions`), made from the step table; it takes the first row whose guard holds.

One machine serves every case: the position of a case is a throw-away model, so nothing here is shared or changes.
"""

from dataclasses import dataclass
from typing import Any

from transitions import EventData, Machine

from casework.case import Case
from casework.commands import OPENINGS
from casework.errors import StepNotInTable
from casework.guards import GUARDS
from casework.ruling import Ruling, Setting
from casework.states import State
from casework.table import TABLE, Step, allowed_steps, rows_of

INSTEAD = {
    "raise_appeal": "申诉期已过，退出已生效；家庭仍可随时再次申请，也可依法申请行政复议或提起行政诉讼。",
    "record_exit_response": "退出已生效；家庭仍可随时再次申请，也可依法申请行政复议或提起行政诉讼。",
}
"""What a household can still do when one of its own steps comes after the end (A20)."""

UNBORN = "unborn"
"""The pseudo-state before the application; a case is never in it."""


@dataclass(slots=True)
class _Position:
    """Where one case stands while one step is taken."""

    state: str
    taken: Step | None = None


def _condition(row: Step) -> list[Any]:
    if row.guard is None:
        return []
    guard = GUARDS[row.guard]
    return [lambda event: guard(event.kwargs["before"], event.kwargs["ruling"], event.kwargs["setting"])]


def _remember(row: Step) -> list[Any]:
    def note(event: EventData) -> None:
        position: _Position = event.model  # type: ignore[assignment]
        position.taken = row

    return [note]


def build() -> Machine:
    """Return the machine of the table: seven states and the unborn one; no automatic transitions."""
    machine = Machine(
        model=None,
        states=[UNBORN, *(s.value for s in State)],
        initial=UNBORN,
        auto_transitions=False,
        send_event=True,
    )
    for row in TABLE:
        for source in [s.value for s in row.source] or [UNBORN]:
            machine.add_transition(
                row.trigger,
                source,
                row.target.value if row.target else "=",
                conditions=_condition(row),
                before=_remember(row),
            )
    return machine


_MACHINE = build()


def require_in_table(trigger: str, state: State | None) -> None:
    """Say no (409) unless the table has this step for this state, with what is allowed instead."""
    rows = rows_of(trigger)
    if any(state in row.source if state else not row.source for row in rows):
        return
    allowed = list(allowed_steps(state)) if state else list(OPENINGS)
    words = state.words if state else "未申请"
    instead = INSTEAD.get(trigger, "") if state is State.EXITED else ""
    raise StepNotInTable(
        "step_not_allowed",
        f"个案当前为“{words}”，不能办理这一步。{instead}",
        details={"state": state.value if state else UNBORN, "allowed": allowed},
    )


def take(trigger: str, before: Case | None, ruling: Ruling, setting: Setting) -> Step:
    """Return the row that is taken.  A table without a row whose guard holds is a mistake of the table."""
    position = _Position(before.state.value if before else UNBORN)
    moved = _MACHINE.events[trigger].trigger(position, before=before, ruling=ruling, setting=setting)
    if not moved or position.taken is None:
        raise StepNotInTable("no_row_holds", "没有适用的办理步骤，请联系管理员核对步骤表。")
    return position.taken
