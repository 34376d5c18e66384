"""Play a drill (演练): each step at its instant, deadlines between steps falling due by themselves, then the checks.

The player knows no backend: `Backend` is what it needs of one.  The pure rules are in `drill_pure.py`; the real server
is another backend with the same answers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from casework.errors import CaseworkError
from casework.events import Receipt
from casework.states import Actor, Role
from casework.times import SHANGHAI, at_local, local_date
from casework.working_days import count, previous_working_day
from operations.drill_checks import Outcome, differences
from operations.drill_file import ABSENCE, REACH, WAIT, Drill, DrillFileWrong, DrillStep
from operations.drill_view import CaseView
from policies.calendars import load_calendar
from policies.packs import load_pack


class Backend(Protocol):
    """Where a drill is played."""

    def begin(self, drill: Drill) -> None:
        """Make ready for a drill; nothing has happened yet at `drill.start`."""

    def advance(self, to: datetime) -> tuple[Receipt, ...]:
        """Let time pass up to an instant and return what fell due, in order."""

    def do(self, step: DrillStep) -> Receipt:
        """Take a step at its instant; free-text fields hold the text itself.  Raises CaseworkError for a "no"."""

    def absent(self, step: DrillStep) -> None:
        """Enter an absence of whoever takes the step; the case itself does not change."""

    def view(self) -> CaseView | None:
        """Return the case as it is now, or None before the application."""


@dataclass(frozen=True, slots=True)
class Played:
    """A step with what came of it; `wrong` are the differences."""

    step: DrillStep
    outcome: Outcome
    wrong: tuple[str, ...]


class DrillPlayer:
    """Plays one drill on one backend."""

    def __init__(self, drill: Drill, backend: Backend) -> None:
        self._drill = drill
        self._backend = backend
        self._named: dict[str, str] = {}

    def play(self) -> Iterator[Played]:
        """Yield every written step after it was played; stop after the first that differs."""
        first = self._parts(self._drill.steps[0])[0].at
        self._backend.begin(replace(self._drill, start=min(self._drill.start, first)))
        for step in self._drill.steps:
            outcome = self._take(step)
            wrong = differences(step.expect, outcome)
            yield Played(step, outcome, wrong)
            if wrong:
                return

    def _take(self, step: DrillStep) -> Outcome:
        fallen: list[Receipt] = []
        receipts: list[Receipt] = []
        said_no: CaseworkError | None = None
        for part in self._parts(step):
            fallen += self._backend.advance(part.at)
            if part.do == WAIT:
                continue
            if part.do == ABSENCE:
                self._backend.absent(part)
                continue
            try:
                receipts.append(self._backend.do(replace(part, fields=self._resolved(part))))
            except CaseworkError as error:
                said_no = error
                break
        if step.name is not None and receipts:
            about = receipts[-1].about
            if about is None:
                raise DrillFileWrong(f"第{step.number}步：“{step.do}”没有编号，不能用 as 命名。")
            self._named[step.name] = about
        return Outcome(tuple(fallen), tuple(receipts), said_no, self._backend.view())

    def _parts(self, step: DrillStep) -> tuple[DrillStep, ...]:
        return reaching(step, self._drill) if step.do == REACH else (step,)

    def _resolved(self, step: DrillStep) -> dict[str, Any]:
        def resolve(value: Any) -> Any:
            if not isinstance(value, str) or not value.startswith("@"):
                return value
            if value[1:] not in self._named:
                raise DrillFileWrong(f"第{step.number}步：前面没有用 as 命名过“{value[1:]}”。")
            return self._named[value[1:]]

        return {name: resolve(value) for name, value in step.fields.items()}


def reaching(step: DrillStep, drill: Drill) -> tuple[DrillStep, ...]:
    """Return the ordinary steps that bring a new case to a state; the last happens at the step's own instant.

    The notice is posted early enough that the report can go up on the step's day.
    """
    state = step.fields["state"]
    day = local_date(step.at)
    policy = load_pack(drill.pack, on=day)
    calendar, length = load_calendar(), policy.publicity.length.value
    posted = day
    while state in ("certified", "assisted") and count(calendar, posted, length, roll=True).ends >= day:
        posted = previous_working_day(calendar, posted)
    hours = step.at.astimezone(SHANGHAI).hour

    def part(do: str, role: Role, nth: int, *, early: bool, **fields: Any) -> DrillStep:
        names = [name for name, r in drill.staff.items() if r is role]
        at = at_local(posted, hours) if early else step.at
        return DrillStep(step.number, at, do, Actor(account=names[nth], role=role), fields)

    worker, county = Role.CASEWORKER, Role.REVIEWER
    discovered = {"discovered_on": step.fields["discovered_on"]} if "discovered_on" in step.fields else {}
    members = [m.member_id for m in drill.household.members]
    asked = [
        {"source": source, "member": member, "result": "clear"}
        for source in policy.verification.sources.value
        for member in members
    ]
    connected, recorded = policy.verification.comparison.value, policy.verification.visit.value
    checks = [part("record_comparison", worker, 0, early=True, results=asked)] if connected == "connected" else []
    checks += [part("record_visit", worker, 0, early=True, met=members[:1])] if recorded == "recorded" else []
    proof = policy.publicity.proof.value == "photo"
    stages = {
        "under_review": [
            part("apply", worker, 0, early=True, **discovered),
            part("accept_application", worker, 0, early=True),
        ],
        "in_publicity": [
            *checks,
            part("pass_first_review", worker, 0, early=True, compared_online=True),
            part("post_publicity", worker, 0, early=True),
            *([part("record_publicity_proof", worker, 0, early=True)] if proof else []),
        ],
        "certified": [
            part("report_up", worker, 0, early=False, calendar_checked=True),
            part("pass_recheck", county, 0, early=False),
            part("certify", county, 1, early=False),
        ],
        "assisted": [
            part("assign_helper", worker, 0, early=False, helper="helper1"),
            part("sign_plan", worker, 0, early=False),
        ],
    }
    reached = list(stages)[: list(stages).index(state) + 1]
    return tuple(one for stage in reached for one in stages[stage])
