"""A report as a file (调度表文件): .xlsx in the office's own template, plain .csv; and keeping that template."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from console.asking import Posted, for_roles
from console.forms import Form, Mistake
from console.rendering import page
from console.reports.asking import COUNTY_AND_ABOVE, EVERYONE, Area, CountyOrAbove, Month, Reader
from console.sending_on import go
from desk.desk import Caller, Desk, off_loop
from desk.errors import NotFound
from desk.monthly_reports import own_area, see
from desk.report_sheets import sheet_of
from documents.report_sheet import LARGEST, BadTemplate, check_template, default_template
from records import monthly_reports as kept
from register.report_columns import layout_for

router = APIRouter()

TEMPLATE = "/reports/template"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}


@router.get("/reports/{month}/{area}/sheet.{kind}", **for_roles(EVERYONE))
def sheet(desk: OurDesk, now: Now, caller: Reader, month: Month, area: Area, kind: str) -> Response:
    if kind not in KINDS:
        raise NotFound("文件")
    content = sheet_of(desk.record, see(desk, caller, area, month, now), kind)
    return _file(content, f"dispatch-{month}-{area}.{kind}", KINDS[kind])


@router.get(TEMPLATE, **for_roles(COUNTY_AND_ABOVE))
def template(request: Request, desk: OurDesk, caller: CountyOrAbove) -> Response:
    return _page(request, desk, caller, Form(), ())


@router.get(TEMPLATE + "/default.xlsx", **for_roles(COUNTY_AND_ABOVE))
def own_template(caller: CountyOrAbove) -> Response:
    """The project's own template, to begin from."""
    layout = layout_for(own_area(caller))
    columns = tuple((column.code, column.title) for column in layout.columns)
    return _file(default_template(layout.title, columns, layout.basis), "dispatch-template.xlsx", XLSX)


@router.post(TEMPLATE, **for_roles(COUNTY_AND_ABOVE))
async def keep(request: Request, desk: OurDesk, now: Now, caller: CountyOrAbove, form: Posted) -> Response:
    """Keep an uploaded template for the caller's area, in place of the one before."""
    mine = own_area(caller)
    known = [name for column in layout_for(mine).columns for name in (column.code, column.title)]
    given = form.file("template")
    try:
        if given is None:
            raise BadTemplate("请选择要上传的 .xlsx 模板。")
        content = await given.read(LARGEST + 1)
        await off_loop(check_template, content, known)
    except BadTemplate as no:
        return await off_loop(_page, request, desk, caller, form, (Mistake("template", str(no)),))
    await off_loop(_keep, desk, mine, (given.filename or "模板.xlsx")[:120], content, caller.account, now)
    return go(f"{TEMPLATE}#kept")


def _keep(desk: Desk, area: str, name: str, content: bytes, by: str, now: Any) -> None:
    with desk.record.write() as work:
        kept.keep_template(work, area, name, content, by=by, now=now)


def _page(request: Request, desk: Desk, caller: Caller, form: Form, mistakes: tuple[Mistake, ...]) -> Response:
    mine = own_area(caller)
    with desk.record.read() as work:
        there = kept.template_for(work, mine)
    return page(
        request,
        "reports/template.html",
        status=422 if mistakes else 200,
        title="调度表模板",
        name=there[0] if there else None,
        layout=layout_for(mine),
        form=form,
        mistakes=mistakes,
    )


def _file(content: bytes, name: str, media: str) -> Response:
    return Response(content, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})
