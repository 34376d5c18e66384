"""Why a promise was missed (超期原因): proposed by the facts, confirmed by a supervisor.  A12, J21, scenarios 27–29."""

from datetime import date

from casework.case import Case
from casework.case_facts import Promise, RefusalStatus
from casework.commands.assistance import ConfirmBreachCause
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.ruling import Ruling, Setting
from casework.services import missing_services
from casework.times import in_words

CAUSE_WORDS = {"agency_failed": "工作未到位", "client_declined": "家庭未做到不挑不拣"}
CONFIRMED = "内部规定：超期原因由系统按服务次数和拒绝记录拟定，督导人员确认或更正（A12）"
PROMISE_WORDS = {"main": "安置承诺", "relocated": "棚改回迁安置承诺"}


def proposed_cause(case: Case, promise: Promise, setting: Setting) -> str:
    """When services were missing on the last day the office failed, whatever the household did; else look at refusals.

    Only what happened within the promise counts: a refusal after its last day, or before a restored certification,
    explains nothing.  Being rejected by employers is not the household's doing.
    """
    if missing_services(case, setting.policy, until=promise.due_on):
        return "agency_failed"
    since = promise.started_on if promise.number > 1 else date.min
    declined = any(r.status is RefusalStatus.UNJUSTIFIED and since <= r.on <= promise.due_on for r in case.refusals)
    return "client_declined" if declined else "agency_failed"


def proposed_anew(case: Case, setting: Setting) -> Case:
    """Return the case with causes that nobody confirmed yet proposed from today's facts: a refusal judged late."""
    update: dict[str, object] = {}
    if (main := case.promise) is not None and undecided(main):
        update["promise"] = main.model_copy(update={"cause": proposed_cause(case, main, setting)})
    if (moved := case.relocation) is not None and undecided(moved.promise):
        promise = moved.promise.model_copy(update={"cause": proposed_cause(case, moved.promise, setting)})
        update["relocation"] = moved.model_copy(update={"promise": promise})
    return case.model_copy(update=update) if update else case


def undecided(promise: Promise) -> bool:
    """Say whether a promise was missed and no supervisor confirmed why."""
    return promise.overdue_on is not None and promise.cause_confirmed_by is None


def breach_undecided(case: Case) -> bool:
    """Say whether the main promise was missed and no supervisor confirmed why."""
    return case.promise is not None and undecided(case.promise)


def relocation_breach_undecided(case: Case) -> bool:
    """Say whether the promise of a relocated household was missed and no supervisor confirmed why."""
    return case.relocation is not None and undecided(case.relocation.promise)


def confirm_breach_cause(case: Case, command: ConfirmBreachCause, setting: Setting) -> Ruling:
    """The supervisor confirms or corrects the proposed cause (A12, J21)."""
    relocated = command.promise == "relocated"
    promise = (case.relocation.promise if case.relocation else None) if relocated else case.promise
    if promise is None or promise.overdue_on is None:
        raise SaidNo("nothing_to_confirm", f"{PROMISE_WORDS[command.promise]}没有超期，无需确认原因。", field="promise")
    if promise.cause_confirmed_by is not None:
        raise SaidNo("cause_confirmed", "超期原因已确认，无需重复办理。", field="cause")
    if promise.provisional and not command.calendar_checked:
        raise SaidNo(
            "provisional_date",
            f"{PROMISE_WORDS[command.promise]}的到期日涉及尚未公布放假安排的年份，为暂定日期，超期可能因此撤销。"
            "请核对国务院办公厅放假通知后勾选“已核对日历”再确认。",
            field="calendar_checked",
            clause="内部规定：暂定日期须人工核对（A38）",
        )
    changed = promise.model_copy(update={"cause": command.cause, "cause_confirmed_by": command.by.hand})
    if relocated:
        assert case.relocation is not None
        case = case.model_copy(update={"relocation": case.relocation.model_copy(update={"promise": changed})})
    else:
        case = case.model_copy(update={"promise": changed})
    why = Why(
        rule="promise.cause_confirmed",
        says=f"督导人员确认{PROMISE_WORDS[command.promise]}超期原因：{CAUSE_WORDS[command.cause]}。",
        facts=(
            Fact(label="系统拟定", value=CAUSE_WORDS[promise.cause or "agency_failed"]),
            Fact(label="到期日", value=in_words(promise.due_on)),
        ),
        clause=CONFIRMED,
    )
    return Ruling(case, why)
