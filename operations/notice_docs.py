"""`docs/notices.md`: every notice with who gets it, when, how and in which words, made from the tables."""

from casework.commands import COMMANDS
from casework.table import TABLE
from casework.task_notices import EXIT_TO_DECIDE, TASK_OPENED
from notifications.catalog import NOTICES
from notifications.previews import Preview, preview
from records.fallback import NOT_REACHED

NOT_IN_ROWS = {
    TASK_OPENED: "待办开启，而办理人不是开启它的人，且该步骤没有另行通知该角色",
    EXIT_TO_DECIDE: "提出退出建议，开启“决定是否退出”",
    NOT_REACHED: "帮扶责任人（或其代办人）的短信最终没有送达，或没有手机号码、账号已停用",
    "phone_code": "群众在网上申请、查询进度时要验证手机号；不受免打扰限制",
    "objection_answered": "经办人登记或答复群众在公示栏提交的异议，而反映人留了手机号",
    "application_returned": "经办人退回网上申请，请申请人更正",
}
"""When the notices go out that no row of the table names."""

HEAD = """# 通知

下表由步骤表、通知目录和模板生成：谁、什么时候、经什么渠道、收到什么。开启待办而没有另列的，办理人都会收到“新的待办”。

- **渠道**：家庭只发短信；帮扶责任人短信和站内都有；经办人、县级复核人员、督导人员在站内看，牵涉法定期限的另发短信。
- **免打扰**：21 时至次日 8 时不发短信（内部规定），到时补发，不算迟到。
- **改由谁收**：发送当日请假的，发给代办人；帮扶责任人的短信最终没有送达的，转告最近一级督导人员（A44）。
  每人每件事至多一条。收到通知不代表已经办理，待办照旧。
- **两个通道**：首选通道出错或太慢时由备用通道接手；没有答复的，先向原通道查询，确认没有收下才重发。
  查不明的标为“无法确认”，列入 `GET /api/v1/messages/unsettled`，由人打电话确认，不自动重发。
- **回执**：`POST /api/v1/receipts/aliyun/秘密部分`、`/tencent/秘密部分`，秘密部分见 `WANJIA_SMS_RECEIPT_TOKEN`；
  路径不对一律 404。回执只改变送达情况。
- **预览**：`wanjia notice preview 代码 [--case 编号]`，或 `GET /api/v1/notices/previews/{代码}`。

条数按样例用词计：70 字以内为 1 条，更长的每 67 字一条，最多不超过 3 条。
"""


def notices_page() -> str:
    """Return the whole document."""
    shown = {name: preview(notice) for name, notice in NOTICES.items()}
    rows = "\n".join(_row(one) for one in shown.values())
    longer = "、".join(f"{one.title}（{one.parts}条）" for one in shown.values() if one.parts > 1)
    registered = "\n".join(
        f"| `{one.name}` | {one.aliyun_template} | {one.tencent_template} |" for one in shown.values() if one.by_sms
    )
    return (
        f"{HEAD}\n| 通知 | 什么时候 | 谁收到（渠道） | 条数 | 内容 |\n|---|---|---|---|---|\n{rows}\n\n"
        f"超过一条的：{longer}。\n\n"
        "## 向运营商登记的模板\n\n签名另行登记，不写进模板。腾讯云按 `{1}`、`{2}` 的次序填词。\n\n"
        f"| 通知 | 阿里云 | 腾讯云 |\n|---|---|---|\n{registered}\n"
    )


def _row(one: Preview) -> str:
    goes = "；".join(f"{who}（{how}）" for who, how in one.goes)
    parts = str(one.parts) if one.by_sms else "—"
    return f"| {one.title} `{one.name}` | {_when(one.name)} | {goes} | {parts} | {one.in_app} |"


def _when(name: str) -> str:
    if name in NOT_IN_ROWS:
        return NOT_IN_ROWS[name]
    return "、".join(dict.fromkeys(COMMANDS[row.trigger].title for row in TABLE if name in row.notices))
