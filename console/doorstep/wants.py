"""What a household needs from its helper today (今天要办), most urgent first.  Pure: case, terms and day come in.

A want names one thing to do and where; its tone is what a limit's is.  Nothing is decided here: what falls due is
written by events, what is missing is counted by the rules themselves.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from casework.case import Case
from casework.case_facts import ContactOutcome, Referral, ReferralOutcome
from casework.contact_counts import failed_row
from casework.services import missing_services
from casework.states import Role, State
from casework.tasks import TASK_KINDS
from casework.times import month_in_words
from console import words
from console.doorstep.at_hand import Terms, promise_due
from console.doorstep.deliveries import missing_deliveries
from records.worklists import TaskRow

RANK = {"overdue": 0, "today": 1, "soon": 2, "calm": 3, "none": 4, "paused": 5}
ANSWER_AFTER = 3
"""Days after which an answer to a job is asked for again."""

HELPED = (State.CERTIFIED, State.ASSISTED)


@dataclass(frozen=True, slots=True)
class Want:
    """One thing to do: in words, how urgent, the page of this household where it is done, and what its link says."""

    words: str
    tone: str
    page: str
    act: str
    due: str = ""

    @property
    def rank(self) -> int:
        return RANK[self.tone]


def wants(case: Case, tasks: Sequence[TaskRow], terms: Terms, today: date) -> tuple[Want, ...]:
    """Return everything a household needs from its helper, the most urgent first."""
    found = [*_promise(case, terms, today), *_tasks(case, tasks, terms, today)]
    found += [*_plan(case), *_referrals(case, today), *_contact(case, today), *_services(case, terms, today)]
    found += _deliveries(case)
    return tuple(sorted(found, key=lambda want: want.rank))


def _called(case: Case, member_id: str) -> str:
    """Return how a helper calls a member: 配偶; two of a kind are told apart by their numbers."""
    member = case.household.member(member_id)
    alike = [each for each in case.household.members if member and each.relation is member.relation]
    return member.relation.value if member and len(alike) == 1 else case.member_words(member_id)


def _promise(case: Case, terms: Terms, today: date) -> Iterator[Want]:
    limit = promise_due(case, today, terms.calendar)
    if case.state in HELPED and limit is not None and limit.tone in ("overdue", "today", "soon"):
        yield Want(f"{limit.words}，尽快促成上岗", limit.tone, "referral", "推荐岗位")


def _tasks(case: Case, tasks: Sequence[TaskRow], terms: Terms, today: date) -> Iterator[Want]:
    for task in tasks:
        if task.role is not Role.HELPER:
            continue
        limit = words.due(task.due_on, today, terms.calendar, overdue=task.overdue, paused=bool(task.paused))
        name, page = task.title or TASK_KINDS[task.kind].words, f"/cases/{case.case_id}/tasks/{task.local_id}"
        act = "办理"
        if task.kind == "follow_up" and task.about:
            name, page, act = f"{month_in_words(task.about)}回访", "follow-up", "登记回访"
        elif task.kind == "reach_member" and task.about:
            name, page, act = f"联系到{_called(case, task.about)}本人", "call", "打电话"
        told = "" if limit.tone == "none" else f"，{limit.words}"
        yield Want(f"{name}{told}", "soon" if limit.tone == "none" else limit.tone, page, act, limit.day)


def _plan(case: Case) -> Iterator[Want]:
    if case.state is State.CERTIFIED and case.plan_signed_on is None:
        yield Want("帮扶方案（一人一策）还没有签", "today", f"/cases/{case.case_id}/steps/sign_plan", "签订方案")


def _referrals(case: Case, today: date) -> Iterator[Want]:
    for referral in case.referrals:
        page = f"answer/{referral.referral_id}"
        who = _called(case, referral.member)
        if referral.outcome is ReferralOutcome.HIRED and not _works(case, referral):
            step = f"/cases/{case.case_id}/steps/record_employment"
            yield Want(f"{who}已被录用，上岗后登记就业", "soon", step, "登记就业")
        if referral.outcome is not ReferralOutcome.OPEN or case.state not in HELPED:
            continue
        if referral.delivered_on is None:
            yield Want(f"推荐给{who}的岗位还没有送到本人", "soon", page, "登记答复")
        elif (waited := (today - referral.delivered_on).days) >= ANSWER_AFTER:
            yield Want(f"{who}还没有答复推荐的岗位（已{waited}天）", "soon", page, "登记答复")
        else:
            yield Want(f"等{who}答复推荐的岗位", "calm", page, "登记答复")


def _works(case: Case, referral: Referral) -> bool:
    return any(job.member == referral.member and job.started_on >= referral.on for job in case.employments)


def _contact(case: Case, today: date) -> Iterator[Want]:
    if case.state not in HELPED:
        return
    last = max(case.contacts, key=lambda c: (c.on, int(c.contact_id[1:])), default=None)
    row = failed_row(case)
    if last is not None and last.outcome in (ContactOutcome.WRONG_NUMBER, ContactOutcome.RETURNED):
        yield Want("号码或地址有误，先核实再联系", "soon", "contact", "登记联系")
    elif row and row[-1].on < today:
        yield Want(f"{words.short_day(row[-1].on)}没有联系上，换个时间或上门再联系", "soon", "call", "打电话")
    elif last is None and not any(visit.met for visit in case.visits) and not case.services:
        yield Want("还没有联系过这户", "soon", "call", "打电话")


def _services(case: Case, terms: Terms, today: date) -> Iterable[Want]:
    promise = case.promise
    if case.state not in HELPED or promise is None or promise.met_on is not None:
        return
    limit = promise_due(case, today, terms.calendar)
    tone = limit.tone if limit is not None and limit.tone in RANK else "calm"
    for missing in missing_services(case, terms.policy):
        first = missing.gaps[0].name
        page, act = ("referral", "推荐岗位") if first == "推荐岗位" else ("service", "登记服务")
        yield Want(f"{_called(case, missing.member)}还缺{missing.words}", tone, page, act)


def _deliveries(case: Case) -> Iterator[Want]:
    missing = missing_deliveries(case)
    if case.state in HELPED and missing:
        yield Want(f"三送还缺{'、'.join(missing)}", "calm", "visit", "登记走访")
