"""What must not survive in a story (真实信息核对): the originals of a case, and where one of them still stands.  Pure.

Originals are told by kind; a finding says the kind and never the value.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from casework.times import in_words

DIGITS = re.compile(r"\d{6,}[0-9Xx]?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Originals:
    """Every value of a case that would tell whose it is.  Hidden from `repr`: no log line shows it."""

    names: frozenset[str] = field(repr=False)
    numbers: frozenset[str] = field(repr=False)
    """ID numbers and phones, whole."""
    places: frozenset[str] = field(repr=False)
    """Community, address, names of offices."""
    employers: frozenset[str] = field(repr=False)
    accounts: frozenset[str] = field(repr=False)
    """Accounts and names of the staff."""
    codes: frozenset[str] = field(repr=False)
    """Numbers of cases, offices and vacancies."""
    days: frozenset[date] = field(repr=False)
    fen: frozenset[int] = field(default=frozenset(), repr=False)
    """Amounts: wages, incomes."""
    texts: frozenset[str] = field(default=frozenset(), repr=False)
    """What was typed freely in the case.  No story is made from it; what people add must not repeat it."""

    def words(self) -> tuple[tuple[str, str], ...]:
        """Return every value with its kind, the longest first; days come as they are written."""
        kinds = (
            *(("姓名", v) for v in self.names),
            *(("证件号或电话", v) for v in self.numbers),
            *(("社区、住址或机构", v) for v in self.places),
            *(("用人单位", v) for v in self.employers),
            *(("工作人员", v) for v in self.accounts),
            *(("编号", v) for v in self.codes),
        )
        return tuple(sorted(((k, v) for k, v in kinds if v), key=lambda each: (-len(each[1]), each[1])))


def written(day: date) -> tuple[str, ...]:
    """Return a day in every form in which people and programs write it."""
    y, m, d = day.year, day.month, day.day
    return (
        *(in_words(day), day.isoformat(), f"{y}年{m:02d}月{d:02d}日", f"{y}{m:02d}{d:02d}", f"{y}-{m}-{d}"),
        *(f"{y}/{m}/{d}", f"{y}/{m:02d}/{d:02d}", f"{y}.{m}.{d}", f"{y}.{m:02d}.{d:02d}"),
    )


def found_in(text: str, originals: Originals, *, least: int = 1) -> tuple[str, ...]:
    """Return the kinds of originals that stand in a text; words shorter than `least` are not looked for."""
    kinds = [kind for kind, value in originals.words() if len(value) >= least and value in text]
    if DIGITS.search(text):
        kinds.append("编号")
    if any(_stands(form, text) for day in originals.days for form in written(day)):
        kinds.append("日期")
    return tuple(dict.fromkeys(kinds))


def _stands(form: str, text: str) -> bool:
    """2026年1月1日 stands in neither 2026年1月11日 nor 12026年1月1日."""
    return form in text and re.search(rf"(?<!\d){re.escape(form)}(?!\d)", text) is not None
