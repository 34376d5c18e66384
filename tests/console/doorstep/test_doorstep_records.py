"""Recording at a door over HTTP, on real cases: what is saved, what is told, and that nothing typed is lost."""

from typing import Any

import httpx2
import pytest

from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.installation import CASES, CLERK, HELPER

pytestmark = pytest.mark.engine


async def whole(site: DeskSite, case_id: str) -> dict[str, Any]:
    found: dict[str, Any] = await site.api.get(CLERK, f"{CASES}/{case_id}")
    return found


def tells(answer: httpx2.Response, *words: str) -> None:
    for each in words:
        assert each in answer.text, f"{each} is not on the page: {Page(answer.text).text}"


async def test_a_visit_is_recorded_and_counts_as_a_contact(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.assisted()
    client = await desk_site.visit(HELPER)
    fields = {"met": ["M1"], "policies": "yes", "posts": "yes", "note": "愿意参加家政培训。"}
    answer = await desk_site.submit(client, f"/doorstep/{case_id}/visit", fields)
    assert answer.status_code == 200
    assert str(answer.url).endswith(f"/doorstep/{case_id}?saved=visit")
    tells(answer, "走访已登记", '送服务 <span class="tag tag-warn">还没有送', "走访：本人 张*", "入户：联系上")
    case = await whole(desk_site, case_id)
    assert case["visits"][-1]["met"] == ["M1"]
    assert case["contacts"][-1]["channel"] == "visit"
    assert case["contacts"][-1]["outcome"] == "reached"
