"""From the page of a case to its plans, papers, subsidies and evidence: offered to whoever may open them, only so."""

import pytest

from tests.console.desk_site import DeskSite
from tests.console.route_table import OURS, a_case_of_ours
from tests.installation import CLERK

LOOKERS = {"caseworker", "reviewer", "helper"}
WAYS = {
    "plans": {*LOOKERS, "supervisor"},
    "papers": {*LOOKERS, "supervisor"},
    "subsidies": {*LOOKERS, "supervisor"},
    "messages": {*LOOKERS, "supervisor"},
    "uploads": LOOKERS,
    "looks": {"caseworker", "reviewer", "supervisor"},
}


@pytest.mark.parametrize("role", [role for role in OURS if role != "administrator"])
async def test_a_case_leads_to_what_its_reader_may_open(desk_site: DeskSite, role: str) -> None:
    case = f"/cases/{(await a_case_of_ours(desk_site)).case_id}"
    reader = await desk_site.visit(OURS[role])
    links = (await desk_site.page(reader, case)).links
    for way, roles in WAYS.items():
        assert (f"{case}/{way}" in links) == (role in roles), way
        assert (await reader.get(f"{case}/{way}")).status_code == (200 if role in roles else 403), way


@pytest.mark.parametrize("role", ["caseworker", "reviewer"])
async def test_a_case_that_has_ended_is_no_longer_planned_for(desk_site: DeskSite, role: str) -> None:
    api = desk_site.api
    case_id = await api.open()
    await api.step(CLERK, case_id, "withdrawals", {"statement": "本人自愿撤回申请。"})
    case, reader = f"/cases/{case_id}", await desk_site.visit(OURS[role])
    listed = await desk_site.page(reader, f"{case}/plans")
    assert "方案只能查看" in listed.text
    assert not [link for link in listed.links if link.startswith(f"{case}/plans/M")]
    matches = await desk_site.page(reader, f"{case}/plans/M1/matches")
    assert "不能再推荐岗位" in matches.text
    assert not [link for link in matches.links if link == f"{case}/plans/M1" or "/steps/" in link]
