"""Taking steps through their pages: what a person types is made from the step's body, as the page offers it."""

import re
from typing import Any
from urllib.parse import urlsplit

import httpx2

from console.steps.reading import typed
from desk.bodies import body_of
from tests.console.desk_site import DeskSite
from tests.console.pages_read import Page

Fields = dict[str, str | list[str]]


def address(case_id: str, trigger: str) -> str:
    return f"/cases/{case_id}/steps/{trigger}"


def as_typed(trigger: str, **body: Any) -> Fields:
    """Return what is typed for a body, by the names of the form."""
    found: dict[str, list[str]] = {}
    for name, value in typed(trigger, body_of(trigger).model_validate(body)):
        found.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else list(values) for name, values in found.items()}


async def typed_into(
    site: DeskSite, account: str, case_id: str, trigger: str, *, task: str | None = None, **body: Any
) -> httpx2.Response:
    """Open the page of a step as somebody, fill it in and send it; return the page that follows."""
    client = await site.visit(account)
    path = address(case_id, trigger) + (f"?task={task}" if task else "")
    opened = await client.get(path)
    assert opened.status_code == 200, f"{path}: {opened.status_code} {words_of(opened)}"
    form = Page(opened.text).form({"_seen"})
    return await site.send(client, path, form, as_typed(trigger, **body))


async def take(
    site: DeskSite, account: str, case_id: str, trigger: str, *, task: str | None = None, **body: Any
) -> Page:
    """Take a step through its page, confirming where it asks; return the page that says it is done."""
    answer = await typed_into(site, account, case_id, trigger, task=task, **body)
    if answer.status_code == 200 and "确认办理" in answer.text:
        answer = await confirm(site, account, answer)
    assert answer.status_code == 200, f"{trigger}: {answer.status_code} {words_of(answer)}"
    assert urlsplit(str(answer.url)).path == f"{address(case_id, trigger)}/done", words_of(answer)
    return Page(answer.text)


async def confirm(site: DeskSite, account: str, shown: httpx2.Response) -> httpx2.Response:
    """Press "确认办理" on the page that looked ahead."""
    client = await site.visit(account)
    return await site.send(client, str(shown.url), Page(shown.text).form({"_confirmed"}), {})


def words_of(answer: httpx2.Response) -> str:
    """Return what a page says, for a failed assertion."""
    return re.sub(r"\s+", " ", Page(answer.text).text)[:1500]
