"""Which pages are pictured, and looked at with axe, in this order: the one list of the console's pages (配图清单).

A new page gets its line here or in the part where it belongs; what is not pictured stands in `unpictured_pages.py`.  A
test holds both against the routes.
`{name}` in an address is the case of that name in `pictured_cases.py`.  Some pages show only after something was typed
or chosen: `acts` says what, `PASSWORD` stands for the drill's.
"""

from collections.abc import Sequence

from operations.pictured_imports import IMPORT_PAGES
from operations.pictured_intake import INTAKE_PAGES
from operations.pictured_oversight import OVERSIGHT_PAGES
from operations.pictured_page import (
    ADMINISTRATOR,
    CASEWORKER,
    HELPER,
    NOBODY,
    PASSWORD,
    REVIEWER,
    WITH_CODES,
    PicturedPage,
)
from operations.pictured_register import REGISTER_PAGES
from operations.pictured_steps import STEP_PAGES
from operations.pictured_subsidies import SUBSIDY_PAGES
from operations.pictured_work import WORK_PAGES

PAGES: Sequence[PicturedPage] = (
    PicturedPage("welcome", "首页（未登录）", NOBODY, "/"),
    PicturedPage("sign-in", "工作人员登录", NOBODY, "/sign-in"),
    PicturedPage(
        "sign-in-mistakes",
        "登录：内容有误",
        NOBODY,
        "/sign-in",
        (("fill", "账号", "cw-220302004-1"), ("press", "登录")),
    ),
    PicturedPage(
        "sign-in-code",
        "登录：动态码",
        NOBODY,
        "/sign-in",
        (("fill", "账号", WITH_CODES), ("fill", "密码", PASSWORD), ("press", "登录")),
        ends_at="/sign-in/code",
    ),
    PicturedPage("greeting", "首页", ADMINISTRATOR, "/"),
    PicturedPage("account", "我的账号", CASEWORKER, "/account"),
    PicturedPage("account-password", "修改密码", CASEWORKER, "/account/password"),
    PicturedPage(
        "account-password-mistakes", "修改密码：内容有误", CASEWORKER, "/account/password", (("press", "修改密码"),)
    ),
    PicturedPage("account-sessions", "登录的设备", CASEWORKER, "/account/sessions"),
    PicturedPage("account-codes", "动态码", CASEWORKER, "/account/codes"),
    PicturedPage("account-acts", "我的办理记录", CASEWORKER, "/account/acts"),
    PicturedPage("account-looks", "我查看过的个人信息", REVIEWER, "/account/looks"),
    PicturedPage("account-absences", "请假与代办", HELPER, "/account/absences"),
    PicturedPage("already-set-up", "第一个管理员：已经建立", NOBODY, "/first-administrator", status=409),
    PicturedPage("board", "公示栏", NOBODY, "/board"),
    PicturedPage("notice", "一条公示", NOBODY, "/board", (("follow", "查看或提异议"),), ends_at="/board/*"),
    PicturedPage(
        "objection",
        "提出异议",
        NOBODY,
        "/board",
        (("follow", "查看或提异议"), ("follow", "提出异议")),
        ends_at="/board/*/objection",
    ),
    PicturedPage(
        "objection-mistakes",
        "提出异议：内容有误",
        NOBODY,
        "/board",
        (("follow", "查看或提异议"), ("follow", "提出异议"), ("press", "提交异议")),
        ends_at="/board/*/objection/uploads",
    ),
    PicturedPage("verify", "文书验真", NOBODY, "/verify"),
    PicturedPage("follow", "查询进度", NOBODY, "/follow"),
    PicturedPage(
        "follow-code",
        "查询进度：填写验证码",
        NOBODY,
        "/follow",
        (("fill", "编号", "220302004-2026-00001"), ("fill", "手机号", "19900009999"), ("press", "获取验证码")),
        ends_at="/follow/code",
    ),
    PicturedPage("apply", "网上申请：开始", NOBODY, "/apply"),
    PicturedPage(
        "apply-code",
        "网上申请：填写验证码",
        NOBODY,
        "/apply",
        (("fill", "手机号", "19900009998"), ("press", "获取验证码")),
        ends_at="/apply/code",
    ),
    PicturedPage("applications", "网上申请（经办人）", CASEWORKER, "/applications"),
    PicturedPage("objections", "群众异议", CASEWORKER, "/applications/objections"),
    *INTAKE_PAGES,
    *WORK_PAGES,
    *STEP_PAGES,
    *IMPORT_PAGES,
    *REGISTER_PAGES,
    *OVERSIGHT_PAGES,
    *SUBSIDY_PAGES,
    PicturedPage("not-found", "没有找到这一页", NOBODY, "/there-is-no-such-page", status=404),
)
