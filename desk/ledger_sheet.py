"""The ledger as a file (台账导出): its columns, and the writing of many lines as .xlsx or .csv with little memory.

Lines are taken one by one as they come, so a province needs no more memory than a street.  What begins like a formula
stays text.  Which lines there are is `records/ledger_pages.py`; who may have them is asked before.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

import xlsxwriter
from rustpy_xlsxwriter import FastExcel

from casework.states import ExitReason, State
from policies.groups_subsidies import CHANNELS
from records.ledger_pages import LedgerLine

Cell = str | int | float | None
Cells = dict[str, Cell]

TELL_EVERY = 2_000

_LIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_STATES = {state.value: state.words for state in State}
_REASONS = {reason.value: reason.words for reason in ExitReason}


@lru_cache(maxsize=4096)
def written(day: date | None) -> str | None:
    """Return a date as spreadsheets sort it: 2026-09-30."""
    return day.isoformat() if day else None


def cells_of(line: LedgerLine, offices: dict[str, str], helpers: dict[str, str]) -> Cells:
    """Return the cells of a line, in the order of the columns."""
    of = line.of
    income = of.income_fen
    return {
        "个案编号": of.case_id,
        "经办机构": offices.get(of.office, of.office),
        "社区": of.community,
        "状态": _STATES.get(of.state, of.state),
        "认定日期": written(of.certified_on),
        "承诺到期": written(of.promise_due_on),
        "承诺兑现": written(of.promise_met_on),
        "承诺超期": written(of.promise_overdue_on),
        "消除日期": written(of.eliminated_on),
        "退出日期": written(of.exit_on),
        "退出原因": _REASONS.get(of.exit_reason),
        "帮扶责任人": helpers.get(of.helper, of.helper),
        "帮扶方案签订": written(of.plan_signed_on),
        "成员": of.member_id,
        "姓名": line.name,
        "与申请人关系": of.relation,
        "性别": of.sex,
        "出生年份": of.birth_year,
        "就业失业状态": of.status,
        "需援助": "是" if of.base else "否",
        "职业指导次数": of.guidance,
        "培训信息次数": of.training,
        "岗位推荐次数": of.referrals,
        "就业渠道": CHANNELS.get(of.channel, of.channel),
        "上岗日期": written(of.employed_on),
        "月收入（元）": None if income is None else income / 100,
        "缴纳社会保险": None if of.channel is None else "是" if of.insured else "否",
        "低保": "是" if of.dibao else "否",
        "领取失业保险金": "是" if of.unemployment_insurance else "否",
        "享受的补贴": line.policies or None,
    }


TITLES = (
    *("个案编号", "经办机构", "社区", "状态", "认定日期", "承诺到期", "承诺兑现", "承诺超期", "消除日期", "退出日期"),
    *("退出原因", "帮扶责任人", "帮扶方案签订", "成员", "姓名", "与申请人关系", "性别", "出生年份", "就业失业状态"),
    *("需援助", "职业指导次数", "培训信息次数", "岗位推荐次数", "就业渠道", "上岗日期", "月收入（元）"),
    *("缴纳社会保险", "低保", "领取失业保险金", "享受的补贴"),
)

Told = Callable[[int], None]


def untold(_done: int) -> None:
    """Progress that nobody watches."""


def write_sheet(path: Path, kind: str, day: date, rows: Iterable[Cells], told: Told = untold) -> int:
    """Write the lines of a day to a file of a kind, "xlsx" or "csv"; return how many there were."""
    counted = _Counted(rows, told)
    if kind == "csv":
        _csv(path, counted)
        return counted.done
    lines = iter(counted)
    first = next(lines, None)
    if first is None:
        _empty(path, day)
        return 0

    def every() -> Iterator[Cells]:
        yield first
        yield from lines

    FastExcel(path).format(bold_headers=True, float_format="0.00").freeze(row=1).sheet(f"台账{day}", every()).save()
    return counted.done


class _Counted:
    """Lines that are counted as they pass."""

    def __init__(self, rows: Iterable[Cells], told: Told) -> None:
        self._rows, self._told, self.done = rows, told, 0

    def __iter__(self) -> Iterator[Cells]:
        for row in self._rows:
            yield row
            self.done += 1
            if self.done % TELL_EVERY == 0:
                self._told(self.done)
        self._told(self.done)


def _csv(path: Path, rows: Iterable[Cells]) -> None:
    """With a byte-order mark: without it the office's Excel shows Chinese as rubbish."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(TITLES)
        writer.writerows([_inert(cell) for cell in row.values()] for row in rows)


def _inert(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula."""
    return "'" + cell if isinstance(cell, str) and cell.startswith(_LIVE) else cell


def _empty(path: Path, day: date) -> None:
    """A ledger without lines still says its columns."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet(f"台账{day}").write_row(0, 0, TITLES)
