"""Rules of publicity (公示): the posting day is not counted, open objections shut the gate, corrected facts start anew.

Objections themselves are in `casework/objections.py`.
"""

from datetime import date

from casework.case import Case
from casework.case_facts import ObjectionStatus, Publicity
from casework.commands.deadlines import PublicityEnded
from casework.commands.review import PostPublicity, TakeDownPublicity
from casework.commands.verification import RecordPublicityProof
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.ruling import Ruling, Setting
from casework.times import end_of, in_words
from casework.working_days import Counted, count
from policies.terms import Length, Term

ANEW = "内部规定：家庭情况更正后重新公示（A9）"
"""What a new full publicity after a correction stands on."""


def _counted(case_posted: Publicity, setting: Setting) -> Counted:
    return count(setting.calendar, case_posted.posted_on, length_of(case_posted, setting).value, roll=True)


def length_of(notice: Publicity, setting: Setting) -> Term[Length]:
    """Return the length that a notice was posted for: a later policy leaves it as it is (A36, scenario 87)."""
    return setting.terms_under(notice.under).publicity.length


def count_facts(counted: Counted) -> tuple[Fact, ...]:
    """Return the counted and the skipped dates, as every explained clock shows them."""
    facts = [Fact(label="计入日期", value="、".join(d.isoformat() for d in counted.counted))]
    if counted.skipped:
        facts.append(Fact(label="不计日期", value="、".join(f"{s.day}（{s.reason}）" for s in counted.skipped)))
    if counted.provisional:
        facts.append(Fact(label="提示", value="涉及尚未公布放假安排的年份，日期为暂定"))
    return tuple(facts)


def post_publicity(case: Case, command: PostPublicity, setting: Setting) -> Ruling:
    """张贴公示; the period is the pack's, the day of posting is not counted (J6, A8)."""
    if not case.tasks_of("post_publicity"):
        if case.publicity and case.publicity.up:
            raise SaidNo(
                "already_posted",
                f"公示已于{in_words(case.publicity.posted_on)}张贴，正在公示或已期满；如张贴无效，请先撤下公示。",
            )
        raise SaidNo(
            "first_review_missing",
            "初审尚未通过，不能公示，请先办理初审。",
            clause=setting.policy.review.compare_online.basis,
        )
    if case.reviews.first_on and command.posted_on < case.reviews.first_on:
        raise SaidNo(
            "posted_before_review",
            f"张贴日期不能早于初审通过日期（{in_words(case.reviews.first_on)}），请核对张贴日期。",
            field="posted_on",
        )
    earlier = case.publicity
    if earlier and earlier.taken_down_on and command.posted_on < earlier.taken_down_on:
        raise SaidNo(
            "posted_before_take_down",
            f"重新张贴日期不能早于撤下日期（{in_words(earlier.taken_down_on)}），请核对。",
            field="posted_on",
        )
    terms = setting.terms_on(command.posted_on)
    counted = count(setting.calendar, command.posted_on, terms.publicity.length.value, roll=True)
    notice = Publicity(
        round=(earlier.round if earlier else 0) + 1,
        posted_on=command.posted_on,
        ends_on=counted.ends,
        ends_at=end_of(counted.ends),
        provisional=counted.provisional,
        under=terms.label,
    )
    why = Why(
        rule="publicity.posted",
        says=f"公示自{in_words(command.posted_on)}张贴，张贴当日不计，至{in_words(counted.ends)}24时期满。",
        facts=count_facts(counted),
        clause=terms.publicity.length.basis,
    )
    return Ruling(case.model_copy(update={"publicity": notice}), why)


def take_down_publicity(case: Case, command: TakeDownPublicity, setting: Setting) -> Ruling:
    """Posted too short or without proof: the period does not count and starts anew with a new posting (A8)."""
    notice = case.publicity
    if notice is None or not notice.up:
        raise SaidNo("nothing_posted", "当前没有在张贴的公示，无需撤下。")
    if case.reviews.reported_on is not None:
        raise SaidNo("already_reported", "本户已上报县级，公示不能再撤下；如公示无效，请县级退回。")
    if command.on < notice.posted_on:
        raise SaidNo(
            "taken_down_before_posting",
            f"撤下日期不能早于张贴日期（{in_words(notice.posted_on)}），请核对。",
            field="on",
        )
    down = notice.model_copy(update={"taken_down_on": command.on, "over": False})
    why = Why(
        rule="publicity.taken_down",
        says=f"公示于{in_words(command.on)}撤下，本次公示不算，须重新张贴并重新计算。",
        facts=(Fact(label="原张贴日期", value=notice.posted_on.isoformat()),),
        clause=f"{setting.policy.publicity.length.basis}；内部规定：提前撤下或无张贴证明的不计（A8）",
    )
    return Ruling(case.model_copy(update={"publicity": down}), why)


