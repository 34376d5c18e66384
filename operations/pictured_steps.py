"""The pages of steps that are pictured (办理页的配图): forms, what comes of them, and how they say no."""

from collections.abc import Sequence

from operations.pictured_page import CASEWORKER, HELPER, REVIEWER, SEALER, SUPERVISOR, PicturedPage

STEP_PAGES: Sequence[PicturedPage] = (
    PicturedPage("step", "办理：初审通过", CASEWORKER, "/cases/{under_review}/steps/pass_first_review"),
    PicturedPage("plans", "帮扶方案：一人一策", HELPER, "/cases/{assisted}/plans"),
    PicturedPage("plans-form", "填写帮扶方案", HELPER, "/cases/{assisted}/plans/M1"),
    PicturedPage("plans-matches", "匹配岗位", HELPER, "/cases/{assisted}/plans/M1/matches"),
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
)
