"""`wanjia report`: the monthly dispatch report of an area, computed from the record, on the terminal or as a file.

The numbers are those of the page: the version drawn up at the month's end, or, before that, those of this moment.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from casework.times import local_date, month_in_words
from desk.monthly_reports import Seen, seen
from desk.report_sheets import sheet_of
from operations.over_cases import opened

_MONTH = re.compile(r"20\d{2}-(0[1-9]|1[0-2])", re.ASCII)
_AREA = re.compile(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}", re.ASCII)
MISMATCH = 3


def report(
    month: Annotated[str, typer.Option("--month", metavar="月份", help="如 2026-09。")],
    area: Annotated[
        str, typer.Option("--area", metavar="区划代码", help="省2位、市4位、县6位，或街道机构代码，如 2203。")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件", help="写入 .xlsx（按本地模板）、.csv 或 .json 文件。")
    ] = None,
) -> int | None:
    """计算一个地区某月的调度表（含下级汇总），核对实存；对不上时列出个案，返回码为 3。"""
    if not _MONTH.fullmatch(month):
        raise typer.BadParameter(f"{month[:20]!r} 不是月份，应写作 2026-09。", param_hint="--month")
    if not _AREA.fullmatch(area):
        raise typer.BadParameter(f"{area[:20]!r} 不是区划代码，应为2、4、6、9或12位数字。", param_hint="--area")
    _, record = opened()
    try:
        with record.read() as work:
            found = seen(work, area, month, local_date(datetime.now(UTC)))
        if out is not None and out.suffix not in (".xlsx", ".csv", ".json"):
            raise typer.BadParameter("文件应以 .xlsx、.csv 或 .json 结尾。", param_hint="--out")
        if out is not None and out.suffix != ".json":
            out.write_bytes(sheet_of(record, found, out.suffix[1:]))
        elif out is not None:
            numbers = [each.model_dump(mode="json") for each in found.numbers]
            out.write_text(json.dumps(numbers, ensure_ascii=False, indent=2), encoding="utf-8")
        else:
            _say(found)
        for problem in found.problems:
            typer.echo(f"没有对上：{problem.words}{'、'.join(problem.cases)}", err=True)
        return MISMATCH if found.problems else None
    finally:
        record.close()


def _say(found: Seen) -> None:
    state = f"第{found.newest.version}版" if found.newest else "尚未生成快照"
    typer.echo(f"{month_in_words(found.month)}调度表　{found.area}　{state}　上报期限 {found.due_on}")
    for each in (*found.numbers[1:], found.whole):
        cells = "　".join(f"{column.title} {column.of(each)}" for column in found.layout.columns)
        typer.echo(f"{each.area}：{cells}")
    typer.echo(f"现在实存 {found.live} 户")
