"""The document of imported sheets (docs/sheets.md): columns, other names of columns, ways of writing that are read.

Made from the data that the import itself goes by (`register/sheet_fields.py`, `register/sheet_words.py`).
"""

from collections.abc import Mapping

from register.sheet_book import LARGEST, MOST_LINES
from register.sheet_fields import FIELDS, OTHER_NAMES, Kind
from register.sheet_words import READ_AS, SHAPES, UNCLEAR

KINDS: Mapping[Kind, str] = {"survey": "摸底排查表", "ledger": "旧台账"}


def sheets_page() -> str:
    """Return the whole document."""
    lines = [
        "# 表格导入：列名和写法\n",
        f"导入 .xlsx 或 .csv，不超过{LARGEST // 1024 // 1024}MB、{MOST_LINES}行；列名在前十行内，顺序不限。"
        "列名先按规定名称找，再按本机构上次的选择，最后按别名；读取后逐列确认。\n",
        "意思明确的写法读成规定的写法，并在核对结果中列明读了什么、多少处；意思不明确的按错误列出，从不猜测。\n",
    ]
    for kind, words in KINDS.items():
        lines += [f"## {words}的列\n", "| 列 | 是否必有 | 也认得的列名 |", "|---|---|---|"]
        for field in FIELDS[kind]:
            must = "可全表填写一次" if field.whole else "必有" if field.required else "可没有"
            lines.append(f"| {field.name} | {must} | {'、'.join(OTHER_NAMES.get(field.name, ())) or '—'} |")
        lines.append("")
    lines += ["## 日期、号码、金额\n", *(f"- {line}" for line in SHAPES), ""]
    lines += ["## 认得的写法\n", "| 列 | 读作 | 表中可以写 |", "|---|---|---|", *_table(READ_AS), ""]
    lines += ["## 意思不明确、要改正的写法\n", "| 列 | 为什么 | 表中写法 |", "|---|---|---|", *_table(UNCLEAR), ""]
    return "\n".join(lines)


def _table(words: Mapping[str, Mapping[str, str]]) -> list[str]:
    return [
        f"| {field} | {meaning} | {'、'.join(written for written, means in meanings.items() if means == meaning)} |"
        for field, meanings in words.items()
        for meaning in dict.fromkeys(meanings.values())
    ]
