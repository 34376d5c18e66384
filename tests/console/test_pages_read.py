"""The reader of pages sends what a browser would send: it is held against one."""

from urllib.parse import parse_qsl

import pytest
from playwright.async_api import Browser

from tests.console.pages_read import Page

HTML = """<!DOCTYPE html><html lang="zh-CN"><head><title>甲 &amp; 乙</title></head><body><h1>登记 <em>家庭</em></h1>
<form method="post" action="/display"><input type="hidden" name="csrf" value="0">
<button name="large" value="1">大</button></form>
<form id="main" method="post" action="/x/y"><input type="hidden" name="csrf" value="a.b">
<input name="name" value="张&quot;三"><input name="gone" value="1" disabled><input value="no name">
<input type="radio" name="kind" value="a"><input type="radio" name="kind" value="b" checked>
<input type="checkbox" name="tick" checked><input type="checkbox" name="many" value="1" checked>
<input type="checkbox" name="many" value="2"><input type="checkbox" name="many" value="3" checked>
<textarea name="note">
第一行
第二行</textarea>
<select name="first"><option value="">请选择</option><option>甲</option></select>
<select name="last"><option value="1">一</option><option value="2" selected>二</option></select>
<select name="none" multiple><option value="1">一</option></select>
<input type="file" name="file"><button>提交</button><button name="way" value="back">退回</button></form>
<input name="outside" form="main" value="o"></body></html>"""


@pytest.mark.timeout(60)
async def test_a_form_is_sent_as_a_browser_sends_it(browser: Browser) -> None:
    page = await browser.new_page()
    sent: list[str] = []
    await page.route("**/*", lambda route: route.fulfill(body=HTML, content_type="text/html; charset=utf-8"))
    await page.goto("http://pages.test/")
    page.on("request", lambda request: sent.append(request.post_data or ""))
    await page.get_by_role("button", name="提交").click()
    await page.wait_for_url("**/x/y")
    await page.close()
    by_browser = [(n, v.replace("\r\n", "\n")) for n, v in parse_qsl(sent[0], keep_blank_values=True) if n != "file"]
    form = Page(HTML).form({"name"})
    assert sorted(form.filled({})) == sorted(by_browser)
    assert form.filled({"many": ["2"], "kind": "a", "way": "back"})[-3:] == [
        ("many", "2"),
        ("kind", "a"),
        ("way", "back"),
    ]


def test_a_page_is_read() -> None:
    page = Page(HTML)
    assert page.title == "甲 & 乙"
    assert page.headings == [(1, "登记 家庭")]
    assert [form.action for form in page.forms] == ["/display", "/x/y"]
    assert page.form({"csrf"}, "/display").buttons == [("large", "1")]


@pytest.mark.parametrize(
    "fields", [{"nothing": "1"}, {"kind": "c"}, {"last": "3"}, {"many": ["1", "4"]}, {"kind": ""}, {"gone": "2"}]
)
def test_what_a_page_does_not_offer_cannot_be_sent(fields: dict[str, str | list[str]]) -> None:
    with pytest.raises(AssertionError, match=r"has no field|offers no"):
        Page(HTML).form({"name"}).filled(fields)
