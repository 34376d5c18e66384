"""Promises: their aim, met by work or by an offer, missed for a cause, and climbing the ladder."""

from datetime import date

from policies.packs import load_pack
from policies.schema import Policy
from policies.terms import Length
from tests.casework.promises import promise_of, suspended
from tests.make import COUNTY, HELPER, OTHER_CLERK, Life, a_member


def with_promise(pack: str = "jilin-2021", **terms: object) -> Policy:
    policy = load_pack(pack)
    promise = policy.promise
    update = {name: getattr(promise, name).model_copy(update={"value": value}) for name, value in terms.items()}
    return policy.model_copy(update={"promise": promise.model_copy(update=update)})


def test_a_promise_of_a_month_has_an_aim_before_its_holiday() -> None:
    """2026-09-04 + 1 month is a holiday: the law says 10-08, the office aims at 09-30 (A13)."""
    life = Life(pack=with_promise(length=Length.parse("1mo"), roll="following")).assisted("2026-08-25", "2026-09-04")

    assert (promise_of(life).due_on, promise_of(life).target_on) == (date(2026, 10, 8), date(2026, 9, 30))


def offer(life: Life, day: str, number: int = 1, **fields: object) -> None:
    given = {"member": "M1", "vacancy": f"V{number}", "pay_fen": 260000, "matches_plan": True, "acknowledged": True}
    life.do(day, "record_referral", HELPER, **(given | fields))


def test_an_offer_is_remembered_and_meets_only_where_the_pack_says_so() -> None:
    life = Life().assisted()
    offer(life, "2026-09-21", acknowledged=False)
    assert promise_of(life).offered_on is None
    offer(life, "2026-09-22", 2, pay_fen=150000)
    assert promise_of(life).offered_on is None
    offer(life, "2026-09-23", 3)
    offer(life, "2026-09-24", 4)
    assert (promise_of(life).offered_on, promise_of(life).met_on) == (date(2026, 9, 23), None)
    assert life.case.clock("promise") is not None

    life = Life(pack=with_promise(met_by="job_offered")).assisted()
    offer(life, "2026-09-23")
    assert (promise_of(life).offered_on, promise_of(life).met_on) == (date(2026, 9, 23), date(2026, 9, 23))
    assert life.case.clock("promise") is None
    job = life.employed("2026-11-20")
    assert (promise_of(life).employed_on, promise_of(life).met_on) == (date(2026, 11, 20), date(2026, 9, 23))
    life.do("2026-11-21", "reject_elimination", COUNTY, employment=job)
    assert (promise_of(life).employed_on, promise_of(life).met_on) == (None, date(2026, 9, 23))
    assert life.case.clock("promise") is None


def test_an_offer_after_the_last_day_is_late_and_typed_late_is_not() -> None:
    life = Life(pack=with_promise(met_by="job_offered")).assisted()
    offer(life, "2026-10-23")
    assert promise_of(life).overdue_on == date(2026, 10, 23)
    assert "handle_overdue" in life.open_tasks
    assert life.case.clock("escalation") is None

    life = Life(pack=with_promise(met_by="job_offered")).assisted()
    life.until("2026-10-26")
    offer(life, "2026-10-26", on=date(2026, 10, 22))
    assert promise_of(life).overdue_on is None
    assert "handle_overdue" not in life.open_tasks


ONE = a_member()


def served(life: Life, referrals: int = 3) -> None:
    for kind in ("guidance", "training_info"):
        life.do("2026-09-21", "record_service", HELPER, member="M1", kind=kind)
    for number in range(referrals):
        offer(life, f"2026-09-2{2 + number}", number)


def test_scenario_29_rejected_by_every_employer_is_not_the_households_doing() -> None:
    life = Life(ONE).assisted()
    served(life)
    for referral in life.case.referrals:
        life.do(
            "2026-10-09", "record_referral_outcome", HELPER, referral=referral.referral_id, outcome="employer_rejected"
        )
    life.until("2026-10-23")

    assert promise_of(life).cause == "agency_failed"


def test_scenario_28_a_refusal_judged_after_the_last_day_changes_an_unconfirmed_cause() -> None:
    life = Life(ONE).assisted()
    served(life, 2)
    refusal = life.refused("2026-10-21", None)
    life.until("2026-10-23")
    assert promise_of(life).cause == "agency_failed"  # a pending refusal never counts
    life.judged("2026-10-26", refusal, justified=False)
    assert promise_of(life).cause == "client_declined"
    life.do("2026-10-27", "judge_refusal", OTHER_CLERK, refusal=refusal, justified=True, reason_code="illness_or_care")
    assert promise_of(life).cause == "agency_failed"


def test_services_after_the_last_day_do_not_excuse_the_office() -> None:
    life = Life(ONE).assisted()
    refusal = life.refused("2026-10-08", "2026-10-09")
    assert refusal
    life.until("2026-10-23")
    for kind in ("guidance", "training_info"):
        life.do("2026-10-26", "record_service", HELPER, member="M1", kind=kind)
    for number in (7, 8):
        offer(life, "2026-10-26", number)
    suspended(life, "2026-11-09", "2026-10-12", "2026-10-14")

    assert promise_of(life).due_on == date(2026, 10, 27)
    assert promise_of(life).cause == "client_declined"  # what was given by 10-26 counts for the later day
    life = Life(ONE).assisted()
    life.refused("2026-10-08", "2026-10-09")
    life.until("2026-10-23")
    assert promise_of(life).cause == "agency_failed"


def told(life: Life, until: str) -> list[tuple[str, str]]:
    events = life.until(until)
    rungs = ("promise_overdue", "promise_escalated")
    return [
        (n.name, n.recipient) for e in events if e.trigger in rungs for n in e.notices if n.name.startswith("promise")
    ]


def test_the_ladder_tells_each_level_once_in_its_own_area() -> None:
    life = Life().assisted()

    assert told(life, "2026-12-31") == [
        ("promise_overdue", "helper1"),
        ("promise_overdue_supervisor", "220302004"),
        ("promise_escalated_county", "220302"),
        ("promise_escalated_city", "2203"),
    ]
    assert promise_of(life).told == ("helper", "supervisor", "county", "city")
    assert life.case.clock("escalation") is None


def test_a_pack_may_let_even_the_supervisor_wait() -> None:
    policy = load_pack("jilin-2021")
    rungs = ({"level": "helper"}, {"level": "supervisor", "after": "2wd"})
    kind = type(policy.escalation)
    ladder = kind.model_validate({"rungs": {"value": rungs, "basis": "内部规定：试验用的层级"}})
    life = Life(pack=policy.model_copy(update={"escalation": ladder})).assisted()

    assert told(life, "2026-10-23") == [("promise_overdue", "helper1")]
    assert told(life, "2026-10-26") == []
    assert told(life, "2026-12-31") == [("promise_overdue_supervisor", "220302004")]


def test_nobody_is_told_twice_when_an_unapproved_job_falls_away() -> None:
    life = Life().assisted()
    life.until("2026-10-29")
    life.employed("2026-10-29")
    life.do("2026-11-02", "record_job_loss", HELPER, member="M1")

    assert told(life, "2027-01-31") == [("promise_escalated_city", "2203")]
