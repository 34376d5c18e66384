"""Key monitoring instead of an application (纳入重点监控): a household that still has an earner is filed to be watched.

The page asks about each earner's work what the rule looks at, says what the rule says, and files it with one button.
"""

from typing import Any

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from api.errors import status_of
from api.wrong_bodies import body_errors
from casework.errors import CaseworkError
from console.asking import Caseworker, Posted, for_roles
from console.forms import Form, Mistake
from console.intake.asked import editable
from console.intake.likeness import likeness_of
from console.intake.my_drafts import CASEWORKERS
from console.intake.outlook import Outlook, outlook
from console.intake.progress import address, steps_of
from console.questions.pages import YES
from console.questions.reading import read_day
from console.rendering import page
from console.sending_on import go
from console.typed_values import plain
from desk import drafts
from desk.case_client import AcceptedNotRecorded, EngineUnavailable
from desk.draft_answers import PageChanged, work_page
from desk.handing_in import hand_in
from desk.monitoring_form import MonitoringForm

router = APIRouter()

PAGE = "monitoring"
CAUSES = (
    ("low_or_unstable", "只有1人就业，且收入低或工作不稳定"),
    ("layoff", "企业裁员名单涉及家中全部就业成员"),
)
FROM_NOW_ON = "提交没有得到答复：后台暂时连接不上。请保留本页，过一两分钟再按一次，不会重复登记。"


@router.get("/intake/{draft_id}/monitoring", **for_roles(CASEWORKERS))
def monitoring(request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str) -> Response:
    draft, elsewhere = editable(desk, caller, draft_id, now)
    if elsewhere is not None:
        return elsewhere
    found = outlook(desk, caller, draft, now)
    if not found.earners or found.read.form is None:
        return go(address(draft_id, "family"))
    return _page(request, found, Form.with_values(found.answers.page(PAGE)))


@router.post("/intake/{draft_id}/monitoring", **for_roles(CASEWORKERS))
async def file(request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str, form: Posted) -> Response:
    """Keep what was typed, then file the household; a second click files nothing twice."""
    whose = drafts.at_desk(caller)
    draft, elsewhere = await run_in_threadpool(editable, desk, caller, draft_id, now)
    if elsewhere is not None:
        return elsewhere
    found = await run_in_threadpool(outlook, desk, caller, draft, now)
    fields = {name: form.typed(name) for name in _names(found) if form.typed(name)}
    typed = form.typed("seen")
    seen = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
    try:
        await run_in_threadpool(drafts.save_page, desk, whose, draft_id, PAGE, fields, now, seen=seen)
    except PageChanged as changed:
        return _page(request, found, form, (Mistake(None, changed.message),), 409, seen=changed.stamp.saves)
    except CaseworkError as no:
        if no.code != "draft_being_handed_in":
            return _page(request, found, form, (Mistake(None, no.message),), status_of(no))
    draft = await run_in_threadpool(drafts.look, desk, whose, draft_id, now)
    found = await run_in_threadpool(outlook, desk, caller, draft, now)
    body, wrong = _read(found, form)
    like = await run_in_threadpool(likeness_of, desk, caller, found, now)
    if like.blocked or like.unexplained:
        wrong = (*wrong, Mistake(None, "查重还有没有处理的情况，请先到“查重”一步处理。"))
    if body is None or wrong:
        return _page(request, found, form, wrong, 422)
    try:
        await hand_in(desk, caller, draft_id, body, version=draft.version, now=now, reasons=like.told)
    except (EngineUnavailable, AcceptedNotRecorded) as error:
        return _page(request, found, form, (Mistake(None, FROM_NOW_ON),), status_of(error))
    except CaseworkError as no:
        status = status_of(no)
        if status not in (403, 409, 422):
            raise
        where = "alert_on" if no.field == "alert_on" else None
        return _page(request, found, form, (Mistake(where, no.message),), status)
    return go(address(draft_id, "done"))


def _names(found: Outlook) -> tuple[str, ...]:
    each = (f"{name}-{key}" for key in found.earners for name in ("contract", "insured", "changed"))
    return ("cause", "alert_on", *each)


def _read(found: Outlook, form: Form) -> tuple[MonitoringForm | None, tuple[Mistake, ...]]:
    """Return the form of key monitoring, or what is wrong on the page."""
    if found.read.form is None:
        return None, (Mistake(None, "申请内容还没有填完，请先填完。"),)
    wrong: list[Mistake] = []
    jobs: list[dict[str, Any]] = []
    for key in found.earners:
        job: dict[str, Any] = {"member": f"M{found.place_of(key)}", "insured": form.typed(f"insured-{key}") == YES}
        months = plain(form.typed(f"contract-{key}"))
        if months and not (months.isascii() and months.isdigit() and int(months[:6]) <= 600):
            wrong.append(Mistake(f"contract-{key}", "合同期限应为月数，0到600；没有书面合同的不填"))
        elif months:
            job["contract_months"] = int(months)
        if not form.typed(f"insured-{key}"):
            wrong.append(Mistake(f"insured-{key}", "请选择是否参加社会保险"))
        try:
            days = plain(form.typed(f"changed-{key}")).replace("、", " ").replace(",", " ").split()
            job["changed_on"] = tuple(read_day(each) for each in days)
        except ValueError:
            wrong.append(
                Mistake(f"changed-{key}", "换岗日期应为存在的日期，几次之间用空格分开，例如 2026-08-01 2026-09-10")
            )
        jobs.append(job)
    if form.typed("cause") not in {cause for cause, _ in CAUSES}:
        wrong.append(Mistake("cause", "请选择纳入重点监控的原因"))
    alert = None
    if plain(form.typed("alert_on")):
        try:
            alert = read_day(form.typed("alert_on"))
        except ValueError as no:
            wrong.append(Mistake("alert_on", f"离岗日期{no}"))
    if wrong:
        return None, tuple(wrong)
    whole = {**found.read.form.model_dump(), "cause": form.typed("cause"), "alert_on": alert, "jobs": jobs}
    try:
        return MonitoringForm.model_validate(whole), ()
    except ValidationError as error:
        said = body_errors([{**p, "loc": ("body", *p["loc"])} for p in error.errors(include_url=False)])
        return None, tuple(Mistake("alert_on" if name == "alert_on" else None, words) for name, words in said)


def _page(
    request: Request,
    found: Outlook,
    form: Form,
    mistakes: tuple[Mistake, ...] = (),
    status: int = 200,
    *,
    seen: int | None = None,
) -> Response:
    draft_id = found.draft.draft_id
    return page(
        request,
        "intake/monitoring.html",
        title="受理申请：纳入重点监控",
        status=status,
        form=form,
        mistakes=mistakes,
        draft=found.draft,
        found=found,
        causes=CAUSES,
        earners=tuple(
            (key, found.name_of(key), f"{address(draft_id, work_page(key))}?back=monitoring") for key in found.earners
        ),
        wages={key: found.read.members[key].wage_fen for key in found.earners if key in found.read.members},
        seen=found.answers.stamp(PAGE).saves if seen is None else seen,
        steps=steps_of(found, "family"),
    )
