"""Answers of employers (用人单位反馈): who is to be asked, and the outcomes of all referrals to one, in one form."""

import re
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.states import Role
from casework.times import local_date
from console.asking import OpenTo, Posted, for_roles
from console.forms import Form, Mistake
from console.rendering import page
from console.sending_on import go
from console.typed_values import Unreadable, day
from console.vacancies.pool import HERE, VacancyId
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.outcomes import ANSWERS, Answer, AnswerResult, answer_of, record_answers
from desk.reassignments import Outcome
from desk.vacancies import require_near
from records.case_names import masked_names
from records.referrals import OpenReferral, employers_waiting, open_referrals
from records.vacancies import vacancy_of

router = APIRouter()

REFERRERS = (Role.CASEWORKER, Role.HELPER)
Referrer = Annotated[Caller, Depends(OpenTo(REFERRERS))]
MOST = 100
LINE = re.compile(r"said-(?P<case>[0-9A-Za-z-]{1,40})-(?P<referral>R[0-9]{1,9})")


@router.get(HERE + "/answers", **for_roles(REFERRERS))
def employers(request: Request, desk: OurDesk, caller: Referrer, done: int = 0) -> Response:
    with desk.record.read() as work:
        waiting = employers_waiting(work, caller.scope)
    return page(
        request, "vacancies/employers.html", title="用人单位反馈", waiting=waiting, done=max(0, min(done, MOST))
    )


@router.get(HERE + "/{vacancy_id}/answers", **for_roles(REFERRERS))
def lines(request: Request, desk: OurDesk, now: Now, caller: Referrer, vacancy_id: VacancyId) -> Response:
    """Every referral in scope to the employer of this vacancy that has no outcome."""
    return _page(request, desk, caller, vacancy_id, Form.with_values({"on": local_date(now).isoformat()}))


@router.post(HERE + "/{vacancy_id}/answers", **for_roles(REFERRERS))
async def answered(
    request: Request, desk: OurDesk, now: Now, caller: Referrer, vacancy_id: VacancyId, form: Posted
) -> Response:
    return await _record(request, desk, caller, vacancy_id, form, now)


async def _record(request: Request, desk: Desk, caller: Caller, vacancy_id: str, form: Form, now: datetime) -> Response:
    answers = await run_in_threadpool(_answers, desk, caller, vacancy_id, form)
    on, mistakes = _day(form)
    if not answers:
        mistakes = (*mistakes, Mistake("said", "请至少选择一行的结果；还没有答复的不选"))
    if mistakes or on is None:
        return await run_in_threadpool(_page, request, desk, caller, vacancy_id, form, mistakes)
    results = await record_answers(desk, caller, answers, on, form.key, now)
    failed = [result for result in results if result.outcome is not Outcome.DONE]
    if not failed:
        return go(f"{HERE}/answers?done={len(results)}")
    wrong = tuple(Mistake(_place(r.answer), f"{r.answer.case_id}：{_said(r)}") for r in failed)
    return await run_in_threadpool(_page, request, desk, caller, vacancy_id, form, wrong, results)


def _answers(desk: Desk, caller: Caller, vacancy_id: str, form: Form) -> list[Answer]:
    """Return what was said of each line, also of one that has an outcome by now: its step tells."""
    found: list[Answer] = []
    with desk.record.read() as work:
        or_not_found(vacancy_of(work, vacancy_id), "岗位")
        for name, said in form.pairs:
            line = LINE.fullmatch(name)
            if line is not None and said in ANSWERS and len(found) < MOST:
                found.append(answer_of(work, caller, line["case"], line["referral"], said))
    return found


def _day(form: Form) -> tuple[date | None, tuple[Mistake, ...]]:
    try:
        return date.fromisoformat(day(form.text("on") or "")), ()
    except Unreadable as error:
        return None, (Mistake("on", f"结果日期{error.words}"),)


def _open(desk: Desk, caller: Caller, vacancy_id: str) -> tuple[str, list[OpenReferral]]:
    """Return the employer and what waits; a vacancy far away is there only while somebody of the caller's waits."""
    with desk.record.read() as work:
        vacancy = or_not_found(vacancy_of(work, vacancy_id), "岗位")
        found = list(open_referrals(work, caller.scope, employer=vacancy.employer, limit=MOST))
        if not found:
            require_near(work, caller, vacancy_id)
    return vacancy.employer, found


def _name(line: OpenReferral) -> str:
    return f"said-{line.case_id}-{line.referral_id}"


def _place(answer: Answer) -> str:
    return f"said-{answer.case_id}-{answer.referral_id}"


def _said(result: AnswerResult) -> str:
    if result.outcome is Outcome.NOT_TRIED:
        return "尚未办理，请稍后再提交"
    return result.no.message if result.no is not None else result.outcome.words


def _page(
    request: Request,
    desk: Desk,
    caller: Caller,
    vacancy_id: str,
    form: Form,
    mistakes: tuple[Mistake, ...] = (),
    results: tuple[AnswerResult, ...] = (),
) -> Response:
    employer, found = _open(desk, caller, vacancy_id)
    with desk.record.read() as work:
        names = {line.case_id: masked_names(work, line.case_id) for line in found}
    shown = [
        (_name(line), line, names[line.case_id].get(line.member_id, line.member_id), _choices(line)) for line in found
    ]
    return page(
        request,
        "vacancies/answers.html",
        title="用人单位反馈",
        status=422 if mistakes else 200,
        employer=employer,
        vacancy_id=vacancy_id,
        shown=shown,
        done=[result for result in results if result.outcome is Outcome.DONE],
        answers=ANSWERS,
        form=form,
        mistakes=mistakes,
    )


def _choices(line: OpenReferral) -> tuple[tuple[str, str], ...]:
    """Who was never told of the job, or for whom it is not suitable, cannot be said to have stayed away (A4)."""
    fair = line.delivered and line.suitable
    return tuple((code, words) for code, words in ANSWERS.items() if fair or code != "no_show")
