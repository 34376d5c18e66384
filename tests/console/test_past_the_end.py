"""A list that grew shorter while somebody looked at its second page is never said to be empty."""

import pytest

from console.listing import SIZE, Listing, Wanted
from tests.console.desk_site import DeskSite
from tests.fresh_names import fresh
from tests.installation import CLERK

pytestmark = pytest.mark.engine


def test_a_page_after_the_last_is_the_last() -> None:
    assert Wanted(page=9).within(SIZE * 2 + 1).page == 3
    assert Wanted(page=2).within(SIZE).page == 1
    assert Wanted(page=9).within(0).page == 1
    assert Wanted(page=2).within(SIZE * 2).page == 2


def test_only_an_empty_page_after_others_is_past_the_end() -> None:
    assert Listing("l", "/l", (), (), SIZE + 1, Wanted(page=3), "").past_the_end
    assert not Listing("l", "/l", (), (), 0, Wanted(), "").past_the_end
    assert not Listing("l", "/l", (), ("row",), SIZE + 1, Wanted(page=2), "").past_the_end


@pytest.mark.parametrize("path", ["/queue", "/cases"])
async def test_a_page_that_is_gone_shows_the_last_one(desk_site: DeskSite, path: str) -> None:
    where = f"{fresh()}社区"
    case_id = await desk_site.api.open(community=where)
    clerk = await desk_site.visit(CLERK)
    page = await desk_site.page(clerk, f"{path}?community={where}&page=7")
    assert f"/cases/{case_id}" in page.links


async def test_a_list_that_cannot_go_back_by_itself_says_where_its_rows_are(desk_site: DeskSite) -> None:
    await desk_site.api.open()
    page = await desk_site.page(await desk_site.visit(CLERK), "/account/acts?page=9000")
    assert "这一页现在没有内容" in page.text
    assert any(link == "/account/acts" or link.startswith("/account/acts?page=") for link in page.links)
