"""In-app notices (站内通知): what the caller has been told, unread first; marking them read.

Having read a notice is not having done anything: the task stays on the queue.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import EVERYBODY, Now, OurDesk
from console.asking import Anybody, Posted, for_roles
from console.listing import SIZE, Listing, wanted
from console.rendering import page
from console.sending_on import go
from desk import notices
from desk.notices import Told
from desk.report_reminders import TITLE

router = APIRouter()

PATH = "/inbox"
FILTERS = ("show",)
UNREAD = "unread"
EMPTY = "还没有站内通知。个案有需要您知道的变化时，会在这里告诉您。"
LEADS = {TITLE: "/reports"}
"""Where what is told beside any case is done, by the title of the notice."""
ALL_READ = "没有未读的通知。"


@router.get(PATH, **for_roles(EVERYBODY))
def inbox(request: Request, desk: OurDesk, caller: Anybody, now: Now) -> Response:
    asked = wanted(request, sorts=(), filters=FILTERS)
    unread_only = asked.get("show") == UNREAD
    found = notices.my_notices(desk, caller, now, as_of=None, unread_only=unread_only, offset=asked.offset, limit=SIZE)
    listing: Listing[Told] = Listing(
        "inbox",
        PATH,
        (),
        found.told,
        found.unread if unread_only else found.total,
        asked,
        ALL_READ if unread_only and found.total else EMPTY,
        exports=False,
    )
    return page(
        request,
        "inbox/inbox.html",
        title="站内通知",
        listing=listing,
        unread_only=unread_only,
        number=found.unread,
        total=found.total,
        leads=LEADS,
        query=listing.address().partition("?")[2],
    )


@router.post(PATH + "/read", **for_roles(EVERYBODY))
def read(request: Request, desk: OurDesk, caller: Anybody, now: Now, form: Posted) -> Response:
    """Mark one notice, or all of them, as read by the caller; what it does not see is left alone."""
    keys = form.many("key")
    if keys or form.text("all"):
        notices.mark_read(desk, caller, keys[:SIZE] or None, now, None)
    return go(f"{PATH}?{request.url.query}" if request.url.query else PATH)
