"""The numbers of a report by name (调度表的数字): the address of the rows behind each, its words and its value.

An address says the count, or `column_…` for a column worked out of several; which movements that are is `report_rows`'.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from casework.times import month_in_words
from desk.errors import NotFound
from desk.monthly_reports import Seen
from policies.groups_subsidies import CHANNELS as ALL_CHANNELS
from records.report_rows import LATE, SINCE, Behind, known
from register.dispatch import COUNTS, Dispatch
from register.movements import Kind
from register.report_columns import CHANNEL, LATE_CHANNEL, count_of

COLUMN = "column_"
FILTERS = ("count", "office", "sign", "fact", "of", "channel")
CHANNELS: dict[str, str] = dict(ALL_CHANNELS.items())
SIGNS = {"plus": 1, "minus": -1}
WITH_BALANCE = ("all_recognised", "all_eliminated", "all_employed")
COUNT_WORDS = {
    "opening": "月初实存户数",
    "closing": "月末实存户数",
    "new": "本月新认定户数",
    "returned": "恢复认定户数",
    "transferred_in": "转入户数",
    "transferred_out": "转出户数",
    "corrected": "更正以前月份的户数",
    "eliminated": "本月消除户数",
    "exited": "其他退出户数",
    "revoked": "撤销认定户数",
    "placed": "本月实现就业人次",
    "members": "本月实现就业人数",
    "members_corrected": "更正以前月份的就业人数",
    "all_recognised": "累计认定户数",
    "all_revoked": "累计撤销认定户数",
    "all_eliminated": "累计消除户次",
    "all_employed": "累计实现就业人数",
    SINCE: "月末以后至今的户数增减",
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a report: what it is called, what it says, and its rows; `balance` is in it without any row."""

    words: str
    value: int
    behind: Behind
    balance: bool


def rows_of(month: str, area: str, count: str, **narrowed: str | None) -> str:
    """Return the address of the rows behind a number."""
    said = {"count": count, **{name: value for name, value in narrowed.items() if value}}
    return f"/reports/{month}/{area}/rows?{urlencode(said)}"


def number_asked(seen: Seen, said: Mapping[str, str]) -> Number:
    """Return the number an address names; one that is not in the report is not there."""
    count, office = said.get("count", ""), said.get("office")
    each = _line(seen, office)
    sign = SIGNS.get(said.get("sign", ""))
    if count.startswith(COLUMN):
        column = next((c for c in seen.layout.columns if c.code == count.removeprefix(COLUMN)), None)
        if column is None:
            raise NotFound("数字")
        behind = Behind(seen.area, seen.month, column.terms, office, sign)
        balance = office is None and any(name in WITH_BALANCE for _, name in column.terms)
        return Number(column.title, column.of(each), behind, balance)
    if not known(count) or (count in (LATE, SINCE) and office):
        raise NotFound("数字")
    behind = Behind(seen.area, seen.month, ((1, count),), office, sign)
    if count == LATE:
        return _correction(seen, said)
    if count == SINCE:
        return Number(COUNT_WORDS[count], seen.live - each["closing"], behind, False)
    if count.startswith(LATE_CHANNEL):
        words = f"更正以前月份的就业人次：{CHANNELS.get(code := count.removeprefix(LATE_CHANNEL), code)}"
        return Number(words, count_of(each, count), behind, False)
    if count.startswith(CHANNEL):
        code = count.removeprefix(CHANNEL)
        return Number(f"本月实现就业人次：{CHANNELS.get(code, code)}", each.channels.get(code, 0), behind, False)
    assert count in COUNTS
    return Number(COUNT_WORDS[count], each[count], behind, count in WITH_BALANCE and not office)


def _line(seen: Seen, office: str | None) -> Dispatch:
    if office is None:
        return seen.whole
    found = next((each for each in seen.numbers[1:] if each.area == office and len(seen.area) >= 6), None)
    if found is None:
        raise NotFound("机构")
    return found


def _correction(seen: Seen, said: Mapping[str, str]) -> Number:
    for row in seen.whole.corrections:
        if (row.kind.value, row.month, row.channel) == (said.get("fact"), said.get("of"), said.get("channel")):
            behind = Behind(seen.area, seen.month, ((1, LATE),), fact=Kind(row.kind), of=row.month, channel=row.channel)
            channel = f"，{CHANNELS.get(row.channel, row.channel)}" if row.channel else ""
            return Number(f"更正{month_in_words(row.month)}：{row.kind.words}{channel}", row.number, behind, False)
    raise NotFound("更正")
