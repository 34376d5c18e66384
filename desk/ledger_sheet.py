"""The ledger as a file (台账导出): its columns, and the writing of many lines as .xlsx or .csv with little memory.

Lines are taken one by one as they come, so a province needs no more memory than a street.  What begins like a formula
stays text.  Which lines there are is `records/ledger_rows.py`; who may have them is asked before.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from datetime import date
from io import BytesIO, TextIOWrapper
from pathlib import Path

import xlsxwriter
from rustpy_xlsxwriter import FastExcel

from casework.states import ExitReason, State
from policies.groups_subsidies import CHANNELS
from records.ledger_rows import LedgerRow

Cell = str | int | float | None
Cells = dict[str, Cell]

TELL_EVERY = 2_000

_LIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_STATES = {state.value: state.words for state in State}
_REASONS = {reason.value: reason.words for reason in ExitReason}


_YES: dict[int | None, str] = {0: "否", 1: "是"}


def cells_of(row: LedgerRow, offices: dict[str, str], helpers: dict[str, str]) -> Cells:
    """Return the cells of a row, in the order of the columns."""
    (case_id, office, community, state, certified, due, met, overdue, eliminated, exit_on, exit_reason, helper) = row[
        :12
    ]
    (signed, member, relation, sex, born, status, base, guidance, training, referrals, channel, employed) = row[12:24]
    (income, insured, dibao, insurance, name, policies) = row[24:]
    return {
        "个案编号": case_id,
        "经办机构": offices.get(office, office),
        "社区": community,
        "状态": _STATES.get(state, state),
        "认定日期": certified,
        "承诺到期": due,
        "承诺兑现": met,
        "承诺超期": overdue,
        "消除日期": eliminated,
        "退出日期": exit_on,
        "退出原因": _REASONS.get(exit_reason),
        "帮扶责任人": helpers.get(helper, helper),
        "帮扶方案签订": signed,
        "成员": member,
        "姓名": name,
        "与申请人关系": relation,
        "性别": sex,
        "出生年份": born,
        "就业失业状态": status,
        "需援助": _YES[base],
        "职业指导次数": guidance,
        "培训信息次数": training,
        "岗位推荐次数": referrals,
        "就业渠道": CHANNELS.get(channel, channel),
        "上岗日期": employed,
        "月收入（元）": None if income is None else income / 100,
        "缴纳社会保险": None if channel is None else _YES[insured],
        "低保": _YES[dibao],
        "领取失业保险金": _YES[insurance],
        "享受的补贴": policies,
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


def write_sheet(path: Path | BytesIO, kind: str, day: date, rows: Iterable[Cells], told: Told = untold) -> int:
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


def _csv(path: Path | BytesIO, rows: Iterable[Cells]) -> None:
    """With a byte-order mark: without it the office's Excel shows Chinese as rubbish."""
    with nullcontext(path) if isinstance(path, BytesIO) else path.open("wb") as out:
        file = TextIOWrapper(out, encoding="utf-8-sig", newline="")
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(TITLES)
        writer.writerows([_inert(cell) for cell in row.values()] for row in rows)
        file.flush()
        file.detach()


def _inert(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula."""
    return "'" + cell if isinstance(cell, str) and cell.startswith(_LIVE) else cell


def _empty(path: Path | BytesIO, day: date) -> None:
    """A ledger without lines still says its columns."""
    with xlsxwriter.Workbook(path if isinstance(path, BytesIO) else str(path)) as book:
        book.add_worksheet(f"台账{day}").write_row(0, 0, TITLES)
