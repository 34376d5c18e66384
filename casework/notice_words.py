"""The words (用词) that an event brings for each notice: facts without personal data, by the names of its template.

Who is told what is in `notices.py`; texts, gateways and quiet hours are in `notifications`.
"""

from collections.abc import Callable, Mapping

from casework.application import judged
from casework.calendar_notices import CALENDAR_WORDS
from casework.case import Case
from casework.due_dates import due as due_date
from casework.eligibility import Outcome
from casework.notice_words_desk import DESK_WORDS
from casework.notice_words_exits import LONGEST, WORDS_OF_EXITS, short
from casework.notice_words_lives import LIVES_WORDS
from casework.notice_words_promise import PROMISE_WORDS
from casework.notice_words_review import REVIEW_WORDS
from casework.refusal_counts import largest_window
from casework.ruling import Ruling, Setting
from casework.services import Gap, missing_services
from casework.times import end_of, in_words
from casework.working_days import working_days_between

Words = Mapping[str, str]


def _promise_due(case: Case) -> str:
    return case.promise.due_on.isoformat() if case.promise else ""


def _days_left(ruling: Ruling, setting: Setting) -> str:
    assert ruling.case.promise is not None
    return str(working_days_between(setting.calendar, setting.today, ruling.case.promise.due_on))


def _missing(ruling: Ruling, setting: Setting) -> str:
    """What is still to be done for each member; for many members the sums, because a word is never cut short."""
    rows = missing_services(ruling.case, setting.policy)
    each = "；".join(f"{ruling.case.member_words(row.member)}{_to_do(row.gaps)}" for row in rows)
    if len(each) <= LONGEST:
        return each
    sums: dict[str, int] = {}
    for row in rows:
        for gap in row.gaps:
            sums[gap.name] = sums.get(gap.name, 0) + gap.want - gap.have
    return f"{len(rows)}名成员共" + "、".join(f"{name}{number}次" for name, number in sums.items())


def _to_do(gaps: tuple[Gap, ...]) -> str:
    return "、".join(f"{gap.name}{gap.want - gap.have}次" for gap in gaps)


def _refusal_warning(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    window = largest_window(ruling.case, ruling.about or "", setting)
    terms = setting.policy.refusal
    return {
        "counted": str(len(window)),
        "threshold": str(terms.threshold.value),
        "window": terms.window.value.words,
        "clause": short(terms.threshold.basis),
    }


def _certified(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    current = ruling.case.promise
    assert current is not None
    day = in_words(current.due_on)
    promise = f"力争{day}前（含当日）帮助家中至少一人就业"
    if current.due_on < setting.today:
        promise = f"原定帮助就业的期限{day}已过，我们将抓紧帮扶"
    return {"certified_on": setting.today.isoformat(), "promise": promise}


def _not_recognised(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    """The rules' own finding says most; otherwise what was decided.  How to apply again is in the template."""
    today = judged(ruling.case, setting)
    decided = ruling.why.says.rstrip("。").split("；", 1)[0]
    found = today.why.says if today.outcome is Outcome.NOT_ELIGIBLE else decided
    return {"reason": found if len(found) <= LONGEST else decided, "clause": short(ruling.why.clause)}


def _publicity(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    notice = ruling.case.publicity
    assert notice is not None
    return {"posted_on": notice.posted_on.isoformat(), "ends_on": notice.ends_on.isoformat()}


def _lost(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    """Without a county's approval there is nothing to restore: the promise goes on, or is overdue already (A12)."""
    case = ruling.case
    lost = max(e.ended_on for e in case.employments if e.ended_on)
    then = "待县级恢复认定"
    if case.eliminated_on is None and case.promise is not None:
        day = in_words(case.promise.due_on)
        then = f"原承诺{day}到期，继续计算" if end_of(case.promise.due_on) > setting.now else f"原承诺已于{day}到期"
    return {"lost_on": lost.isoformat(), "then": then}


def _follow_up(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    day, _ = due_date("month_end", ruling.case, ruling.about, setting)
    assert day is not None
    return {"due_on": day.isoformat()}


WORDS: dict[str, Callable[[Case | None, Ruling, Setting], Words]] = (
    {
        "application_received": lambda b, r, s: {"received_on": s.today.isoformat()},
        "publicity_started": _publicity,
        "not_recognised": _not_recognised,
        "certified": _certified,
        "helper_assigned": lambda b, r, s: {"promise_due": _promise_due(r.case)},
        "helper_takes_over": lambda b, r, s: {},
        "services_lagging": lambda b, r, s: {"missing": _missing(r, s), "promise_due": _promise_due(r.case)},
        "promise_due_soon": lambda b, r, s: {"promise_due": _promise_due(r.case), "days_left": _days_left(r, s)},
        "promise_overdue": lambda b, r, s: {"promise_due": _promise_due(r.case)},
        "promise_overdue_supervisor": lambda b, r, s: {"promise_due": _promise_due(r.case)},
        "refusal_warning": _refusal_warning,
        "employment_confirmed": lambda b, r, s: {
            "employed_on": r.case.eliminated_on.isoformat() if r.case.eliminated_on else ""
        },
        "follow_up_due": _follow_up,
        "job_loss_reported": _lost,
        "restored": lambda b, r, s: {"restored_on": s.today.isoformat(), "promise_due": _promise_due(r.case)},
    }
    | WORDS_OF_EXITS
    | LIVES_WORDS
    | DESK_WORDS
    | REVIEW_WORDS
    | CALENDAR_WORDS
    | PROMISE_WORDS
)
