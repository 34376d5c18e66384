"""The filters a person has named and kept (我的筛选): each account has its own, a few for each list."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, insert, select, update

from casework.errors import SaidNo
from records.engine import Reading, Writing
from records.tables_lists import saved_filters

MOST = 12
"""Filters an account may keep for one list: each is a tab with a count."""


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A kept filter; `query` is the list's address without its path."""

    filter_id: str
    name: str = field(repr=False)
    query: str


def filters_of(work: Reading, account: str, which: str) -> tuple[SavedFilter, ...]:
    """Return an account's filters of a list, the oldest first."""
    mine = select(saved_filters).where(saved_filters.c.account == account, saved_filters.c.list == which)
    rows = work.connection.execute(mine.order_by(saved_filters.c.saved_at, saved_filters.c.filter_id))
    return tuple(SavedFilter(r.filter_id, work.keys.open(r.name, _place(r.filter_id)).decode(), r.query) for r in rows)


def keep_filter(work: Writing, account: str, which: str, name: str, query: str, now: datetime) -> None:
    """Keep a filter; one of the same name is replaced.  Raises `SaidNo` (too_many_filters)."""
    there = filters_of(work, account, which)
    same = next((one for one in there if one.name == name), None)
    if same is not None:
        mine = saved_filters.c.filter_id == same.filter_id
        work.connection.execute(update(saved_filters).where(mine).values(query=query))
        return
    if len(there) >= MOST:
        raise SaidNo("too_many_filters", f"每个清单最多保存{MOST}个筛选，请先删除不用的。", field="name")
    filter_id = str(uuid4())
    row = {"filter_id": filter_id, "account": account, "list": which, "query": query, "saved_at": now}
    work.connection.execute(insert(saved_filters), row | {"name": work.keys.seal(name.encode(), _place(filter_id))})


def drop_filter(work: Writing, account: str, filter_id: str) -> None:
    """Forget a filter of an account; nothing happens when it has none of that id."""
    mine = delete(saved_filters).where(saved_filters.c.account == account, saved_filters.c.filter_id == filter_id)
    work.connection.execute(mine)


def _place(filter_id: str) -> str:
    return f"saved_filters.name:{filter_id}"
