"""The public publicity board (公示栏) over HTTP: without log-in, masked, without case numbers (scenario 93)."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from api.answers import MORE
from api.asking import PUBLIC, Now, OurDesk, responses
from casework.errors import NotYourStep
from casework.household import Facts
from casework.times import local_date
from desk.bodies import Day
from records.board import PAGE, notices_up

router = APIRouter(tags=["公示"])


class PublicNotice(Facts):
    """一条公示."""

    public_id: str = Field(description="公示编号，与个案编号无关")
    masked_name: str = Field(description="申请人姓名（脱敏）")
    community: str = Field(description="社区（村）")
    category: str = Field(description="公示类别")
    posted_on: date = Field(description="公示开始日期")
    ends_on: date = Field(description="公示最后一日")
    contact: str = Field(description="受理机构及电话，对公示有异议可以反映")


class Board(Facts):
    as_of: date
    notices: tuple[PublicNotice, ...]
    more: bool = Field(description=f"{MORE}，请用 area 缩小范围")


@router.get("/board", summary="公示栏", operation_id="board", responses=responses(403, 422), openapi_extra=PUBLIC)
def board(
    desk: OurDesk,
    now: Now,
    response: Response,
    area: Annotated[str | None, Query(pattern=r"^[0-9]{6,12}$", description="辖区或机构代码")] = None,
    as_of: Annotated[Day | None, Query(description="哪一天的公示；演练方式以外只有今天")] = None,
) -> Board:
    """今天正在公示的家庭，任何人可以查看。公示期满即不再显示。"""
    today = local_date(now)
    if as_of is not None and as_of != today and not desk.drill:
        raise NotYourStep("drill_only", "只能查看今天的公示，请去掉 as_of。", field="as_of")
    response.headers["Cache-Control"] = "public, max-age=60"
    with desk.record.read() as work:
        found = notices_up(work, as_of or today, area, PAGE + 1)
    notices = tuple(
        PublicNotice(**{name: getattr(notice, name) for name in PublicNotice.model_fields}) for notice in found[:PAGE]
    )
    return Board(as_of=as_of or today, notices=notices, more=len(found) > PAGE)
