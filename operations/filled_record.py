"""A record filled with many households (填充记录库), for measurements of pages and lists: no engine is asked.

A few hundred random lives (`random_lives.py`) are lived once and written many times, each time under a number of its
own, at one of the drill's offices, with helpers of that office, and with people who do not exist.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from random import Random

from casework.case import Case
from casework.events import CaseEvent
from casework.resident_id import check_character
from casework.states import Role
from operations.demo_accounts import DemoStaff
from operations.random_lives import CASE_ID, OFFICE, random_lives
from policies.calendars import load_calendar
from policies.packs import load_pack
from records.calendars import keep_used
from records.case_file import write_event
from records.engine import Record, Writing
from records.people import HouseholdEntry, PersonEntry, register_household
from records.policies import keep_policy
from records.scope import Scope

DISTINCT = 300
A_TRANSACTION = 25
PACK = "jilin-2021"

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英文博宇晨"
COMMUNITIES = ("向阳社区", "光明社区", "和平社区", "新华社区", "铁路社区", "站前社区", "东风社区", "平安社区")

Told = Callable[[int, int], None]


def fill(record: Record, staff: DemoStaff, count: int, offices: Sequence[str], *, now: datetime, told: Told) -> None:
    """Write so many households, spread evenly over the offices; `told` hears how many are done."""
    policy, calendar = load_pack(PACK), load_calendar()
    lives = [
        [event.model_dump_json() for event in life.events]
        for life in random_lives(DISTINCT, [policy], calendar, steps=40)
    ]
    with record.write() as work:  # as when a case is opened: pages read what the case lives by from the record
        keep_policy(work, policy, now)
        keep_used(work, calendar, now)
    rng = Random(count)
    for begun in range(0, count, A_TRANSACTION):
        with record.write() as work:
            for number in range(begun, min(begun + A_TRANSACTION, count)):
                _household(work, rng, staff, lives[number % DISTINCT], number, offices[number % len(offices)], now)
        told(min(begun + A_TRANSACTION, count), count)


def _household(
    work: Writing, rng: Random, staff: DemoStaff, life: Sequence[str], number: int, office: str, now: datetime
) -> None:
    first = CaseEvent.model_validate_json(life[0])
    clerk = staff.of(Role.CASEWORKER, office)[0]
    entry = HouseholdEntry(office, rng.choice(COMMUNITIES), _people(rng, first.case, number), "虚构街1号")
    scope = Scope(clerk, Role.CASEWORKER, office)
    case_id = register_household(work, entry, scope=scope, key=f"fill-{number}", request_hash="fill", now=now)
    accounts = {
        f'"{role.value}{place}"': f'"{name}"'
        for role, area in ((Role.CASEWORKER, office), (Role.HELPER, office), (Role.REVIEWER, office[:6]))
        for place, name in enumerate(staff.of(role, area), 1)
    }
    for line in life:
        own = line.replace(CASE_ID, case_id).replace(f'"office":"{OFFICE}"', f'"office":"{office}"')
        for drawn, name in accounts.items():
            own = own.replace(drawn, name)
        write_event(work, CaseEvent.model_validate_json(own))


def _people(rng: Random, case: Case, number: int) -> tuple[PersonEntry, ...]:
    surname = rng.choice(SURNAMES)
    return tuple(
        PersonEntry(
            member.member_id,
            surname + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2)))),
            _id_number(member.birth_date, number, place),
            f"199{number:06d}{place:02d}",
        )
        for place, member in enumerate(case.household.members, 1)
    )


def _id_number(born: date, number: int, place: int) -> str:
    """Return a number of nobody: the place code counts households, so that none comes twice."""
    first = f"{100000 + (number * 7 + place) % 900000}{born:%Y%m%d}{(number // 100 + place * 131) % 1000:03d}"
    return first + check_character(first)
