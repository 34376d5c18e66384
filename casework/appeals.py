"""Rules of appeal (申诉) against a decided exit: raised in time, seen by other eyes, restored or dismissed (A7)."""

from casework import exit_effect, grounds, refusal_counts, standstill
from casework.case import Case
from casework.case_facts import RefusalStatus
from casework.clocks import Clock
from casework.commands.exits import DismissAppeal, RaiseAppeal, UpholdAppeal
from casework.errors import NotYourStep, SaidNo
from casework.exit_facts import Appeal, ExitDecided
from casework.exits import ground, heard_from, reason_words
from casework.explanation import Fact, Why
from casework.ruling import Ruling, Setting
from casework.states import Actor, same_person
from casework.times import in_words
from casework.working_days import count

OTHER_EYES = "内部规定：申诉由提出、决定退出和认定拒绝的人以外的人员复查（A7、A30）"


def raise_appeal(case: Case, command: RaiseAppeal, setting: Setting) -> Ruling:
    """The household appeals in time; the exit has no effect until somebody else has looked (A7).

    Whoever appeals is not lost: an exit for lost contact can then only be set aside (A6).
    """
    decided = exit_effect.require_decided(case)
    if open_appeal(case) is not None:
        raise SaidNo("appeal_raised", "本户的申诉已登记，正在复查，无需重复登记；补充材料请交复查人员。")
    if command.on < decided.decided_on:
        raise SaidNo(
            "appeal_before_decision",
            f"申诉日期不能早于退出决定日期（{in_words(decided.decided_on)}），请核对。",
            field="on",
        )
    appeal = Appeal(
        appeal_id=f"A{case.seq + 1}", reason=decided.reason, raised_on=command.on, recorded_by=command.by.hand
    )
    case = heard_from(case.model_copy(update={"appeals": (*case.appeals, appeal)}), command.on)
    limit = setting.policy.exit.appeal_decision
    decide_by = count(setting.calendar, setting.today, limit.value, roll=True).ends
    why = Why(
        rule="appeals.raised",
        says=f"家庭在申诉期内对退出决定提出申诉，退出暂不生效，由未参与此事的督导人员在{in_words(decide_by)}前复查决定。",
        facts=(
            Fact(label="申诉日期", value=in_words(command.on)),
            Fact(label="申诉期限", value=in_words(decided.appeal_by)),
            Fact(label="复查期限", value=in_words(decide_by)),
        ),
        clause=setting.policy.exit.appeal_period.basis,
    )
    return Ruling(case, why, about=appeal.appeal_id)


def open_appeal(case: Case) -> Appeal | None:
    """Return the appeal that awaits its decision, or None."""
    return next((a for a in case.appeals if a.decided_on is None), None)


def uphold_appeal(case: Case, command: UpholdAppeal, setting: Setting) -> Ruling:
    """The decision was wrong: state, tasks and clocks are restored with the lost days made good (A7)."""
    decided, appeal = _require_appeal(case, command.by, setting)
    case, taken = _set_aside(case, command.sets_aside, decided, setting)
    case = grounds.weigh(_settled(case, appeal, command.by, setting, upheld=True), decided.reason)
    before = case.promise.due_on if case.promise else None
    case, moved = standstill.lift(case, setting)
    why = Why(
        rule="appeals.upheld",
        says="申诉成立，退出决定撤销，恢复帮扶，暂停的日子予以补足。" + taken,
        facts=(
            Fact(label="申诉日期", value=in_words(appeal.raised_on)),
            Fact(label="原退出理由", value=reason_words(decided.reason, setting.policy)),
            Fact(label="暂停", value=f"{in_words(decided.decided_on)}起至{in_words(setting.today)}"),
            *([_due(case, before, moved)] if before and case.clock("promise") else []),
        ),
        clause=f"{setting.policy.exit.appeal_period.basis}；{ground(decided.reason, setting.policy)}",
    )
    owed = refusal_counts.to_be_warned(case, setting)
    over = tuple(t.about for t in case.tasks_of("issue_warning") if t.about and t.about not in owed)
    each = {"issue_warning": owed, "closes:issue_warning": over}
    return Ruling(case, why, about=appeal.appeal_id, each=each, moved=moved)


def dismiss_appeal(case: Case, command: DismissAppeal, setting: Setting) -> Ruling:
    """The decision was right: the exit takes effect at once (A7)."""
    decided, appeal = _require_appeal(case, command.by, setting)
    if grounds.gone(case, decided.reason, setting):
        raise SaidNo(
            "ground_gone",
            f"“{reason_words(decided.reason, setting.policy)}”的事实已不成立，不能驳回申诉，请办理“申诉成立”。",
            field="exit_decided",
            clause=ground(decided.reason, setting.policy),
        )
    case = _settled(case, appeal, command.by, setting, upheld=False)
    says = f"申诉不成立，退出即日生效：{reason_words(decided.reason, setting.policy)}。今后如有需要可随时再次申请。"
    ruling = exit_effect.effect(case, setting, "appeals.dismissed", says, ground(decided.reason, setting.policy))
    return Ruling(ruling.case, ruling.why, about=appeal.appeal_id, ended=ruling.ended)


def _require_appeal(case: Case, by: Actor, setting: Setting) -> tuple[ExitDecided, Appeal]:
    """Return what is to be decided; nobody decides who proposed, decided or judged before (A30)."""
    decided, appeal = exit_effect.require_decided(case), open_appeal(case)
    if appeal is None:
        raise SaidNo("no_appeal", "本户没有待复查的申诉，请刷新后查看。", field="exit_decided")
    hands = (decided.proposal.proposed_by, decided.decided_by, *refusal_counts.judges(case, setting))
    if any(same_person(by, hand) for hand in hands):
        raise NotYourStep(
            "same_person", "您提出或决定了这次退出，或认定了所计的拒绝，申诉须由另一名工作人员复查。", clause=OTHER_EYES
        )
    return decided, appeal


def _settled(case: Case, appeal: Appeal, by: Actor, setting: Setting, *, upheld: bool) -> Case:
    done = appeal.model_copy(update={"decided_on": setting.today, "decided_by": by.hand, "upheld": upheld})
    return case.model_copy(update={"appeals": tuple(done if a is appeal else a for a in case.appeals)})


def _set_aside(case: Case, wanted: str | None, decided: ExitDecided, setting: Setting) -> tuple[Case, str]:
    """Take a refusal or an attempt out of the count, where the finding says so."""
    if wanted is None:
        return case, ""
    refusals = tuple(
        r.model_copy(update={"set_aside": True})
        if r.refusal_id == wanted and r.status is RefusalStatus.UNJUSTIFIED
        else r
        for r in case.refusals
    )
    contacts = tuple(c.model_copy(update={"set_aside": True}) if c.contact_id == wanted else c for c in case.contacts)
    changed = case.model_copy(update={"refusals": refusals, "contacts": contacts})
    if changed == case:
        raise SaidNo(
            "nothing_to_set_aside",
            f"本户没有编号为{wanted}、已计入次数的拒绝或联系记录，请核对编号；不撤销任何一次的，请留空。",
            field="sets_aside",
        )
    return changed, f"复查认定{wanted}不应计次，予以撤销。"


def _due(case: Case, before: object, moved: tuple[Clock, ...]) -> Fact:
    assert case.promise is not None
    clock = next((c for c in moved if c.kind == "promise"), None)
    first = f"（首次{in_words(clock.first_due_on)}）" if clock is not None and clock.moves else ""
    return Fact(label="安置承诺到期日", value=in_words(case.promise.due_on) + first)
