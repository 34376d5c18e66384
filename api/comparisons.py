"""Online comparisons (线上比对): typed in or run over all connected sources, what they said, a person's finding."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Depends
from pydantic import Field

from api.asking import WRITE_ERRORS, CaseId, Key, Needs, Now, OurDesk, who
from api.people import ViewReason
from api.steps import ACCEPTED, StepAnswer, answer_of, step_router
from casework.household import Facts
from casework.review_facts import ComparisonOutcome, Source
from casework.states import Role
from desk.comparisons import run_comparisons
from desk.desk import Caller
from desk.errors import or_not_found
from records.comparisons import open_answers

router = step_router("核查", "record_comparison", "judge_comparison_hit")

COMPARERS = (Role.CASEWORKER, Role.REVIEWER)
Comparer = Annotated[Caller, Depends(Needs(COMPARERS))]


class AnswerLine(Facts):
    """一个来源对一名成员的原始答复."""

    source: Source
    source_words: str = Field(description="来源")
    member: str
    result: ComparisonOutcome
    result_words: str = Field(description="结果")
    looked_at: datetime = Field(description="比对时间")
    valid_until: date | None = Field(description="来源给出的有效期末日")
    reference: str | None = Field(description="来源的查询编号")
    account: str = Field(description="由谁发起")
    raw: str = Field(description="来源的原文；来源不可用时为原因代码")


class Answers(Facts):
    answers: tuple[AnswerLine, ...] = Field(description="新的在前")


@router.post(
    "/comparisons/runs",
    status_code=201,
    summary="联网比对",
    operation_id="run_comparisons",
    responses={**ACCEPTED, **WRITE_ERRORS},
    openapi_extra=who(*COMPARERS),
)
async def run(case_id: CaseId, caller: Comparer, desk: OurDesk, now: Now, key: Key) -> StepAnswer:
    """向办法规定的各来源查询全部家庭成员，结果登记为一次线上比对；来源不可用的如实登记，不算比对。"""
    return answer_of(await run_comparisons(desk, caller, case_id, key, now=now), caller.role)


@router.post(
    "/comparisons/views",
    summary="查看比对的原始答复",
    operation_id="view_comparisons",
    responses=WRITE_ERRORS,
    openapi_extra={
        **who(*COMPARERS),
        "requestBody": {"content": {"application/json": {"examples": {"例": {"value": {"reason": "查明工商登记"}}}}}},
    },
)
def view(case_id: CaseId, body: ViewReason, caller: Comparer, desk: OurDesk, now: Now) -> Answers:
    """须写明事由；谁、何时、为何查看，都记入查看日志。"""
    with desk.record.write() as work:
        found = or_not_found(open_answers(work, caller.scope, case_id, reason=body.reason, now=now))
    return Answers(
        answers=tuple(
            AnswerLine(
                source=Source(one.source),
                source_words=Source(one.source).words,
                member=one.member,
                result=ComparisonOutcome(one.result),
                result_words=ComparisonOutcome(one.result).words,
                looked_at=one.looked_at,
                valid_until=one.valid_until,
                reference=one.reference,
                account=one.account,
                raw=one.raw,
            )
            for one in found
        )
    )
