"""Where a case stands, in sentences to be read aloud at a phone (个案说明): now, next, who must do what.  Pure.

Says nothing of persons: members are called by relation and id.  The clocks are told in `clock_sentences.py`.
"""

from collections.abc import Iterator

from casework.case import Case
from casework.commands import COMMANDS
from casework.events import CaseEvent
from casework.states import State
from casework.tasks import TASK_KINDS, Task
from casework.times import SHANGHAI, in_words
from casework.timetable import next_due
from policies.schema import Policy


def standing(case: Case, last: CaseEvent, policy: Policy) -> tuple[str, ...]:
    """Say where the case stands and what was done last, with its reason."""
    return tuple(_standing(case, last, policy))


def _standing(case: Case, last: CaseEvent, policy: Policy) -> Iterator[str]:
    yield f"个案{case.case_id}，由机构{case.office}受理，{in_words(case.opened_on)}申请。"
    yield f"适用：{policy.name}。"
    if case.state is State.EXITED and case.exit is not None:
        yield f"已于{in_words(case.exit.on)}退出，原因：{case.exit.reason.words}。此后不再办理任何步骤。"
    else:
        yield f"目前状态：{case.state.words}。"
    if case.reviews.certified_on is not None:
        yield f"{in_words(case.reviews.certified_on)}认定。"
    if case.eliminated_on is not None:
        yield f"{in_words(case.eliminated_on)}起家中有人就业，已消除零就业。"
    promise = case.promise
    if promise is not None:
        yield _promise_words(case)
    if case.exit_proposal is not None:
        proposal = case.exit_proposal
        yield f"{in_words(proposal.proposed_on)}提出退出建议，原因：{proposal.reason.words}。"
        answered = f"家庭已于{in_words(proposal.responded_on)}答复" if proposal.responded_on else "家庭尚未答复"
        yield f"家庭可在{in_words(proposal.respond_by)}24时前陈述申辩，{answered}，由县级决定。"
    undecided = sum(objection.status == "open" for objection in case.objections)
    if undecided:
        yield f"有{undecided}件异议没有处理完，处理完以前不能上报和认定。"
    yield f"最近办理：{in_words(last.on)}，{COMMANDS[last.trigger].title}。{last.why.says}"
    yield f"依据：{last.why.clause.rstrip('。')}。"


def _promise_words(case: Case) -> str:
    promise = case.promise
    assert promise is not None
    until = f"安置承诺到{in_words(promise.due_on)}"
    if promise.overdue_on is not None:
        return f"{until}，已自{in_words(promise.overdue_on)}起超期{'（暂定）' if promise.provisional else ''}。"
    if promise.met_on is not None:
        return f"{until}，已于{in_words(promise.met_on)}兑现。"
    return f"{until}{'，日期暂定' if promise.provisional else ''}。"


def coming(case: Case) -> tuple[str, ...]:
    """Say what happens next by itself, and who must do what until when."""
    if case.state is State.EXITED:
        return ()
    lines = []
    at = next_due(case)
    if at is not None:
        local = at.astimezone(SHANGHAI)
        lines.append(f"下一个到时：{in_words(local.date())}{local.hour}时，{'、'.join(_due_at(case, at))}。")
    lines += [_task_words(task) for task in sorted(case.tasks, key=lambda t: (t.due_on is None, t.due_on, t.task_id))]
    return tuple(lines) if lines else ("目前没有待办，也没有将要到时的事。",)


def _due_at(case: Case, at: object) -> list[str]:
    rings = [COMMANDS[r.trigger].title for c in case.clocks if not c.paused for r in c.rings if r.at == at]
    return list(dict.fromkeys(rings)) or ["待办到期"]


def _task_words(task: Task) -> str:
    about = f"（{task.about}）" if task.about and not task.title else ""
    words = f"待办：{task.title or TASK_KINDS[task.kind].words}{about}，由{task.role.words}办理"
    if task.paused:
        return f"{words}，正在等待，时限暂停。"
    if task.due_on is None:
        return f"{words}，没有期限。"
    limit = "（内部时限）" if task.internal else ""
    late = "，已超期" if task.overdue else ""
    moved = f"，原为{in_words(task.moves[0].was)}" if task.moves else ""
    return f"{words}，{in_words(task.due_on)}前{limit}{moved}{late}。"