def record_publicity_proof(case: Case, command: RecordPublicityProof, setting: Setting) -> Ruling:
    """A photograph taken while the notice hung; where the locality wants it the period counts only with it (A8)."""
    notice = _posted(case)
    if notice.proof_on is not None:
        raise SaidNo("proof_recorded", f"本次公示已有{in_words(notice.proof_on)}的张贴证明，无需重复登记。")
    if not notice.posted_on <= command.on <= notice.ends_on:
        raise SaidNo(
            "proof_outside_period",
            f"照片须在公示期内（{in_words(notice.posted_on)}至{in_words(notice.ends_on)}）拍摄；"
            "没有期内照片的，请撤下公示后重新张贴。",
            field="on",
            clause=setting.policy.publicity.proof.basis,
        )
    why = Why(
        rule="publicity.proved",
        says=f"公示张贴证明已登记，照片摄于{in_words(command.on)}。",
        facts=(Fact(label="张贴日期", value=notice.posted_on.isoformat()),),
        clause=setting.policy.publicity.proof.basis,
    )
    return Ruling(case.model_copy(update={"publicity": notice.model_copy(update={"proof_on": command.on})}), why)


def _unproved(notice: Publicity, setting: Setting) -> bool:
    return setting.policy.publicity.proof.value == "photo" and notice.proof_on is None


def publicity_ended(case: Case, command: PublicityEnded, setting: Setting) -> Ruling:
    """24:00 of the last counted day: the report may go up from the next day's 00:00."""
    notice = _posted(case)
    if setting.now < notice.ends_at:
        raise SaidNo("publicity_not_over", "公示期未满，时限未到。", field="publicity")
    waiting = [o for o in case.objections if o.status is ObjectionStatus.OPEN]
    tail = f"，尚有{len(waiting)}件异议未处理，处理完毕前不能上报" if waiting else "，无未决异议，可以上报"
    if _unproved(notice, setting):
        tail = "，尚无张贴证明，登记期内照片后方可上报"
    why = Why(
        rule="publicity.ended",
        says=f"公示已于{in_words(notice.ends_on)}24时期满{tail}。",
        facts=count_facts(_counted(notice, setting)),
        clause=length_of(notice, setting).basis,
    )
    return Ruling(case.model_copy(update={"publicity": notice.model_copy(update={"over": True})}), why)


def require_over(case: Case, setting: Setting) -> Publicity:
    """Return the valid, ended notice, or say no with the counted dates (scenario 11)."""
    notice = _posted(case)
    if not notice.over:
        counted = _counted(notice, setting)
        dates = "、".join(in_words(d) for d in counted.counted)
        raise SaidNo(
            "publicity_not_over",
            f"公示期未满：{in_words(notice.posted_on)}张贴（当日不计），应计{dates}，"
            f"至{in_words(notice.ends_on)}24时期满，次日零时起方可上报。",
            field="publicity",
            clause=length_of(notice, setting).basis,
        )
    if _unproved(notice, setting):
        raise SaidNo(
            "proof_missing",
            "本次公示没有张贴证明，还不能计算。请先登记公示期内的照片；没有照片的，请撤下公示后重新张贴。",
            field="publicity",
            clause=setting.policy.publicity.proof.basis,
        )
    return notice


def require_gate_open(case: Case, setting: Setting, *, always: bool = False) -> None:
    """Say no while an objection is undecided; the clock runs on, the gate stays blocked (A9).

    A locality may let a report go up with an objection open; the seal (`always`) waits in every one.
    """
    waiting = [o.objection_id for o in case.objections if o.status is ObjectionStatus.OPEN]
    if waiting and (always or setting.policy.publicity.objection_blocks.value):
        raise SaidNo(
            "objection_open",
            f"异议{'、'.join(waiting)}尚未处理完毕，请先调查处理。",
            field="objections",
            clause=setting.policy.publicity.objection_blocks.basis,
        )


def restart(case: Case, on: date) -> Case:
    """Return the case with its notice taken down and its report and recheck undone: a new full publicity is needed.

    For whoever corrects facts before the seal (A9, A40).  The row of such a step, guarded by `publicity_restarted`,
    opens, closes and stops `ANEW_…` of `casework/step.py`.  A case whose notice is not up keeps its publicity as it is.
    """
    reviews = case.reviews.model_copy(update={"reported_on": None, "recheck_by": None, "recheck_on": None})
    notice = case.publicity
    if notice is not None and notice.up:
        notice = notice.model_copy(update={"taken_down_on": on, "over": False})
    return case.model_copy(update={"publicity": notice, "reviews": reviews})


def _posted(case: Case) -> Publicity:
    if case.publicity is None or not case.publicity.up:
        raise SaidNo("nothing_posted", "当前没有有效的公示，请先张贴公示。", field="publicity")
    return case.publicity
