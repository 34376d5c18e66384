"""Notices (通知模板): each as it arrives, to whom and how it goes, and what to register with the carriers."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from casework.errors import CaseworkError
from console.administration.overview import ADMINISTRATORS
from console.asking import Administrator, for_roles
from console.rendering import page
from desk.errors import NotFound
from desk.previews import previewed, previews

router = APIRouter(prefix="/administration/notices")


@router.get("", **for_roles(ADMINISTRATORS))
def listed(request: Request, _: Administrator, kind: str = "") -> Response:
    shown = [each.preview for each in previews() if kind != "sms" or each.preview.by_sms]
    return page(request, "administration/notices.html", title="通知模板", notices=shown, kind=kind)


@router.get("/{name}", **for_roles(ADMINISTRATORS))
def one(request: Request, _: Administrator, name: str) -> Response:
    try:
        shown = previewed(name)
    except CaseworkError:
        raise NotFound("通知") from None
    return page(request, "administration/notice.html", title="通知模板", shown=shown.preview)
