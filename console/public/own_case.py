"""A case in the words of its household (自己的进度): where it is, what comes next and by when, what the family must do.

Pure: a case and a day come in, sentences come out.  No name, and nothing about whoever objected.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from casework.appeals import open_appeal
from casework.case import Case
from casework.states import State
from casework.tasks import Task
from console.words import Due, day, due
from policies.calendar_model import WorkCalendar

STEPS = (
    (State.APPLIED, "申请"),
    (State.UNDER_REVIEW, "核查"),
    (State.IN_PUBLICITY, "公示"),
    (State.CERTIFIED, "认定"),
    (State.ASSISTED, "帮扶"),
    (State.EMPLOYED, "就业回访"),
    (State.EXITED, "结束"),
)

NOW_WORDS = {
    State.APPLIED: "申请已收到，等待受理。",
    State.UNDER_REVIEW: "正在核查：工作人员上门走访，并与有关部门的数据比对。",
    State.IN_PUBLICITY: "正在公示和审定。",
    State.CERTIFIED: "已认定为零就业家庭。",
    State.ASSISTED: "正在帮扶，帮助家里至少一人就业。",
    State.EMPLOYED: "家里已有人就业，正在定期回访。",
    State.EXITED: "已经结束。",
}

_NEXT: dict[State, tuple[tuple[str, str], ...]] = {
    State.APPLIED: (("accept_application", "受理机构受理您的申请"),),
    State.UNDER_REVIEW: (
        ("decide_special_situation", "县级对特殊情形作出书面决定"),
        ("first_review", "受理机构完成初审；通过后公示"),
        ("post_publicity", "张贴公示"),
    ),
    State.IN_PUBLICITY: (
        ("post_publicity", "张贴公示"),
        ("report_up", "公示期满，报县级复核"),
        ("county_recheck", "县级复核"),
        ("seal", "县级审定"),
    ),
    State.CERTIFIED: (("assign_helper", "指定帮扶责任人"), ("sign_plan", "与您签订帮扶方案")),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One place of the drawing: past, here or to come."""

    words: str
    where: str


@dataclass(frozen=True, slots=True)
class Happens:
    """Something that comes, or that the family must do; `by` is its last day, `internal` when no document sets it."""

    words: str
    by: Due | None = None
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """Everything the page says of a case."""

    now: str
    steps: tuple[Step, ...]
    to_do: tuple[Happens, ...]
    next: tuple[Happens, ...]


GUESSED = "（放假安排公布后可能顺延）"


def story_of(case: Case, today: date, calendar: WorkCalendar) -> Story:
    """Return the words of a case on its own day."""
    return Story(
        now=_now(case),
        steps=_steps(case),
        to_do=tuple(_to_do(case, today, calendar)),
        next=tuple(_next(case, today, calendar)),
    )


def _now(case: Case) -> str:
    if case.exit is not None:
        return f"已经结束：{case.exit.reason.words}（{day(case.exit.on)}）。"
    if case.monitored:
        return "您家目前有人就业，已列入重点关注；一旦全部失业，会马上帮助。"
    if case.exit_decided is not None:
        return "县级已决定退出，尚未生效。"
    if (
        case.state is State.IN_PUBLICITY
        and case.publicity is not None
        and case.publicity.up
        and not case.publicity.over
    ):
        return f"正在公示，到 {day(case.publicity.ends_on)} 24时{GUESSED if case.publicity.provisional else ''}。"
    return NOW_WORDS[case.state]


def _steps(case: Case) -> tuple[Step, ...]:
    order = [state for state, _ in STEPS]
    here = order.index(case.state)
    past = here if case.exit is None or case.reviews.certified_on else order.index(State.CERTIFIED)
    return tuple(
        Step(name, "here" if place == here else "past" if place < past else "")
        for place, (_, name) in enumerate(STEPS)
        if case.exit is None or place <= past or place == here
    )


def _to_do(case: Case, today: date, calendar: WorkCalendar) -> Iterator[Happens]:
    def by(last: date, provisional: bool) -> Due:
        return _guessed(due(last, today, calendar), provisional)

    if case.exit is not None:
        return
    for asked in (s for s in case.supplements if s.open):
        yield Happens(f"补交材料：{'、'.join(asked.items)}。交到受理机构。", by(asked.until, asked.provisional))
    if case.tasks_of("visit_home"):
        yield Happens("保持电话畅通：工作人员会先联系您，再上门走访。")
    if case.state is State.CERTIFIED and case.helper is not None and case.plan_signed_on is None:
        yield Happens("与帮扶责任人商量并签订帮扶方案。")
    if (proposal := case.exit_proposal) is not None and proposal.responded_on is None and not proposal.response_ended:
        yield Happens(
            f"受理机构建议您家退出（{proposal.reason.words}）。不同意的，可以到受理机构说明情况、提交材料。",
            by(proposal.respond_by, proposal.provisional),
        )
    if (decided := case.exit_decided) is not None and open_appeal(case) is None and not decided.period_ended:
        yield Happens(
            f"县级已决定退出（{decided.reason.words}）。不服的，可以到受理机构申诉，由没有参与决定的人复查。",
            by(decided.appeal_by, decided.provisional),
        )
    if case.state in (State.ASSISTED, State.CERTIFIED) and case.helper is not None:
        yield Happens("帮扶责任人会与您联系。推荐的岗位去不去、为什么，请如实告诉他（她）。")


def _next(case: Case, today: date, calendar: WorkCalendar) -> Iterator[Happens]:
    if case.exit is not None:
        return
    if open_appeal(case) is not None:
        yield Happens("您的申诉正在复查；复查以前，退出不生效。")
    if (
        case.state is State.IN_PUBLICITY
        and case.publicity is not None
        and case.publicity.up
        and not case.publicity.over
    ):
        until = _guessed(due(case.publicity.ends_on, today, calendar), case.publicity.provisional)
        yield Happens("公示期满后，报县级复核和审定。", until)
    for kind, said in _NEXT.get(case.state, ()):
        for task in case.tasks_of(kind):
            yield Happens(said, _by(task, today, calendar), task.internal)
    promise = case.promise
    if case.state in (State.CERTIFIED, State.ASSISTED) and promise is not None and promise.met_on is None:
        late = promise.overdue_on is not None
        limit = due(promise.due_on, today, calendar, overdue=late, paused=promise.paused)
        said = "帮助家里至少一人就业的承诺已超期，上级正在督办，帮扶不会停" if late else "帮助家里至少一人就业"
        yield Happens(said, _guessed(limit, promise.provisional))
    if case.state is State.EMPLOYED:
        yield Happens("定期回访，看工作是否稳定；如果又失业了，请马上告诉我们，可以恢复帮扶。")


def _guessed(limit: Due, provisional: bool) -> Due:
    """Say of a day that lies in a year without a published schedule that it may move."""
    return replace(limit, day=limit.day + GUESSED) if provisional else limit


def _by(task: Task, today: date, calendar: WorkCalendar) -> Due | None:
    if task.due_on is None:
        return None
    return due(task.due_on, today, calendar, overdue=task.overdue, paused=task.paused)
