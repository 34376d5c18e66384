"""What a new policy does to the household's time to answer and to appeal (陈述申辩期、申诉期): never shorter (A36).

Also the words and the move that every effect of a new policy uses; the other effects are in `policy_effects.py`.
"""

from datetime import timedelta

from casework.case import Case
from casework.clocks import Clock, Move, Ring
from casework.explanation import Fact
from casework.recount import Recount, change
from casework.ruling import Setting
from casework.times import end_of, in_words
from casework.working_days import Counted, count, lengthen_only
from policies.schema import Policy

A36 = "内部规定：办法修订时从旧兼从优，已办结的不变，计次按事件发生日有效的办法（A36）"
BECAUSE = "改用新办法，新规定对家庭更有利"


def exit_response(case: Case, old: Policy, setting: Setting) -> Recount:
    """The household's time to answer a proposed exit takes the new length when that is longer."""
    proposal = case.exit_proposal
    if proposal is None:
        return Recount(case)
    kept = proposal.model_copy(update={"under": proposal.under or old.label})
    stays = case.model_copy(update={"exit_proposal": kept})
    before, after = setting.terms_under(kept.under).exit.response_period, setting.policy.exit.response_period
    clock = case.clock("exit_response")
    if proposal.response_ended or clock is None or before.value == after.value:
        return Recount(stays)
    exact = lengthen_only(proposal.respond_by, count(setting.calendar, proposal.proposed_on, after.value, roll=True))
    if exact.ends == proposal.respond_by:
        words = f"仍为{in_words(proposal.respond_by)}（新办法的{after.value.words}不更长）"
        return Recount(stays, facts=(Fact(label="陈述申辩期", value=words),))
    update = {"respond_by": exact.ends, "provisional": exact.provisional, "under": setting.policy.label}
    ring = Ring(at=end_of(exact.ends), trigger="exit_response_ended")
    clock = moved(clock, exact, (ring,), setting, after.basis).model_copy(
        update={"length": str(after.value), "basis": after.basis}
    )
    return Recount(
        case.model_copy(update={"exit_proposal": proposal.model_copy(update=update)}),
        (clock,),
        (f"陈述申辩期由{in_words(proposal.respond_by)}延长为{in_words(exact.ends)}",),
        (change("陈述申辩期", proposal.respond_by, exact.ends),),
    )


def exit_effect(case: Case, old: Policy, setting: Setting) -> Recount:
    """The household's time to appeal against a decided exit takes the new length when that is longer."""
    decided, clock = case.exit_decided, case.clock("exit_effect")
    if decided is None:
        return Recount(case)
    kept = decided.model_copy(update={"under": decided.under or old.label})
    stays = case.model_copy(update={"exit_decided": kept})
    before, after = setting.terms_under(kept.under).exit.appeal_period, setting.policy.exit.appeal_period
    if clock is None or before.value == after.value:
        return Recount(stays)
    exact = lengthen_only(decided.appeal_by, count(setting.calendar, decided.decided_on, after.value, roll=True))
    if exact.ends == decided.appeal_by:
        words = f"仍为{in_words(decided.appeal_by)}（新办法的{after.value.words}不更长）"
        return Recount(stays, facts=(Fact(label="退出申诉期", value=words),))
    update = {
        "appeal_by": exact.ends,
        "takes_effect_on": exact.ends + timedelta(days=1),
        "provisional": exact.provisional,
        "under": setting.policy.label,
    }
    ring = Ring(at=end_of(exact.ends), trigger="exit_effective")
    clock = moved(clock, exact, (ring,), setting, after.basis).model_copy(
        update={"length": str(after.value), "basis": after.basis}
    )
    return Recount(
        case.model_copy(update={"exit_decided": decided.model_copy(update=update)}),
        (clock,),
        (f"退出申诉期由{in_words(decided.appeal_by)}延长为{in_words(exact.ends)}",),
        (change("退出申诉期", decided.appeal_by, exact.ends),),
    )


def moved(clock: Clock, exact: Counted, rings: tuple[Ring, ...], setting: Setting, clause: str) -> Clock:
    move = Move(on=setting.today, was=clock.due_on, now=exact.ends, why=BECAUSE, clause=f"{clause}；{A36}")
    update = {"due_on": exact.ends, "provisional": exact.provisional, "rings": rings, "moves": (*clock.moves, move)}
    return clock.model_copy(update=update)
