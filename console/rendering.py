"""Pages from templates (页面): one environment, strict about missing words, escaping everything.

`page(request, "pages/home.html", title="…", …)` is the one way to answer with a page.  Templates get plain values; what
every page needs (who is here, the menu, the form's token) is added here.
"""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.asking import STAFF
from casework.times import dated
from console import words
from console.called import Called
from console.cookies import LARGE, VISIT, form_token, put, read
from console.forms import new_key, with_lost_files
from console.inbox.unread import unread_of
from console.navigation import menu_for
from console.static_files import address_of
from desk.desk import Caller
from policies.citations import cited

TEMPLATES = Path(__file__).parent / "templates"

_pages = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_pages.filters.update(
    day=words.day,
    short_day=words.short_day,
    at=words.at,
    yuan=words.yuan,
    cited=cited,
    dated=dated,
)
_pages.globals.update(static=address_of, new_key=new_key)


def page(request: Request, template: str, *, title: str, status: int = 200, **more: Any) -> HTMLResponse:
    """Return a page.  `title` stands in the browser's tab: never a name, a number or a phone.

    A page that refuses what was sent also says which files went with it.
    """
    if status >= 400 and more.get("mistakes"):
        more["mistakes"] = with_lost_files(more.get("form"), more["mistakes"])
    caller: Caller | None = getattr(request.state, "caller", None)
    response = HTMLResponse(fragment(request, template, title=title, caller=caller, **more), status)
    fresh = getattr(request.state, "new_visit", None)
    if fresh is not None:
        put(request, response, VISIT, fresh)
    return response


def fragment(request: Request, template: str, **more: Any) -> Markup:
    """Return a piece of a page, for a part that is brought up to date by itself."""
    caller: Caller | None = more.pop("caller", getattr(request.state, "caller", None))
    called = Called(request)
    always = {
        "caller": caller,
        "hand": called.hand,
        "place": called.place,
        "our_office": called.office,
        "menu": menu_for(caller, request.url.path),
        "path": request.url.path,
        "csrf": lambda: form_token(request),
        "large": read(request, LARGE) == "1",
        "drill": request.app.state.desk.drill if hasattr(request.app.state, "desk") else False,
        "mistakes": (),
        "unread": lambda: unread_of(request),
        "finds": finds(request),
    }
    return Markup(_pages.get_template(template).render(**{**always, **more}))  # noqa: S704 - rendered with escaping


def finds(request: Request) -> bool:
    """Whether the box to search stands on top; the pages of the search have one of their own."""
    caller: Caller | None = getattr(request.state, "caller", None)
    path = request.url.path
    return (
        caller is not None
        and caller.role in STAFF
        and not caller.person.must_change
        and path.partition("/search")[0] != ""
    )


def wants_part(request: Request) -> bool:
    """Whether htmx asks for a part of the page instead of the whole."""
    return request.headers.get("hx-request") == "true"
