"""The register over HTTP: listed, found and masked; one click from a household to its application or to monitoring."""

from urllib.parse import urlsplit

from tests.console.desk_site import DeskSite
from tests.console.intake.counter import ADULT, Counter, applicant
from tests.console.pages_read import Page
from tests.console.register.households import AT_WORK, kept, known
from tests.installation import CLERK, ELSEWHERE, HELPER, OTHER_OFFICE, SUPERVISOR


async def test_a_household_is_listed_masked_and_found_by_its_number_in_its_area_alone(desk_site: DeskSite) -> None:
    one = known()
    household_id = kept(desk_site.api.record, one)
    clerk = await desk_site.visit(CLERK)
    listed = await desk_site.page(clerk, f"/register?community={one.community}&mark=no_case")
    assert one.number in listed.text
    assert "欧" in listed.text
    assert "欧阳普查" not in listed.text
    assert one.number not in (await desk_site.page(clerk, f"/register?community={one.community}&mark=watch")).text
    found = await desk_site.submit(clerk, "/register", {"id_number": one.persons[1].id_number}, action="/register")
    assert urlsplit(str(found.url)).path == f"/register/{household_id}"
    assert one.persons[1].id_number not in found.text
    file = await clerk.get(f"/register/export.csv?community={one.community}")
    assert one.number in file.text
    assert "欧阳普查" not in file.text
    stranger = await desk_site.visit(ELSEWHERE)
    assert (await stranger.get(f"/register/{household_id}")).status_code == 404
    nothing = await desk_site.submit(stranger, "/register", {"id_number": one.persons[1].id_number}, action="/register")
    assert "没有这个号码的人" in nothing.text
    assert (await (await desk_site.visit(HELPER)).get("/register")).status_code == 403
    assert (await (await desk_site.visit(SUPERVISOR)).get(f"/register/{household_id}")).status_code == 200


async def test_people_are_whole_after_a_reason_only(desk_site: DeskSite) -> None:
    one = known()
    path = f"/register/{kept(desk_site.api.record, one)}"
    clerk = await desk_site.visit(CLERK)
    refused = await desk_site.submit(clerk, path, {"chosen": "other"}, action=path)
    assert refused.status_code == 422
    assert "欧阳普查" not in refused.text
    shown = await desk_site.submit(clerk, path, {"chosen": "核对申请材料"}, action=path)
    assert "欧阳普查" in shown.text
    assert one.persons[0].id_number in shown.text
    assert "欧阳普查" not in (await desk_site.page(clerk, path)).text


async def test_one_click_makes_the_application_and_the_case_takes_it_off_the_list(desk_site: DeskSite) -> None:
    one = known()
    path = f"/register/{kept(desk_site.api.record, one)}"
    clerk = await desk_site.visit(CLERK)
    check = await desk_site.submit(clerk, path, {}, action=f"{path}/application")
    assert str(check.url).endswith("/check"), check.text
    assert "还没有填完" not in check.text
    draft = urlsplit(str(check.url)).path.split("/")[2]
    case_id = await Counter(desk_site, clerk, draft).submitted()
    case = await desk_site.api.get(CLERK, f"/api/v1/cases/{case_id}")
    assert (case["state"], case["office"]) == ("applied", one.office)
    assert case_id in (await desk_site.page(clerk, path)).text
    left = await desk_site.page(clerk, f"/register?community={one.community}&mark=no_case")
    assert one.number not in left.text


async def test_a_household_with_one_low_earner_is_monitored_with_one_click(desk_site: DeskSite) -> None:
    one = known(**AT_WORK)
    assert one.watch is not None
    path = f"/register/{kept(desk_site.api.record, one)}"
    clerk = await desk_site.visit(CLERK)
    assert "低于" in (await desk_site.page(clerk, path)).text
    asked = await desk_site.submit(clerk, path, {}, action=f"{path}/monitoring")
    assert str(asked.url).endswith("/monitoring"), asked.text
    page = urlsplit(str(asked.url)).path
    done = await desk_site.submit(clerk, page, {"insured-m2": "no"}, action=page)
    assert str(done.url).endswith("/done"), done.text
    [case_id] = {link.removeprefix("/cases/") for link in Page(done.text).links if link.startswith("/cases/2")}
    case = await desk_site.api.get(CLERK, f"/api/v1/cases/{case_id}")
    assert case["key_monitored"] is True


async def test_the_office_of_the_register_is_proposed_at_the_counter(desk_site: DeskSite) -> None:
    one = known(OTHER_OFFICE)
    kept(desk_site.api.record, one)
    at = await Counter.begin(desk_site, CLERK)
    await at.filled("person/m1", **applicant(id_number=one.persons[0].id_number))
    await at.filled("work/m1", **ADULT)
    told = await at.see("home")
    assert f"登记在{OTHER_OFFICE}" in told.text or OTHER_OFFICE in told.text
    assert "普查底册中，这户有成员登记在" in told.text
    assert one.number not in told.text
