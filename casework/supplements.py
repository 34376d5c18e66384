"""Rules of supplements (补正): the office's own limits wait for the applicant, at most so long, and say so (A29).

Publicity and the promise never wait for papers; nor do limits that are somebody else's.  What was waited for is made
good in working days, and the office decides nothing on the application while it waits for what it asked.
"""

from dataclasses import replace
from datetime import timedelta

from casework.case import Case
from casework.clocks import Move, Pause
from casework.commands.deadlines import SupplementLapsed
from casework.commands.verification import AskSupplement, RecordSupplement
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.lost_days import made_good
from casework.review_facts import Supplement
from casework.ruling import Ruling, Setting
from casework.tasks import TASK_KINDS, Task
from casework.times import end_of, in_words
from casework.working_days import count

PAUSED = frozenset(
    {
        "accept_application",
        "first_review",
        "decide_special_situation",
        "county_recheck",
        "seal",
    }
)
"""Whose limits wait: the office's and the county's own looks at the application."""

WAITING = "等待申请人补正材料"
CLAUSE = "内部规定：等待申请人补正期间，内部审核时限暂停；公示和承诺期限不暂停（A29）"

PAPER_WORDS = {
    "booklet": "户口簿",
    "identity_card": "身份证",
    "marriage_paper": "婚姻证明",
    "unemployment_paper": "失业登记材料",
    "income_paper": "收入证明",
    "disability_paper": "健康证明",
    "school_paper": "在校证明",
    "retirement_paper": "待遇证明",
    "signed_form": "签字的表格",
    "other": "其他材料",
}
"""In general words: an SMS says no more than what kind of paper to bring."""


def papers(supplement: Supplement) -> str:
    """Return the papers as people read them."""
    return "、".join(PAPER_WORDS[item] for item in supplement.items)


def awaited(case: Case) -> Supplement | None:
    """Return the supplement that is waited for, or None."""
    return next((s for s in case.supplements if s.open), None)


def pause_at_opening(kind: str, case: Case, setting: Setting) -> tuple[Pause, ...]:
    """Return the pause with which a task of a kind opens: while papers are waited for its limit waits too."""
    if kind not in PAUSED or awaited(case) is None:
        return ()
    return (_pause(setting),)


def require_none_awaited(case: Case) -> None:
    """Say no to a decision while papers are waited for."""
    waiting = awaited(case)
    if waiting is not None:
        raise SaidNo(
            "supplement_open",
            f"正在等待申请人补正（{papers(waiting)}），至{in_words(waiting.until)}24时止。"
            "收到后请先登记“收到补正材料”，或等期满后再办理。",
            clause=CLAUSE,
        )


def ask_supplement(case: Case, command: AskSupplement, setting: Setting) -> Ruling:
    """Say once what is missing; internal limits wait from the next day on."""
    if awaited(case) is not None:
        raise SaidNo("supplement_already_asked", "本户已有等待中的补正，请收到或期满后再要求。", field="items")
    term = setting.policy.review.supplement_wait
    counted = count(setting.calendar, setting.today, term.value, roll=True)
    supplement = Supplement(
        supplement_id=f"B{case.seq + 1}",
        items=tuple(dict.fromkeys(command.items)),
        asked_on=setting.today,
        asked_by=command.by.hand,
        until=counted.ends,
        provisional=counted.provisional,
    )
    waiting = tuple(t for t in case.tasks if _pausable(t))
    tasks = tuple(
        t.model_copy(update={"pauses": (*t.pauses, _pause(setting))}) if t in waiting else t for t in case.tasks
    )
    names = "、".join(TASK_KINDS[t.kind].words for t in waiting)
    says = f"须补正：{papers(supplement)}，最长等待至{in_words(counted.ends)}24时。"
    says += f"等待期间{names}的内部时限暂停。" if names else "目前没有可暂停的内部时限。"
    why = Why(
        rule="supplements.asked",
        says=says,
        facts=(Fact(label="要求补正日期", value=in_words(setting.today)),),
        clause=f"{CLAUSE}；{term.basis}",
    )
    changed = case.model_copy(update={"tasks": tasks, "supplements": (*case.supplements, supplement)})
    return Ruling(changed, why, about=supplement.supplement_id, roles={"await_supplement": command.by.role})


def record_supplement(case: Case, command: RecordSupplement, setting: Setting) -> Ruling:
    """The papers came: the limits go on, the working days waited are made good."""
    waiting = awaited(case)
    if waiting is None:
        raise SaidNo("no_supplement_awaited", "本户没有等待中的补正，期满的请直接办理审核。")
    if command.on < waiting.asked_on:
        raise SaidNo(
            "received_before_asked",
            f"收到日期不能早于要求补正的日期（{in_words(waiting.asked_on)}），请核对。",
            field="on",
        )
    settled = waiting.model_copy(update={"received_on": command.on})
    return _resumed(case, settled, f"已收到补正材料（{papers(waiting)}）", "supplements.received", setting)


def supplement_lapsed(case: Case, command: SupplementLapsed, setting: Setting) -> Ruling:
    """24:00 of the last day has passed: the limits go on by themselves, and the office decides on what it has."""
    waiting = awaited(case)
    if waiting is None or setting.now < end_of(waiting.until):
        raise SaidNo("supplement_not_lapsed", "补正等待期未满，或已收到材料。")
    settled = waiting.model_copy(update={"lapsed_on": waiting.until})
    says = "补正等待期满，材料未补齐，请按现有材料作出决定"
    ruling = _resumed(case, settled, says, "supplements.lapsed", setting)
    waits = case.tasks_of("await_supplement")
    return replace(ruling, about=waits[0].task_id) if waits else ruling


def _resumed(case: Case, settled: Supplement, says: str, rule: str, setting: Setting) -> Ruling:
    last = settled.received_on or settled.until
    tasks, facts = [], [Fact(label="要求补正日期", value=in_words(settled.asked_on))]
    for task in case.tasks:
        mine = next((p for p in task.pauses if p.why == WAITING and p.last is None), None)
        if mine is None:
            tasks.append(task)
            continue
        others = tuple(p for p in task.pauses if p != mine)
        ended = (mine.model_copy(update={"last": last}),) if mine.first <= last else ()
        due = task.due_on
        if due is not None and ended:
            due = made_good(setting.calendar, due, mine.first, last)
        moves = task.moves
        if due is not None and task.due_on is not None and due != task.due_on:
            facts.append(Fact(label=f"待办“{TASK_KINDS[task.kind].words}”期限", value=f"顺延至{in_words(due)}"))
            moved = Move(on=setting.today, was=task.due_on, now=due, why=WAITING, clause=CLAUSE)
            moves = (*moves, moved)
        tasks.append(task.model_copy(update={"pauses": (*others, *ended), "due_on": due, "moves": moves}))
    supplements = tuple(settled if s.supplement_id == settled.supplement_id else s for s in case.supplements)
    why = Why(rule=rule, says=f"{says}；内部时限恢复计算，等待的工作日已补足。", facts=tuple(facts), clause=CLAUSE)
    changed = case.model_copy(update={"tasks": tuple(tasks), "supplements": supplements})
    return Ruling(changed, why, about=settled.supplement_id)


def _pausable(task: Task) -> bool:
    return task.kind in PAUSED and not task.overdue


def _pause(setting: Setting) -> Pause:
    """From the day after: the day of the question is the office's own."""
    return Pause(first=setting.today + timedelta(days=1), why=WAITING, clause=CLAUSE)
