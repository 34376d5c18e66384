"""Acts (办理) of the demo's simulated staff: one step of the table, dated, with its body; nothing here takes it.

Also the stretches that lives have in common: recognition, services, a job, a refusal.  Whole lives are in
`demo_lives.py`, who goes which way is in `demo_cast.py`, who acts over HTTP in `demo_staff.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from casework.times import at_local
from casework.working_days import next_working_day
from policies.calendars import load_calendar

APPLIED, REVIEWED, POSTED = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)
REPORTED, RECHECKED, SEALED, PLANNED = date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 3)
START = at_local(APPLIED, 9)
END = at_local(date(2027, 1, 20), 17)

DESK, SECOND, HELPER, COUNTY_1, COUNTY_2, COUNTY_3, SUPERVISOR = (
    "desk",
    "second",
    "helper",
    "county-1",
    "county-2",
    "county-3",
    "supervisor",
)
"""Whose desk an act is done at: the office's two caseworkers, its helper, the county's three reviewers, the city."""

JOBS: Sequence[dict[str, Any]] = (
    {"channel": "employer", "evidence": "contract", "monthly_income_fen": 260000, "contract_months": 12}
    | {"insured": True},
    {"channel": "public_welfare_post", "evidence": "public_welfare_post", "monthly_income_fen": 210000}
    | {"contract_months": 12, "insured": True},
    {"channel": "flexible", "evidence": "flexible_registration", "monthly_income_fen": 230000},
    {"channel": "own_business", "evidence": "licence", "monthly_income_fen": 300000},
    {"channel": "labour_export", "evidence": "contract", "monthly_income_fen": 420000, "contract_months": 6}
    | {"insured": True},
)
JOB_DAYS = tuple(date(2026, 12, day) for day in (7, 8, 9, 10, 11, 14, 15, 16, 17, 18, 21, 22, 23, 24, 25, 28, 29))
VISITS = tuple(date(2027, 1, day) for day in (5, 6, 7, 8, 11, 12, 13, 14, 15, 18, 19))
REFERRED = (date(2026, 12, 7), date(2026, 12, 9), date(2026, 12, 14))


@dataclass(frozen=True, slots=True)
class Act:
    """One step at an instant.  `name` keeps the number that it gets; a body says "@name" for such a number."""

    at: datetime
    by: str
    do: str
    body: dict[str, Any] = field(default_factory=dict)
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """What a life must know of a household: members in need of a job, and those not registered as unemployed yet."""

    base: tuple[str, ...]
    unregistered: tuple[str, ...]
    random: Random

    @property
    def first(self) -> str:
        return self.base[0]


def act(day: date, hour: int, by: str, do: str, name: str | None = None, *, minute: int = 0, **body: Any) -> Act:
    """Return an act at a wall-clock time in Shanghai."""
    told = {key: value.isoformat() if isinstance(value, date) else value for key, value in body.items()}
    return Act(at_local(day, hour, minute), by, do, told, name)


def applied(family: Family) -> Iterator[Act]:
    """Yield acceptance and first review; the application itself opens the case."""
    yield act(APPLIED, 10, DESK, "accept_application", minute=family.random.randrange(60))
    yield act(REVIEWED, 14, DESK, "pass_first_review", compared_online=True, visited_on=REVIEWED)


def recognised(family: Family, *, sealed_at: tuple[int, int] = (15, 0), posted: bool = True) -> Iterator[Act]:
    """Yield the ordinary way from application to a helper and a signed plan; the promise is due on 2026-12-30."""
    yield from applied(family)
    if posted:
        yield act(POSTED, 9, DESK, "post_publicity", posted_on=POSTED)
        yield act(REPORTED, 9, DESK, "report_up")
        yield act(RECHECKED, 10, COUNTY_1, "pass_recheck")
    yield act(SEALED, sealed_at[0], COUNTY_2, "certify", minute=sealed_at[1])
    yield act(PLANNED, 9, DESK, "assign_helper", helper="@helper")
    yield act(PLANNED, 10, HELPER, "sign_plan", signed_on=PLANNED, plan="一人一策：推荐岗位、职业指导、技能培训。")
    for member in family.unregistered:
        yield act(PLANNED, 11, DESK, "register_member", member=member, registered_on=PLANNED)


def served(family: Family, referrals: int, *, before: date) -> Iterator[Act]:
    """Yield guidance and training for everybody in need, and referrals for the first, until a day."""
    for number, member in enumerate(family.base):
        yield act(date(2026, 12, 4), 9, HELPER, "record_service", minute=number, **_service(member, "guidance"))
        yield act(date(2026, 12, 4), 14, HELPER, "record_service", minute=number, **_service(member, "training_info"))
    for number, day in enumerate(REFERRED[:referrals], 1):
        if day < before:
            yield referral(family, day, number)


def _service(member: str, kind: str) -> dict[str, Any]:
    note = {"guidance": "分析就业意愿，制定求职计划。", "training_info": "介绍家政、电工培训班。"}[kind]
    return {"member": member, "kind": kind, "on": date(2026, 12, 4), "note": note}


def referral(family: Family, day: date, number: int) -> Act:
    """Return a suitable, acknowledged referral of a vacancy of its own."""
    pay = 100 * family.random.randrange(2000, 3600)
    vacancy = f"V-2026-{family.random.randrange(1000, 9999)}"
    facts: dict[str, Any] = {"member": family.first, "vacancy": vacancy, "on": day, "pay_fen": pay}
    return act(day, 10, HELPER, "record_referral", f"referral{number}", matches_plan=True, acknowledged=True, **facts)


def employed(family: Family, day: date, job: dict[str, Any], *, member: str | None = None) -> Iterator[Act]:
    """Yield a job on a day; the county approves on the next working day."""
    fields: dict[str, Any] = {"member": member or family.first, "started_on": day} | job
    yield act(day, 15, HELPER, "record_employment", "job", **fields)
    yield act(_next_working_day(day), 11, COUNTY_3, "approve_elimination", employment="@job")


def followed_up(family: Family, day: date) -> Iterator[Act]:
    """Yield the follow-up of January."""
    facts: dict[str, Any] = {"month": f"{day:%Y-%m}", "on": day, "channel": family.random.choice(("phone", "visit"))}
    yield act(day, 10, HELPER, "record_follow_up", still_employed=True, insured=True, note="在岗，工作稳定。", **facts)


def refused(family: Family, number: int) -> Iterator[Act]:
    """Yield the refusal of a referral and the judgement of a second person on the next working day."""
    day = REFERRED[number - 1]
    facts: dict[str, Any] = {
        "referral": f"@referral{number}",
        "member": family.first,
        "on": day,
        "statement": "嫌岗位辛苦，不愿意去。",
    }
    yield act(day, 16, HELPER, "record_refusal", f"refusal{number}", **facts)
    finding: dict[str, Any] = {"justified": False, "finding": "岗位合适，未提供证明，理由不成立。"}
    yield act(_next_working_day(day), 9, SECOND, "judge_refusal", refusal=f"@refusal{number}", **finding)


def warned(family: Family) -> Act:
    """Return the written warning after the second refusal."""
    day = date(2026, 12, 10)
    return act(day, 14, DESK, "issue_warning", member=family.first, on=day)


def objection(day: date) -> Act:
    """Return an objection that can be checked."""
    content = "反映该户有人在市场经营摊位。"
    return act(day, 10, DESK, "raise_objection", "objection", on=day, content=content)


def _next_working_day(day: date) -> date:
    return next_working_day(load_calendar(), day)


def in_order(acts: Iterator[Act]) -> tuple[Act, ...]:
    """Return the acts by time; those of one moment stay as told."""
    return tuple(sorted(acts, key=lambda each: each.at))


def day_of(moment: datetime) -> date:
    """Return the legal date of an act."""
    return (moment + timedelta(hours=8)).date()
