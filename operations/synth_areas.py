"""The areas of a synthetic province (合成省份): real division codes of 吉林 down to counties, invented streets below.

Read from `samples/divisions-jilin.csv`.  Offices, accounts and names are of nobody; all have one password.
"""

import csv
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import count
from random import Random

from casework.states import Role
from operations.children import ROOT
from records.account_batches import put_accounts
from records.accounts import Account
from records.engine import Record
from records.offices import Office, set_office

DIVISIONS = ROOT / "samples" / "divisions-jilin.csv"
STREETS = 8
"""Invented streets with an office of their own, in each county."""

NUMERALS = "一二三四五六七八九十"
COMMUNITIES = ("向阳社区", "光明社区", "和平社区", "新华社区", "铁路社区", "站前社区", "东风社区", "平安社区")


def divisions() -> dict[str, str]:
    """Return the names of province, prefectures and counties by code."""
    with DIVISIONS.open(encoding="utf-8", newline="") as file:
        return {row["行政区划代码"]: row["名称"] for row in csv.DictReader(file)}


def counties() -> dict[str, str]:
    """Return the counties alone."""
    return {code: name for code, name in divisions().items() if not code.endswith("00")}


@cache
def offices() -> dict[str, str]:
    """Return the offices of the invented streets by code."""
    return {
        f"{county}{number:03d}": f"{name}第{NUMERALS[number - 1]}街道公共就业服务站"
        for county, name in counties().items()
        for number in range(1, STREETS + 1)
    }


def phone_of(code: str) -> str:
    """Return the invented phone of an office."""
    return f"0430-{int(code[2:]):08d}"


def weighted_offices(rng: Random) -> tuple[list[str], list[int]]:
    """Return the offices and how much each weighs: counties and streets are of unequal size, as everywhere."""
    codes = list(offices())
    size = {county: rng.choice((1, 2, 2, 3, 5)) for county in counties()}
    return codes, [size[code[:6]] * rng.choice((2, 3, 4)) for code in codes]


def staff() -> Iterator[tuple[str, Role, str, str]]:
    """Yield account, role, area and name of everybody: as many of each as a life may need."""
    for office, name in offices().items():
        for number in (1, 2, 3):
            yield f"cw-{office}-{number}", Role.CASEWORKER, office, f"经办人{number}（{name[:-7]}）"
            yield f"hp-{office}-{number}", Role.HELPER, office, f"帮扶人{number}（{name[:-7]}）"
    for county, name in counties().items():
        for number in (1, 2, 3):
            yield f"rv-{county}-{number}", Role.REVIEWER, county, f"复核人{number}（{name}）"
    for code, name in divisions().items():
        if code.endswith("00"):
            for number in (1, 2, 3):
                yield f"sv-{code}-{number}", Role.SUPERVISOR, code, f"督导{number}（{name}）"
    yield "admin", Role.ADMINISTRATOR, "220000", "管理员"


def put_areas(record: Record, password_hash: str, now: datetime) -> None:
    """Put offices and accounts on record."""
    bureaus = {code: f"{name}就业服务局" for code, name in divisions().items()}
    numbers = count(1)
    everybody = [
        Account(
            account=account,
            role=role,
            area=area,
            name=name,
            phone=f"1990{next(numbers):07d}",
            disabled=False,
            must_change=False,
        )
        for account, role, area, name in staff()
    ]
    with record.write() as work:
        for code, name in (bureaus | offices()).items():
            set_office(work, Office(code, name, phone_of(code)))
        for begun in range(0, len(everybody), 200):
            put_accounts(work, everybody[begun : begun + 200], password_hash=password_hash, now=now)
