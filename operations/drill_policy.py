"""A changed policy in a drill (演练中的办法修订): a later version of the drill's pack, or terms that the file writes.

Written terms are of the drill alone and say so in their basis.  A changed calendar is in `drill_calendar.py`.
"""

from datetime import date
from typing import Any

from pydantic import ValidationError

from casework.commands import SystemCommand
from casework.commands.policy_change import AdoptPolicy
from casework.times import local_date
from operations.drill_calendar import adoption
from operations.drill_file import ADOPT, DrillFileWrong, DrillStep
from policies.calendar_model import WorkCalendar
from policies.errors import PolicyError
from policies.packs import load_pack
from policies.schema import Policy

BASIS = "《演练所设的办法修订》，不是真实文件"
OPERATOR = "演练"


def adopting(step: DrillStep, policy: Policy, calendar: WorkCalendar, command_id: str) -> SystemCommand:
    """Return the command of a step that the system takes: `adopt_calendar` or `adopt_policy`."""
    if step.do == ADOPT:
        return adoption(step, calendar, command_id)
    return AdoptPolicy(command_id=command_id, policy=_policy(step, policy), ordered_by=OPERATOR)


def _policy(step: DrillStep, policy: Policy) -> Policy:
    version, terms = step.fields.get("version"), step.fields.get("terms")
    if isinstance(version, str) and terms is None:
        try:
            return load_pack(policy.pack_id, version=version)
        except PolicyError as error:
            raise DrillFileWrong(f"第{step.number}步：{error.message}") from error
    if not isinstance(terms, dict) or not terms:
        raise DrillFileWrong(
            f'第{step.number}步：with 须写 version = "2"，或写 terms = {{ "publicity.length" = "5wd" }}。'
        )
    since = step.fields.get("effective_from", local_date(step.at))
    if type(since) is not date:
        raise DrillFileWrong(f"第{step.number}步：effective_from 须写日期，如 effective_from = 2026-10-09。")
    raw = policy.model_dump(mode="json")
    raw |= {"version": version or f"{policy.version}-{step.number}", "effective_from": since.isoformat()}
    for key, value in terms.items():
        raw = _with_term(step, raw, key, value)
    try:
        return Policy.model_validate(raw)
    except ValidationError as error:
        where = "、".join(".".join(str(part) for part in e["loc"]) for e in error.errors())
        raise DrillFileWrong(f"第{step.number}步：terms 中 {where} 的值不对，请看 docs/policies.md。") from error


def _with_term(step: DrillStep, raw: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    group, _, name = key.partition(".")
    if not isinstance(raw.get(group), dict) or name not in raw[group]:
        raise DrillFileWrong(f"第{step.number}步：办法中没有“{key}”这一项，请看 docs/policies.md。")
    return raw | {group: raw[group] | {name: {"value": value, "basis": BASIS}}}
