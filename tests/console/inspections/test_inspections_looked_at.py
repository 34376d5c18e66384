"""The pages of inspections and stories in a browser: nothing for axe to find, nobody scrolls sideways."""

import pytest

from tests.console.conftest import OpenPage
from tests.console.desk_site import DeskSite
from tests.console.inspections.test_inspections import earliest, missed, today_of
from tests.console.looking import DESKTOP, PHONE, in_order, picture
from tests.console.stories.test_stories import made
from tests.installation import SUPERVISOR

pytestmark = [pytest.mark.engine, pytest.mark.browser]


async def test_pages_are_in_order_on_a_desk_and_on_a_phone(desk_site: DeskSite, open_page: OpenPage) -> None:
    case_id = await missed(desk_site)
    _, story = await made(desk_site)
    client = await desk_site.visit(SUPERVISOR)
    start = f"/inspections/new?kind=promise&subject={case_id}.main"
    due_on = earliest((await client.get(start)).text)
    opened = await desk_site.submit(client, start, {"inspectors": "孙督导、李科员", "due_on": due_on})
    here = opened.url.path
    finding = {"kind": "finding", "on_day": today_of(opened.text), "text": "台账缺两次推荐记录。"}
    await desk_site.submit(client, here, finding, action="/records")
    pages = {
        "inspections": "/inspections",
        "item": f"/inspections/items/promise/{case_id}.main",
        "inspections-all": "/inspections/all",
        "inspection": here,
        "inspection-print": f"{here}/print",
        "areas": "/inspections/areas",
        "new": start,
        "stories": "/stories",
        "story": story,
    }
    for width in (DESKTOP, PHONE):
        for name, path in pages.items():
            page = await open_page(SUPERVISOR, width, path)
            await picture(page, f"radar-{name}-{width}")
            await in_order(page)
            await page.close()
