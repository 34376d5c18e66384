"""Coming back after an exit (退出后再次申请): the old exits are shown, the counts begin at 0, nobody is barred (A20).

Only where a locality's document sets a cooling-off period is an application within it refused, with that clause.
"""

from casework.errors import SaidNo
from casework.explanation import Fact
from casework.reentry_facts import EarlierCase
from casework.ruling import Setting
from casework.states import ExitReason
from casework.times import in_words
from casework.working_days import count


def require_cooled_off(earlier: tuple[EarlierCase, ...], setting: Setting) -> None:
    """Say no within the locality's cooling-off period, if it has one."""
    terms = setting.policy.reentry
    if terms.cooling_off is None:
        return
    reasons = terms.cooling_reasons.value if terms.cooling_reasons else tuple(r.value for r in ExitReason)
    for case in earlier:
        last = count(setting.calendar, case.exit_on, terms.cooling_off.value, roll=False).ends
        if case.exit_reason.value in reasons and setting.today <= last:
            raise SaidNo(
                "cooling_off",
                f"个案{case.case_id}于{in_words(case.exit_on)}因“{case.exit_reason.words}”退出，"
                f"按办法至{in_words(last)}不受理再次申请，请于次日起申请。",
                field="members",
                clause=terms.cooling_off.basis,
            )


def facts_of(earlier: tuple[EarlierCase, ...]) -> tuple[Fact, ...]:
    """Show each old exit beside the first judgement."""
    return tuple(
        Fact(label=f"以往个案{c.case_id}", value=f"{in_words(c.exit_on)}退出：{c.exit_reason.words}") for c in earlier
    )
