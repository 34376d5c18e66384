"""The pages behind a case: its timeline with filters, its clocks day by day, its notices with what to do about them."""

from datetime import date

import pytest
from sqlalchemy import update

from casework.times import at_local
from records.tables import messages
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page
from tests.installation import CLERK, CLERK_2, HELPER, SUPERVISOR
from tests.workflows import inbox

pytestmark = pytest.mark.engine


def events(page: Page) -> list[str]:
    return [words for level, words in page.headings if level == 2]


async def test_the_timeline_tells_every_event_with_its_reason_and_the_systems_own(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.assisted()
    client, path = await desk_site.visit(CLERK), f"/cases/{case_id}/timeline"

    page = await desk_site.page(client, path)

    case = await api.get(CLERK, f"/api/v1/cases/{case_id}")
    told = await api.get(CLERK, f"/api/v1/cases/{case_id}/timeline")
    assert len(events(page)) == len(told["events"]) == case["seq"]
    for event in told["events"]:
        assert event["why"]["says"] in page.text
        assert event["why"]["clause"] in page.text
    assert "系统自动" in page.text
    assert "推荐保洁岗位；参加家政培训。" in page.text
    assert "时限：安置承诺开始" in page.text
    first = await desk_site.page(client, f"{path}?order=first")
    assert events(first) == list(reversed(events(page)))


@pytest.mark.parametrize("kind", ["people", "system", "moves", "clocks", "notices", "family-1", "nonsense"])
async def test_the_timeline_is_filtered_by_kind(desk_site: DeskSite, kind: str) -> None:
    case_id = await desk_site.api.in_publicity()
    await desk_site.api.until(case_id, "2026-10-12")
    client, path = await desk_site.visit(CLERK), f"/cases/{case_id}/timeline"
    every = events(await desk_site.page(client, path))

    found = events(await desk_site.page(client, f"{path}?kind={kind}"))

    assert found if kind != "nonsense" else found == every
    assert set(found) <= set(every)
    if kind == "system":
        assert [words for words in found if "公示期满" in words or "公示" in words]
        assert not [words for words in found if "受理" in words]
    if kind == "moves":
        assert len(found) == 3


async def test_a_clock_is_told_day_by_day_also_after_it_has_ended(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.in_publicity()
    client, path = await desk_site.visit(CLERK), f"/cases/{case_id}/clocks"

    running = await desk_site.page(client, path)
    await desk_site.api.until(case_id, "2026-10-12")
    ended = await desk_site.page(client, path)

    assert "公示期到2026年10月10日24时止。" in running.text
    assert "不计：国庆节" in running.text.replace("节放假", "节")
    assert "第3天，最后一日" in running.text
    assert "已经结束的" not in running.text
    assert "已经结束的" in ended.text
    assert "公示期已于2026年10月" in ended.text


async def test_a_message_nobody_is_sure_of_is_seen_to_on_the_page(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.open(start=at_local(date(2026, 9, 30), 9))
    await inbox.delivered(api.record, case_id)
    key = next(m.key for m in inbox.rows(api.record, case_id) if m.notice == "application_received")
    path = f"/cases/{case_id}/messages"
    calm = await desk_site.page(await desk_site.visit(CLERK), path)
    assert "已发出" in calm.text
    assert not [form for form in calm.forms if form.action == path]
    with api.record.write() as work:
        work.connection.execute(update(messages).where(messages.c.key == key).values(state="unknown"))

    stale = await desk_site.page(await desk_site.visit(SUPERVISOR), path)
    form = stale.form({"note"}, path)
    short = await desk_site.submit(await desk_site.visit(CLERK), path, {"note": "说了"})
    done = await desk_site.submit(await desk_site.visit(CLERK), path, {"note": "已电话告知本人，周五来办公室"})
    second = await desk_site.send(await desk_site.visit(SUPERVISOR), path, form, {"note": "已上门告知本人"})

    assert "不要重发短信" in stale.text
    assert short.status_code == 422
    assert "说了" in short.text
    assert 'href="#note-' in short.text
    assert "已用其他方式告知：已电话告知本人，周五来办公室" in done.text
    assert second.status_code == 422
    assert f"已由账号 {CLERK} 处理" in second.text
    assert "张三" not in done.text


async def test_what_staff_were_told_in_the_application_has_its_readers(desk_site: DeskSite) -> None:
    api = desk_site.api
    case_id = await api.assisted()
    path = f"/cases/{case_id}/messages"
    before = await desk_site.page(await desk_site.visit(CLERK_2), path)
    mine = [line["key"] for line in await api.told(HELPER, case_id)]
    await api.post(HELPER, "/api/v1/notices/read", {"keys": mine})

    after = await desk_site.page(await desk_site.visit(CLERK_2), path)

    assert "还没有人看过" in before.text
    assert f"（{HELPER}）已看" in after.text


async def test_files_that_were_handed_in_are_counted_and_led_to(desk_site: DeskSite) -> None:
    case_id = await desk_site.api.open()
    client, page = await desk_site.visit(CLERK), f"/cases/{case_id}"
    before = await desk_site.page(client, page)
    picture = (
        "booklet.pdf",
        b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    )

    done = await desk_site.submit(client, f"{page}/uploads", {"label": "户口簿"}, files={"file": picture})
    after = await desk_site.page(client, page)

    assert done.status_code == 200, done.text
    assert "还没有上传过" in before.text
    assert "户口簿 1 份" in after.text
    assert f"{page}/uploads" in after.links
    file = next(link for link in (await desk_site.page(client, f"{page}/uploads")).links if "/evidence/" in link)
    supervisor = await desk_site.visit(SUPERVISOR)
    numbers = await desk_site.page(supervisor, page)
    assert "户口簿 1 份" in numbers.text
    assert f"{page}/uploads" not in numbers.links
    for closed in (file, f"{page}/uploads"):
        assert (await supervisor.get(closed)).status_code == 403
