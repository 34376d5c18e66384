"""Who looked at personal data of a case (查看记录): when, who, what and why.  This page itself shows none of it."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import OurDesk
from console.asking import for_roles
from console.case_pages.in_path import WATCHERS, CaseInPath, Watcher
from console.rendering import page
from desk.errors import or_not_found
from records import case_files
from records.case_names import staff_names
from records.household_pages import views_of

router = APIRouter()

WHAT = {
    "household": "家庭成员的完整信息",
    "comparisons": "线上比对的原始答复",
    "search": "查找结果（姓名已脱敏）",
    "evidence": "一份证据材料",
    "subsidies": "发放名册里的姓名、身份号码和账号",
    "objection": "群众提交的异议",
    "vacancy_contact": "岗位的联系人",
    "paper": "一份文书",
    "ledger": "导出台账里的完整姓名",
}
"""What the log of looks calls it → what people read."""


@router.get("/cases/{case_id}/looks", **for_roles(WATCHERS))
def looks(request: Request, case_id: CaseInPath, caller: Watcher, desk: OurDesk) -> Response:
    """The newest first."""
    with desk.record.read() as work:
        or_not_found(case_files.get(work, caller.scope, case_id))
        views = views_of(work, case_id)
        staff = staff_names(work, (view.account for view in views))
    lines = [
        (view.at, staff.get(view.account, ""), view.account, WHAT.get(view.what, view.what), view.reason)
        for view in reversed(views)
    ]
    return page(request, "case_pages/looks.html", title=f"查看记录 {case_id}", case_id=case_id, lines=lines)
