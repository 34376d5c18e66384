"""Publicity, objections and reviews: what may not be done, and what a return or a take-down undoes."""

import pytest

from casework.errors import CaseworkError, SaidNo
from casework.states import State
from tests.make import CLERK, COUNTY, SEALER, Life


def refused(life: Life, code: str, when: str, trigger: str, by: object = CLERK, **fields: object) -> CaseworkError:
    with pytest.raises(CaseworkError) as no:
        life.do(when, trigger, by, **fields)  # type: ignore[arg-type]
    assert no.value.code == code, no.value.message
    return no.value


def test_scenario_11_an_early_report_is_told_the_counted_dates() -> None:
    """公示时间不少于3个工作日；张贴当日不计."""
    no = refused(Life().publicised("2026-09-30"), "publicity_not_over", "2026-10-10 17:00", "report_up")

    assert "2026年10月8日、2026年10月9日、2026年10月10日" in no.message
    assert no.clause is not None
    assert no.clause.startswith("吉人社函〔2021〕102号第二条第（二）项")


def test_a_notice_is_never_posted_before_the_review_that_allows_it() -> None:
    life = Life()
    life.do("2026-09-28", "apply")
    life.do("2026-09-28", "accept_application")
    life.do("2026-09-29", "pass_first_review", compared_online=True)

    no = refused(life, "posted_before_review", "2026-09-30", "post_publicity", posted_on="2026-09-28")
    assert no.field == "posted_on"


def test_a_posting_typed_late_counts_from_its_own_day() -> None:
    """The report opens at once when the period has passed already."""
    life = Life()
    life.do("2026-09-29", "apply")
    life.do("2026-09-29", "accept_application")
    life.do("2026-09-30", "pass_first_review", compared_online=True)
    life.do("2026-10-12", "post_publicity", posted_on="2026-09-30")

    assert [e.trigger for e in life.until("2026-10-12 10:01")] == ["publicity_ended"]
    assert life.case.clock("publicity") is None


def test_a_returned_household_is_reviewed_and_publicised_anew_and_its_objections_can_still_be_decided() -> None:
    life = Life().publicised("2026-09-30")
    life.do("2026-10-12", "report_up")
    objection = life.do("2026-10-12", "raise_objection").about
    life.do("2026-10-13", "return_to_office", COUNTY)

    assert life.case.state is State.UNDER_REVIEW
    assert life.open_tasks == ["decide_objection", "first_review"]
    life.do("2026-10-13", "dismiss_objection", objection=objection)
    life.do("2026-10-14", "pass_first_review", compared_online=True)
    life.do("2026-10-14", "post_publicity")
    life.do("2026-10-20", "report_up")
    assert life.case.reviews.recheck_by is None


def test_a_notice_cannot_be_taken_down_after_the_report() -> None:
    life = Life().publicised("2026-09-30")
    life.do("2026-10-12", "report_up")

    assert "请县级退回" in refused(life, "already_reported", "2026-10-12", "take_down_publicity").message


def test_first_review_recheck_and_seal_are_three_people() -> None:
    """初审、复核、盖章由不同人员办理."""
    life = Life().publicised("2026-09-30")
    life.do("2026-10-12", "report_up")
    life.do("2026-10-13", "pass_recheck", COUNTY)

    refused(life, "same_person", "2026-10-14", "certify", COUNTY)
    assert life.do("2026-10-14", "certify", SEALER).target is State.CERTIFIED


def test_after_the_seal_a_notice_is_no_step_of_this_table() -> None:
    life = Life().certified("2026-09-08", "2026-09-18")

    no = refused(life, "step_not_allowed", "2026-09-21", "post_publicity")
    assert "已认定" in no.message
    assert "assign_helper" in no.details["allowed"]


def test_a_date_in_the_future_or_before_the_case_names_the_field_in_words() -> None:
    life = Life()
    life.do("2026-09-28", "apply")
    life.do("2026-09-28", "accept_application")

    no = refused(
        life, "date_in_future", "2026-09-29", "pass_first_review", compared_online=True, visited_on="2026-10-01"
    )
    assert no.message == "“入户走访日期”2026年10月1日晚于今天（2026年9月29日），请核对。"
    with pytest.raises(SaidNo):
        life.do("2026-09-29", "pass_first_review", compared_online=False)
