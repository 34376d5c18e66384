"""Unique names, numbers and words go through the pages, and are looked for wherever nobody should find them.

They may stand in the body of a page that shows them and on the way to a phone: never in an address, a header, a
cookie, a title, a log line, the engine's store, or readable in the files of the installation.
"""

import logging
from pathlib import Path

import httpx2
import pytest

from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.public import at_the_door as door
from tests.console.public.at_the_door import shown, somebody
from tests.console.public.test_applying import LIST, Family, receipt_in
from tests.console.public.test_objecting import LIST as OBJECTIONS
from tests.console.public.test_objecting import objected
from tests.console.public.test_objecting import receipt_in as objection_in
from tests.installation import CLERK, member, resident_id
from tests.workflows.test_privacy import spellings

pytestmark = pytest.mark.engine

NAME, PHONE, ADDRESS = "鲜于墨痕", "19988770123", "栖霞胡同七百七十七号"
ONLINE, OWN_PHONE, RELATIVE = "鲜于砚池", "19988770456", "鲜于笔架"
OBJECTOR, OBJECTS_FROM, OBJECTION = "鲜于镇纸", "19988770789", "反映该户在鹦鹉洲码头经营渡船，每日清晨六点开船。"
FILE, WHY = "鲜于砚池的户口簿", "鲜于墨痕本人来电核对"


def leaks(content: bytes, secrets: list[str]) -> set[str]:
    return {secret for secret in secrets for spelling in spellings(secret) if spelling in content}


class Watched:
    """Everything a browser was told outside the bodies of pages, and the titles."""

    def __init__(self) -> None:
        self.told: list[str] = []

    async def hear(self, answer: httpx2.Response) -> None:
        await answer.aread()
        self.told += [str(answer.url), *(f"{name}: {value}" for name, value in answer.headers.items())]
        if answer.headers.get("content-type", "").startswith("text/html") and answer.text:
            head = answer.text.partition("</head>")[0]
            self.told += [head, *(link for link in Page(answer.text).links if not link.startswith("tel:"))]

    def on(self, client: httpx2.AsyncClient) -> httpx2.AsyncClient:
        client.event_hooks["response"].append(self.hear)
        return client


async def test_what_people_entrust_to_the_pages_stays_in_them(
    desk_site: DeskSite, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    number, own = resident_id(), resident_id("19881107")
    watched, api = Watched(), desk_site.api
    case_id = await api.in_publicity(members=[member(name=NAME, id_number=number, phone=PHONE)], address=ADDRESS)
    clerk = watched.on(await desk_site.signed_in(CLERK))
    for wanted in (NAME, number, PHONE, NAME[:3]):
        assert case_id in (await desk_site.submit(clerk, "/search", {"wanted": wanted})).text
    people = await desk_site.submit(clerk, f"/cases/{case_id}/people", {"chosen": "other", "reason": WHY})
    assert ADDRESS in people.text
    for part in ("", "/people", "/timeline", "/clocks", "/messages", "/looks", "/uploads"):
        await desk_site.page(clerk, f"/cases/{case_id}{part}")
    async with somebody(desk_site) as visitor:
        typed = {"content": OBJECTION, "who": "named", "name": OBJECTOR, "phone": OBJECTS_FROM}
        files = {"files": (f"{OBJECTOR}.jpg", door.JPEG, "image/jpeg")}
        objection = objection_in(await objected(desk_site, watched.on(visitor), case_id, typed, files))
    assert OBJECTOR in (await desk_site.page(clerk, f"{OBJECTIONS}/{objection}")).text
    await desk_site.submit(clerk, f"{OBJECTIONS}/{objection}", {"checkable": "yes"})
    async with somebody(desk_site) as visitor:
        family = Family(desk_site, watched.on(visitor), OWN_PHONE)
        await family.come_in()
        await family.begin()
        await family.whole(name=ONLINE, id_number=own)
        await family.fill("person/m2", name=RELATIVE)
        await family.add(f"{FILE}.jpg", door.JPEG)
        receipt = receipt_in(await family.submit())
        assert ONLINE not in (await shown(desk_site, visitor, receipt, OWN_PHONE)).text
    assert ONLINE in (await desk_site.page(clerk, f"{LIST}/{receipt}")).text
    check = await desk_site.submit(clerk, f"{LIST}/{receipt}", {}, action="/take")
    assert ONLINE in check.text
    await clerk.aclose()

    secrets = [NAME, PHONE, ADDRESS, ONLINE, OWN_PHONE, RELATIVE, OBJECTOR, OBJECTS_FROM, OBJECTION, FILE, WHY]
    secrets += [number, own]
    assert leaks("\n".join(watched.told).encode(), secrets) == set()
    assert leaks(caplog.text.encode(), secrets) == set()
    kept = [path for path in api.home.rglob("*") if path.is_file() and "inbox" not in path.parts]
    engine = [path for path in Path(api.home).parent.glob("engine*/*") if path.is_file()]
    assert {"record.db"} <= {path.name for path in kept}
    assert any(path.name.startswith("temporal.db") for path in engine)
    for path in (*kept, *engine):
        assert leaks(path.read_bytes(), secrets) == set(), path.name
