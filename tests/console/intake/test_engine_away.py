"""Handing in while the engine is away: said as it is, nothing changes meanwhile, and pressing again makes one case."""

from pathlib import Path

from tests.console.desk_site import DeskSite
from tests.console.intake.counter import ADULT, Counter, applicant
from tests.console.route_table import post
from tests.installation import CLERK, CLERK_2, NOWHERE, Installation, configured, serving


async def test_a_draft_handed_in_while_the_engine_is_away_becomes_one_case(desk_site: DeskSite, tmp_path: Path) -> None:
    api = desk_site.api
    url = f"sqlite:///{api.home / 'record.db'}"
    async with serving(configured(NOWHERE, url, tmp_path)) as base:
        away = DeskSite(Installation(base, api.record, api.staff, api.home, api.stack))
        at = await Counter.begin(away, CLERK)
        await at.filled("person/m1", **applicant())
        await at.filled("work/m1", **ADULT)
        await at.filled("home", community="向阳社区", applied_on="2026-09-18", drill_day="2026-09-18")
        answer = await at.press("check")
        assert answer.status_code == 503
        assert "已经提交，还没有得到答复" in answer.text
        assert "再次提交" in answer.text
        late = await at.fill("home", community="别的社区", applied_on="2026-09-18", drill_day="2026-09-19")
        assert late.status_code == 409
        assert "不会重复受理" in late.text
        assert 'value="别的社区"' in late.text
        colleague = await away.visit(CLERK_2)
        assert (await post(away, colleague, at.at("take-over"))).status_code == 409
        assert (await post(away, at.client, at.at("discard"))).status_code == 409
        waiting = (await at.client.get(at.at("check"))).text
        assert "再次提交" in waiting
        assert "别的社区" not in waiting
        await away.api.close()
    here = Counter(desk_site, await desk_site.visit(CLERK), at.draft)
    case_id = await here.submitted()
    case = await api.get(CLERK, f"/api/v1/cases/{case_id}")
    assert case["opened_on"] == "2026-09-18"
    again = await here.client.get(here.at(), follow_redirects=True)
    assert case_id in again.text
