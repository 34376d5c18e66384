"""What is wrong with a request (请求有误), said in Chinese with the path of the field, without what was typed."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

_REASONS: Mapping[str, str] = {
    "missing": "必填，请补上",
    "extra_forbidden": "没有这一项，请删去或检查拼写",
    "string_type": "应为文字",
    "string_unicode": "含有无法识别的字符，请检查",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数，不带小数",
    "int_parsing_size": "数值过大",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "finite_number": "应为整数",
    "date_type": "应为日期，写作 2026-09-30",
    "date_parsing": "应为存在的日期，写作 2026-09-30",
    "date_from_datetime_parsing": "应为存在的日期，写作 2026-09-30",
    "date_from_datetime_inexact": "应为日期，写作 2026-09-30",
    "model_type": "应为一个对象，写在花括号里",
    "model_attributes_type": "应为一个对象，写在花括号里",
    "dict_type": "应为一个对象，写在花括号里",
    "tuple_type": "应为列表，写在方括号里",
    "list_type": "应为列表，写在方括号里",
    "string_pattern_mismatch": "写法不对，请对照说明和例子",
}


UNKNOWN = "（未知项）"
_LIKE_A_FIELD = re.compile(r"[A-Za-z][A-Za-z_]{0,39}")


def body_errors(problems: Sequence[Any]) -> list[tuple[str, str]]:
    """Return (field, reason) of each finding, in order.

    The name of an unknown field was typed: it is repeated only when it reads like a field, never a number or a name.  A
    list whose items are wrong is not also too short: the wrong ones were left out of the count.
    """
    places = [tuple(problem["loc"]) for problem in problems]
    said = [
        (field_path(_location(problem)), _reason(problem))
        for problem, here in zip(problems, places, strict=True)
        if problem["type"] != "too_short" or not any(p != here and p[: len(here)] == here for p in places)
    ]
    return list(dict.fromkeys(said))


def _location(problem: Mapping[str, Any]) -> Sequence[int | str]:
    *above, last = problem["loc"] or ("body",)
    if problem["type"] == "extra_forbidden" and not _LIKE_A_FIELD.fullmatch(str(last)):
        last = UNKNOWN
    return (*above, last)


def field_path(location: Sequence[int | str]) -> str:
    """Return a field as its typist knows it: ("body", "members", 0, "name") → members[0].name."""
    where, *parts = location or ("body",)
    if where == "header":
        return "-".join(word.capitalize() for word in str(parts[0]).split("-")) if parts else "请求头"
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path or "请求体"


def _reason(problem: Mapping[str, Any]) -> str:
    context = problem.get("ctx") or {}
    match problem["type"]:
        case "value_error":
            return str(context.get("error", "写法不对"))
        case "enum" | "literal_error":
            expected = str(context.get("expected", "")).replace("'", "").replace(" or ", "、").replace(", ", "、")
            return f"只能是：{expected}"
        case "greater_than_equal":
            return f"不能小于 {context.get('ge')}"
        case "greater_than":
            return f"应大于 {context.get('gt')}"
        case "less_than_equal":
            return f"不能大于 {context.get('le')}"
        case "string_too_short":
            return "不能为空" if context.get("min_length") == 1 else f"至少 {context.get('min_length')} 个字符"
        case "string_too_long":
            return f"不能超过 {context.get('max_length')} 个字符"
        case "too_short":
            return f"至少要有 {context.get('min_length')} 项"
        case "too_long":
            return f"不能超过 {context.get('max_length')} 项"
        case other:
            return _REASONS.get(other, "写法不对，请对照接口说明")
