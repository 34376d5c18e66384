"""Filters that people name and keep (我的筛选) at the desk: their own, to have a list with one click."""

from datetime import datetime

from casework.errors import SaidNo
from desk.desk import Caller, Desk
from records import saved_filters

LONGEST_NAME = 20
LONGEST_QUERY = 600


def keep_filter(desk: Desk, caller: Caller, which: str, name: str | None, query: str, now: datetime) -> None:
    """Keep what a list is narrowed to under a name.  Raises `SaidNo` (filter_name, filter_empty, too_many_filters)."""
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise SaidNo("filter_name", f"请填写筛选的名称，1至{LONGEST_NAME}个字。", field="name")
    if not query or len(query) > LONGEST_QUERY:
        raise SaidNo("filter_empty", "请先选择筛选条件，再保存。", field="name")
    with desk.record.write() as work:
        saved_filters.keep_filter(work, caller.account, which, name, query, now)


def drop_filter(desk: Desk, caller: Caller, filter_id: str) -> None:
    """Forget a filter of the caller's own."""
    with desk.record.write() as work:
        saved_filters.drop_filter(work, caller.account, filter_id)
