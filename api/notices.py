"""The in-app inbox (站内通知) over HTTP: what the caller has been told, unread first, and marking it read."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import Field

from api.asking import EVERYBODY, READ_ERRORS, WRITE_ERRORS, Anybody, Now, OurDesk, who
from casework.household import Facts
from casework.states import Role
from desk import notices
from desk.bodies import Body, Day
from desk.errors import NotFound, or_not_found
from desk.notices import Told
from desk.previews import Previewed, previewed, previews
from notifications.catalog import NOTICES
from records import case_files
from records.inbox import LONGEST_PAGE

router = APIRouter(prefix="/notices", tags=["站内通知"])

CASE = r"^[0-9A-Za-z-]{1,40}$"
AsOf = Annotated[Day | None, Query(description="按哪一天的代办关系查看；演练方式以外只有今天")]


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


class Goes(Facts):
    who: str = Field(description="谁收到")
    how: str = Field(description="经什么渠道")


class NoticePreview(Facts):
    """一条通知到达时的样子."""

    name: str
    title: str
    goes: tuple[Goes, ...]
    by_sms: bool = Field(description="是否发短信")
    text: str = Field(description="到达时的全文，短信含签名")
    in_app: str = Field(description="站内显示的内容")
    parts: int = Field(description="短信计费条数；0 为不发短信")
    units: int = Field(description="短信字数，含签名")
    words_of: str = Field(description="用的是谁的用词")
    told: tuple[str, ...] = Field(description="该案最近一次发给了谁（账号、成员编号或机构代码）")
    aliyun_template: str = Field(description="向阿里云登记的模板")
    tencent_template: str = Field(description="向腾讯云登记的模板")


class Previews(Facts):
    previews: tuple[NoticePreview, ...]


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


@router.get(
    "/previews",
    summary="全部通知的预览",
    operation_id="notice_previews",
    responses=READ_ERRORS,
    openapi_extra=who(*EVERYBODY),
)
def notice_previews(caller: Anybody) -> Previews:  # noqa: ARG001 - whoever has logged in
    """用样例用词；从中可看到每条通知发给谁、经什么渠道、短信计几条。"""
    return Previews(previews=tuple(_preview(shown) for shown in previews()))


@router.get(
    "/previews/{name}",
    summary="一条通知的预览",
    operation_id="preview_notice",
    responses=READ_ERRORS,
    openapi_extra=who(*EVERYBODY),
)
def preview_notice(
    name: Annotated[str, Path(pattern=r"^[a-z_]{1,60}$", description="通知代码", examples=["promise_due_soon"])],
    caller: Anybody,
    desk: OurDesk,
    case_id: Annotated[str | None, Query(pattern=CASE, description="用这户个案的用词（已脱敏）")] = None,
) -> NoticePreview:
    """到达时的样子。写了个案的，用该案最近一次发出时的用词；还没有发过的，其余用样例用词。"""
    if name not in NOTICES:
        raise NotFound("通知")
    if case_id is None:
        return _preview(previewed(name))
    with desk.record.read() as work:
        or_not_found(case_files.get(work, caller.scope, case_id))
        return _preview(previewed(name, work, case_id))


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


def _preview(shown: Previewed) -> NoticePreview:
    about = shown.preview
    same = ("name", "title", "parts", "units", "in_app", "aliyun_template", "tencent_template")
    return NoticePreview(
        **{name: getattr(about, name) for name in same},
        text=about.text if about.by_sms else about.in_app,
        by_sms=about.by_sms,
        goes=tuple(Goes(who=who_gets, how=how) for who_gets, how in about.goes),
        words_of=shown.words_of,
        told=shown.told,
    )


def _shown(told: Told, account: str) -> InboxNotice:
    same = ("key", "case_id", "seq", "notice", "role", "account", "at", "read_at")
    fields = {name: getattr(told.line, name) for name in same}
    mine = told.line.account in (None, account)
    return InboxNotice(**fields, title=told.title, text=told.text, for_colleague=not mine)
