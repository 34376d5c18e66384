"""What a notice says: each is read here as its receiver reads it, rendered from the words its step brought."""

from collections.abc import Mapping
from datetime import date

from casework.events import CaseEvent
from notifications.catalog import notice_named
from notifications.rendering import render
from notifications.words import LOOKED_UP, words_from
from policies.packs import load_pack
from tests.make import COUNTY, HELPER, JOB, SEALER, TEXT, Life, a_member

LOOKED = {"case_no": "001", "household": "张*家庭", "helper": "李梅", "office_phone": "0434-3123456"}


def sms(event: CaseEvent, name: str) -> str:
    """Return the text of a notice of an event as the addressee gets it."""
    notice = notice_named(name)
    told: Mapping[str, str] = next(n.words for n in event.notices if n.name == name)
    looked_up = {k: v for k, v in LOOKED.items() if k in LOOKED_UP and k in notice.words.__dataclass_fields__}
    return render(notice, words_from(notice.words, {**told, **looked_up}))


def test_a_job_lost_before_the_county_approved_goes_on_with_the_old_promise() -> None:
    life = Life().assisted()
    life.employed("2026-09-28")
    event = life.do("2026-10-09", "record_job_loss", HELPER, member="M1")

    text = sms(event, "job_loss_reported")
    assert "原承诺2026年10月22日到期，继续计算" in text
    assert "恢复认定" not in text
    assert "restore_certification" not in life.open_tasks


def test_a_job_lost_after_the_promise_had_passed_says_so() -> None:
    life = Life().assisted()
    life.employed("2026-10-20")
    event = life.do("2026-10-26", "record_job_loss", HELPER, member="M1")

    assert "原承诺已于2026年10月22日到期" in sms(event, "job_loss_reported")


def test_a_job_lost_after_the_elimination_waits_for_the_county() -> None:
    life = Life().assisted()
    job = life.employed("2026-09-28")
    life.do("2026-09-29", "approve_elimination", COUNTY, employment=job)
    event = life.do("2026-11-20", "record_job_loss", HELPER, member="M1")

    assert "已转回帮扶，待县级恢复认定。" in sms(event, "job_loss_reported")


def test_lagging_services_are_what_is_still_to_be_done() -> None:
    """Not the counters: “还差职业指导0/1次” would read as nothing missing."""
    life = Life(a_member()).assisted()
    life.do("2026-09-28", "record_service", HELPER, member="M1", kind="guidance")
    (event,) = [e for e in life.until("2026-10-12") if e.trigger == "services_checked"]

    assert "还差本人技能培训信息1次、推荐岗位3次，请在10月22日前" in sms(event, "services_lagging")


def test_the_services_of_many_members_are_summed_and_never_cut_short() -> None:
    son = a_member("M2", relation="儿子", birth_date=date(2006, 1, 2), marital="未婚")
    for members, words in (
        ((), "；配偶职业指导1次、技能培训信息1次、推荐岗位3次"),
        (
            (a_member(), son, son.model_copy(update={"member_id": "M3"})),
            "还差3名成员共职业指导3次、技能培训信息3次、推荐岗位9次",
        ),
    ):
        life = Life(*members).assisted()
        (event,) = [e for e in life.until("2026-10-12") if e.trigger == "services_checked"]

        assert f"{words}，请在10月22日前" in sms(event, "services_lagging")


def test_a_withdrawn_proposal_does_not_give_its_ground_as_the_reason_of_the_withdrawal() -> None:
    life = Life().assisted()
    for day, channel in (("2026-09-30", "phone"), ("2026-10-08", "visit"), ("2026-10-09", "phone")):
        proposed = life.do(day, "record_contact", HELPER, channel=channel, outcome="failed")
    assert "拟退出零就业家庭帮扶。原因：1个月内连续3次无法取得联系。" in sms(proposed, "exit_proposed")

    event = life.do("2026-10-12", "record_contact", HELPER, channel="phone", outcome="reached")

    text = sms(event, "exit_proposal_withdrawn")
    assert "以“1个月内连续3次无法取得联系”为由的退出建议已撤回，帮扶照常进行。" in text
    assert "原因：" not in text


def test_the_reason_names_the_numbers_of_the_locality() -> None:
    jilin = load_pack("jilin-2021")
    terms = jilin.contact.model_copy(update={"threshold": jilin.contact.threshold.model_copy(update={"value": 2})})
    life = Life(pack=jilin.model_copy(update={"contact": terms})).assisted()
    life.do("2026-09-30", "record_contact", HELPER, channel="phone", outcome="failed")
    event = life.do("2026-10-08", "record_contact", HELPER, channel="visit", outcome="failed")

    assert "1个月内连续2次无法取得联系" in sms(event, "exit_proposed")


def test_a_household_whose_case_closes_on_stable_work_is_told() -> None:
    life = Life(pack="national-2007").assisted()
    event = life.do("2026-09-28", "record_employment", HELPER, member="M1", **JOB)
    assert event.about is not None
    life.do("2026-09-29", "approve_elimination", COUNTY, employment=event.about)
    event = life.do("2027-03-29", "confirm_stable", COUNTY)

    text = sms(event, "exit_decided")
    assert "自2027年3月29日起退出零就业家庭帮扶。原因：家庭成员已稳定就业。" in text


def test_a_promise_counted_from_discovery_that_has_passed_at_the_seal_is_not_promised_again() -> None:
    for discovered, words in (
        ("2026-09-14", "力争2026年10月8日前（含当日）帮助家中至少一人就业。"),
        ("2026-08-03", "原定帮助就业的期限2026年8月24日已过，我们将抓紧帮扶。"),
    ):
        life = Life(pack="liaoning-2006")
        life.do("2026-09-14", "apply", discovered_on=date.fromisoformat(discovered))
        life.do("2026-09-14", "accept_application")
        life.do("2026-09-14", "pass_first_review", compared_online=True)
        life.do("2026-09-14", "post_publicity")
        life.do("2026-09-18", "report_up")
        life.do("2026-09-18", "pass_recheck", COUNTY)

        assert words in sms(life.do("2026-09-18", "certify", SEALER), "certified")


def test_who_is_not_recognised_reads_what_the_rules_found() -> None:
    wife = a_member("M2", status="单位就业")
    life = Life(a_member(), wife)
    life.do("2026-09-14", "apply")
    life.do("2026-09-14", "accept_application")
    text = sms(life.do("2026-09-14", "decline_first_review"), "not_recognised")

    assert "不予认定。原因：配偶（M2）不处于失业状态，不符合认定条件。依据：吉人社函〔2021〕102号第一条。" in text


def test_who_is_not_recognised_for_another_reason_reads_what_was_decided() -> None:
    life = Life().publicised("2026-09-14")
    objection = life.do("2026-09-15", "raise_objection", content=TEXT).about
    text = sms(life.do("2026-09-16", "uphold_objection", objection=objection), "not_recognised")

    assert "原因：异议经调查属实，不予认定。" in text
    assert text.count("申请。") == 0
