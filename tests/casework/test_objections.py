"""Objections and conflicts of interest: what blocks, who may decide, a correction's new publicity, after the seal."""

import pytest

from casework.commands import COMMANDS
from casework.conflicts import JUDGING, concerned
from casework.errors import CaseworkError
from casework.states import Actor, ExitReason, Role, State
from casework.table import rows_of
from tests.make import CHIEF, CLERK, COUNTY, HELPER, OTHER_CLERK, SEALER, Life

SUBSTITUTE = Actor(account="caseworker2", role=Role.CASEWORKER, acting_for="caseworker1")
OTHER_CHIEF = Actor(account="supervisor2", role=Role.SUPERVISOR)


def code(life: Life, when: str, trigger: str, by: Actor = CLERK, **fields: object) -> str:
    count = len(life.events)
    with pytest.raises(CaseworkError) as no:
        life.do(when, trigger, by, **fields)
    assert len([e for e in life.events[count:] if e.trigger == trigger]) == 0
    return no.value.code


def objected(**fields: object) -> tuple[Life, str]:
    life = Life().publicised("2026-09-30")
    about = life.do("2026-10-09", "raise_objection", OTHER_CLERK, **fields).about
    assert about is not None
    return life, about


def test_scenario_15_a_groundless_objection_restarts_nothing() -> None:
    life, objection = objected()
    assert code(life, "2026-10-12", "report_up") == "objection_open"
    life.do("2026-10-13", "dismiss_objection", objection=objection)

    life.do("2026-10-13", "report_up")

    assert life.case.publicity is not None
    assert life.case.publicity.round == 1


def test_a_correction_closes_the_objection_and_asks_for_a_new_full_publicity() -> None:
    """A9：家庭情况更正的，重新公示足期."""
    life, objection = objected()
    event = life.do("2026-10-13", "correct_objection", objection=objection)

    assert [t.kind for t in event.opened] == ["post_publicity"]
    assert {t.kind for t in event.closed} == {"decide_objection", "report_up"}
    assert life.case.publicity is not None
    assert life.case.publicity.taken_down_on == life.setting.today
    assert code(life, "2026-10-13", "report_up") == "nothing_posted"
    life.do("2026-10-13", "post_publicity")
    assert life.case.publicity.round == 2
    assert code(life, "2026-10-16", "report_up") == "publicity_not_over"
    life.do("2026-10-19", "report_up")


def test_a_correction_after_the_recheck_undoes_report_and_recheck() -> None:
    life = Life().publicised("2026-09-30")
    life.do("2026-10-12", "report_up")
    life.do("2026-10-13", "pass_recheck", COUNTY)
    objection = life.do("2026-10-13", "raise_objection", COUNTY).about

    event = life.do("2026-10-14", "correct_objection", objection=objection)

    assert {t.kind for t in event.closed} == {"decide_objection", "seal"}
    assert life.open_tasks == ["post_publicity"]
    assert code(life, "2026-10-14", "certify", SEALER) == "not_reported"
    assert life.case.reviews.first_by == "caseworker1"


def test_a_correction_while_no_notice_is_up_keeps_the_posting_that_is_due() -> None:
    life, objection = objected()
    life.do("2026-10-10", "take_down_publicity")
    life.do("2026-10-12", "correct_objection", objection=objection)

    assert life.open_tasks == ["post_publicity"]
    life.do("2026-10-12", "post_publicity")


def test_who_is_named_in_an_objection_takes_no_judging_step() -> None:
    life, objection = objected(concerns="caseworker1")
    task = life.case.tasks_of("decide_objection")[0]

    assert task.role is Role.REVIEWER
    for trigger in ("dismiss_objection", "uphold_objection", "correct_objection"):
        assert code(life, "2026-10-12", trigger, objection=objection) == "conflict_of_interest"
        assert code(life, "2026-10-12", trigger, SUBSTITUTE, objection=objection) == "conflict_of_interest"
    life.do("2026-10-12", "dismiss_objection", COUNTY, objection=objection)
    life.do("2026-10-12", "report_up", OTHER_CLERK)


def test_another_of_the_office_may_still_decide() -> None:
    life, objection = objected(concerns="caseworker1")

    assert life.do("2026-10-12", "uphold_objection", OTHER_CLERK, objection=objection).target is State.EXITED


def test_a_named_reviewer_neither_rechecks_nor_seals() -> None:
    life, objection = objected(concerns="reviewer1")
    life.do("2026-10-12", "dismiss_objection", objection=objection)
    life.do("2026-10-12", "report_up")

    assert code(life, "2026-10-13", "pass_recheck", COUNTY) == "conflict_of_interest"
    assert code(life, "2026-10-13", "return_to_office", COUNTY) == "conflict_of_interest"
    life.do("2026-10-13", "pass_recheck", SEALER)
    assert code(life, "2026-10-14", "certify", COUNTY) == "conflict_of_interest"


def test_hearsay_names_nobody() -> None:
    """Scenario 18: logged, not blocking; and nobody is driven off a case by an anonymous name without a fact."""
    life, _ = objected(anonymous=True, checkable=False, concerns="caseworker1")

    assert concerned(life.case) == ()
    life.do("2026-10-12", "report_up")


