"""The staff of a drill: everybody the sample sheet needs, made quickly, with a password that stays."""

import csv
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casework.states import Role
from operations import demo_accounts
from records.accounts import account_of, accounts_in, check_password, supervisors_of
from records.engine import Record
from records.offices import office_for

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SHEET = Path(__file__).parents[2] / "samples" / "survey-jilin.csv"


def offices_of_the_sheet() -> set[str]:
    with SHEET.open(encoding="utf-8-sig", newline="") as file:
        return {row["受理机构"] for row in csv.DictReader(file)}


def test_every_office_of_the_sample_sheet_has_its_staff() -> None:
    assert set(demo_accounts.OFFICES) == offices_of_the_sheet()
    staff = demo_accounts.DemoStaff(demo_accounts.demo_staff(), "")
    for office in demo_accounts.OFFICES:
        assert staff.of(Role.CASEWORKER, office) == demo_accounts.caseworkers(office)
        assert staff.of(Role.HELPER, office) == demo_accounts.helpers(office)
        assert staff.of(Role.REVIEWER, office[:6]) == demo_accounts.reviewers(office)
        assert staff.of(Role.SUPERVISOR, f"{office[:4]}00") == (demo_accounts.supervisor(office),)
    assert staff.of(Role.SUPERVISOR, "220000") == ("sv-220000",)
    assert staff.of(Role.ADMINISTRATOR, "220000") == ("admin",)
    accounts = [each.account for each in staff.accounts]
    assert len(set(accounts)) == len(accounts)


def test_no_phone_of_the_staff_was_ever_issued_and_none_is_in_the_sheet() -> None:
    phones = [each.phone or "" for each in demo_accounts.demo_staff()]
    assert all(phone.startswith("199000") and len(phone) == 11 for phone in phones)
    assert len(set(phones)) == len(phones)
    sheet = SHEET.read_text(encoding="utf-8-sig")
    assert not [phone for phone in phones if phone in sheet]


def test_seeding_is_quick_and_can_be_repeated(record: Record, tmp_path: Path) -> None:
    begun = time.process_time()
    staff = demo_accounts.seed(record, NOW, tmp_path)
    assert time.process_time() - begun < 6
    listed = tmp_path / demo_accounts.LIST_FILE
    assert listed.stat().st_mode & 0o077 == 0
    assert staff.password in listed.read_text(encoding="utf-8")
    again = demo_accounts.seed(record, NOW, tmp_path)
    assert again.password == staff.password
    assert check_password(record, "cw-220302004-1", staff.password, NOW).role is Role.CASEWORKER
    with record.read() as work:
        assert len(accounts_in(work, "220000")) == len(staff.accounts)
        assert supervisors_of(work, "220302004") == ("sv-220300",)
        helper = account_of(work, "hp-220302004-1")
        assert helper is not None
        assert helper.phone
        office = office_for(work, "220302004")
        assert office is not None
        assert office.name.startswith("铁西区")


@pytest.mark.parametrize("text", ["", "只有一行"])
def test_a_damaged_list_gets_a_new_password(tmp_path: Path, text: str) -> None:
    path = tmp_path / demo_accounts.LIST_FILE
    path.write_text(text, encoding="utf-8")
    assert len(demo_accounts._password(path)) == 14
