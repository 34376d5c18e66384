"""The pages of intake (受理页的配图), on the drafts of `pictured_drafts.py`."""

from collections.abc import Sequence

from operations.pictured_page import (
    CASEWORKER,
    WORK,
    PicturedPage,
)

INTAKE_PAGES: Sequence[PicturedPage] = (
    PicturedPage("intake", "受理申请：草稿列表", CASEWORKER, "/intake"),
    PicturedPage("intake-person", "受理：申请人", CASEWORKER, "/intake/{draft_begun}/person/m1"),
    PicturedPage(
        "intake-person-mistakes",
        "受理：内容有误",
        CASEWORKER,
        "/intake/{draft_begun}/person/m1",
        (("fill", "公民身份号码", "22030219850312"), ("press", "保存并继续")),
    ),
    PicturedPage("intake-work", "受理：就业和收入", CASEWORKER, f"/intake/{{draft}}/{WORK}/m1"),
    PicturedPage("intake-home", "受理：住址和日期", CASEWORKER, "/intake/{draft}/home"),
    PicturedPage("intake-members", "受理：家庭成员", CASEWORKER, "/intake/{draft}/members"),
    PicturedPage(
        "intake-another",
        "受理：添加成员",
        CASEWORKER,
        "/intake/{draft}/members",
        (("follow", "添加一名成员"),),
        ends_at="/intake/*/person/m3",
    ),
    PicturedPage("intake-remove", "受理：移出成员", CASEWORKER, "/intake/{draft}/person/m2/remove"),
    PicturedPage("intake-family", "受理：谁计入家庭，是否符合条件", CASEWORKER, "/intake/{draft}/family"),
    PicturedPage("intake-duplicates", "受理：查重", CASEWORKER, "/intake/{draft_known}/duplicates"),
    PicturedPage("intake-check", "受理：核对后提交", CASEWORKER, "/intake/{draft}/check"),
    PicturedPage("intake-go-on", "受理：从没填完的地方继续", CASEWORKER, "/intake/{draft_begun}"),
    PicturedPage("intake-take-over", "受理：接手草稿", CASEWORKER, "/intake/{draft_of_colleague}/take-over"),
    PicturedPage("intake-discard", "受理：放弃草稿", CASEWORKER, "/intake/{draft}/discard"),
    PicturedPage("intake-monitoring", "受理：纳入重点监控", CASEWORKER, "/intake/{draft}/monitoring"),
    PicturedPage("intake-done", "受理：已登记", CASEWORKER, "/intake/{draft_done}/done"),
)