def test_the_county_does_not_take_an_ordinary_objection_from_the_office() -> None:
    life, objection = objected()

    assert code(life, "2026-10-12", "dismiss_objection", COUNTY, objection=objection) == "objection_of_office"
    life.do("2026-10-12", "declare_conflict", CLERK)
    life.do("2026-10-12", "dismiss_objection", COUNTY, objection=objection)


def test_everybody_declares_for_himself_and_a_supervisor_for_another() -> None:
    life = Life()
    life.do("2026-09-28", "apply")
    life.do("2026-09-28", "accept_application")
    assert code(life, "2026-09-28", "declare_conflict", OTHER_CLERK, account="caseworker1") == "not_yours_to_declare"

    life.do("2026-09-28", "declare_conflict", CHIEF, account="caseworker1")

    assert code(life, "2026-09-29", "pass_first_review", compared_online=True) == "conflict_of_interest"
    assert code(life, "2026-09-29", "declare_conflict") == "conflict_unchanged"
    assert code(life, "2026-09-29", "declare_conflict", lifted=True) == "not_yours_to_declare"
    life.do("2026-09-29", "declare_conflict", CHIEF, account="caseworker1", lifted=True)
    life.do("2026-09-29", "pass_first_review", compared_online=True)


def test_a_supervisor_never_lifts_his_own_and_lifts_a_name_from_an_objection() -> None:
    life, objection = objected(concerns="caseworker1")
    life.do("2026-10-10", "declare_conflict", CHIEF)
    assert code(life, "2026-10-10", "declare_conflict", CHIEF, account="supervisor1", lifted=True) == "own_conflict"

    life.do("2026-10-10", "declare_conflict", OTHER_CHIEF, account="caseworker1", lifted=True)

    assert concerned(life.case) == ("supervisor1",)
    life.do("2026-10-12", "dismiss_objection", CLERK, objection=objection)


def test_scenario_20_an_objection_after_the_end_blocks_the_seal() -> None:
    life = Life().publicised("2026-09-30")
    life.do("2026-10-12", "report_up")
    life.do("2026-10-13", "pass_recheck", COUNTY)
    life.do("2026-10-13", "raise_objection")

    assert code(life, "2026-10-14", "certify", SEALER) == "objection_open"


def test_scenario_21_after_the_seal_the_certification_stands_and_a_review_opens() -> None:
    life = Life().assisted()
    due = life.case.clock("promise")
    event = life.do("2026-09-21", "raise_objection")

    assert [(t.kind, t.role) for t in event.opened] == [("review_certification", Role.REVIEWER)]
    assert life.case.state is State.ASSISTED
    assert life.case.clock("promise") == due
    objection = event.about
    done = life.do("2026-09-24", "conclude_review", COUNTY, objection=objection, outcome="stands")
    assert [t.kind for t in done.closed] == ["review_certification"]
    assert life.case.clock("promise") == due
    assert code(life, "2026-09-24", "conclude_review", COUNTY, objection=objection, outcome="stands") == (
        "objection_decided"
    )


@pytest.mark.parametrize("outcome", ["income_found", "false_report"])
def test_scenario_21_a_review_takes_nothing_away_but_may_propose_an_exit(outcome: str) -> None:
    life = Life().assisted()
    objection = life.do("2026-09-21", "raise_objection").about
    event = life.do("2026-09-24", "conclude_review", COUNTY, objection=objection, outcome=outcome)

    assert life.case.state is State.ASSISTED
    assert life.case.exit_proposal is not None
    assert life.case.exit_proposal.reason is ExitReason(outcome)
    assert [t.kind for t in event.opened] == ["decide_exit"]
    assert [n.name for n in event.notices] == ["exit_proposed"]
    life.do("2026-09-25", "record_exit_response", HELPER)
    assert code(life, "2026-09-25", "approve_exit", COUNTY) == "same_person"


def test_while_another_exit_is_proposed_a_review_waits_with_its_finding() -> None:
    life = Life().assisted()
    objection = life.do("2026-09-21", "raise_objection").about
    life.do("2026-09-22", "propose_exit", HELPER, reason="moved_away")

    assert code(life, "2026-09-24", "conclude_review", COUNTY, objection=objection, outcome="false_report") == (
        "exit_already_proposed"
    )
    life.do("2026-09-24", "conclude_review", COUNTY, objection=objection, outcome="stands")


def test_hearsay_after_the_seal_is_only_logged() -> None:
    life = Life().assisted()

    assert life.do("2026-09-21", "raise_objection", anonymous=True, checkable=False).opened == ()


def test_what_the_county_or_a_supervisor_alone_decides_is_judging_or_known_not_to_be() -> None:
    """A new step of theirs must be thought of here: may somebody with an interest take it?"""
    served = {"arrange_guaranteed_post", "complete_contingency_step"}
    above = {Role.REVIEWER, Role.SUPERVISOR}
    alone = {t for t in COMMANDS if (rows := rows_of(t)) and {role for row in rows for role in row.who} <= above}

    assert alone - JUDGING <= served


def test_every_judging_step_is_a_step() -> None:
    assert set(COMMANDS) >= JUDGING
