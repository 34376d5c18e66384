"""Guards of the step table: each compares the case before with the ruling after; none decides anything itself."""

from collections.abc import Callable

from casework.calendar_notices import CALENDAR_GUARD_WORDS, CALENDAR_GUARDS
from casework.case import Case
from casework.follow_ups import may_close
from casework.guards_lives import LIVES_GUARD_WORDS, LIVES_GUARDS
from casework.guards_promise import OF_THE_PROMISE, PROMISE_GUARD_WORDS
from casework.ruling import Ruling, Setting
from casework.services import missing_services
from casework.states import ExitReason
from casework.verification import missing_comparisons, visits_made

Guard = Callable[[Case | None, Ruling, Setting], bool]


def special_situation(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The household needs the county's written decision (J3, A24)."""
    return ruling.case.standing.outcome == "special_review"


def special_settled(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """What was a special situation is none any more."""
    return (
        before is not None
        and before.standing.outcome == "special_review"
        and ruling.case.standing.outcome != "special_review"
    )


def special_denied(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The county decided not to recognise the special situation."""
    return ruling.ended is ExitReason.NOT_RECOGNISED


def objection_blocks(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The objection just raised has to be decided."""
    return ruling.case.objections[-1].status == "open"


def publicity_restarted(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The notice that was up came down because the facts it stood on were corrected."""
    was, now = before.publicity if before else None, ruling.case.publicity
    return was is not None and was.up and now is not None and not now.up


def proof_needed(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The locality wants a photograph of the posting (A8)."""
    return setting.policy.publicity.proof.value == "photo"


def special_undecided(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The household needs the county's written decision of a special situation and has none that covers it (J3)."""
    standing = ruling.case.standing
    return standing.outcome == "special_review" and standing.special_decision is None


def comparison_complete(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """Every source has told of every family member, and no result has expired (J5)."""
    return not missing_comparisons(ruling.case, setting)


def visit_made(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """Somebody of the household was met at home (J5)."""
    return bool(visits_made(ruling.case))


def plan_signed(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The assistance plan is signed already."""
    return ruling.case.plan_signed_on is not None


def helper_assigned(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """A helper is named already."""
    return ruling.case.helper is not None


def exit_newly_proposed(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The rule has just proposed an exit, perhaps in place of another."""
    new, old = ruling.case.exit_proposal, before.exit_proposal if before else None
    return before is not None and new is not None and (old is None or new.proposal_id != old.proposal_id)


def exit_newly_withdrawn(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The rule has just taken its proposal back."""
    return before is not None and before.exit_proposal is not None and ruling.case.exit_proposal is None


def exit_decision_lifted(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """A decided exit has just fallen before its effect."""
    lifted = before is not None and before.exit_decided is not None and ruling.case.exit_decided is None
    return lifted and ruling.ended is None


def exit_decision_replaced(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """A decided exit has just fallen, and another one is proposed in its place."""
    return exit_decision_lifted(before, ruling, setting) and exit_newly_proposed(before, ruling, setting)


def exit_waits(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The exit is decided, but the household may appeal first (or a provisional date be looked at)."""
    return ruling.case.exit_decided is not None


def warning_due(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The member has to be warned before the last refusal."""
    return bool(ruling.each.get("issue_warning"))


def services_lag(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """Something of the 1 / 1 / 3 is missing."""
    return bool(missing_services(ruling.case, setting.policy))


def promise_running(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The promise is neither met nor overdue."""
    promise = ruling.case.promise
    return promise is not None and promise.met_on is None and promise.overdue_on is None


def another_job(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """Another member still works."""
    return bool(ruling.case.active_employments)


def elimination_not_approved(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The county had not approved the elimination, so the original promise goes on (A12)."""
    return ruling.case.eliminated_on is None


def stable_enough(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The job has become stable and nobody was asked yet to close the case (A17)."""
    return may_close(ruling.case, setting)[0] and not ruling.case.tasks_of("confirm_stable")


GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        special_situation,
        special_settled,
        special_denied,
        objection_blocks,
        publicity_restarted,
        proof_needed,
        special_undecided,
        comparison_complete,
        visit_made,
        plan_signed,
        helper_assigned,
        exit_newly_proposed,
        exit_newly_withdrawn,
        exit_decision_lifted,
        exit_decision_replaced,
        exit_waits,
        warning_due,
        services_lag,
        promise_running,
        another_job,
        elimination_not_approved,
        stable_enough,
        *LIVES_GUARDS,
        *CALENDAR_GUARDS,
        *OF_THE_PROMISE,
    )
}

GUARD_WORDS: dict[str, str] = (
    {
        "special_situation": "属特殊情形",
        "special_settled": "按新办法不再属特殊情形",
        "special_denied": "县级决定不按零就业家庭对待",
        "objection_blocks": "署名，或匿名而有可核查的事实",
        "publicity_restarted": "公示须重新开始",
        "proof_needed": "办法要求张贴照片",
        "special_undecided": "属特殊情形且尚无书面决定",
        "comparison_complete": "各来源对各成员均已比对且未过期",
        "visit_made": "见到了家庭成员",
        "plan_signed": "帮扶方案已签订",
        "helper_assigned": "已有帮扶责任人",
        "exit_newly_proposed": "因此达到退出情形",
        "exit_newly_withdrawn": "原退出建议因此不再成立",
        "exit_decision_lifted": "已决定的退出在生效前因此撤销",
        "exit_decision_replaced": "已决定的退出因此撤销，另有退出情形",
        "exit_waits": "尚不生效：留申诉期，或暂定日期须先核对",
        "warning_due": "须书面提醒该成员",
        "services_lag": "服务次数不足",
        "promise_running": "承诺期限正在计算",
        "another_job": "另有成员在岗",
        "elimination_not_approved": "尚未核准消除",
        "stable_enough": "已达到稳定就业条件",
    }
    | LIVES_GUARD_WORDS
    | CALENDAR_GUARD_WORDS
    | PROMISE_GUARD_WORDS
)
"""What documents say of a guard."""
