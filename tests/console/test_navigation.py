"""The menu: short for each role, nothing lost under its headings, the place one is at marked on both levels."""

from collections.abc import Iterable

import pytest

from casework.states import Role
from console.navigation import ENTRIES, Shown, menu_for
from desk.desk import Caller
from records.accounts import Account
from tests.console.conftest import OpenPage
from tests.console.looking import DESKTOP, PHONE, in_order
from tests.installation import CLERK

MOST = 8
"""What fits into two lines of a phone."""


def caller(role: Role, *, must_change: bool = False) -> Caller:
    person = Account("somebody", role, "220302", "某人", None, disabled=False, must_change=must_change)
    return Caller(person, person.scope)


def lines(menu: Iterable[Shown]) -> list[Shown]:
    return [line for entry in menu for line in (entry.below or (entry,))]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_each_role_finds_all_its_pages_in_a_short_menu(role: Role) -> None:
    menu = menu_for(caller(role), "/")
    assert 0 < len(menu) <= MOST
    assert [line.path for line in lines(menu)] == [each.path for each in ENTRIES if role in each.roles]
    assert all(len(entry.below) != 1 for entry in menu), "a heading over one line is that line"
    assert len({entry.words for entry in menu}) == len(menu)
    assert not [entry for entry in (*menu, *lines(menu)) if entry.here]


def test_where_one_is_stands_on_the_heading_and_on_the_line() -> None:
    menu = menu_for(caller(Role.CASEWORKER), "/applications/objections/42")
    assert [(entry.words, [line.words for line in entry.below if line.here]) for entry in menu if entry.here] == [
        ("群众来件", ["群众异议"])
    ]
    alone = menu_for(caller(Role.REVIEWER), "/applications/objections/42")
    assert [entry.path for entry in alone if entry.here] == ["/applications/objections"]


def test_whoever_must_change_the_password_is_offered_nothing() -> None:
    assert menu_for(caller(Role.CASEWORKER, must_change=True), "/") == ()
    assert menu_for(None, "/") == ()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_a_heading_opens_with_the_keyboard_and_scripts_off(open_page: OpenPage, width: int) -> None:
    page = await open_page(CLERK, width, "/cases", java_script_enabled=False)
    await page.get_by_text("统计上报").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="台账", exact=True).click()
    await page.get_by_role("heading", level=1, name="台账").wait_for()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_an_open_heading_is_in_order_and_closes_again(open_page: OpenPage, width: int) -> None:
    page = await open_page(CLERK, width, "/ledger")
    heading = page.get_by_text("统计上报")
    await heading.click()
    await in_order(page)
    await page.keyboard.press("Escape")
    assert await page.get_by_role("link", name="调度表", exact=True).count() == 0
    await heading.click()
    await page.get_by_role("heading", level=1).click()
    assert await page.get_by_role("link", name="调度表", exact=True).count() == 0
