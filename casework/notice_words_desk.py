"""The words of the notices for people at a desk and for helpers about the work of others (see `notice_words.py`).

Facts of the event alone: households' labels, names and phones are looked up when the notice is sent or read.
"""

from collections.abc import Callable, Mapping

from casework.case import Case
from casework.exits import reason_words
from casework.ruling import Ruling, Setting
from casework.states import ExitReason
from casework.tasks import TASK_KINDS, Task
from casework.times import in_words
from casework.working_age import dates_of

Words = Mapping[str, str]

LONGEST = 60


def _today(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    return {"on": setting.today.isoformat()}


def _declined(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    says = ruling.why.says.rstrip("。").split("；", 1)[0]
    return {"reason": says if len(says) <= LONGEST else "理由见个案经过"}


def _answered(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    proposal = ruling.case.exit_proposal
    assert proposal is not None
    return {"respond_by": proposal.respond_by.isoformat()}


def _answer_over(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    proposal = ruling.case.exit_proposal
    assert proposal is not None
    answered = "家庭已陈述申辩，意见见系统" if proposal.responded_on else "家庭未陈述申辩"
    days = [t.due_on for t in ruling.case.tasks_of("decide_exit") if t.due_on is not None]
    decide = f"请于{in_words(min(days))}前（含当日）决定是否退出" if days else "请尽快决定是否退出"
    return {"respond_by": proposal.respond_by.isoformat(), "answered": answered, "decide": decide}


def _help_ended(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    reason = ruling.ended or ExitReason.OTHER
    return {"reason": reason_words(reason, setting.policy), "exited_on": setting.today.isoformat()}


def _not_eliminated(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    """What follows for the helper: another job awaits the county, the old promise goes on, or a restoration."""
    case = ruling.case
    if case.active_employments:
        return {"then": "另有成员在岗，其就业待县级核准"}
    if case.eliminated_on is None and case.promise is not None:
        return {"then": f"帮扶继续，承诺期限为{in_words(case.promise.due_on)}"}
    return {"then": "帮扶继续，待县级恢复认定"}


def _restored(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    assert ruling.case.promise is not None
    return {"promise_due": ruling.case.promise.due_on.isoformat()}


def _age(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    member = ruling.case.household.member(ruling.about or "")
    on = max((d for d in dates_of(member) if d <= setting.today), default=setting.today) if member else setting.today
    counted = ruling.about in ruling.case.standing.base
    return {
        "member": ruling.case.member_words(ruling.about or ""),
        "on": on.isoformat(),
        "standing": "计入需援助成员" if counted else "不计入需援助成员",
    }


def _overdue(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    task = _late(ruling)
    return {"task": task.title or TASK_KINDS[task.kind].words, "due_on": (task.due_on or setting.today).isoformat()}


def _overdue_by(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    return {**_overdue(before, ruling, setting), "doer": _late(ruling).role.words}


def _late(ruling: Ruling) -> Task:
    task = ruling.case.task(ruling.about or "")
    assert task is not None
    return task


DESK_WORDS: dict[str, Callable[[Case | None, Ruling, Setting], Words]] = {
    "application_withdrawn": _today,
    "publicity_interrupted": _today,
    "returned_to_office": lambda b, r, s: {},
    "special_situation_recognised": lambda b, r, s: {},
    "application_declined": _declined,
    "objection_logged": _today,
    "helper_relieved": lambda b, r, s: {},
    "household_answered": _answered,
    "exit_response_over": _answer_over,
    "exit_rejected": lambda b, r, s: {},
    "help_ended": _help_ended,
    "elimination_rejected": _not_eliminated,
    "promise_runs_again": _restored,
    "member_age_changed": _age,
    "task_overdue": _overdue,
    "task_overdue_supervisor": _overdue_by,
}
