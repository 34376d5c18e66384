"""The staff of a drill (演练人员): offices and accounts for the places of the sample sheet, with one shown password.

They exist in drill mode only.  Phones are of the range 199 0000 …, which the sample sheet uses and nobody was issued;
the password is made once for each home and kept in `demo-accounts.txt`, readable by its owner alone.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import choice

from casework.states import Role
from records.account_batches import put_accounts
from records.accounts import Account, hash_password
from records.engine import Record
from records.offices import Office, set_office

PROVINCE = "220000"
OFFICES = {
    "220102001": "南关区第一街道公共就业服务站",
    "220102003": "南关区第三街道公共就业服务站",
    "220104002": "朝阳区第二街道公共就业服务站",
    "220202001": "昌邑区第一街道公共就业服务站",
    "220302004": "铁西区第四街道公共就业服务站",
    "220502001": "东昌区第一街道公共就业服务站",
    "222401002": "延吉市第二街道公共就业服务站",
}
"""Office code → name: every office of `samples/survey-jilin.csv`; a test compares the two."""

ABOVE = {
    "220102": "南关区就业服务局",
    "220104": "朝阳区就业服务局",
    "220202": "昌邑区就业服务局",
    "220302": "铁西区就业服务局",
    "220502": "东昌区就业服务局",
    "222401": "延吉市就业服务局",
    "220100": "长春市就业服务局",
    "220200": "吉林市就业服务局",
    "220300": "四平市就业服务局",
    "220500": "通化市就业服务局",
    "222400": "延边州就业服务局",
    PROVINCE: "吉林省就业服务局",
}
ADMINISTRATOR = "admin"
LIST_FILE = "demo-accounts.txt"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """Who may log in for a drill; all have the same password."""

    accounts: tuple[Account, ...]
    password: str

    def of(self, role: Role, area: str) -> tuple[str, ...]:
        """Return the accounts of a role whose desk is in this area, exactly."""
        return tuple(each.account for each in self.accounts if each.role is role and each.area == area)


def demo_staff() -> tuple[Account, ...]:
    """Return all demo accounts: of each office two caseworkers and two helpers, of each county three reviewers, a
    supervisor of each city and one of the province, and the administrator."""
    return tuple(_numbered(_posts()))


def caseworkers(office: str) -> tuple[str, str]:
    """Return the two caseworkers of an office."""
    return (f"cw-{office}-1", f"cw-{office}-2")


def helpers(office: str) -> tuple[str, str]:
    """Return the two helpers of an office."""
    return (f"hp-{office}-1", f"hp-{office}-2")


def reviewers(office: str) -> tuple[str, str, str]:
    """Return the three reviewers of an office's county."""
    county = office[:6]
    return (f"rv-{county}-1", f"rv-{county}-2", f"rv-{county}-3")


def supervisor(office: str) -> str:
    """Return the supervisor of an office's city."""
    return f"sv-{office[:4]}00"


def seed(record: Record, now: datetime, home: Path) -> DemoStaff:
    """Put the offices and the demo accounts on record, however often it is called; one hash serves all accounts."""
    password = _password(home / LIST_FILE)
    staff = demo_staff()
    hashed = hash_password(password)
    with record.write() as work:
        for number, (code, name) in enumerate((OFFICES | ABOVE).items()):
            set_office(work, Office(code, name, f"0430-0000{number:04d}"))
        put_accounts(work, staff, password_hash=hashed, now=now)
    return DemoStaff(staff, password)


def _posts() -> Iterator[tuple[str, Role, str, str]]:
    for office, name in OFFICES.items():
        for number, account in enumerate(caseworkers(office), 1):
            yield account, Role.CASEWORKER, office, f"演练经办人{number}（{name[:3]}）"
        for number, account in enumerate(helpers(office), 1):
            yield account, Role.HELPER, office, f"演练帮扶人{number}（{name[:3]}）"
    for county in dict.fromkeys(office[:6] for office in OFFICES):
        for number, account in enumerate(reviewers(county), 1):
            yield account, Role.REVIEWER, county, f"演练复核人{number}（{ABOVE[county][:3]}）"
    for city in dict.fromkeys(office[:4] + "00" for office in OFFICES):
        yield supervisor(city), Role.SUPERVISOR, city, f"演练督导（{ABOVE[city][:3]}）"
    yield supervisor(PROVINCE), Role.SUPERVISOR, PROVINCE, "演练督导（吉林省）"
    yield ADMINISTRATOR, Role.ADMINISTRATOR, PROVINCE, "演练管理员"


def _numbered(posts: Iterator[tuple[str, Role, str, str]]) -> Iterator[Account]:
    for number, (account, role, area, name) in enumerate(posts, 1):
        yield Account(
            account=account,
            role=role,
            area=area,
            name=name,
            phone=f"199000{90000 + number:05d}",
            disabled=False,
            must_change=False,
        )


def shown(staff: DemoStaff) -> Sequence[tuple[str, str]]:
    """Return (role in words, account) of one account for each role, for the greeting."""
    first: dict[Role, Account] = {}
    for each in staff.accounts:
        first.setdefault(each.role, each)
    return [(each.role.words, each.account) for each in first.values()]


def _password(path: Path) -> str:
    """Return the password of this home, making it at the first start; the file also lists the accounts."""
    try:
        return path.read_text(encoding="utf-8").splitlines()[1].removeprefix("密码：")
    except (OSError, IndexError):
        password = "-".join("".join(choice(_LETTERS) for _ in range(4)) for _ in range(3))
    lines = ["演练账号，共用一个密码；不要用于正式环境。", f"密码：{password}", ""]
    lines += [f"{each.role.words}\t{each.area}\t{each.account}" for each in demo_staff()]
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return password
