"""Lives of households as dated steps, played alike on the pure rules and on the real engine.

What a life must come to is said by the tests; which scenario it is, by its name.  Playing is in `playing.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from casework.case import Case
from casework.household import Household, Marital, Member, Relation, Sex, Track, WorkStatus
from casework.states import Actor, Role
from casework.times import at_local

CLERK = Actor(account="cw1", role=Role.CASEWORKER)
SECOND_CLERK = Actor(account="cw2", role=Role.CASEWORKER)
COUNTY = Actor(account="r1", role=Role.REVIEWER)
SECOND_COUNTY = Actor(account="r2", role=Role.REVIEWER)
HELPER = Actor(account="h1", role=Role.HELPER)
SUPERVISOR = Actor(account="s1", role=Role.SUPERVISOR)
TEXT = "txt-" + "0" * 32

Given = Mapping[str, object] | Callable[[Case], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Move:
    """At an instant somebody takes a step; `do=None` only lets time pass.  `no` is the code of an expected refusal."""

    at: datetime
    do: str | None = None
    by: Actor = CLERK
    given: Given = field(default_factory=dict)
    no: str | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """One household from its application; the first move is `apply`."""

    name: str
    moves: tuple[Move, ...]
    pack: str = "jilin-2021"
    household: Household = field(default_factory=lambda: COUPLE)

    @property
    def start(self) -> datetime:
        return self.moves[0].at


COUPLE = Household(
    members=(
        Member(
            member_id="M1",
            relation=Relation.APPLICANT,
            sex=Sex.MALE,
            birth_date=date(1980, 3, 7),
            booklet="A",
            marital=Marital.MARRIED,
            status=WorkStatus.REGISTERED_UNEMPLOYED,
        ),
        Member(
            member_id="M2",
            relation=Relation.SPOUSE,
            sex=Sex.FEMALE,
            birth_date=date(1982, 11, 23),
            booklet="A",
            marital=Marital.MARRIED,
            status=WorkStatus.UNREGISTERED_UNEMPLOYED,
            track=Track.WORKER,
        ),
    )
)


def on(day: str, hour: int = 10, minute: int = 0) -> datetime:
    """Return an instant of a day in Shanghai; "10-08" is a day of 2026."""
    return at_local(date.fromisoformat(day if len(day) > 5 else f"2026-{day}"), hour, minute)


def step(
    day: str, do: str, by: Actor = CLERK, *, hour: int = 10, minute: int = 0, no: str | None = None, **given: Any
) -> Move:
    """Write one step with plain facts; a callable among them is asked of the case as it then is."""

    def facts(case: Case) -> Mapping[str, object]:
        return {name: value(case) if callable(value) else value for name, value in given.items()}

    return Move(on(day, hour, minute), do, by, facts, no)


def wait(day: str, hour: int = 10, minute: int = 0) -> Move:
    """Let time pass up to an instant."""
    return Move(on(day, hour, minute))


def recognition(applied: str, reviewed: str, posted: str, reported: str, sealed: str, **apply: Any) -> tuple[Move, ...]:
    """From the application to the seal."""
    return (
        step(applied, "apply", **apply),
        step(applied, "accept_application", minute=20),
        step(reviewed, "pass_first_review", minute=40, compared_online=True, visited_on=_iso(reviewed)),
        step(posted, "post_publicity", hour=11, posted_on=_iso(posted)),
        step(reported, "report_up"),
        step(reported, "pass_recheck", COUNTY, hour=15),
        step(sealed, "certify", SECOND_COUNTY),
    )


def plan(day: str) -> tuple[Move, ...]:
    """The helper is named, the plan is signed, the spouse registers."""
    return (
        step(day, "assign_helper", hour=11, helper="h1"),
        step(day, "sign_plan", HELPER, hour=14, signed_on=_iso(day), plan=TEXT),
        step(day, "register_member", hour=15, member="M2", registered_on=_iso(day)),
    )


def job(day: str, approved: str) -> tuple[Move, ...]:
    """The applicant finds work, the county approves."""
    found = {"channel": "employer", "evidence": "contract", "monthly_income_fen": 260000}
    return (
        step(
            day,
            "record_employment",
            HELPER,
            member="M1",
            started_on=_iso(day),
            contract_months=12,
            insured=True,
            **found,
        ),
        step(approved, "approve_elimination", COUNTY, employment=last_job),
    )


def follow_up(day: str) -> Move:
    """One completed monthly follow-up."""
    return step(
        day,
        "record_follow_up",
        HELPER,
        month=_iso(day)[:7],
        on=_iso(day),
        channel="phone",
        still_employed=True,
        insured=True,
    )


def refusal(day: str, judged: str) -> tuple[Move, ...]:
    """A suitable post is recommended, declined with a poor reason and judged by a second person."""
    vacancy = {"pay_fen": 260000, "matches_plan": True, "acknowledged": True}
    return (
        step(day, "record_referral", HELPER, member="M1", vacancy=f"V-{day}", on=_iso(day), **vacancy),
        step(
            *(day, "record_refusal", HELPER),
            hour=11,
            referral=lambda case: case.referrals[-1].referral_id,
            member="M1",
            on=_iso(day),
            statement=TEXT,
        ),
        step(
            judged,
            "judge_refusal",
            hour=15,
            refusal=lambda case: case.refusals[-1].refusal_id,
            justified=False,
            finding=TEXT,
        ),
    )


def last_job(case: Case) -> str:
    """The id of the job that was recorded last."""
    return case.employments[-1].employment_id


def _iso(day: str) -> str:
    return day if len(day) > 5 else f"2026-{day}"


HOLIDAY = recognition("09-28", "09-29", "09-30", "10-12", "10-14")
SEALED_0918 = recognition("09-09", "09-10", "09-11", "09-17", "09-18")

WHOLE = Life(
    "1, 11: posted before the holiday, helped, at work, followed up, closed",
    (
        *HOLIDAY[:4],
        step("10-10", "report_up", hour=17, no="publicity_not_over"),
        *HOLIDAY[4:],
        *plan("10-15"),
        step("10-16", "record_service", HELPER, member="M1", kind="guidance", on="2026-10-16"),
        *job("10-30", "11-02"),
        follow_up("11-20"),
        follow_up("12-10"),
        follow_up("2027-01-12"),
        follow_up("2027-02-23"),
        follow_up("2027-03-10"),
        follow_up("2027-04-12"),
        step("2027-04-14", "confirm_stable", SECOND_COUNTY),
    ),
)
OVERDUE = Life("22: sealed 09-18, nobody helped", (*SEALED_0918, *plan("09-18"), wait("10-25")))
LIAONING = Life(
    "31: twenty days from the discovery",
    (*recognition("09-18", "09-18", "09-18", "09-23", "09-24"), *plan("09-24"), wait("10-12")),
    pack="liaoning-2006",
)
RELAPSE = Life(
    "58, 59: at work 10-15, lost 11-20, restored 11-25",
    (
        *(*SEALED_0918, *plan("09-18"), *job("10-15", "10-16")),
        follow_up("11-06"),
        step("11-20", "record_job_loss", HELPER, member="M1", on="2026-11-20"),
        step("11-25", "restore_certification", SECOND_COUNTY),
        wait("12-25"),
    ),
)
STABLE = Life(
    "64: the national pack closes on six months of work",
    (
        *(*SEALED_0918, *plan("09-18"), *job("10-15", "10-16")),
        step("12-01", "confirm_stable", SECOND_COUNTY, no="not_stable_yet"),
        wait("2027-04-15", 9),
        step("2027-04-15", "confirm_stable", SECOND_COUNTY),
    ),
    pack="national-2007",
)
REFUSALS = Life(
    "37, 49: three refusals, a warning, a proposal, the county ends it",
    (
        *(*SEALED_0918, *plan("09-18"), *refusal("09-21", "09-22"), *refusal("09-23", "09-24")),
        step("09-24", "issue_warning", hour=16, member="M1", on="2026-09-24"),
        *refusal("10-09", "10-10"),
        step("10-13", "approve_exit", COUNTY, reason=TEXT, no="response_period_running"),
        step("10-14", "record_exit_response", HELPER, on="2026-10-14", response=TEXT),
        step("10-19", "approve_exit", COUNTY, hour=22, reason=TEXT),
        wait("10-27", 1),
    ),
)
OBJECTION = Life(
    "15, 16: one objection without ground, one upheld",
    (
        *HOLIDAY[:4],
        step("10-09", "raise_objection", on="2026-10-09", content=TEXT),
        step("10-12", "report_up", no="objection_open"),
        step("10-13", "dismiss_objection", objection=lambda case: case.objections[-1].objection_id, finding=TEXT),
        step("10-13", "raise_objection", COUNTY, hour=11, on="2026-10-13", content=TEXT),
        step("10-14", "uphold_objection", objection=lambda case: case.objections[-1].objection_id, finding=TEXT),
    ),
)
LIVES = (WHOLE, OVERDUE, LIAONING, RELAPSE, STABLE, REFUSALS, OBJECTION)
