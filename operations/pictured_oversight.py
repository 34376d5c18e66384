"""The pages of those who watch over cases and the installation (复核、督导、管理页的配图)."""

from collections.abc import Sequence

from operations.pictured_page import (
    ADMINISTRATOR,
    HELPER,
    REVIEWER,
    SUPERVISOR,
    PicturedPage,
)

OVERSIGHT_PAGES: Sequence[PicturedPage] = (
    PicturedPage("administration", "管理首页", ADMINISTRATOR, "/administration"),
    PicturedPage("people", "账号", ADMINISTRATOR, "/administration/people"),
    PicturedPage("people-new", "新建账号", ADMINISTRATOR, "/administration/people/new"),
    PicturedPage("people-one", "一个账号", ADMINISTRATOR, f"/administration/people/of/{HELPER}"),
    PicturedPage("people-close", "停用账号：确认", ADMINISTRATOR, f"/administration/people/of/{HELPER}/close"),
    PicturedPage("offices", "机构", ADMINISTRATOR, "/administration/offices"),
    PicturedPage("absences", "请假与代办（管辖范围）", SUPERVISOR, "/administration/absences"),
    PicturedPage("policies", "办法", ADMINISTRATOR, "/administration/policies"),
    PicturedPage("policies-read", "查看一部办法", ADMINISTRATOR, "/administration/policies/read/jilin-2021"),
    PicturedPage(
        "policies-compare",
        "比较两部办法",
        ADMINISTRATOR,
        "/administration/policies/compare?before=national-2007&after=jilin-2021",
    ),
    PicturedPage("policies-trial", "办法的影响", ADMINISTRATOR, "/administration/policies/trial/liaoning-2006"),
    PicturedPage("calendars", "工作日历", ADMINISTRATOR, "/administration/calendars"),
    PicturedPage("notices", "通知模板", ADMINISTRATOR, "/administration/notices"),
    PicturedPage("notices-one", "一条通知模板", ADMINISTRATOR, "/administration/notices/certified"),
    PicturedPage("health", "运行状况", ADMINISTRATOR, "/administration/health"),
    PicturedPage("county", "县级首页：等待复核、认定和决定的", REVIEWER, "/county"),
    PicturedPage("county-list", "县级待办清单", REVIEWER, "/county/lists/others"),
    PicturedPage("county-recheck", "复核：认定要件", REVIEWER, "/county/{recheck}/review"),
    PicturedPage("county-certify", "认定：复核过的人不能再认定", REVIEWER, "/county/{certify}/review"),
    PicturedPage("county-exit", "退出建议：计入的事实和家庭的答复", REVIEWER, "/county/{exit_proposed}/exit"),
    PicturedPage("county-objections", "异议和认定复查", REVIEWER, "/county/{objection}/objections"),
    PicturedPage("supervision", "督导首页：超期督办", SUPERVISOR, "/supervision"),
    PicturedPage("supervision-figures", "个案数字", SUPERVISOR, "/supervision/figures?period=2026-12"),
    PicturedPage("supervision-promises", "承诺兑现和超期原因", SUPERVISOR, "/supervision/promises?period=2026"),
    PicturedPage("supervision-backlog", "待办时长", SUPERVISOR, "/supervision/backlog"),
    PicturedPage("supervision-helpers", "帮扶责任人负荷", SUPERVISOR, "/supervision/helpers"),
    PicturedPage("supervision-list", "数字对应的清单", SUPERVISOR, "/supervision/list?figure=overdue_tasks"),
    PicturedPage("supervision-causes", "确认超期原因", SUPERVISOR, "/supervision/causes"),
    PicturedPage(
        "supervision-reassign",
        "改派：选择家庭和新责任人",
        SUPERVISOR,
        "/supervision/reassign?helper=hp-220302004-1&ticked=all",
    ),
    PicturedPage(
        "supervision-reassign-mistakes",
        "改派：内容有误",
        SUPERVISOR,
        "/supervision/reassign?helper=hp-220302004-1",
        (("press", "下一步：核对"),),
    ),
    PicturedPage(
        "supervision-reassign-preview",
        "改派：核对",
        SUPERVISOR,
        "/supervision/reassign?helper=hp-220302004-1&ticked=all",
        (
            ("choose", "新的帮扶责任人", "hp-220302004-2"),
            ("fill", "更换原因", "按社区重新分工"),
            ("press", "下一步：核对"),
        ),
    ),
    PicturedPage("supervision-reassign-done", "改派完成", SUPERVISOR, "/supervision/reassign/done?count=3"),
)
