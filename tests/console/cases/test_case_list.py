"""The list of cases: only one's own, narrowed and sorted as asked, exported as shown."""

import pytest

from tests.console.conftest import OpenPage
from tests.console.desk_site import DeskSite
from tests.console.looking import DESKTOP, PHONE, in_order
from tests.console.queue.test_queue import place
from tests.installation import CLERK, ELSEWHERE, HELPER, REVIEWERS, SUPERVISOR, member

pytestmark = pytest.mark.engine


async def exported_ids(site: DeskSite, account: str, query: str) -> list[str]:
    """Return the numbers of the cases of an export, in its order."""
    answer = await (await site.visit(account)).get(f"/cases/export.csv?{query}")
    assert answer.status_code == 200, answer.text
    return [line.split(",")[0] for line in answer.content.decode("utf-8-sig").splitlines()[1:]]


async def test_everybody_lists_their_own_cases_with_the_applicant_masked(desk_site: DeskSite) -> None:
    where, api = place(), desk_site.api
    mine = await api.assisted(members=[member(name="令狐安")], community=where)
    plain = await api.open(community=where)
    for account, seen in {
        CLERK: [plain, mine],
        REVIEWERS[0]: [plain, mine],
        SUPERVISOR: [plain, mine],
        HELPER: [mine],
        ELSEWHERE: [],
    }.items():
        assert await exported_ids(desk_site, account, f"community={where}") == sorted(seen), account
    page = await desk_site.page(await desk_site.visit(CLERK), f"/cases?community={where}")
    assert "令*" in page.text
    assert "令狐安" not in page.text
    assert "演练帮扶人1" in page.text
    assert "个工作日" in page.text
    assert f"/cases/{mine}" in page.links


async def test_the_list_is_narrowed_and_sorted(desk_site: DeskSite) -> None:
    where, api = place(), desk_site.api
    gone = await api.open(community=where)
    await api.step(CLERK, gone, "withdrawals", {"statement": "本人自愿撤回申请。"})
    helped = await api.assisted(community=where)
    fresh = await api.open(community=where)

    async def found(query: str) -> list[str]:
        return await exported_ids(desk_site, CLERK, f"community={where}&{query}")

    assert await found("") == sorted([gone, helped, fresh])
    assert await found("sort=case&order=desc") == sorted([gone, helped, fresh], reverse=True)
    assert await found("state=open") == sorted([helped, fresh])
    assert await found("state=exited") == [gone]
    assert await found(f"helper={HELPER}") == [helped]
    assert await found("opened_from=2026-09-30&opened_to=2026-09-30") == [helped]
    assert await found("opened_from=nonsense&state=nonsense&mark=nonsense") == sorted([gone, helped, fresh])
    assert await found("sort=opened") == [helped, *sorted([gone, fresh])]
    assert (await found("sort=promise"))[0] == (await found("sort=promise&order=desc"))[0] == helped
    assert await found("sort=state") == [fresh, helped, gone]
    assert await found("mark=broken") == []
    await api.until(helped, "2026-12-01")
    assert await found("mark=broken") == await found("mark=late") == [helped]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_the_list_is_in_order(open_page: OpenPage, desk_site: DeskSite, width: int) -> None:
    await desk_site.api.open(members=[member(name="司徒明")])
    await in_order(await open_page(CLERK, width, "/cases?sort=promise"))
    page = await open_page(SUPERVISOR, width, "/cases?state=exited&mark=hardship")
    await page.get_by_text("没有符合这些条件的个案").wait_for()
    await in_order(page)
