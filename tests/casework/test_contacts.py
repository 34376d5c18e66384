"""Contact: who answered, what counts as reached, wrong numbers and returned letters, whoever is sought again."""

from datetime import date

import pytest

from casework.contact_counts import attempts, failed_row
from casework.errors import CaseworkError
from tests.make import HELPER, TEXT, Life, a_member


def life(*members: object) -> Life:
    return Life(*members).assisted("2026-01-05", "2026-01-16")  # type: ignore[arg-type]


def failed(life: Life) -> int:
    return attempts(failed_row(life.case), life.setting)


def test_scenario_54_the_wife_answers_and_the_husband_is_sought() -> None:
    case = life()
    case.contact("2026-02-02", "phone")
    event = case.contact("2026-02-03", "visit", "reached", answered_by="M2", sought="M1")

    assert failed(case) == 0
    assert [(t.kind, t.about) for t in event.opened] == [("reach_member", "M1")]
    assert event.opened[0].due_on == date(2026, 2, 10)
    assert "本人不在" in event.why.says
    done = case.contact("2026-02-04", "phone", "reached", answered_by="M1")
    assert [(t.kind, t.done) for t in done.closed] == [("reach_member", True)]


@pytest.mark.parametrize("who", [{"answered_by": "M3"}, {"answered": "minor"}, {"answered": "other"}])
def test_a_child_or_a_neighbour_who_answers_neither_ends_the_row_nor_counts(who: dict[str, str]) -> None:
    child = a_member("M3", relation="儿子", birth_date=date(2009, 2, 3), marital="未婚", status="在校学生")
    case = life(a_member(), a_member("M2", sex="女", track="工人"), child)
    case.contact("2026-02-02", "phone")
    event = case.contact("2026-02-02 15:00", "visit", "reached", **who)

    assert failed(case) == 1
    assert "不算联系上" in event.why.says


def test_on_the_eighteenth_birthday_a_child_answers_for_the_household() -> None:
    child = a_member("M3", relation="儿子", birth_date=date(2008, 2, 3), marital="未婚", status="在校学生")
    for day, count in (("2026-02-02", 1), ("2026-02-03", 0)):
        case = life(a_member(), a_member("M2", sex="女", track="工人"), child)
        case.contact("2026-02-02", "phone")
        case.contact(f"{day} 16:00", "phone", "reached", answered_by="M3")
        assert failed(case) == count


def test_a_household_that_comes_by_itself_is_reached_and_nothing_else_can_be_written_of_it() -> None:
    case = life()
    case.contact("2026-02-02", "phone")
    with pytest.raises(CaseworkError) as no:
        case.contact("2026-02-03", "visit", "failed", by_household=True)
    assert (no.value.code, no.value.field) == ("household_came_itself", "outcome")
    case.contact("2026-02-03", "visit", "reached", by_household=True)

    assert failed(case) == 0


def test_whoever_takes_or_declines_a_job_in_person_was_reached() -> None:
    case = life()
    case.contact("2026-02-02", "phone")
    case.contact("2026-02-03", "visit")
    referral = case.do("2026-02-04", "record_referral", HELPER, member="M1", vacancy="V1", pay_fen=260000,
                       matches_plan=True, acknowledged=True).about  # fmt: skip
    assert failed(case) == 0
    case.contact("2026-02-05", "phone")
    case.do("2026-02-06", "record_refusal", HELPER, member="M1", referral=referral, statement=TEXT)
    assert failed(case) == 0
    again = case.do("2026-02-09", "record_referral", HELPER, member="M1", vacancy="V2", pay_fen=260000,
                    matches_plan=True, acknowledged=True).about  # fmt: skip
    case.contact("2026-02-10", "phone")
    case.do("2026-02-11", "record_refusal", HELPER, member="M1", referral=again, no_show=True)
    assert failed(case) == 1


def test_scenario_56_a_wrong_number_in_the_middle_and_a_visit_that_does_not_heal_it() -> None:
    case = life()
    case.contact("2026-02-02", "phone")
    case.contact("2026-02-03", "visit")
    case.contact("2026-02-04", "phone", "wrong_number")
    assert failed(case) == 1
    case.contact("2026-02-05", "visit", "reached")
    case.contact("2026-02-06", "phone")
    assert failed(case) == 0, "the old number is still wrong"
    case.contact("2026-02-09", "phone", number_verified=True)
    case.contact("2026-02-10", "phone")
    assert failed(case) == 2


def test_a_letter_that_comes_back_was_no_notice_until_the_address_is_checked() -> None:
    case = life()
    case.contact("2026-02-02", "phone")
    case.contact("2026-02-03", "letter")
    case.contact("2026-02-06", "letter", "returned")
    case.contact("2026-02-09", "letter")
    assert [c.channel for c in failed_row(case.case)] == ["phone"]
    case.contact("2026-02-10", "letter", number_verified=True)
    assert failed(case) == 2
    with pytest.raises(CaseworkError, match="只用于书面通知"):
        case.contact("2026-02-11", "phone", "returned")


def test_three_phone_calls_on_three_days_are_not_enough_without_a_visit_or_a_letter() -> None:
    case = life()
    for day in ("2026-02-02", "2026-02-03", "2026-02-04"):
        case.contact(day, "phone")
    assert case.case.exit_proposal is None
    case.contact("2026-02-05", "visit")
    assert case.case.exit_proposal is not None


def test_scenario_50_fails_on_three_days_across_the_national_holiday() -> None:
    case = Life().assisted("2026-09-08", "2026-09-18")
    for day, channel in (("2026-09-30", "phone"), ("2026-10-08", "visit"), ("2026-10-09", "phone")):
        case.contact(day, channel)
    assert case.case.exit_proposal is not None


def test_scenarios_52_and_53_one_day_is_one_attempt_and_the_month_ends_on_its_day() -> None:
    case = Life().assisted("2026-09-08", "2026-09-18")
    for hour in (9, 10, 11):
        case.contact(f"2026-10-12 {hour}:00", "phone")
    assert failed(case) == 1
    late = Life().assisted("2026-09-08", "2026-09-18")
    for day, channel in (("2026-09-19", "visit"), ("2026-10-15", "phone"), ("2026-10-20", "phone")):
        late.contact(day, channel)
    assert late.case.exit_proposal is None


def test_an_attempt_typed_late_takes_its_place_by_its_date() -> None:
    case = life()
    case.contact("2026-02-02", "phone")
    case.contact("2026-02-04", "phone")
    case.contact("2026-02-06", "visit", "reached", on="2026-02-05")
    case.contact("2026-02-06 15:00", "visit", on="2026-02-03")

    assert failed(case) == 0
