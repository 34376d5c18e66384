"""What a page of statistics is asked for (统计的查询): area, day and period, from an address; and addresses of lists.

An address never widens anything: an area outside the caller's own is taken as not said, and every read has its scope.
"""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from starlette.requests import Request

from casework.times import local_date
from console.typed_values import day_or_none
from desk.desk import Caller, Desk
from policies.groups_subsidies import CHANNELS
from records.engine import Reading
from records.figure_rows import known_areas, newest_day
from records.ledger_pages import ANY_JOB, OPEN
from records.scope import area_prefix
from records.statistics import Asked

PATH = "/figures"
LIST = PATH + "/list"
LONGEST_CODE = 12
AT_WORK = {f"at_work_{code}": code for code in CHANNELS} | {"at_work_all": ANY_JOB}
"""Numbers whose rows are lines of the ledger, and how it is narrowed to them."""


@dataclass(frozen=True, slots=True)
class View:
    """What is asked, the caller's own area, the area's name, and what of the address was not followed, in words."""

    asked: Asked
    own: str
    name: str
    remarks: tuple[str, ...]

    @property
    def area(self) -> str | None:
        """The area for an address; None for the caller's whole."""
        return None if self.asked.prefix == self.own else self.asked.prefix

    def address(self, path: str = PATH, **changed: str | None) -> str:
        """Return an address about the same, with something changed."""
        asked = self.asked
        days = {"day": asked.day.isoformat(), "since": asked.first.isoformat(), "until": asked.last.isoformat()}
        said = {**days, "area": self.area, **changed}
        return f"{path}?{urlencode({name: value for name, value in said.items() if value})}"

    def rows(self, code: str, part: str | None = None) -> str:
        """Return the address of the rows behind a number: the ledger where it can show exactly them."""
        prefix = part or self.asked.prefix
        if code in AT_WORK and area_prefix(prefix) == prefix:
            narrowed = {"day": self.asked.day.isoformat(), "office": prefix, "state": OPEN, "channel": AT_WORK[code]}
            return f"/ledger?{urlencode(narrowed)}"
        return self.address(LIST, figure=code, area=prefix)


def view_of(request: Request, work: Reading, desk: Desk, caller: Caller, now: datetime) -> View:
    """Read the address; what makes no sense is not followed, and the page says so."""
    said = request.query_params
    today = local_date(now)
    if desk.drill:  # cases live on days of their own
        today = newest_day(work, caller.scope, today)
    remarks = []
    day, first, last = (day_or_none(said.get(name)) for name in ("day", "since", "until"))
    for name, words, read in (("day", "统计日", day), ("since", "期间开始", first), ("until", "期间结束", last)):
        if said.get(name) and read is None:
            remarks.append(f"“{words}”填的日期看不懂，没有采用。日期请写作 2026-09-30。")
    if day is not None and day > today:
        remarks.append("您填的统计日还没有到，以下按今天统计。")
    day = min(day or today, today)
    if last is not None and last > day:
        remarks.append("期间结束晚于统计日，以下统计到统计日为止。")
    last = min(last or day, day)
    if first is not None and first > last:
        remarks.append("期间开始晚于期间结束，没有采用，以下从当年1月1日起统计。")
        first = None
    first = first or date(last.year, 1, 1)
    own = area_prefix(caller.area)
    wanted = said.get("area", "")
    inside = wanted.isdigit() and wanted.isascii() and wanted.startswith(own) and len(wanted) <= LONGEST_CODE
    if wanted and not inside:
        remarks.append("这个地区不在您的管辖范围内，以下是您的全部范围。")
    prefix = wanted if inside else own
    names = known_areas(work, (prefix,))
    return View(Asked(day, first, last, prefix), own, names.get(prefix, prefix), tuple(remarks))
