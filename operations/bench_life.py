"""The standard life (标准个案) that the benchmark measures: one household from application to stable exit, played in
advance on the pure rules, so that the steps and the deadlines between them are known to the second.

Also the same life as bare numbers: how many updates, timers and activities.  Who plays it is `bench_engine.py`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from casework.case import Case
from casework.commands import COMMANDS, Command
from casework.commands.review import Apply
from casework.decide import decide
from casework.events import CaseEvent
from casework.household import Household
from casework.states import Actor, Role
from casework.times import at_local
from casework.timetable import fall_due
from operations.demo_accounts import caseworkers, helpers, reviewers
from policies.calendars import load_calendar
from policies.packs import load_pack
from workflows.chapter import Chapter

OFFICE, PACK = "220302004", "jilin-2021"
START = at_local(date(2026, 9, 28), 9)
TEXT = "txt-" + "0" * 32

CLERK = Actor(account=caseworkers(OFFICE)[0], role=Role.CASEWORKER)
FIRST, SECOND = (Actor(account=account, role=Role.REVIEWER) for account in reviewers(OFFICE)[:2])
HELPER = Actor(account=helpers(OFFICE)[0], role=Role.HELPER)

HOUSEHOLD = Household.model_validate(
    {
        "members": [
            {"member_id": "M1", "relation": "本人", "sex": "男", "birth_date": "1980-01-01"}
            | {"booklet": "A", "marital": "已婚", "status": "登记失业"},
            {"member_id": "M2", "relation": "配偶", "sex": "女", "birth_date": "1982-01-01"}
            | {"booklet": "A", "marital": "已婚", "status": "失业未登记", "track": "工人"},
        ]
    }
)

_JOB = {"channel": "employer", "evidence": "contract", "monthly_income_fen": 260000, "contract_months": 12}
_OFFER = {"pay_fen": 260000, "matches_plan": True, "acknowledged": True}
_AT_WORK = {"channel": "phone", "still_employed": True, "insured": True}
_MONTHS = ("2026-12", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05")

_STEPS: tuple[tuple[str, str, Actor, dict[str, Any]], ...] = (
    ("2026-09-28", "accept_application", CLERK, {}),
    ("2026-09-29", "pass_first_review", CLERK, {"compared_online": True, "visited_on": "2026-09-28"}),
    ("2026-09-30", "post_publicity", CLERK, {"posted_on": "2026-09-30"}),
    ("2026-10-12", "report_up", CLERK, {}),
    ("2026-10-13", "pass_recheck", FIRST, {}),
    ("2026-10-14", "certify", SECOND, {}),
    ("2026-10-15", "assign_helper", CLERK, {"helper": HELPER.account}),
    ("2026-10-15", "sign_plan", HELPER, {"signed_on": "2026-10-15", "plan": TEXT}),
    ("2026-10-15", "register_member", CLERK, {"member": "M2", "registered_on": "2026-10-15"}),
    ("2026-10-20", "record_service", HELPER, {"member": "M1", "kind": "guidance", "on": "2026-10-20"}),
    ("2026-10-20", "record_service", HELPER, {"member": "M1", "kind": "training_info", "on": "2026-10-20"}),
    ("2026-10-20", "record_service", HELPER, {"member": "M2", "kind": "guidance", "on": "2026-10-20"}),
    ("2026-10-26", "record_referral", HELPER, {"member": "M1", "vacancy": "V1", "on": "2026-10-26", **_OFFER}),
    ("2026-10-26", "record_referral", HELPER, {"member": "M2", "vacancy": "V2", "on": "2026-10-26", **_OFFER}),
    ("2026-10-26", "record_contact", HELPER, {"on": "2026-10-26", "channel": "phone", "outcome": "reached"}),
    ("2026-11-09", "record_referral", HELPER, {"member": "M1", "vacancy": "V3", "on": "2026-11-09", **_OFFER}),
    ("2026-11-09", "record_employment", HELPER, {"member": "M1", "started_on": "2026-11-09", "insured": True, **_JOB}),
    ("2026-11-10", "approve_elimination", FIRST, {"employment": "@job"}),
    *(
        (f"{month}-20", "record_follow_up", HELPER, {"month": month, "on": f"{month}-20", **_AT_WORK})
        for month in _MONTHS
    ),
    ("2027-05-21", "confirm_stable", SECOND, {}),
)


@dataclass(frozen=True, slots=True)
class LifeStep:
    """One update at its instant."""

    at: datetime
    command: Command
    notices: bool


@dataclass(frozen=True, slots=True)
class LifeRing:
    """One deadline that falls due by itself."""

    at: datetime
    notices: bool


@dataclass(frozen=True, slots=True)
class Life:
    """A life with all that happens in it; `events` are what the pure rules made of it."""

    steps: tuple[LifeStep, ...]
    rings: tuple[LifeRing, ...]
    events: tuple[CaseEvent, ...]

    def fresh(self, case_id: str, mark: str) -> tuple[Command, ...]:
        """Return the commands of another case, under request ids of its own."""
        return tuple(
            step.command.model_copy(
                update={"command_id": f"{mark}-{n}"} | ({"case_id": case_id} if isinstance(step.command, Apply) else {})
            )
            for n, step in enumerate(self.steps)
        )


@cache
def standard_life() -> Life:
    """Play the standard life on the pure rules."""
    policy, calendar = load_pack(PACK), load_calendar()
    steps: list[LifeStep] = []
    rings: list[LifeRing] = []
    events: list[CaseEvent] = []
    case: Case | None = None
    now = START
    for number, (day, trigger, by, fields) in enumerate((("", "apply", CLERK, _applying()), *_STEPS)):
        if case is not None:
            at = at_local(date.fromisoformat(day), 10)
            now = max(now + timedelta(seconds=1), at)
            case, fallen = fall_due(case, policy, calendar, now)
            rings += [LifeRing(event.at, event.sends) for _, event in fallen]
            events += [event for _, event in fallen]
        facts = {name: _named(value, events) for name, value in fields.items()}
        command = COMMANDS[trigger].model_validate({"command_id": f"life-{number}", "by": by, **facts})
        event = decide(case, command, policy, calendar, now)
        steps.append(LifeStep(now, command, event.sends))
        events.append(event)
        case = event.case
    return Life(tuple(steps), tuple(rings), tuple(events))


def opening_chapter(command: Command) -> Chapter:
    """Return the first chapter of a case whose business time begins at `START`, whatever the clock says."""
    assert isinstance(command, Apply)
    offset = round((START - datetime.now(UTC)) / timedelta(seconds=1))
    return Chapter(policy=load_pack(PACK), calendar=load_calendar(), opening=command, clock_offset=offset)


def _applying() -> dict[str, Any]:
    return {"case_id": f"{OFFICE}-2026-00001", "office": OFFICE, "applied_on": "2026-09-28", "household": HOUSEHOLD}


def _named(value: Any, events: list[CaseEvent]) -> Any:
    if value != "@job":
        return value
    return next(e.about for e in reversed(events) if e.trigger == "record_employment")
