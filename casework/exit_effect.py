"""Rules of the effect of a decided exit (退出生效): when it comes, and who looks first where the date is provisional.

Between decision and effect the household may appeal (`appeals.py`) and all stands still (`standstill.py`).
"""

from datetime import date, timedelta

from casework import standstill
from casework.case import Case
from casework.commands.deadlines import ExitEffective
from casework.commands.exits import ConfirmExitEffect
from casework.errors import SaidNo
from casework.exit_facts import Exit, ExitDecided, ExitProposal
from casework.explanation import Fact, Why
from casework.ruling import Ruling, Setting
from casework.states import ExitReason
from casework.times import end_of, in_words
from casework.working_days import count

UNCHECKED = "内部规定：暂定日期须人工核对（A38）"


def decided(case: Case, proposal: ExitProposal, reason: ExitReason, setting: Setting, *, by: str) -> tuple[Case, str]:
    """Return the case with an exit that takes effect when the household's time to appeal has passed, and its words."""
    counted = count(setting.calendar, setting.today, setting.policy.exit.appeal_period.value, roll=True)
    waits = ExitDecided(
        proposal=proposal,
        reason=reason,
        decided_on=setting.today,
        decided_by=by,
        appeal_by=counted.ends,
        takes_effect_on=counted.ends + timedelta(days=1),
        provisional=counted.provisional,
    )
    case = standstill.stand_still(case.model_copy(update={"exit_decided": waits}), setting)
    return case, (
        f"家庭可在{in_words(waits.appeal_by)}24时前申诉；没有申诉的，{in_words(waits.takes_effect_on)}起生效，"
        "其间帮扶和各项时限暂停。"
    )


def facts(case: Case) -> tuple[Fact, ...]:
    """Return what a revocation takes back, and the days of a decision that waits (A42)."""
    waits, ended_ = case.exit_decided, case.exit
    rows: list[Fact] = []
    if waits is not None:
        rows = [
            Fact(label="申诉期限", value=in_words(waits.appeal_by) + ("（暂定）" if waits.provisional else "")),
            Fact(label="生效日期", value=in_words(waits.takes_effect_on)),
        ]
    if ended_ is not None and ended_.withdrawn_elimination is not None:
        rows.append(Fact(label="撤销消除统计", value=f"原消除日期{in_words(ended_.withdrawn_elimination)}"))
    if ended_ is not None and ended_.recovers_subsidies:
        rows.append(Fact(label="补贴", value="列入追回清单"))
    return tuple(rows)


def ended(case: Case, reason: ExitReason, setting: Setting, *, decided_by: str, decided_on: date) -> Case:
    """Return the case with its end; a revoked certification takes its elimination out of the count (A42)."""
    revoked = reason is ExitReason.REVOKED
    end = Exit(
        reason=reason,
        on=setting.today,
        decided_by=decided_by,
        decided_on=decided_on,
        withdrawn_elimination=case.eliminated_on if revoked else None,
        recovers_subsidies=revoked,
    )
    update: dict[str, object] = {"exit": end, "exit_decided": None}
    if revoked:
        rows = (e.model_copy(update={"withdrawn_on": setting.today}) if e.stands else e for e in case.eliminations)
        update |= {"eliminated_on": None, "double_employment": False, "eliminations": tuple(rows)}
    return case.model_copy(update=update)


def effect(case: Case, setting: Setting, rule: str, says: str, clause: str) -> Ruling:
    """Return the ruling by which a decided exit takes effect today."""
    waits = require_decided(case)
    case = ended(case, waits.reason, setting, decided_by=waits.decided_by, decided_on=waits.decided_on)
    day = Fact(label="决定日期", value=in_words(waits.decided_on))
    return Ruling(case, Why(rule=rule, says=says, facts=(day, *facts(case)), clause=clause), ended=waits.reason)


def exit_effective(case: Case, command: ExitEffective, setting: Setting) -> Ruling:
    """24:00 of the last day to appeal has passed: the exit takes effect, unless the date is only provisional (A38)."""
    waits = require_decided(case)
    if setting.now < end_of(waits.appeal_by):
        raise SaidNo(
            "appeal_period_running", f"申诉期到{in_words(waits.appeal_by)}24时，尚未届满。", field="exit_decided"
        )
    clause = setting.policy.exit.appeal_period.basis
    if waits.provisional:
        case = case.model_copy(update={"exit_decided": waits.model_copy(update={"period_ended": True})})
        says = (
            f"申诉期按暂定日期已于{in_words(waits.appeal_by)}24时届满，没有申诉；该年放假安排尚未公布，"
            "退出不自动生效，由县级核对日历后确认。"
        )
        return Ruling(case, Why(rule="exits.effect_unchecked", says=says, clause=UNCHECKED))
    says = f"申诉期已于{in_words(waits.appeal_by)}24时届满，没有申诉，退出生效。"
    return effect(case, setting, "exits.effective", says, clause)


def confirm_exit_effect(case: Case, command: ConfirmExitEffect, setting: Setting) -> Ruling:
    """A person looked at the calendar: the provisional end of the appeal period was late enough (A38)."""
    waits = require_decided(case)
    if not waits.period_ended:
        raise SaidNo(
            "effect_not_waiting", "本户没有等待核对日历的退出决定，到期会自动生效，无需办理。", field="exit_decided"
        )
    if not command.calendar_checked:
        raise SaidNo(
            "provisional_date",
            "申诉期限涉及尚未公布放假安排的年份，为暂定日期。请核对国务院办公厅放假通知后勾选“已核对日历”。",
            field="calendar_checked",
            clause=UNCHECKED,
        )
    length = setting.terms_under(waits.under).exit.appeal_period.value
    exact = count(setting.calendar, waits.decided_on, length, roll=True)
    if not exact.provisional and setting.now < end_of(exact.ends):
        raise SaidNo(
            "appeal_period_running",
            f"按已公布的放假安排，申诉期到{in_words(exact.ends)}24时，尚未届满，请届满后再确认。",
            field="exit_decided",
            clause=setting.policy.exit.appeal_period.basis,
        )
    says = "日历已人工核对，申诉期已届满，没有申诉，退出生效。"
    return effect(case, setting, "exits.effective", says, setting.policy.exit.appeal_period.basis)


def require_decided(case: Case) -> ExitDecided:
    """Return the exit that is decided and has no effect yet, or say no."""
    if case.exit_decided is None:
        raise SaidNo("no_exit_decided", "本户没有已决定而未生效的退出，请刷新后查看。", field="exit_decided")
    return case.exit_decided
