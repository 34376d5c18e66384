"""What a new version of a policy would do (试算影响), and the order to adopt it.  Nothing is written by a trial.

The trial runs the very rule that would run (`casework/policy_change.py`) on every open case.  Moving the cases is in
`policy_runs.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.case import Case
from casework.commands.policy_change import AdoptPolicy
from casework.decide import decide
from casework.errors import CaseworkError, SaidNo
from casework.events import CaseEvent
from casework.times import in_words, local_date, start_of
from desk.calendar_runs import untold
from desk.desk import Caller, Desk
from policies.errors import PolicyError
from policies.packs import load_pack
from policies.schema import Policy
from records.calendars import calendar_of, newest_for
from records.case_files import last_event
from records.engine import Reading, Record
from records.policies import policy_of
from records.policy_orders import order, waiting_for

Progress = Callable[[int, int], None]

OF_THE_CHANGE = ("办法", "新办法施行日期", "新办法依据", "决定采用人")
"""Facts of every adoption; the others tell what it does to the case."""


@dataclass(frozen=True, slots=True)
class Affected:
    """An open case under a new policy: what moves, what is kept by the old rule; ids and words, nothing of persons."""

    case_id: str
    office: str
    state: str
    moves: tuple[str, ...]
    keeps: tuple[str, ...]
    refused: str | None = None

    @property
    def changes(self) -> bool:
        """Say whether a date or a decision of the case becomes another one."""
        return bool(self.moves)


@dataclass(frozen=True, slots=True)
class Impact:
    """What a policy would do to the open cases that wait for it."""

    policy: Policy
    looked_at: int
    cases: tuple[Affected, ...]

    @property
    def changing(self) -> tuple[Affected, ...]:
        return tuple(c for c in self.cases if c.changes)

    @property
    def keeping(self) -> tuple[Affected, ...]:
        return tuple(c for c in self.cases if not c.changes and c.keeps)

    @property
    def refusing(self) -> tuple[Affected, ...]:
        return tuple(c for c in self.cases if c.refused is not None)


def impact(
    record: Record,
    policy: Policy,
    now: datetime,
    told: Progress = untold,
    *,
    area: str | None = None,
    before: Policy | None = None,
) -> Impact:
    """Try a policy on every open case (of an area) that lives by an earlier version of it.

    With `before`, only on the cases that live by that one, whatever pack the new one says it follows.  Before its day
    the new policy is tried as on its first day.
    """
    with record.read() as work:
        case_ids = waiting_for(work, _following(policy, before), area)
    found = []
    looked_at = 0
    for done, case_id in enumerate(case_ids, 1):
        with record.read() as work:
            event = last_event(work, case_id)
            if event is not None and _lives_by(event.case, before):
                looked_at += 1
                found.append(_tried(work, event, _following(policy, before), now))
        told(done, len(case_ids))
    return Impact(policy, looked_at, tuple(found))


def order_adoption(record: Record, policy: Policy, *, by: str, area: str | None, now: datetime) -> int:
    """Put the policy and the order on record; return the order's number, for `policy_runs.adopt`."""
    with record.write() as work:
        return order(work, policy, by=by, area=area, now=now)


def installed(label: str, field: str) -> Policy:
    """Return an installed version by its label; raises `SaidNo` in the words of the policy room."""
    try:
        return load_pack(label)
    except PolicyError as no:
        raise SaidNo(no.code, no.message, field=field) from None


def order_in_force(desk: Desk, caller: Caller, policy: Policy, now: datetime) -> int:
    """Order the adoption for the administrator's area; return the order's number.

    Raises `SaidNo` (policy_not_in_force) before the policy's first day, but in a drill.
    """
    if local_date(now) < policy.effective_from and not desk.drill:
        raise SaidNo(
            "policy_not_in_force",
            f"{policy.label} 自{in_words(policy.effective_from)}起施行，到那一天才能采用；现在可以试算影响。",
            field="policy",
        )
    return order_adoption(desk.record, policy, by=caller.account, area=caller.area, now=now)


def _following(policy: Policy, before: Policy | None) -> Policy:
    """Return the policy as if it took the place of the other, for a comparison of two packs of different places."""
    if before is None or before.pack_id in (policy.pack_id, policy.replaces):
        return policy
    return policy.model_copy(update={"replaces": before.pack_id})


def _lives_by(case: Case, before: Policy | None) -> bool:
    return before is None or (case.pack_id, case.pack_version) == (before.pack_id, before.version)


def _tried(work: Reading, event: CaseEvent, policy: Policy, now: datetime) -> Affected:
    case = event.case
    at = max(now + timedelta(seconds=case.clock_offset), event.at, start_of(policy.effective_from))
    calendar = calendar_of(work, case) or newest_for(work, case.office)
    command = AdoptPolicy(command_id=f"trial-{case.case_id}", policy=policy)
    state = case.state.words
    try:
        after = decide(case, command, policy_of(work, case), calendar, at)
    except CaseworkError as no:
        return Affected(case.case_id, case.office, state, (), (), no.message)
    facts = [f for f in after.why.facts if f.label not in OF_THE_CHANGE]
    moves = tuple(f"{f.label} {f.value}" for f in facts if "→" in f.value or f.label in ("条件判断", "稳定就业期"))
    keeps = tuple(f"{f.label} {f.value}" for f in facts if f"{f.label} {f.value}" not in moves)
    return Affected(case.case_id, case.office, state, moves, tuple(k for k in keeps if "依据" not in k.split(" ")[0]))
