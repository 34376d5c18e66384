"""Guaranteed posts for households in special hardship (N11) and the plan that starts by itself (N16)."""

import pytest

from casework.errors import SaidNo
from casework.tasks import TASK_KINDS
from policies.packs import load_pack
from tests.make import CLERK, COUNTY, HELPER, Life

PLAN = [step.code for step in load_pack("jilin-2021").contingency.steps.value]
POST = {"member": "M1", "pay_fen": 220000, "matches_plan": True, "acknowledged": True}


def steps_of(life: Life) -> list[str | None]:
    return [t.about for t in life.case.tasks_of("contingency_step")]


def owed(life: Life) -> bool:
    return "arrange_guaranteed_post" in life.open_tasks


def test_a_post_is_owed_again_when_it_came_to_nothing() -> None:
    life = Life().assisted()
    life.do("2026-09-21", "mark_special_hardship", CLERK, ground="disability")
    post = life.do("2026-09-22", "arrange_guaranteed_post", COUNTY, vacancy="G1", **POST).about
    assert not owed(life)
    refusal = life.do("2026-09-23", "record_refusal", HELPER, member="M1", referral=post, statement="txt-" + "0" * 32)
    assert not owed(life)
    life.judged("2026-09-24", refusal.about or "", justified=True)
    assert owed(life)
    life.do("2026-09-28", "arrange_guaranteed_post", COUNTY, vacancy="G2", **POST)
    job = life.employed("2026-10-08")
    assert not owed(life)
    life.do("2026-10-09", "reject_elimination", COUNTY, employment=job)
    assert owed(life)
    life.do("2026-10-10", "lift_special_hardship", COUNTY)
    assert not owed(life)


def test_a_member_without_good_reason_is_owed_no_second_post() -> None:
    life = Life().assisted()
    life.do("2026-09-21", "mark_special_hardship", CLERK, ground="older_member")
    post = life.do("2026-09-22", "arrange_guaranteed_post", COUNTY, vacancy="G1", **POST).about
    refusal = life.do("2026-09-23", "record_refusal", HELPER, member="M1", referral=post, statement="txt-" + "0" * 32)
    life.judged("2026-09-24", refusal.about or "", justified=False)

    assert not owed(life)


def test_the_plan_starts_by_itself_with_its_own_words_roles_and_days() -> None:
    life = Life().certified("2026-09-08", "2026-09-18")
    tasks = {t.about: t for t in life.case.tasks_of("contingency_step")}
    steps = {s.code: s for s in life.policy.contingency.steps.value}

    assert list(tasks) == PLAN
    assert {about: (t.title, t.role.value) for about, t in tasks.items()} == {
        code: (step.words, step.role) for code, step in steps.items()
    }
    assert all(t.due_on for t in tasks.values())
    assert "contingency_step" in TASK_KINDS


def test_a_late_step_of_the_plan_is_told_by_its_own_name() -> None:
    life = Life().assisted()
    late = [e for e in life.until("2026-09-26") if e.trigger == "task_overdue" and "contingency" in (e.about or "")]
    titles = [s.words for s in life.policy.contingency.steps.value if s.within.words == "5个工作日"]

    assert len(titles) == len(late) == 4
    assert [n.words["task"] for e in late for n in e.notices if n.name == "task_overdue"] == titles
    assert all(f"待办“{title}”" in e.why.says for title, e in zip(titles, late, strict=True))


def test_the_plan_starts_again_with_a_restored_certification() -> None:
    life = Life().assisted()
    life.employed("2026-10-15", "2026-10-16")
    assert steps_of(life) == []
    life.do("2026-11-20", "record_job_loss", HELPER, member="M1")
    life.do("2026-11-25", "restore_certification", COUNTY)
    assert steps_of(life) == PLAN


def test_a_locality_without_a_plan_has_no_such_tasks() -> None:
    assert steps_of(Life(pack="liaoning-2006").assisted()) == []


def test_a_ground_that_is_not_the_localitys_is_answered_with_those_that_are() -> None:
    jilin = load_pack("jilin-2021")
    few = jilin.hardship.grounds.model_copy(update={"value": ("disability", "other")})
    life = Life(
        pack=jilin.model_copy(update={"hardship": jilin.hardship.model_copy(update={"grounds": few})})
    ).assisted()

    with pytest.raises(SaidNo, match="请从以下选择：disability 成员残疾、other 其他特别困难。") as no:
        life.do("2026-09-21", "mark_special_hardship", CLERK, ground="single_parent")
    assert no.value.code == "hardship_ground_unknown"
