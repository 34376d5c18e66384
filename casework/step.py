"""What a row of the step table is made of, and the groups of states and roles that rows name.

The rows themselves are in `casework/rows/`, the whole table in `casework/table.py`.
"""

from dataclasses import dataclass

from casework.states import Role, State

APPLIED, REVIEW, PUBLICITY = State.APPLIED, State.UNDER_REVIEW, State.IN_PUBLICITY
CERTIFIED, ASSISTED, EMPLOYED, EXITED = State.CERTIFIED, State.ASSISTED, State.EMPLOYED, State.EXITED
DESK, COUNTY, SUPERVISOR, HELPER, TIMER = (
    (Role.CASEWORKER,),
    (Role.REVIEWER,),
    (Role.SUPERVISOR,),
    (Role.CASEWORKER, Role.HELPER),
    (Role.SYSTEM,),
)
BEFORE_SEAL = (APPLIED, REVIEW, PUBLICITY)
HELPED = (CERTIFIED, ASSISTED)
RECOGNISED = (CERTIFIED, ASSISTED, EMPLOYED)
OPEN = (*BEFORE_SEAL, *RECOGNISED)

ANEW_OPENS, ANEW_STOPS = ("post_publicity",), ("publicity",)
ANEW_CLOSES = ("report_up", "record_proof", "county_recheck", "seal")
"""What a row guarded by `publicity_restarted` opens, stops and closes: a new full publicity (公示重新开始)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row: who may go from where to where, what it opens, starts and says.  `target=None` keeps the state."""

    trigger: str
    source: tuple[State, ...]
    target: State | None
    who: tuple[Role, ...]
    clause: str
    guard: str | None = None
    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
