"""The same form sent many times at once (连点), of every kind that is not a step of a case: one act."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

import httpx2
import pytest

from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.console.public.at_the_door import somebody
from tests.console.public.test_applying import PHONES, Family
from tests.console.public.test_board import public_id
from tests.console.public.test_objecting import NAMED
from tests.installation import CLERK

pytestmark = pytest.mark.engine

TIMES = 8
APPLICATIONS, OBJECTIONS = "/applications", "/applications/objections"


async def many(
    site: DeskSite, client: httpx2.AsyncClient, page: str, typed: Mapping[str, str], **more: Any
) -> set[str]:
    """Send one form many times at once; return where the answers lead."""
    opened = await client.get(page, follow_redirects=True)
    form = Page(opened.text).form(set(typed), more.pop("action", None))
    sent = [site.send(client, str(opened.url), form, typed, **more) for _ in range(TIMES)]
    answers = await asyncio.gather(*sent)
    assert {answer.status_code for answer in answers} == {200}, [answer.status_code for answer in answers]
    return {str(answer.url) for answer in answers}


async def test_an_intake_is_begun_once(desk_site: DeskSite) -> None:
    client = await desk_site.visit(CLERK)
    assert len(await many(desk_site, client, "/intake", {}, action="/intake")) == 1


async def test_a_saved_filter_is_kept_once(desk_site: DeskSite) -> None:
    client = await desk_site.visit(CLERK)
    await many(desk_site, client, "/queue", {"name": "连点一次"}, action="/queue/filters?sort=due")
    assert (await client.get("/queue")).text.count("<option>连点一次") <= 1


async def test_an_objection_is_received_once(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.in_publicity()
    path, before = f"/board/{public_id(desk_site.api, case_id)}/objection", await waiting(desk_site, OBJECTIONS)
    async with somebody(desk_site) as visitor:
        await many(desk_site, visitor, path, NAMED, files={"files": ("", b"")})
    assert len(await waiting(desk_site, OBJECTIONS) - before) == 1


async def test_an_online_application_is_received_once(desk_site: DeskSite) -> None:
    async with somebody(desk_site) as client:
        family = Family(desk_site, client, next(PHONES))
        await family.come_in()
        await family.begin()
        await family.whole()
        before = await waiting(desk_site, APPLICATIONS)
        await many(desk_site, client, family.at("check"), {"true": "yes"})
        assert len(await waiting(desk_site, APPLICATIONS) - before) == 1


async def waiting(site: DeskSite, path: str) -> set[str]:
    page = await site.whole_list(await site.visit(CLERK), path)
    return {link for link in page.links if re.match(rf"{path}/(SQ|YY)", link)}
