"""Publicity (公示): posting, proof, take-down, report-up, each posting's history; the public's view is `board.py`."""

from datetime import date, datetime

from pydantic import Field

from api.asking import READ_ERRORS, STAFF, CaseId, OurDesk, Staff, who
from api.steps import step_router
from casework.household import Facts
from desk.errors import or_not_found
from records.board import postings_of

router = step_router("公示", "post_publicity", "record_publicity_proof", "take_down_publicity", "report_up")


class PostingLine(Facts):
    """一次张贴的经过：公众看到什么，谁、何时张贴，谁、何时撤下."""

    round: int = Field(description="第几次张贴")
    public_id: str = Field(description="公示编号")
    masked_name: str
    community: str
    category: str
    contact: str
    posted_on: date
    ends_on: date = Field(description="公示最后一日")
    down_on: date | None = Field(description="提前撤下的日期；空表示至期满自行撤下")
    posted_by: str | None = Field(description="张贴人账号")
    up_at: datetime | None = Field(description="上网时间")
    down_by: str | None = Field(description="撤下人账号")
    down_at: datetime | None = Field(description="撤下时间")


class Postings(Facts):
    postings: tuple[PostingLine, ...]


@router.get(
    "/publicity/postings",
    summary="张贴经过",
    operation_id="read_postings",
    responses=READ_ERRORS,
    openapi_extra=who(*STAFF),
)
def read_postings(case_id: CaseId, caller: Staff, desk: OurDesk) -> Postings:
    """公示栏上的条目就是张贴的证明：每次张贴都留有经过。"""
    with desk.record.read() as work:
        found = or_not_found(postings_of(work, caller.scope, case_id))
    names = tuple(PostingLine.model_fields)
    return Postings(postings=tuple(PostingLine(**{n: getattr(one, n) for n in names}) for one in found))
