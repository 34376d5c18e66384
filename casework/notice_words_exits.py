"""The words (用词) of the notices of exit and appeal (退出、申诉); the others are in `notice_words.py`."""

from collections.abc import Callable, Mapping

from casework.appeals import open_appeal
from casework.case import Case
from casework.due_dates import due as due_date
from casework.exit_facts import ExitDecided
from casework.exits import ground, reason_words
from casework.ruling import Ruling, Setting
from casework.states import ExitReason
from casework.times import in_words

Words = Mapping[str, str]

LONGEST = 60
"""What a word of a notice may be at most (`notifications/words.py`)."""

REVOKED = "认定撤销，已领补贴依规追回，"
"""What a revocation means for the household (A42)."""


def short(clause: str) -> str:
    """Return the first document and clause without what it says; an SMS has no room for all."""
    return clause.split("；", 1)[0].split("：", 1)[0][:LONGEST]


def _exit_proposed(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    proposal = ruling.case.exit_proposal
    assert proposal is not None
    return {
        "reason": reason_words(proposal.reason, setting.policy),
        "clause": short(ground(proposal.reason, setting.policy)),
        "respond_by": proposal.respond_by.isoformat(),
    }


def _withdrawn(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    assert before is not None
    assert before.exit_proposal is not None
    return {"reason": reason_words(before.exit_proposal.reason, setting.policy)}


def _exit_decided(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    reason = ruling.ended or ExitReason.OTHER
    return {
        "reason": reason_words(reason, setting.policy),
        "clause": short(ground(reason, setting.policy)),
        "exited_on": setting.today.isoformat(),
    }


def _appealable(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    waits = ruling.case.exit_decided
    assert waits is not None
    return {
        "reason": reason_words(waits.reason, setting.policy),
        "clause": short(ground(waits.reason, setting.policy)),
        "effect": f"{REVOKED if waits.reason is ExitReason.REVOKED else ''}{in_words(waits.takes_effect_on)}起生效",
        "appeal_by": waits.appeal_by.isoformat(),
    }


def _pauses(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    waits = ruling.case.exit_decided
    assert waits is not None
    return {"effect_on": waits.takes_effect_on.isoformat()}


def _received(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    return {"raised_on": ruling.case.appeals[-1].raised_on.isoformat(), "review_by": _decide_by(ruling, setting)}


def _to_decide(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    assert open_appeal(ruling.case) is not None
    return {"review_by": _decide_by(ruling, setting)}


def _decide_by(ruling: Ruling, setting: Setting) -> str:
    day, _ = due_date("appeal_decision", ruling.case, None, setting)
    assert day is not None
    return day.isoformat()


def _lifted(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    """Say why it was to be, and where the promise now stands."""
    waits = _was_decided(before)
    case = ruling.case
    goes_on = "帮扶照常进行"
    clock = next((c for c in ruling.moved if c.kind == "promise"), case.clock("promise"))
    if clock is not None and not case.active_employments:
        goes_on = f"帮扶恢复，帮助就业的期限到{in_words(clock.due_on)}"
    return {"reason": reason_words(waits.reason, setting.policy), "goes_on": goes_on}


def _resumes(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    case = ruling.case
    then = "家庭已有人就业，请按月回访" if case.active_employments else "各项待办继续办理"
    if case.clock("promise") is not None and case.promise is not None and not case.active_employments:
        then = f"安置承诺{in_words(case.promise.due_on)}到期"
    return {"then": then}


def _was_decided(before: Case | None) -> ExitDecided:
    assert before is not None
    assert before.exit_decided is not None
    return before.exit_decided


def _dismissed(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    reason = _was_decided(before).reason
    return {
        "reason": reason_words(reason, setting.policy),
        "clause": short(ground(reason, setting.policy)),
        "exited_on": setting.today.isoformat(),
    }


WORDS_OF_EXITS: dict[str, Callable[[Case | None, Ruling, Setting], Words]] = {
    "exit_proposed": _exit_proposed,
    "exit_proposal_withdrawn": _withdrawn,
    "exit_decided": _exit_decided,
    "exit_appealable": _appealable,
    "help_pauses": _pauses,
    "help_resumes": _resumes,
    "exit_decision_lifted": _lifted,
    "appeal_received": _received,
    "appeal_to_decide": _to_decide,
    "appeal_dismissed": _dismissed,
}
