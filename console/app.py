"""The console (办理台): the web pages people look at, put together over the same desk as the API.

`create_console` makes an app of its own that shares the API's state (desk, clock, throttle), and `with_console` lets
both answer at one address: `/api/…` and `/healthz` are the API's, everything else is a page.  Nothing here decides
anything: what a person does is a function of `desk`, what is shown is a read of `records` with the caller's scope.

Adding a page: a noun's file with a `router`, its template under `templates/`, its line in `NOUNS`, and (when it
belongs in the menu) in `navigation.py`.  Every route says who may open it with `for_roles(…)` or `FOR_EVERYBODY`.
"""

from types import ModuleType
from typing import Any

from fastapi import Depends, FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api.edge import Edge
from console import display, home, sign_in, static_files
from console.account import acts, away, codes, first_administrator, log_ins, own, password
from console.administration import away as absences
from console.administration import calendars, notices, offices, overview, people, policies
from console.case_pages.nouns import OF_A_CASE
from console.cases import case_list
from console.county import exits as county_exits
from console.county import home as county_home
from console.county import objections as county_objections
from console.county import review as county_review
from console.doorstep import calls, household, offline, recording, today
from console.edge_rules import OF_THE_CONSOLE
from console.errors import install
from console.figures.nouns import OF_THE_STATISTICS
from console.imports.nouns import OF_IMPORTS
from console.inbox import pages as inbox
from console.inspections.nouns import OF_INSPECTIONS
from console.intake import asked, checking, checks, family, likeness, my_drafts, people_list, receipt, watch
from console.ledger.nouns import OF_THE_LEDGER
from console.papers.nouns import OF_PAPERS
from console.plain_bytes import only_what_browsers_send
from console.plans.nouns import OF_PLANS
from console.public.limits import keep_limits
from console.public.nouns import OF_THE_PUBLIC
from console.queue import pages as queue
from console.register.nouns import OF_THE_REGISTER
from console.reports.nouns import OF_REPORTS
from console.same_site import from_our_own_pages
from console.search import pages as search
from console.steps.nouns import OF_STEPS
from console.stories.nouns import OF_STORIES
from console.subsidies.nouns import OF_SUBSIDIES
from console.supervision import backlog, causes, lists, loads, numbers, reassign
from console.supervision import home as supervision_home
from console.targets import pages as targets
from console.vacancies.nouns import OF_VACANCIES

NOUNS: tuple[ModuleType, ...] = (
    *(queue, case_list, search, inbox),
    *OF_A_CASE,
    *(static_files, display, sign_in, home),
    *(own, password, log_ins, codes, acts, away, first_administrator),
    *(overview, people, offices, absences, policies, calendars, notices),
    *OF_REPORTS,
    *OF_STEPS,
    *OF_THE_LEDGER,
    *OF_THE_STATISTICS,
    *OF_IMPORTS,
    *OF_THE_REGISTER,
    *OF_PAPERS,
    *OF_THE_PUBLIC,
    *(checks, my_drafts, asked, people_list, family, watch, likeness, checking, receipt),
    *(today, offline, calls, recording, household),
    *(county_home, county_review, county_exits, county_objections),
    *OF_SUBSIDIES,
    targets,
    *(supervision_home, lists, numbers, backlog, loads, reassign, causes),
    *OF_VACANCIES,
    *OF_INSPECTIONS,
    *OF_STORIES,
    *OF_PLANS,
)
"""Nouns in the order in which their routes are tried: what is opened all day long comes first."""

PACKED = 5
"""How hard pages are packed (gzip): beyond it they take twice the time and are hardly smaller."""

API_PATHS = ("/api/", "/healthz")


def create_console(api: FastAPI) -> FastAPI:
    """Return the pages over the API's desk."""
    console = FastAPI(
        title="万家灯火办理台",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(only_what_browsers_send), Depends(from_our_own_pages)],
    )
    console.state = api.state
    keep_limits(console)
    install(console)
    for noun in NOUNS:
        console.include_router(noun.router)
    console.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=PACKED)
    console.add_middleware(Edge, rules=OF_THE_CONSOLE)
    return console


def with_console(api: FastAPI) -> ASGIApp:
    """Return the app that answers for the API and its console; starting and stopping is the API's."""
    console = create_console(api)

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        app: Any = console if scope["type"] == "http" and not scope["path"].startswith(API_PATHS) else api
        await app(scope, receive, send)

    return door
