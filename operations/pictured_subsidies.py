"""The pages of subsidies, benefits and targets (补贴、待遇衔接、目标的配图)."""

from collections.abc import Sequence

from operations.pictured_page import CASEWORKER, REVIEWER, SUPERVISOR, PicturedPage

SUBSIDY_PAGES: Sequence[PicturedPage] = (
    PicturedPage("subsidies", "应享未享的补贴", CASEWORKER, "/subsidies"),
    PicturedPage("subsidies-applications", "补贴申请和享受", REVIEWER, "/subsidies/applications"),
    PicturedPage("subsidies-ending", "即将到期的补贴", CASEWORKER, "/subsidies/ending"),
    PicturedPage("subsidies-payments", "补贴发放名册", REVIEWER, "/subsidies/payments?month=2026-11"),
    PicturedPage("subsidies-recovery", "待追缴的补贴", REVIEWER, "/subsidies/recovery"),
    PicturedPage("subsidies-coordination", "低保、失业保险与就业衔接", CASEWORKER, "/subsidies/coordination"),
    PicturedPage("subsidies-continuation", "灵活就业参保接续", CASEWORKER, "/subsidies/continuation"),
    PicturedPage("subsidies-graduates", "毕业生和子女", SUPERVISOR, "/subsidies/graduates"),
    PicturedPage("subsidies-case", "本户的补贴和待遇", CASEWORKER, "/cases/{employed}/subsidies"),
    PicturedPage("targets", "任务和进度", SUPERVISOR, "/targets"),
    PicturedPage("targets-mistakes", "下达任务：内容有误", SUPERVISOR, "/targets", (("press", "下达"),)),
    PicturedPage(
        "subsidies-apply",
        "申请补贴：没有可以申请的",
        CASEWORKER,
        "/cases/{employed}/subsidies/apply",
    ),
)
