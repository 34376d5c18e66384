"""Random lives of random households: whatever people try and in whatever order, these things hold after each event."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.case import Case
from casework.case_facts import ObjectionStatus
from casework.clock_history import lives_of
from casework.clock_sentences import sentences
from casework.clock_story import story_of
from casework.commands import COMMANDS, OF_PEOPLE, OPENINGS
from casework.contact_counts import attempts, failed_row
from casework.decide import decide
from casework.errors import CaseworkError
from casework.events import CaseEvent
from casework.recounts_promise import on_a_guess
from casework.states import Actor, State
from casework.table import BEFORE_SEAL, RECOGNISED, allowed_steps, rows_of
from casework.tasks import TASK_KINDS
from casework.times import at_local, local_date
from casework.timetable import next_due
from policies.calendar_model import Holiday, YearSchedule
from policies.packs import pack_ids
from tests.casework.lives_going_on import household_fields
from tests.make import JOB, STAFF, TEXT, Life, a_member

SOURCES = ["register", "social_insurance", "business", "tax"]
PEOPLE = tuple(t for t in OF_PEOPLE if t not in OPENINGS)
ENDS = ("withdraw", "decline_first_review", "decline_recheck", "uphold_objection", "approve_exit", "return_to_office")
LIVES = ("amend_household", "add_member", "remove_member")
OFTEN = ("record_referral", "record_refusal", "record_contact", "judge_refusal", "record_job_loss", "record_follow_up")
HAPPY = ("accept_application", "pass_first_review", "post_publicity", "report_up", "pass_recheck", "certify")


def fields_for(trigger: str, case: Case, rng: Random) -> dict[str, Any]:
    """Plausible fields: mostly of this case, sometimes of none."""
    members = [m.member_id for m in case.household.members] + ["M9"]
    ids = {
        "referral": [r.referral_id for r in case.referrals],
        "refusal": [r.refusal_id for r in case.refusals],
        "objection": [o.objection_id for o in case.objections],
        "employment": [e.employment_id for e in case.employments],
    }
    fields: dict[str, Any] = {}
    for name, about in COMMANDS[trigger].model_fields.items():
        if name in ids:
            fields[name] = rng.choice(ids[name] or ["Z1"])
        elif name == "member":
            fields[name] = rng.choice(members)
        elif about.annotation is bool:
            fields[name] = rng.random() < (0.2 if name == "justified" else 0.85)
    today = local_date(next_due(case) or at_local(case.opened_on, 0))
    fixed: dict[str, dict[str, Any]] = {
        "assign_helper": {"helper": rng.choice(["helper1", "helper2"]), "reason": rng.choice([None, TEXT])},
        "record_service": {"kind": rng.choice(["guidance", "training_info"])},
        "record_referral": {
            "vacancy": rng.choice(["V1", "V2", "V3", "V4"]),
            "pay_fen": rng.choice([150000, 260000]),
        },
        "record_referral_outcome": {"outcome": rng.choice(["employer_rejected", "hired"])},
        "judge_refusal": {"reason_code": "too_far"},
        "record_contact": {
            "channel": rng.choice(["phone", "visit", "letter", "sms"]),
            "outcome": rng.choice(["failed", "failed", "reached", "wrong_number"]),
        },
        "record_comparison": {"results": comparisons(members, rng)},
        "judge_comparison_hit": {"source": rng.choice(SOURCES), "affects": rng.random() < 0.2},
        "record_visit": {"met": rng.choice([(), ("M1",), ("M2", "M1")])},
        "ask_supplement": {"items": rng.choice([("booklet",), ("income_paper", "other")])},
        "decide_member": {"decision": rng.choice(["include", "exclude", "by_rule"])},
        "conclude_review": {"outcome": rng.choice(["stands", "stands", "income_found"])},
        "declare_conflict": {"account": rng.choice([None, "caseworker1", "reviewer1"])},
        "arrange_guaranteed_post": {"vacancy": rng.choice(["G1", "G2"]), "pay_fen": rng.choice([150000, 260000])},
        "mark_special_hardship": {"ground": rng.choice(["disability", "other"])},
        "complete_contingency_step": {
            "step": rng.choice([t.about for t in case.tasks_of("contingency_step")] or ["x"])
        },
        "suspend_promise": {
            "ground": rng.choice(["illness", "custody", "disaster"]),
            "since": today - timedelta(days=rng.choice([0, 1, 4, 15])),
            "until": rng.choice([None, today + timedelta(days=rng.choice([-3, 0, 5, 20]))]),
        },
        "resume_promise": {"until": today + timedelta(days=rng.choice([-3, 0, 5]))},
        "flag_relocation": {"relocated_on": today - timedelta(days=rng.choice([0, 10, 50, 90]))},
        "record_stability_evidence": {
            "contract_months": rng.choice([None, 1, 12]),
            "insured": rng.choice([None, True]),
        },
        "confirm_breach_cause": {"cause": "agency_failed"},
        "propose_exit": {"reason": rng.choice(["voluntary", "moved_away", "income_found"])},
        "record_monitoring_visit": {"channel": "visit", "wage_fen": rng.choice([90000, 260000])},
        "record_employment": dict(JOB),
        "record_follow_up": {"month": today.isoformat()[:7], "channel": "phone", "still_employed": True},
    }
    return fields | fixed.get(trigger, {}) | household_fields(trigger, case, rng, today)


def comparisons(members: list[str], rng: Random) -> list[dict[str, str]]:
    """What some or all sources say of the members, mostly nothing."""
    results = ["clear"] * 6 + ["hit", "unavailable"]
    sources = SOURCES if rng.random() < 0.7 else rng.sample(SOURCES, 1)
    whose = members[:-1] if rng.random() < 0.9 else members
    return [{"source": s, "member": m, "result": rng.choice(results)} for s in sources for m in whose]


def a_step(case: Case, rng: Random) -> tuple[str, Actor]:
    """Mostly a step that the table allows, more often one that ends an open task; sometimes any, by anybody."""
    wishes = [PEOPLE, allowed_steps(case.state), allowed_steps(case.state)]
    wishes += [TASK_KINDS[kind].steps for kind in dict.fromkeys(t.kind for t in case.tasks)] * 2
    wishes += [OFTEN] * 3 if case.state in RECOGNISED else []
    wishes += [LIVES]
    step = rng.choice(rng.choice(wishes))
    if step in ENDS and rng.randint(0, 19):
        step = rng.choice(HAPPY if case.state in BEFORE_SEAL else ("record_referral", "record_employment"))
    roles = {role for row in rows_of(step) for role in row.who}
    able = [actor for actor in STAFF if actor.role in roles]
    return step, rng.choice(able if rng.randint(0, 9) else STAFF)


def check(life: Life, event: CaseEvent) -> None:
    case = event.case
    assert case.state in State
    assert life.events[case.seq - 1] is event
    assert Case.model_validate_json(case.model_dump_json()) == case
    assert all(task.role and bool(task.due_on) == bool(TASK_KINDS[task.kind].due) for task in case.tasks)
    assert len({task.task_id for task in case.tasks}) == len(case.tasks)
    assert len({clock.key for clock in case.clocks}) == len(case.clocks)
    for task in case.tasks:
        assert set(TASK_KINDS[task.kind].steps) & set(allowed_steps(case.state)), (task.kind, case.state)
    if case.state is State.EXITED:
        assert case.tasks == case.clocks == ()
        assert case.exit is not None
        assert case.exit_proposal is None
        return
    assert case.exit is None
    awaited = [s for s in case.supplements if s.open]
    assert len(awaited) == len(case.tasks_of("await_supplement")) == bool(case.clock("supplement")) <= 1
    disputed = any(o.status is ObjectionStatus.OPEN for o in case.objections)
    assert awaited or disputed or case.exit_decided or not any(task.paused for task in case.tasks)
    assert (case.exit_proposal is not None) == bool(case.tasks_of("decide_exit"))
    assert bool(case.active_employments) == (case.state is State.EMPLOYED)
    running = case.clock("promise") is not None
    if running:
        assert case.promise is not None
        assert case.promise.met_on is None
        assert case.promise.overdue_on is None
        assert case.state in (State.CERTIFIED, State.ASSISTED)
    for kind, after_seal in (("decide_objection", False), ("review_certification", True)):
        undecided = {o.objection_id for o in case.objections if o.status == "open" and o.after_seal is after_seal}
        assert {t.about for t in case.tasks_of(kind)} == undecided
    assert {t.about for t in case.tasks_of("judge_refusal")} == {
        r.refusal_id for r in case.refusals if r.status == "pending"
    }
    assert attempts(failed_row(case), life.setting) <= len({c.on for c in case.contacts})


def check_adopted(life: Life, day: date, rng: Random) -> None:
    """A calendar with other days off and make-up workdays comes: nothing falls due in the past, nor ends too early."""
    known = {s.year: s for s in life.calendar.years}
    year = rng.choice([2026, 2027])
    near = [day + timedelta(days=n) for n in range(-10, 25)]
    new = [d for d in near if d.year == year and d not in life.calendar.off and d not in life.calendar.made_up]
    off = [d for d in new if d.weekday() < 5 and rng.random() < 0.15] or [date(year, 12, 30)]
    work = tuple(d for d in new if d.weekday() > 4 and rng.random() < 0.3)
    have = known[year].holidays if year in known else ()
    days = {d for h in have for d in h.days}
    holidays = (*have, *(Holiday(name="放假", first=d, last=d) for d in off if d not in days))
    workdays = (*(known[year].workdays if year in known else ()), *work)
    schedule = YearSchedule(year=year, source="随机安排", issued=day, holidays=holidays, workdays=workdays)
    calendar = life.calendar.with_schedule(schedule)
    if calendar.version == life.case.calendar_version:
        return
    before = life.case
    event = life.adopt(day.isoformat(), calendar)
    check(life, event)
    after = life.case
    due = next_due(after)
    assert due is None or due > life.now
    for kind in ("publicity", "exit_response"):
        old, now = before.clock(kind), after.clock(kind)
        assert (old is None) == (now is None)
        assert old is None or now is None or now.due_on >= old.due_on
    assert before.reviews == after.reviews
    assert before.employments == after.employments
    if before.promise is not None and on_a_guess(before.promise):  # may be taken back, never brought forward
        assert after.promise is not None
        overdue = after.promise.overdue_on
        assert overdue is None or before.promise.overdue_on is None or overdue >= before.promise.overdue_on
        return
    assert {c.key for c in before.clocks} == {c.key for c in after.clocks}
    rung = {(c.key, r.trigger, r.label) for c in after.clocks for r in c.rings}
    assert rung <= {(c.key, r.trigger, r.label) for c in before.clocks for r in c.rings}
    assert [(t.task_id, t.overdue) for t in before.tasks] == [(t.task_id, t.overdue) for t in after.tasks]
    if before.promise is not None and before.promise.overdue_on is not None:
        assert before.promise == after.promise


def households(rng: Random) -> list[Any]:
    born = rng.choice([date(1966, 11, 15), date(1980, 3, 5), date(1999, 1, 31)])
    second = rng.choice(["失业未登记", "登记失业"])
    young = rng.choice([date(2010, 10, 13), date(2010, 12, 31)])
    rows = [
        a_member(birth_date=born),
        a_member("M2", sex="女", birth_date=date(1982, 7, 9), status=second, track="工人"),
    ]
    son = a_member("M3", relation="儿子", birth_date=young, marital="未婚", status="失业未登记")
    return [*rows, son] if rng.random() < 0.5 else rows


@pytest.mark.timeout(120)
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(seed=st.integers(0, 2**32))
def test_whatever_people_try_the_case_stays_whole(seed: int) -> None:
    rng = Random(seed)
    office = Random(seed + 1)
    life = Life(*households(rng), pack=rng.choice(pack_ids()))
    day = date(2026, 9, 1)
    said: list[str] = []
    if rng.random() < 0.6:
        life.assisted(day.isoformat(), (day := day + timedelta(days=10)).isoformat())
    else:
        check(life, life.do(day.isoformat(), "apply"))
    for _ in range(rng.randint(25, 60)):
        day += timedelta(days=rng.choice([0, 0, 0, 1, 1, 3, 8, 30]))
        for fallen in life.until(day.isoformat()):
            check(life, fallen)
        due = next_due(life.case)
        assert due is None or due > life.now
        if life.case.state is State.EXITED:
            break
        if office.random() < 0.06:
            check_adopted(life, day, office)
        step, by = a_step(life.case, rng)
        before, count = life.case, len(life.events)
        try:
            fields = fields_for(step, before, rng)
            event = life.do(day.isoformat(), step, by, **fields)
        except CaseworkError as no:
            said.append(no.message)
            continue
        finally:
            assert len(life.events) in (count, count + 1)
        check(life, event)
        command = COMMANDS[step].model_validate(
            {"command_id": event.command_id, "by": event.by} | _given(step, fields, life)
        )
        again = decide(before, command, life.policy, life.calendar, event.at)
        assert again == event
    assert all(message.endswith("。") for message in said), said
    clocks = lives_of(life.events, life.case)
    assert {each.clock.key for each in clocks if each.ended is None} == {c.key for c in life.case.clocks}
    assert all(sentences(story_of(each, life.case, life.calendar)) for each in clocks)


def _given(step: str, fields: dict[str, Any], life: Life) -> dict[str, Any]:
    filled = dict(fields)
    for name, about in COMMANDS[step].model_fields.items():
        if name not in filled and about.is_required() and name not in ("command_id", "by"):
            filled[name] = life.setting.today if about.annotation is date else TEXT
    return filled
