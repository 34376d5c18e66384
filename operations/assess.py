"""`wanjia assess`: a dry run of a survey sheet (入户摸底排查表试判).  Reads one file, writes one or two, keeps nothing.

Results go to files, messages to stderr, nothing to stdout.  Exit codes: 0 done, 2 wrong usage or a sheet that cannot
be read (nothing is written; the words come as a `CaseworkError`), 3 done with bad rows.
"""

import os
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from casework.eligibility import Outcome
from casework.errors import CaseworkError
from policies.packs import load_pack
from policies.schema import Policy
from register.survey import BadCell, Survey
from register.survey_cells import MAX_BYTES
from register.survey_judging import SurveyResult, errors_table, judge, results_table
from register.survey_sheet import read_survey

DONE_WITH_BAD_ROWS = 3
SHOWN_ON_SCREEN = 20
OUTCOME_WORDS = {
    Outcome.ELIGIBLE: "符合",
    Outcome.NOT_ELIGIBLE: "不符合",
    Outcome.SPECIAL_REVIEW: "特殊情形",
}


def assess(
    sheet: Annotated[Path, typer.Argument(metavar="SHEET", help="入户摸底排查表，.csv（UTF-8或GB18030）或.xlsx")],
    pack: Annotated[str, typer.Option("--pack", help="办法编号，可带版本，如 jilin-2021@1")],
    out: Annotated[Path, typer.Option("--out", help="结果文件，CSV，UTF-8无BOM，每户一行")],
) -> int:
    """试判摸底表：每户是否符合零就业家庭条件，只出结果，不建个案。

    有错误行的家庭不判断、不出结果；错误行写入结果文件名加“.errors.csv”的文件（如 OUT.csv.errors.csv），
    列为 line、column、reason，表头是第1行；没有错误行时删除上次留下的该文件。

    退出码：0 完成；2 用法错误或表格无法读取（不写任何文件）；3 完成，但有错误行。
    """
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    errors = out.parent / f"{out.name}.errors.csv"
    policy = load_pack(pack)
    try:
        content = _content(sheet)
        _check_targets(sheet, out, errors)
        survey, results = _judged(content, sheet.name, policy, console)
        _write(errors, errors_table(survey.bad_cells) if survey.bad_cells else None)
        _write(out, results_table(results))
    except OSError as why:
        raise CaseworkError("file_trouble", f"无法读写文件，请检查权限和磁盘空间：{why.filename or out}") from why
    _tell(console, survey, results, out, errors)
    return DONE_WITH_BAD_ROWS if survey.bad_cells else 0


def _content(sheet: Path) -> bytes:
    if not sheet.is_file():
        raise CaseworkError("no_such_sheet", f"没有这个文件，或它不是普通文件：{sheet}")
    with sheet.open("rb") as file:
        return file.read(MAX_BYTES + 1)  # one more than allowed, so that the reader sees that it is too large


def _check_targets(sheet: Path, out: Path, errors: Path) -> None:
    if not out.parent.is_dir():
        raise CaseworkError("no_such_folder", f"结果文件的文件夹不存在：{out.parent}")
    for target in (out, errors):
        if target.exists() and not target.is_file():
            raise CaseworkError("not_a_file", f"不是普通文件，不能写入结果：{target}")
        if target.exists() and target.samefile(sheet):
            raise CaseworkError("out_is_sheet", "结果文件不能是摸底表本身，请换一个文件名")


def _judged(content: bytes, name: str, policy: Policy, console: Console) -> tuple[Survey, list[SurveyResult]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        reading = progress.add_task("读取（行）", total=None)
        survey = read_survey(
            content, name, progress=lambda done, total: progress.update(reading, completed=done, total=total)
        )
        judging = progress.add_task("判断（户）", total=len(survey.households))
        results = []
        for surveyed in survey.households:
            results.append(judge(surveyed, policy))
            progress.advance(judging)
    return survey, results


def _write(target: Path, text: str | None) -> None:
    """Put the whole text in place at once, or remove the file when there is none."""
    if text is None:
        target.unlink(missing_ok=True)
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _tell(console: Console, survey: Survey, results: list[SurveyResult], out: Path, errors: Path) -> None:
    counts = Counter(result.assessment.outcome for result in results)
    words = "，".join(f"{word} {counts[outcome]}" for outcome, word in OUTCOME_WORDS.items())
    console.print(f"共判断 {len(results)} 户：{words}。结果：{escape(str(out))}")
    if survey.warnings:
        console.print(f"[yellow]请留意 {len(survey.warnings)} 处[/yellow]（不影响判断）：")
        _list(console, survey.warnings)
    if survey.bad_cells:
        lines = len({cell.line for cell in survey.bad_cells})
        console.print(f"[red]错误行 {lines} 行[/red]，{len(survey.blocked)} 户因此未判断。明细：{escape(str(errors))}")
        _list(console, survey.bad_cells)


def _list(console: Console, cells: tuple[BadCell, ...]) -> None:
    for cell in cells[:SHOWN_ON_SCREEN]:
        console.print(f"  第{cell.line}行 {escape(cell.column)}：{escape(cell.reason)}")
    if len(cells) > SHOWN_ON_SCREEN:
        console.print(f"  …… 另有 {len(cells) - SHOWN_ON_SCREEN} 处")
