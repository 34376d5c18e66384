"""Counts that span a change of policy: each event is judged by the rule of its day (A36)."""

from casework.refusal_counts import reached_by
from tests.casework.test_policy_change import revised
from tests.make import HELPER, Life

STRICTER = revised({"refusal.threshold": 2, "refusal.warning_at": 1})
MILDER = revised({"refusal.threshold": 4, "refusal.warning_at": 3})


def test_a_stricter_count_does_not_reach_back() -> None:
    """One refusal under three, one under two: full only under the later rule, so not full."""
    life = Life().assisted()
    life.refused("2026-09-28", "2026-09-29")
    life.adopt_policy("2026-10-09", STRICTER)
    life.refused("2026-10-12", "2026-10-13")
    assert reached_by(life.case, life.setting) == ()
    life.refused("2026-10-14", "2026-10-15")  # the 12th and the 14th are two under the new rule
    assert reached_by(life.case, life.setting) == ("M1",)


def test_a_milder_count_helps_whoever_refused_before_it() -> None:
    life = Life().assisted()
    life.refused("2026-09-28", "2026-09-29")
    life.refused("2026-09-30", "2026-10-08")
    life.do("2026-10-08", "issue_warning", member="M1")
    life.adopt_policy("2026-10-09", MILDER)
    life.refused("2026-10-12", "2026-10-13")
    assert reached_by(life.case, life.setting) == ()
    assert life.case.exit_proposal is None


def test_what_was_full_before_the_change_stays_full() -> None:
    life = Life().assisted()
    for day in ("2026-09-21", "2026-09-23", "2026-09-28"):
        life.refused(day, day)
    assert life.case.exit_proposal is not None
    life.adopt_policy("2026-10-09", MILDER)
    assert life.case.exit_proposal is not None
    assert reached_by(life.case, life.setting) == ("M1",)


def test_an_event_is_judged_by_the_rule_of_its_day_however_late_it_is_typed() -> None:
    life = Life().assisted()
    life.adopt_policy("2026-10-20", revised({"refusal.minimum_wage_fen": 300000}))
    told_early = life.do("2026-10-20", "record_referral", HELPER, member="M1", vacancy="V1", on="2026-10-08",
                         pay_fen=260000, matches_plan=True, acknowledged=True)  # fmt: skip
    told_late = life.do("2026-10-20", "record_referral", HELPER, member="M1", vacancy="V2", on="2026-10-09",
                        pay_fen=260000, matches_plan=True, acknowledged=True)  # fmt: skip
    suitable = {r.referral_id: r.suitable for r in life.case.referrals}
    assert (suitable[str(told_early.about)], suitable[str(told_late.about)]) == (True, False)


def test_attempts_are_counted_by_the_rule_of_their_day() -> None:
    """Two attempts under three, then a rule that wants two: the row that spans both needs three."""
    life = Life().assisted()
    life.contact("2026-10-08", "phone")
    life.adopt_policy("2026-10-09", revised({"contact.threshold": 2}))
    life.contact("2026-10-12", "visit")
    assert life.case.exit_proposal is None
    life.contact("2026-10-13", "phone")
    assert life.case.exit_proposal is not None


def silent(*days: str) -> Life:
    """A life in the invented locality, where nobody must have been reached for three months."""
    life = Life(pack="test-anzhou")
    life.events = Life().assisted("2026-07-06", "2026-07-15").events
    for place, day in enumerate(days):
        life.contact(day, "visit" if place % 2 else "phone")
    return life


def test_three_months_without_contact_are_full_only_when_they_have_passed() -> None:
    early = ("2026-07-31", "2026-08-03", "2026-08-04", "2026-10-31")
    assert silent(*early).case.exit_proposal is None  # 10-31 is the last day of the three months
    assert silent(*early, "2026-11-01").case.exit_proposal is not None
    assert silent("2026-07-31", "2026-11-01").case.exit_proposal is None  # the two lie further apart than the months
    assert silent("2026-07-31", "2026-10-31", "2026-11-02").case.exit_proposal is not None
