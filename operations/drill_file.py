"""A drill file (演练文件) as data: its household, staff and dated steps, read strictly, with errors that name the step.

What a step is expected to show is checked in `drill_checks.py`; how steps are played is in `drill_player.py`.  The
vocabulary is documented in `docs/drills.md`.
"""

import itertools
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from casework.commands import COMMANDS, Deadline
from casework.household import Household, Member
from casework.states import SYSTEM, Actor, Role
from casework.times import SHANGHAI, at_local
from operations.drill_checks import EXPECTATIONS
from operations.drill_names import wrong_names
from policies.toml_lines import wrong_at

OFFICE_HOUR = 10
"""A step with a date alone happens at 10:00 in Shanghai."""

TOP_WORDS = ("title", "scenarios", "pack", "start", "staff", "household", "step")
STEP_WORDS = ("on", "by", "do", "with", "as", "expect")
MEMBER_WORDS = {"id": "member_id", "born": "birth_date"}
MEMBER_DEFAULTS = {"booklet": "本户", "marital": "已婚"}
WAIT, REACH, ABSENCE, ADOPT, ADOPT_POLICY = "wait", "reach", "absence", "adopt_calendar", "adopt_policy"
JOINS = "add_member"
"""The step whose `person` is written as a household's member is, with its id."""
REACH_WORDS = ("state", "discovered_on")
ABSENCE_WORDS = ("substitute", "first", "last")
NO_COMMANDS = {WAIT: (), REACH: REACH_WORDS, ABSENCE: ABSENCE_WORDS}
"""Steps that are none of the case's own, and what their `with` may say."""
CALENDAR_WORDS = ("year", "off", "work")
POLICY_WORDS = ("version", "effective_from", "terms")
OF_THE_SYSTEM = {ADOPT: CALENDAR_WORDS, ADOPT_POLICY: POLICY_WORDS}
"""Steps that nobody takes, and what their `with` may say."""
REACHABLE = ("under_review", "in_publicity", "certified", "assisted")

STAFF: dict[str, Role] = {
    "caseworker1": Role.CASEWORKER,
    "caseworker2": Role.CASEWORKER,
    "reviewer1": Role.REVIEWER,
    "reviewer2": Role.REVIEWER,
    "supervisor1": Role.SUPERVISOR,
    "helper1": Role.HELPER,
    "helper2": Role.HELPER,
}
"""The staff of every drill; a file may add its own."""

COUPLE: tuple[dict[str, Any], ...] = (
    {"id": "M1", "relation": "本人", "sex": "男", "born": date(1980, 3, 5), "status": "登记失业"},
    {"id": "M2", "relation": "配偶", "sex": "女", "born": date(1982, 7, 9), "status": "登记失业", "track": "工人"},
)
"""The household of a drill that names none: a couple, both registered unemployed."""


class DrillFileWrong(Exception):
    """The file cannot be played; the message is Chinese and names the place."""


@dataclass(frozen=True, slots=True)
class DrillStep:
    """One step as written.  `do` is a trigger, or `wait`, `reach`, or the system's own; `number` counts from 1."""

    number: int
    at: datetime
    do: str
    by: Actor | None
    fields: dict[str, Any] = field(default_factory=dict)
    name: str | None = None
    expect: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drill:
    """A written scenario."""

    title: str
    scenarios: tuple[int, ...]
    pack: str
    start: datetime
    staff: dict[str, Role]
    household: Household
    steps: tuple[DrillStep, ...]
    areas: dict[str, str] = field(default_factory=dict)
    """Where staff of another office sit."""


def read_drill(path: Path) -> Drill:
    """Return the drill of a file, or raise `DrillFileWrong`."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DrillFileWrong(f"没有文件 {path.name}，请核对路径。") from None
    except OSError:
        raise DrillFileWrong(f"文件 {path.name} 读不出来，请核对是不是文件、有没有权限。") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        wrong, line = wrong_at(error)
        at = f"第{line}行" if line else ""
        raise DrillFileWrong(f"{path.name} 不是正确的 UTF-8 TOML 文件：{at}{wrong}。") from error
    _known("文件开头", raw, TOP_WORDS)
    own, areas = _staff(_of(raw, "staff", dict, {}))
    staff = STAFF | own
    rows = _of(raw, "step", list, [])
    if not rows:
        raise DrillFileWrong("没有步骤，请写 [[step]]。")
    steps = tuple(_step(number, row, staff) for number, row in enumerate(rows, 1))
    household = _household(_of(raw, "household", list, list(COUPLE)))
    joining = tuple(step.fields["person"].member_id for step in steps if step.do == JOINS)
    members = (*(m.member_id for m in household.members), *joining)
    for step in steps:
        for wrong in wrong_names(step.expect, members):
            raise DrillFileWrong(f"第{step.number}步的 expect：{wrong}")
    for earlier, later in itertools.pairwise(steps):
        if later.at < earlier.at:
            raise DrillFileWrong(f"第{later.number}步的时间早于第{earlier.number}步，步骤须按时间先后书写。")
    start = _instant(raw["start"], "start") if "start" in raw else steps[0].at
    if start > steps[0].at:
        raise DrillFileWrong("start 晚于第1步的时间。")
    return Drill(
        title=_of(raw, "title", str, path.stem),
        scenarios=_scenarios(raw),
        pack=_of(raw, "pack", str, "jilin-2021"),
        start=start,
        staff=staff,
        areas=areas,
        household=household,
        steps=steps,
    )


def _scenarios(raw: dict[str, Any]) -> tuple[int, ...]:
    numbers = _of(raw, "scenarios", list, [])
    if not all(type(number) is int for number in numbers):
        raise DrillFileWrong("scenarios 须写情形编号，如 [1, 11]。")
    return tuple(numbers)


def _of(raw: dict[str, Any], key: str, kind: type, default: Any) -> Any:
    value = raw.get(key, default)
    if key in raw and not isinstance(value, kind):
        raise DrillFileWrong(f"{key} 的写法不对，请看 docs/drills.md。")
    return value


def _known(where: str, row: dict[str, Any], words: tuple[str, ...]) -> None:
    for key in row:
        if key not in words:
            raise DrillFileWrong(f"{where}：不认识“{key}”，可用的有：{'、'.join(words) or '无'}。")


def _staff(raw: dict[str, Any]) -> tuple[dict[str, Role], dict[str, str]]:
    """Return the roles of a file's own staff, and the areas of those who sit in another office."""
    roles = {role.value: role for role in Role if role is not Role.SYSTEM}
    found: dict[str, Role] = {}
    areas: dict[str, str] = {}
    for name, written in raw.items():
        role, _, area = written.partition(" ") if isinstance(written, str) else ("", "", "")
        if role not in roles or (area and not area.isdigit()):
            raise DrillFileWrong(f"staff：{name} 的角色须为 {'、'.join(roles)}，之后可空一格写机构代码。")
        found[name] = roles[role]
        if area:
            areas[name] = area
    return found, areas


