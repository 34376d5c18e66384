"""Rules of objections (异议): they block the gate until decided, and after the seal they open a review (A9).

Named, or anonymous with a checkable fact.  Groundless, well founded, or only facts to correct: three ends before the
seal; after it the certification stands and the county looks again (scenarios 15, 16, 18, 20, 21).
"""

from casework import exits, objection_waits, publicity
from casework.case import Case
from casework.case_facts import Objection, ObjectionStatus
from casework.commands.assistance import ProposeExit
from casework.commands.objections import (
    ConcludeReview,
    CorrectObjection,
    DismissObjection,
    RaiseObjection,
    UpholdObjection,
)
from casework.conflicts import concerned
from casework.errors import NotYourStep, SaidNo
from casework.explanation import Fact, Why
from casework.ruling import Ruling, Setting
from casework.states import Actor, ExitReason, Role
from casework.step import RECOGNISED
from casework.times import in_words

BLOCKING = "内部规定：异议处理完毕方可上报（A9）"
AFTER_SEAL = "内部规定：认定后收到的异议转为复查，认定和各项时限不变（A9）"
OFFICE_FIRST = "内部规定：异议由街道调查处理，涉及经办人员的可由县级处理（A9）"


def raise_objection(case: Case, command: RaiseObjection, setting: Setting) -> Ruling:
    """Named, or anonymous with a checkable fact: it blocks, or after the seal opens a review; else it is logged."""
    blocks = not command.anonymous or command.checkable
    sealed = case.state in RECOGNISED
    objection = Objection(
        objection_id=f"O{case.seq + 1}",
        raised_on=command.on,
        anonymous=command.anonymous,
        status=ObjectionStatus.OPEN if blocks else ObjectionStatus.NOT_BLOCKING,
        concerns=command.concerns,
        after_seal=sealed,
    )
    if not blocks:
        says = "匿名且无可核查事实，登记备查，不影响办理，报督导人员知悉。"
    elif sealed:
        says = "认定后收到异议，由县级复查；复查期间认定有效，承诺等各项时限照常计算。"
    else:
        says = "登记异议，公示继续计时，处理完毕前不得上报和认定。"
    if blocks and command.concerns:
        says = f"{says.removesuffix('。')}；被反映的工作人员回避。"
    why = Why(
        rule="objections.raised",
        says=says,
        facts=(Fact(label="提出日期", value=in_words(command.on)),),
        clause=AFTER_SEAL if sealed else setting.policy.publicity.objection_blocks.basis,
    )
    changed = case.model_copy(update={"objections": (*case.objections, objection)})
    if blocks and not sealed:
        changed = objection_waits.paused(changed, setting)
    county = {"decide_objection": Role.REVIEWER} if command.concerns else {}
    return Ruling(changed, why, about=objection.objection_id, roles=county)


def dismiss_objection(case: Case, command: DismissObjection, setting: Setting) -> Ruling:
    """Groundless: the procedure goes on without a restart (scenario 15)."""
    _require_decider(case, command.objection, command.by)
    why = Why(rule="objections.dismissed", says="异议经调查不成立，继续办理，公示不重新起算。", clause=BLOCKING)
    changed = _decided(case, command.objection, ObjectionStatus.DISMISSED, setting)
    return Ruling(objection_waits.gone_on(changed, setting), why, about=command.objection)


def uphold_objection(case: Case, command: UpholdObjection, setting: Setting) -> Ruling:
    """Substantiated: the household is not recognised (scenario 16)."""
    _require_decider(case, command.objection, command.by)
    changed = _decided(case, command.objection, ObjectionStatus.UPHELD, setting)
    why = Why(
        rule="objections.upheld",
        says="异议经调查属实，不予认定；情况变化后可再次申请。",
        clause=setting.policy.publicity.objection_blocks.basis,
    )
    return Ruling(changed, why, about=command.objection, ended=ExitReason.NOT_RECOGNISED)


def correct_objection(case: Case, command: CorrectObjection, setting: Setting) -> Ruling:
    """Substantiated, but the household still qualifies with its facts corrected: a new full publicity (A9)."""
    _require_decider(case, command.objection, command.by)
    changed = _decided(case, command.objection, ObjectionStatus.CORRECTED, setting)
    changed = publicity.restart(changed, setting.today)
    why = Why(
        rule="objections.corrected",
        says="异议部分属实，更正家庭情况后重新公示，公示期重新计算。",
        clause=f"{setting.policy.publicity.objection_blocks.basis}；{publicity.ANEW}",
    )
    return Ruling(changed, why, about=command.objection)


def conclude_review(case: Case, command: ConcludeReview, setting: Setting) -> Ruling:
    """The certification stands, or an exit is proposed; the review itself takes nothing away (A7, A9)."""
    _require_known(case, command.objection, after_seal=True)
    if command.outcome == "stands":
        case = _decided(case, command.objection, ObjectionStatus.DISMISSED, setting)
        why = Why(rule="objections.review_stands", says="复查结论：维持认定，帮扶继续。", clause=AFTER_SEAL)
        return Ruling(case, why, about=command.objection)
    case = _decided(case, command.objection, ObjectionStatus.UPHELD, setting)
    proposal = ProposeExit(
        command_id=command.command_id, by=command.by, reason=command.outcome, statement=command.finding
    )
    proposed = exits.propose_exit(case, proposal, setting)
    why = proposed.why.model_copy(update={"says": f"复查结论：异议属实。{proposed.why.says}"})
    return Ruling(proposed.case, why, about=command.objection)


def _require_decider(case: Case, objection_id: str, actor: Actor) -> None:
    """The office decides; the county may where an objection is about the office's own people or one must keep away."""
    found = _require_known(case, objection_id, after_seal=False)
    if actor.role is Role.REVIEWER and not (found.concerns or concerned(case)):
        raise NotYourStep(
            "objection_of_office",
            "这件异议不涉及经办人员，由街道经办人调查处理；街道须回避时，请先申报回避。",
            clause=OFFICE_FIRST,
        )


def _require_known(case: Case, objection_id: str, *, after_seal: bool) -> Objection:
    found = next((o for o in case.objections if o.objection_id == objection_id), None)
    if found is None:
        raise SaidNo("objection_unknown", f"本户没有编号为{objection_id}的异议，请核对异议编号。", field="objection")
    if found.after_seal is not after_seal:
        raise SaidNo(
            "objection_not_reviewed",
            f"异议{objection_id}在认定前提出，不属于认定复查，请核对编号。",
            field="objection",
        )
    return found


def _decided(case: Case, objection_id: str, status: ObjectionStatus, setting: Setting) -> Case:
    found = next(o for o in case.objections if o.objection_id == objection_id)
    if found.status is not ObjectionStatus.OPEN:
        raise SaidNo("objection_decided", f"异议{objection_id}已处理，无需重复办理。", field="objection")
    decided = found.model_copy(update={"status": status, "decided_on": setting.today})
    return case.model_copy(
        update={"objections": tuple(decided if o.objection_id == objection_id else o for o in case.objections)}
    )
