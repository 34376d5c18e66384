"""Which pages are pictured, and looked at with axe, in this order: the one list of the console's pages (配图清单).

A new page gets its line here or in `unpictured_pages.py`; a test holds both against the routes.
`{name}` in an address is the case of that name in `pictured_cases.py`.  Some pages show only after something was typed
or chosen: `acts` says what, `PASSWORD` stands for the drill's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Act = tuple[Literal["fill", "choose", "tick", "press", "follow"], str] | tuple[Literal["fill", "choose"], str, str]
"""What is done on the page: ("fill", label, text), ("choose", label, words), ("tick", label), ("press", button),
("follow", link)."""

NOBODY = ""
CASEWORKER, HELPER, REVIEWER = "cw-220302004-1", "hp-220302004-1", "rv-220302-1"
SEALER, SUPERVISOR, ADMINISTRATOR = "rv-220302-2", "sv-220300", "admin"
WORK = "work"
WITH_CODES, PASSWORD = "sv-220200", "{password}"


@dataclass(frozen=True, slots=True)
class PicturedPage:
    """One picture: the name of its files, what it shows, who looks, where, and what is done there first.

    `who` is signed in already; a page of signing in itself is looked at by `NOBODY`.
    """

    name: str
    shows: str
    who: str
    path: str
    acts: tuple[Act, ...] = ()
    ends_at: str = ""
    """Where the acts lead, when that is another page; `*` stands for what is another each time."""
    status: int = 200
    """With which the page at `path` is answered."""


BEGUN: tuple[Act, ...] = (("press", "开始受理一户"),)
APPLICANT: tuple[Act, ...] = (
    *BEGUN,
    ("fill", "姓名", "欧阳春"),
    ("fill", "公民身份号码", "220302198503124010"),
    ("tick", "已婚"),
    ("press", "保存并继续"),
)
UP_TO_HOME: tuple[Act, ...] = (*APPLICANT, ("tick", "登记失业"), ("press", "保存并继续"))
MEMBERS: tuple[Act, ...] = (*UP_TO_HOME, ("fill", "社区（村）名称", "向阳社区"), ("press", "保存并继续"))
FAMILY: tuple[Act, ...] = (*MEMBERS, ("follow", "成员填完，继续"))
DUPLICATES: tuple[Act, ...] = (*FAMILY, ("follow", "继续：查重"))
"""An intake as far as its pages: each picture begins a draft of its own."""

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
    PicturedPage("queue", "经办人的工作台", CASEWORKER, "/queue"),
    PicturedPage("queue-county", "县级复核人员的工作台", REVIEWER, "/queue"),
    PicturedPage("queue-empty", "工作台：没有符合条件的待办", CASEWORKER, "/queue?shelf=mine&due=overdue"),
    PicturedPage("intake", "受理申请：草稿列表", CASEWORKER, "/intake"),
    PicturedPage("intake-applicant", "受理：申请人", CASEWORKER, "/intake", BEGUN, ends_at="/intake/*/person/m1"),
    PicturedPage(
        "intake-applicant-mistakes",
        "受理：申请人，内容有误",
        CASEWORKER,
        "/intake",
        (*BEGUN, ("fill", "公民身份号码", "22030219850312101"), ("press", "保存并继续")),
        ends_at="/intake/*/person/m1",
    ),
    PicturedPage("intake-work", "受理：就业和收入", CASEWORKER, "/intake", APPLICANT, ends_at=f"/intake/*/{WORK}/m1"),
    PicturedPage("intake-home", "受理：住址和日期", CASEWORKER, "/intake", UP_TO_HOME, ends_at="/intake/*/home"),
    PicturedPage("intake-members", "受理：家庭成员", CASEWORKER, "/intake", MEMBERS, ends_at="/intake/*/members"),
    PicturedPage(
        "intake-another",
        "受理：添加成员",
        CASEWORKER,
        "/intake",
        (*MEMBERS, ("follow", "添加一名成员")),
        ends_at="/intake/*/person/m2",
    ),
    PicturedPage("intake-family", "受理：谁计入家庭", CASEWORKER, "/intake", FAMILY, ends_at="/intake/*/family"),
    PicturedPage("intake-duplicates", "受理：查重", CASEWORKER, "/intake", DUPLICATES, ends_at="/intake/*/duplicates"),
    PicturedPage(
        "intake-check",
        "受理：核对提交",
        CASEWORKER,
        "/intake",
        (*DUPLICATES, ("press", "继续：核对")),
        ends_at="/intake/*/check",
    ),
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
    PicturedPage("case-files", "证据材料", CASEWORKER, "/cases/{in_publicity}/uploads"),
    PicturedPage("cases", "个案清单", CASEWORKER, "/cases"),
    PicturedPage("cases-city", "个案清单（市级督办人员）", SUPERVISOR, "/cases?state=assisted&sort=promise"),
    PicturedPage("case-applied", "个案：已申请", CASEWORKER, "/cases/{applied}"),
    PicturedPage("case-under-review", "个案：审核中", CASEWORKER, "/cases/{under_review}"),
    PicturedPage("case-in-publicity", "个案：公示中，公示期未满", CASEWORKER, "/cases/{in_publicity}"),
    PicturedPage("case-objection", "个案：有异议待处理", CASEWORKER, "/cases/{objection}"),
    PicturedPage("case-certify", "个案：待县级盖章", REVIEWER, "/cases/{certify}"),
    PicturedPage("case-certified", "个案：已认定", CASEWORKER, "/cases/{certified}"),
    PicturedPage("case-assisted", "个案：帮扶中", CASEWORKER, "/cases/{assisted}"),
    PicturedPage("case-of-helper", "个案：帮扶责任人所见", HELPER, "/cases/{refused}"),
    PicturedPage("case-unreachable", "个案：联系不上", HELPER, "/cases/{unreachable}"),
    PicturedPage("case-overdue", "个案：承诺超期，督导人员所见", SUPERVISOR, "/cases/{overdue}"),
    PicturedPage("case-exit-proposed", "个案：建议退出", REVIEWER, "/cases/{exit_proposed}"),
    PicturedPage("case-employed", "个案：已就业", CASEWORKER, "/cases/{followed_up}"),
    PicturedPage("case-relapsed", "个案：失业后重新帮扶", CASEWORKER, "/cases/{relapsed}"),
    PicturedPage("case-exited", "个案：已退出", CASEWORKER, "/cases/{exited}"),
    PicturedPage("case-people", "家庭成员（脱敏）", CASEWORKER, "/cases/{assisted}/people"),
    PicturedPage(
        "case-people-mistakes",
        "家庭成员：没有写明事由",
        CASEWORKER,
        "/cases/{assisted}/people",
        (("press", "显示完整信息"),),
    ),
    PicturedPage(
        "case-people-shown",
        "家庭成员：完整信息",
        CASEWORKER,
        "/cases/{refused}/people",
        (("tick", "电话联系本户"), ("press", "显示完整信息")),
    ),
    PicturedPage("case-people-supervisor", "家庭成员：督导人员所见", SUPERVISOR, "/cases/{assisted}/people"),
    PicturedPage("case-timeline", "经过", CASEWORKER, "/cases/{exit_proposed}/timeline"),
    PicturedPage("case-timeline-system", "经过：只看系统自动的", CASEWORKER, "/cases/{relapsed}/timeline?kind=system"),
    PicturedPage("case-clocks", "时限：逐日说明", CASEWORKER, "/cases/{assisted}/clocks"),
    PicturedPage("case-messages", "通知和送达", CASEWORKER, "/cases/{exit_proposed}/messages"),
    PicturedPage("case-looks", "谁查看过个人信息", REVIEWER, "/cases/{refused}/looks"),
    PicturedPage("case-comparisons", "线上比对的原始答复", CASEWORKER, "/cases/{assisted}/comparisons"),
    PicturedPage("doorstep", "今天的帮扶户（帮扶责任人的手机）", HELPER, "/doorstep"),
    PicturedPage("doorstep-household", "一户一屏", HELPER, "/doorstep/{refused}"),
    PicturedPage("doorstep-call", "打电话：号码未显示", HELPER, "/doorstep/{refused}/call"),
    PicturedPage(
        "doorstep-call-shown",
        "打电话：号码显示一次",
        HELPER,
        "/doorstep/{refused}/call",
        (("press", "显示电话"),),
    ),
    PicturedPage("doorstep-contact", "登记联系情况", HELPER, "/doorstep/{refused}/contact"),
    PicturedPage("doorstep-visit", "登记走访", HELPER, "/doorstep/{refused}/visit"),
    PicturedPage(
        "doorstep-visit-mistakes", "登记走访：内容有误", HELPER, "/doorstep/{refused}/visit", (("press", "保存"),)
    ),
    PicturedPage("doorstep-service", "登记服务", HELPER, "/doorstep/{refused}/service"),
    PicturedPage("doorstep-referral", "推荐岗位和答复", HELPER, "/doorstep/{refused}/referral"),
    PicturedPage("doorstep-follow-up", "登记按月回访", HELPER, "/doorstep/{followed_up}/follow-up"),
    PicturedPage("doorstep-offline", "离线登记", HELPER, "/doorstep/offline"),
    PicturedPage("task", "一项待办", REVIEWER, "/cases/{recheck}/tasks/{recheck_task}"),
    PicturedPage("step", "办理：初审通过", CASEWORKER, "/cases/{under_review}/steps/pass_first_review"),
    PicturedPage("step-contact", "办理：登记联系", HELPER, "/cases/{assisted}/steps/record_contact"),
    PicturedPage("step-employment", "办理：登记就业", HELPER, "/cases/{assisted}/steps/record_employment"),
    PicturedPage("step-certify", "办理：加盖印章认定", SEALER, "/cases/{certify}/steps/certify"),
    PicturedPage("step-exit", "办理：批准退出", REVIEWER, "/cases/{exit_proposed}/steps/approve_exit"),
    PicturedPage("step-gone", "办理：情况已经变化", HELPER, "/cases/{exited}/steps/record_contact", status=409),
    PicturedPage("done", "办理结果", HELPER, "/cases/{assisted}/steps/record_referral/done?seq={assisted_seq}"),
    PicturedPage(
        "step-comparison", "办理：登记线上比对结果", CASEWORKER, "/cases/{under_review}/steps/record_comparison"
    ),
    PicturedPage("step-four-eyes", "办理：须由另一人办理", REVIEWER, "/cases/{certify}/steps/certify", status=403),
    PicturedPage("step-refusal", "办理：认定拒绝有无正当理由", CASEWORKER, "/cases/{refused}/steps/judge_refusal"),
    PicturedPage("step-amend", "办理：变更家庭成员情况", CASEWORKER, "/cases/{assisted}/steps/amend_household"),
    PicturedPage("step-breach", "办理：确认承诺超期原因", SUPERVISOR, "/cases/{overdue}/steps/confirm_breach_cause"),
    PicturedPage(
        "step-mistakes",
        "办理：内容有误",
        CASEWORKER,
        "/cases/{assisted}/steps/record_referral",
        (("press", "提交办理"),),
    ),
    PicturedPage(
        "step-ahead",
        "办理：提出退出建议，先看后果",
        CASEWORKER,
        "/cases/{assisted}/steps/propose_exit",
        (("tick", "户籍迁出"), ("fill", "事实与证据", "户口已迁往四平市。"), ("press", "下一步：核对")),
    ),
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
        status=422,
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
    PicturedPage("not-found", "没有找到这一页", NOBODY, "/there-is-no-such-page", status=404),
    PicturedPage("search", "查找", CASEWORKER, "/search"),
    PicturedPage(
        "search-found",
        "查找结果",
        CASEWORKER,
        "/search",
        (("fill", "查找", "00001"), ("press", "查找")),
        ends_at="/search/*",
    ),
)
