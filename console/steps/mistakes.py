"""What is wrong with a field, in words for people (填写有误): said after the field's name, without what was typed."""

from collections.abc import Mapping
from typing import Any

from console.steps.fields import Kind, StepField

CHOSEN = (Kind.CHOICE, Kind.YES_NO, Kind.SEVERAL)

PATTERNS: Mapping[str, str] = {
    "results.reference": "只能用数字、字母和 . _ : / -，请对照来源的查询结果",
    "to_office": "应为6至12位数字的机构代码",
    "month": "应为年份和月份，如 2026-11",
}
"""How a field is written whose form is fixed."""


def words_of(field: StepField, kind: str, context: Mapping[str, Any]) -> str:
    """Return the words for a finding of the model: its kind and context are pydantic's."""
    limit = next((context[name] for name in ("ge", "gt", "le", "min_length", "max_length") if name in context), None)
    match kind:
        case "missing" | "string_too_short" | "too_short":
            return _missing(field)
        case "value_error":
            return str(context.get("error", "写得不对，请核对"))
        case "greater_than_equal":
            return f"不能小于{_number(field, limit)}"
        case "greater_than":
            return f"应大于{_number(field, limit)}"
        case "less_than_equal":
            return f"不能大于{_number(field, limit)}，请核对"
        case "string_too_long":
            return f"不能超过{limit}个字，请写短一些"
        case "too_long":
            return f"不能超过{limit}项"
        case "enum" | "literal_error" | "bool_type":
            return "请从列出的各项中选"
        case "string_pattern_mismatch":
            chosen = "请从列出的各项中选" if field.kind in CHOSEN else "写得不对，请对照提示核对"
            return PATTERNS.get(field.path, chosen)
        case "string_unicode":
            return "含有无法识别的字符，请删去"
        case _:
            return "写得不对，请对照提示核对"


def _missing(field: StepField) -> str:
    if field.kind is Kind.ROWS:
        return "至少要填一行"
    if field.kind is Kind.SEVERAL:
        return "至少要选一项"
    if field.kind is Kind.DAY:
        return "没有填，请写明日期"
    return "没有选，请选一项" if field.kind in CHOSEN and not field.free else "没有填，请补上"


def _number(field: StepField, limit: object) -> str:
    if field.kind is Kind.MONEY and isinstance(limit, int):
        return f"{limit // 100:,}元"
    return str(limit)
