"""The console's routes as they are served, who may open each, and the people who try: of the area and from elsewhere.

`Ours` is a case of the office 220302004 with everything an address can name; the rest of the world are `outsiders`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import httpx2
from fastapi import APIRouter
from fastapi.routing import APIRoute

from casework.commands import OF_PEOPLE
from casework.states import Role
from console.app import NOUNS
from desk.draft_answers import Answers
from records.drafts import DraftKind, Whose, start_draft
from tests.api.test_absences import staff
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.public.at_the_door import png
from tests.console.register.households import a_register_of_ours
from tests.installation import CLERK, HELPER, OFFICE, REVIEWERS, SUPERVISOR, Installation, member, resident_id
from tests.register.sheets import GOOD, csv_bytes

PUBLIC = "public"
ROLES = {*(role.value for role in Role), PUBLIC}
OURS = {
    "caseworker": CLERK,
    "helper": HELPER,
    "reviewer": REVIEWERS[0],
    "supervisor": SUPERVISOR,
    "administrator": "admin",
}
"""Of each role somebody to whom the case is there (the administrator excepted, who sees no case)."""

NAME, PHONE = "诸葛访客", "19900000444"

_PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


@dataclass(frozen=True, slots=True)
class PageRoute:
    """One route: how it is asked, and the roles it says may ask."""

    method: str
    path: str
    roles: tuple[str, ...]
    names: frozenset[str]
    queries: frozenset[str]
    required: tuple[str, ...] = ()
    """Queries without which there is no page."""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def public(self) -> bool:
        return PUBLIC in self.roles

    def at(self, known: dict[str, str]) -> str:
        """Return an address of this route; what is not known of it is 1."""
        path = _PARAMETER.sub(lambda found: known.get(found[1], "1"), self.path)
        query = urlencode({name: known.get(f"?{name}", "1") for name in self.required})
        return f"{path}?{query}" if query else path

    def every(self, known: dict[str, str]) -> list[str]:
        """Return its address, or one for each step of people where it names a step."""
        if "trigger" not in self.names:
            return [self.at(known)]
        return [self.at({**known, "trigger": trigger}) for trigger in OF_PEOPLE]


def routes_of(router: APIRouter) -> Iterator[PageRoute]:
    for route in router.routes:
        assert isinstance(route, APIRoute), f"{route} is not a route of the house: a mount or an included router"
        said: dict[str, Any] = route.openapi_extra or {}
        for method in sorted(route.methods):
            yield PageRoute(
                method=method,
                path=route.path,
                roles=tuple(said.get("x-roles", ())),
                names=frozenset(_PARAMETER.findall(route.path)),
                queries=frozenset(query.alias for query in route.dependant.query_params),
                required=tuple(query.alias for query in route.dependant.query_params if query.field_info.is_required()),
            )


def routes() -> list[PageRoute]:
    """Return every route of the console."""
    return [route for noun in NOUNS for route in routes_of(noun.router)]


@dataclass(frozen=True, slots=True)
class Ours:
    """A case of our office, and what addresses may name of it."""

    case_id: str
    id_number: str
    known: dict[str, str]

    @property
    def people(self) -> tuple[str, ...]:
        """What nobody else may read anywhere."""
        return (self.id_number, NAME, PHONE)


async def a_case_of_ours(site: DeskSite, account: str | None = None) -> Ours:
    """Bring a household of ours to `assisted`, with one helper and a file; there is a draft of its clerk.

    `account` is a colleague whom addresses may name; forms may close it, so nobody else has a use for it.
    """
    api, number = site.api, resident_id()
    case_id = await api.assisted(members=[member(id_number=number, name=NAME, phone=PHONE)])
    tasks = (await api.get(CLERK, f"/api/v1/cases/{case_id}/tasks?closed=true"))["tasks"]
    uploads, file = f"/cases/{case_id}/uploads", {"file": ("x.png", png(), "image/png")}
    kept = await site.submit(await site.visit(CLERK), uploads, {"label": "其他材料"}, files=file)
    evidence = next(link for link in Page(kept.text).links if link.startswith("/evidence/"))
    typed = Answers({"person/m1": {"name": NAME, "id_number": number, "phone": PHONE}})
    with api.record.write() as work:
        draft = start_draft(work, Whose(DraftKind.DESK, CLERK, OFFICE), typed.content, datetime.now(UTC))
    known = {"case_id": case_id, "task_id": tasks[0]["task_id"], "trigger": "record_contact"}
    known |= {"account": account or await staff(api)}
    known |= {"draft_id": draft.draft_id, "evidence_id": evidence.removeprefix("/evidence/")}
    known |= {"label": "jilin-2021", "kind": "csv", "name": "certified", "key": "m1", "?key": "0" * 32}
    known["batch_id"] = await _a_sheet_of_ours(site, number)
    known |= a_register_of_ours(api.record, HELPER)
    return Ours(case_id, number, known)


async def _a_sheet_of_ours(site: DeskSite, number: str) -> str:
    """Hand in a sheet that names our person; its columns are still to be chosen."""
    line = {**GOOD, "身份证号": number, "姓名": NAME, "手机": PHONE}
    file = {"file": ("x.csv", csv_bytes([line]), "text/csv")}
    answer = await site.submit(await site.visit(CLERK), "/imports", {"kind": "survey"}, files=file)
    return str(answer.url).rpartition("/")[2]


REGISTERED = ("household_id", "round_id", "visit_id")
OF_OURS = {"batch_id", "case_id", "task_id", "draft_id", "evidence_id", "absence_id", "account"} | {*REGISTERED}
"""Names in addresses by which something of ours is meant."""


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody to whom our case is not there."""

    where: str
    role: str
    account: str


async def outsiders(api: Installation) -> list[Outsider]:
    """Return people of every role: of a sibling office or county, and of another city."""
    places = {
        Role.CASEWORKER: {"a sibling office": "220302005", "another city": "220102001"},
        Role.HELPER: {"the same office": "220302004", "a sibling office": "220302005", "another city": "220102001"},
        Role.REVIEWER: {"a sibling county": "220303", "another city": "220102"},
        Role.SUPERVISOR: {"a sibling county": "220303", "another city": "220100"},
        Role.ADMINISTRATOR: {"a sibling county": "220303", "another city": "220100"},
    }
    return [
        Outsider(where, role.value, await staff(api, role, area))
        for role, areas in places.items()
        for where, area in areas.items()
    ]


async def token(client: httpx2.AsyncClient) -> str:
    """Return a token with which this browser may send forms."""
    answer = await client.get("/", follow_redirects=True)
    return next(value for form in Page(answer.text).forms if (value := form.value("csrf")))


async def post(
    site: DeskSite, client: httpx2.AsyncClient, path: str, fields: dict[str, str] | None = None, **headers: str
) -> httpx2.Response:
    """Send fields to an address as a page of ours would, without having opened it."""
    own = {"Origin": site.base, "Sec-Fetch-Site": "same-origin"} | headers
    given = fields or {}
    good = given.get("csrf") or await token(client)
    return await client.post(path, data={**given, "csrf": good}, headers=own)
