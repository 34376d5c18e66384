"""Amounts, numbers and dates as people type them (金额、数字、日期的写法): full-width digits, commas, 年月日.  Pure."""

import re
import unicodedata
from datetime import date

_AMOUNT = re.compile(r"(?P<yuan>\d{1,9}|\d{1,3}(,\d{3}){1,2})(\.(?P<fen>\d{1,2}))?", re.ASCII)
_DAY = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{4})/(\d{1,2})/(\d{1,2})|(\d{4})\.(\d{1,2})\.(\d{1,2})"
    r"|(\d{4})年(\d{1,2})月(\d{1,2})[日号]?|(\d{4})(\d{2})(\d{2})",
    re.ASCII,
)


class Unreadable(Exception):
    """What was typed cannot be read; `words` say how to write it, after the field's name."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def amount(given: str) -> int:
    """Return an amount typed in yuan as fen: 1880, 1,880.50, ￥1880元."""
    written = "".join(plain(given).split()).removeprefix("¥").removesuffix("元")
    found = _AMOUNT.fullmatch(written)
    if found is None:
        raise Unreadable("应为金额，单位是元，如 1880 或 1880.50，不写“万”“千”")
    return int(found["yuan"].replace(",", "")) * 100 + int((found["fen"] or "").ljust(2, "0"))


def amount_in_words(fen: int) -> str:
    """Return fen as typed in yuan: 188050 → 1880.50."""
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def count(given: str) -> int:
    """Return a whole number."""
    written = plain(given)
    if not re.fullmatch(r"\d{1,6}", written, re.ASCII):
        raise Unreadable("应为整数，只写数字，如 12")
    return int(written)


def day(given: str) -> str:
    """Return a date in the form of the models: 2026年9月30日, 2026/9/30 and 20260930 are 2026-09-30."""
    found = _DAY.fullmatch("".join(plain(given).split()))
    if found is None:
        raise Unreadable("应为日期，写作 2026-09-30 或 2026年9月30日")
    year, month, number = (int(part) for part in found.groups() if part is not None)
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        raise Unreadable("没有这一天，请核对月份和日期") from None


def day_or_none(given: str | None) -> date | None:
    """Return the day somebody typed, or None when it is none, for filters that then do not narrow."""
    try:
        return date.fromisoformat(day(given)) if given else None
    except Unreadable:
        return None


def plain(given: str) -> str:
    """Return what was typed without the blanks around it; full-width digits and letters as the usual ones."""
    return unicodedata.normalize("NFKC", given).strip()
