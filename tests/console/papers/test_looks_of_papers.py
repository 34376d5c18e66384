"""The pages of papers in a browser: in order at a desk and on a phone, with something issued and with answers."""

import pytest

from tests.console.conftest import OpenPage
from tests.console.desk_site import DeskSite
from tests.console.looking import DESKTOP, PHONE, in_order, picture
from tests.console.papers.test_papers import certified, download, issue
from tests.installation import CLERK, REVIEWERS

pytestmark = pytest.mark.engine


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_the_pages_of_papers_are_in_order(desk_site: DeskSite, open_page: OpenPage, width: int) -> None:
    case_id, _ = await certified(desk_site)
    await issue(desk_site, CLERK, case_id, "application")
    await issue(desk_site, REVIEWERS[1], case_id, "certified")
    pdf = await download(desk_site, REVIEWERS[1], case_id)

    for name, account, path in (
        ("papers", REVIEWERS[1], f"/cases/{case_id}/papers"),
        ("papers-of-a-clerk", CLERK, f"/cases/{case_id}/papers"),
        ("papers-issue", REVIEWERS[1], f"/cases/{case_id}/papers/issue?paper=sealed_application%3A2026-10-12"),
    ):
        page = await open_page(account, width, path)
        await in_order(page)
        await picture(page, f"{name}-{width}")

    page = await open_page(None, width, "/verify")
    await in_order(page)
    file = {"name": "x.pdf", "mimeType": "application/pdf", "buffer": pdf + b" "}
    await page.get_by_label("PDF 文件").set_input_files(file)  # type: ignore[arg-type]
    await page.get_by_role("button", name="验这个文件").click()
    await page.get_by_text("盖章之后又添加了内容").wait_for()
    await in_order(page)
    await picture(page, f"papers-verify-{width}")
