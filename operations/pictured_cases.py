"""Households in every state at one office on one day (配图用的演练个案), for the pictures of the console's pages.

The lives are the demo's, moved by whole days so that each is at another point on Wed 2026-12-09 at noon.  What is
pictured is in `pictured_pages.py`; nothing of this is a test of the rules.
"""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from casework.eligibility import Outcome
from casework.times import at_local
from operations import demo_lives as lives
from operations.children import ROOT
from operations.demo_accounts import caseworkers, seed
from operations.demo_acts import START, Act, Family, in_order
from operations.demo_cast import Part, family_of
from operations.demo_staff import DemoCase
from operations.drill_stack import DrillStack
from operations.pictured_drafts import begin_drafts
from operations.pictured_imports import begin_imports
from operations.pictured_page import WITH_CODES
from operations.pictured_register import begin_register
from policies.packs import load_pack
from records.case_files import last_event
from records.second_factors import confirm, new_secret
from register.survey_judging import judge
from register.survey_sheet import read_survey

OFFICE = "220302004"
TODAY = at_local(date(2026, 12, 9), 12)
SHEET, PACK, SEED = ROOT / "samples" / "survey-jilin.csv", "jilin-2021", 2026

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Scene:
    """One household: its name, its life, by how many days that is moved, and after how many acts it stops.

    Without a number of acts it goes on up to `TODAY`.
    """

    name: str
    life: lives.Life
    days: int
    acts: int | None = None


SCENES: Sequence[Scene] = (
    Scene("applied", lives.finds_work, 19, 0),
    Scene("under_review", lives.finds_work, 14, 1),
    Scene("in_publicity", lives.finds_work, 14),
    Scene("objection", lives.objection_dismissed, 13, 4),
    Scene("recheck", lives.finds_work, 7, 4),
    Scene("certify", lives.finds_work, 7, 5),
    Scene("certified", lives.finds_work, 6, 6),
    Scene("assisted", lives.refuses, 0),
    Scene("refused", lives.refuses, -2),
    Scene("exit_proposed", lives.refuses, -7),
    Scene("unreachable", lives.cannot_be_reached, -1),
    Scene("overdue", lives.missed_by_the_office, -23),
    Scene("breached", lives.missed_by_the_office, -27),
    Scene("employed", lives.relapses, -7),
    Scene("followed_up", lives.both_employed, -35),
    Scene("relapsed", lives.relapses, -42),
    Scene("exited", lives.refuses, -28),
)
"""What each is on that day stands in its name; `{name}` in an address of `pictured_pages.py` is its case."""


def settle(stack: DrillStack, *, say: Callable[[str], None] = lambda _: None) -> tuple[str, dict[str, str]]:
    """Put the demo's staff and these households on record; return the staff's password, and what pages name:
    of each scene the case (`name`), its first open task (`name_task`), its last event's number (`name_seq`), its
    last referral (`name_referral`), the drafts of `pictured_drafts.py`, what is in `pictured_register.py`."""
    staff = seed(stack.record, datetime.now(UTC), stack.settings.wanjia_home)
    with stack.record.write() as work:
        new_secret(work, WITH_CODES)
        confirm(work, WITH_CODES, datetime.now(UTC))
    policy = load_pack(PACK)
    survey = read_survey(SHEET.read_bytes(), SHEET.name)
    eligible = (each for each in survey.households if judge(each, policy).assessment.outcome is Outcome.ELIGIBLE)
    two = (each for each in eligible if len(family_of(each, policy, SEED).base) > 1)
    cases: list[DemoCase] = []  # at even places all have the same helper
    for place, (scene, surveyed) in enumerate(zip(SCENES, islice(two, len(SCENES)), strict=True)):
        household = replace(surveyed, office=OFFICE)
        part = Part(household, scene.name, moved(scene, family_of(household, policy, SEED)))
        cases.append(DemoCase(part, stack, staff, 2 * place, start=START + timedelta(days=scene.days)))

    def live(case: DemoCase) -> None:
        case.open()
        for act in case.part.acts:
            case.take(act)
        case.move(TODAY)
        say(case.part.title)

    with ThreadPoolExecutor(4) as people:
        list(people.map(live, cases))
    named: dict[str, str] = {}
    with stack.record.read() as reading:
        for case in cases:
            last = last_event(reading, case.case_id)
            assert last is not None
            task = last.case.tasks[0].task_id if last.case.tasks else ""
            name = case.part.title
            named |= {name: case.case_id, f"{name}_task": task, f"{name}_seq": str(last.seq)}
            if last.case.referrals:
                named[f"{name}_referral"] = last.case.referrals[-1].referral_id
    taken = cases[0].part.household.persons[-1].id_number
    mine, colleague = caseworkers(OFFICE)
    drafts = begin_drafts(stack.record, OFFICE, mine, colleague, case_id=named["applied"], taken=taken)
    later = (
        each for each in reversed(survey.households) if each.number not in {c.part.household.number for c in cases}
    )
    register = begin_register(stack.record, OFFICE, mine, later, policy)
    sheets = begin_imports(stack.record, SHEET, OFFICE, mine)
    return staff.password, named | drafts | register | sheets


def moved(scene: Scene, family: Family) -> tuple[Act, ...]:
    """Return the acts of a scene on its own days, up to `TODAY`."""
    by = timedelta(days=scene.days)
    acts = (replace(act, at=act.at + by, body=_moved(act.body, by)) for act in in_order(scene.life(family)))
    return tuple(act for act in islice(acts, scene.acts) if act.at <= TODAY)


def _moved(body: dict[str, Any], by: timedelta) -> dict[str, Any]:
    told = {
        name: (date.fromisoformat(value) + by).isoformat()
        if isinstance(value, str) and _DATE.fullmatch(value)
        else value
        for name, value in body.items()
    }
    return told | ({"month": told["on"][:7]} if "month" in told else {})
