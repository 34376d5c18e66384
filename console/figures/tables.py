"""The tables of the statistics page (统计表), made of the counts, and how each number is counted, in words.

The page and its files show the same tables.  Every number leads to its rows; averages lead to the households compared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.figures.asked import View
from console.words import yuan
from policies.groups_subsidies import CHANNELS
from records.figures import totals
from records.member_measures import MARKS
from records.statistics import (
    BY_CHANNEL,
    COMPARED,
    DOUBLE,
    EMPLOYED,
    INSURED,
    MARKED,
    NOT_COMPARED,
    SINGLE,
    STATES,
    Counts,
    Income,
    Statistic,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as shown and the address of exactly its rows; None where there are none."""

    number: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table; `link` looks into a part of the area."""

    name: str
    link: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers with what each column (or row) means: `how` has a line for every number."""

    caption: str
    first: str
    titles: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Line | None
    how: tuple[tuple[str, str], ...]

    def how_of(self, title: str) -> str:
        """Return how a column is counted; what has no line of its own has the last one."""
        return next((words for name, words in self.how if title.startswith(name)), self.how[-1][1])


OF_STATES = (
    (
        "未退出、各状态、已退出",
        "统计日24时处于该状态的家庭，户数。“未退出”等于已申请到已就业六个状态之和。按当天经办的机构归属。",
    ),
)
OF_CHANNELS = (
    ("在岗成员", "统计日在岗的成员，人数，只计未退出的家庭（退出后不再跟踪）。一人只有一个在岗岗位。"),
    (
        "消除家庭",
        "消除日期在期间内、到统计日没有撤销的家庭，户数；按消除当日成员在岗的渠道归类。"
        "一户有几个渠道的，各渠道各计一次，“全部渠道”只计一次。",
    ),
    (
        "就业人次",
        "上岗日期在期间内、到统计日已登记的就业，人次，一人两次上岗计两次。后来认定不实的不计（按现在所知）。",
    ),
)
OF_OUTCOMES = (
    ("有人就业的家庭", "统计日未退出、已认定、至少有一名成员在岗的家庭，户数。以下各数都在这些家庭里计算。"),
    ("一人就业", "统计日只有一名成员在岗的家庭，户数：争取双就业的对象。"),
    ("双就业", "统计日有两名以上成员在岗的家庭，户数。"),
    (
        "重新参保",
        "统计日在岗并由就业参加社会保险、认定当日没有在岗参保的成员，人数。系统没有失业以前的参保记录，不区分首次参保和接续参保。",
    ),
    ("有前后收入", "认定当日和统计日都有收入登记的家庭，户数：两个月人均收入都只用这些家庭计算。"),
    ("缺认定时收入", "没有认定当日收入登记的家庭，户数：不参加收入比较。"),
    ("认定时月人均", "这些家庭认定当日申报的月收入合计，除以认定当日的人口合计，四舍五入到分。"),
    (
        "现在月人均",
        "这些家庭统计日的月收入合计，除以统计日的人口合计，四舍五入到分。在岗成员按登记的岗位月收入计，其他成员按申报计。",
    ),
)
OF_MARKED = (
    ("人数", "统计日已标记为高校毕业生、在学或求学子女的成员，人数，含已退出的家庭。取消的标记不计（按现在所知）。"),
    ("得到援助", "期间内至少有一项所列措施的，人数，一人只计一次。撤回的措施不计（按现在所知）。"),
    ("各项措施", "期间内有这项措施的，人数。一人有几项措施的，各项各计一次。"),
)


def tables_of(view: View, counts: Counts, money: Mapping[str, Income], names: Mapping[str, str]) -> tuple[Table, ...]:
    """Return the tables of a page in their order."""
    sums = totals(counts)
    return (
        _by_area(view, counts, names, sums),
        _by_channel(view, sums),
        _outcomes(view, counts, money, names, sums),
        *(_marked(view, mark, sums) for mark in MARKED),
    )


def _by_area(view: View, counts: Counts, names: Mapping[str, str], sums: Mapping[str, int]) -> Table:
    lines = tuple(
        Line(_named(part, names), _into(view, part), tuple(_cells(view, STATES, counts[part], part)))
        for part in sorted(counts)
    )
    total = Line("合计", None, tuple(_cells(view, STATES, sums, None)))
    return Table("家庭：按状态和机构", "机构", tuple(each.words for each in STATES), lines, total, OF_STATES)


def _by_channel(view: View, sums: Mapping[str, int]) -> Table:
    lines = tuple(
        Line(words, None, tuple(_cells(view, BY_CHANNEL[code], sums, None))) for code, words in CHANNELS.items()
    )
    total = Line("全部渠道", None, tuple(_cells(view, BY_CHANNEL["all"], sums, None)))
    titles = ("在岗成员（人）", "消除家庭（户）", "就业人次")
    return Table("就业渠道", "渠道", titles, lines, total, OF_CHANNELS)


_TITLES = ("有人就业的家庭", "一人就业", "双就业", "重新参保（人）", "有前后收入", "缺认定时收入")
_OUTCOMES = (EMPLOYED, SINGLE, DOUBLE, INSURED, COMPARED, NOT_COMPARED)


def _outcomes(
    view: View, counts: Counts, money: Mapping[str, Income], names: Mapping[str, str], sums: Mapping[str, int]
) -> Table:
    def cells(counted: Mapping[str, int], income: Income | None, part: str | None) -> Iterable[Cell]:
        yield from _cells(view, _OUTCOMES, counted, part)
        link = view.rows(COMPARED.code, part) if income else None
        yield Cell(yuan(income.before if income else None), link)
        yield Cell(yuan(income.now if income else None), link)

    working = [part for part in sorted(counts) if counts[part].get(EMPLOYED.code)]
    lines = tuple(
        Line(_named(part, names), _into(view, part), tuple(cells(counts[part], money.get(part), part)))
        for part in working
    )
    total = Line("合计", None, tuple(cells(sums, added(money.values()), None)))
    return Table("就业成效", "机构", (*_TITLES, "认定时月人均", "现在月人均"), lines, total, OF_OUTCOMES)


def added(these: Iterable[Income]) -> Income | None:
    """Return the incomes of all parts together; None without any household."""
    some = list(these)
    if not some:
        return None
    return Income(
        sum(each.households for each in some),
        sum(each.before_fen for each in some),
        sum(each.before_heads for each in some),
        sum(each.now_fen for each in some),
        sum(each.now_heads for each in some),
    )


def _marked(view: View, mark: str, sums: Mapping[str, int]) -> Table:
    these = MARKED[mark]
    line = Line(MARKS[mark], None, tuple(_cells(view, these, sums, None)))
    return Table(f"{MARKS[mark]}的援助", "成员", tuple(each.words for each in these), (line,), None, OF_MARKED)


def _cells(view: View, these: Iterable[Statistic], counted: Mapping[str, int], part: str | None) -> Iterable[Cell]:
    for each in these:
        number = counted.get(each.code, 0)
        yield Cell(str(number), view.rows(each.code, part) if number else None)


def _named(part: str, names: Mapping[str, str]) -> str:
    return names.get(part, part)


def _into(view: View, part: str) -> str | None:
    return view.address(area=part) if len(part) < 9 and part != view.asked.prefix else None
