"""The in-app inbox (站内通知) over HTTP: what the caller has been told, unread first, and marking it read."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.asking import EVERYBODY, READ_ERRORS, WRITE_ERRORS, Anybody, Now, OurDesk, who
from casework.household import Facts
from casework.states import Role
from desk import notices
from desk.bodies import Body, Day
from desk.notices import Told
from records.inbox import LONGEST_PAGE

router = APIRouter(prefix="/notices", tags=["站内通知"])

AsOf = Annotated[Day | None, Query(description="按哪一天的代办关系查看，默认今天")]


class InboxNotice(Facts):
    """一条站内通知."""

    key: str = Field(description="通知编号，标记已读时用")
    case_id: str | None = Field(description="个案编号；没有的是给管理员的提醒")
    seq: int | None = Field(description="由第几号事件引起")
    notice: str = Field(description="通知代码")
    title: str = Field(description="标题")
    text: str = Field(description="内容；姓名已作隐去处理")
    role: Role = Field(description="发给哪个角色")
    account: str | None = Field(description="发给谁；null 表示该角色中能看到此案的人")
    for_colleague: bool = Field(description="true 表示是代同事接收的")
    at: datetime
    read_at: datetime | None = Field(description="本人何时看过；null 为未读")


class Inbox(Facts):
    """一页站内通知：未读的在前，新的在前."""

    notices: tuple[InboxNotice, ...]
    unread: int = Field(description="未读条数")
    total: int = Field(description="总条数")


class ReadMarks(Body):
    """要标记已读的通知；不写 keys 就是全部."""

    keys: tuple[str, ...] | None = Field(
        default=None, max_length=LONGEST_PAGE, description="通知编号；不写就是全部未读的", examples=[[]]
    )


class Marked(Facts):
    marked: int = Field(description="这次标记了几条")


@router.get("", summary="我的站内通知", operation_id="my_notices", responses=READ_ERRORS, openapi_extra=who(*EVERYBODY))
def my_notices(
    caller: Anybody,
    desk: OurDesk,
    now: Now,
    unread: Annotated[bool, Query(description="只看未读的")] = False,
    offset: Annotated[int, Query(ge=0, le=100_000, description="跳过前几条")] = 0,
    limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = 50,
    as_of: AsOf = None,
) -> Inbox:
    """未读的在前，新的在前。发给经办人、县级复核人员的，本机构、本县能看到此案的人都能看到；代同事办理期间，也看到同事的。"""
    page = notices.my_notices(desk, caller, now, as_of=as_of, unread_only=unread, offset=offset, limit=limit)
    lines = tuple(_shown(told, caller.account) for told in page.told)
    return Inbox(notices=lines, unread=page.unread, total=page.total)


@router.post(
    "/read",
    summary="标记站内通知为已读",
    operation_id="read_notices",
    responses=WRITE_ERRORS,
    openapi_extra={
        **who(*EVERYBODY),
        "requestBody": {"content": {"application/json": {"examples": {"全部": {"value": {}}}}}},
    },
)
def read_notices(body: ReadMarks, caller: Anybody, desk: OurDesk, now: Now, as_of: AsOf = None) -> Marked:
    """只标记本人能看到的；各人的已读互不影响。看过不等于办过：待办照旧。"""
    return Marked(marked=notices.mark_read(desk, caller, body.keys, now, as_of))


def _shown(told: Told, account: str) -> InboxNotice:
    same = ("key", "case_id", "seq", "notice", "role", "account", "at", "read_at")
    fields = {name: getattr(told.line, name) for name in same}
    mine = told.line.account in (None, account)
    return InboxNotice(**fields, title=told.title, text=told.text, for_colleague=not mine)