def _household(rows: list[Any]) -> Household:
    members = [_member(f"household 第{number}名成员", row, f"M{number}") for number, row in enumerate(rows, 1)]
    try:
        return Household(members=tuple(members))
    except ValidationError:
        raise DrillFileWrong(f"household 须有1至30名成员，现有{len(members)}名。") from None


def _member(where: str, row: Any, member_id: str) -> Member:
    if not isinstance(row, dict):
        raise DrillFileWrong(f'{where}的写法不对，请写成 {{ id = "M1", … }}。')
    facts = MEMBER_DEFAULTS | {MEMBER_WORDS.get(key, key): value for key, value in row.items()}
    facts.setdefault("member_id", member_id)
    try:
        return Member.model_validate(facts)
    except ValidationError as error:
        wrong = "、".join(str(e["loc"][0]) for e in error.errors())
        raise DrillFileWrong(f"{where}：{wrong} 缺少或写错，请看 docs/drills.md。") from error


def _step(number: int, row: Any, staff: dict[str, Role]) -> DrillStep:
    where = f"第{number}步"
    if not isinstance(row, dict):
        raise DrillFileWrong(f"{where}的写法不对，请写 [[step]]。")
    _known(where, row, STEP_WORDS)
    for key in ("on", "do"):
        if key not in row:
            raise DrillFileWrong(f"{where}：缺少 {key}。")
    do, by = _of(row, "do", str, ""), _of(row, "by", str, None)
    if do not in NO_COMMANDS and (do not in COMMANDS or issubclass(COMMANDS[do], Deadline)):
        raise DrillFileWrong(f"{where}：没有“{do}”这一步骤（时限届满不用写，到时自动发生）。")
    if do in (WAIT, REACH, *OF_THE_SYSTEM):
        by = None
    elif by not in staff:
        raise DrillFileWrong(f"{where}：by 须为工作人员，可用的有：{'、'.join(staff)}。")
    fields, expect = _of(row, "with", dict, {}), _of(row, "expect", dict, {})
    if do in NO_COMMANDS:
        _known(f"{where}的 with", fields, NO_COMMANDS[do])
    if do == REACH and fields.get("state") not in REACHABLE:
        raise DrillFileWrong(f"{where}：reach 须写 with = {{ state = … }}，可用的有：{'、'.join(REACHABLE)}。")
    if do in OF_THE_SYSTEM:
        _known(f"{where}的 with", fields, OF_THE_SYSTEM[do])
    elif do not in NO_COMMANDS:
        known = tuple(f for f in COMMANDS[do].model_fields if f not in ("command_id", "by", "offline"))
        _known(f"{where}的 with", fields, known)
    if do == JOINS:
        fields = fields | {"person": _member(f"{where}的 person", fields.get("person"), "")}
    _known(f"{where}的 expect", expect, tuple(EXPECTATIONS))
    return DrillStep(
        number=number,
        at=_instant(row["on"], where),
        do=do,
        by=SYSTEM if do in OF_THE_SYSTEM else Actor(account=by, role=staff[by]) if by else None,
        fields=fields,
        name=_of(row, "as", str, None),
        expect=expect,
    )


def _instant(value: Any, where: str) -> datetime:
    if isinstance(value, datetime):
        return value.replace(tzinfo=value.tzinfo or SHANGHAI).astimezone(at_local(value.date(), 0).tzinfo)
    if isinstance(value, date):
        return at_local(value, OFFICE_HOUR)
    raise DrillFileWrong(f"{where}：时间须写作 2026-10-10 或 2026-10-10T17:00:00（北京时间，不加引号）。")
