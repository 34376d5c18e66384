"""What the desk can say no with, beyond the trade's and the record's own words.  HTTP numbers are in `api/errors.py`.

CaseworkError
├── NotFound         no such thing for this caller: what lies outside the scope does not exist
├── NotLoggedIn      no session, or one that is over
├── TooManyTries     too many failed log-ins from one address
└── NotReady         the installation has no administrator yet
"""

from typing import TypeVar

from casework.errors import CaseworkError

T = TypeVar("T")


class NotFound(CaseworkError):
    """There is no such thing, or it is not the caller's to see; the two are never told apart."""

    def __init__(self, what: str = "个案") -> None:
        super().__init__("not_found", f"没有找到这个{what}，或不在您的办理范围内。")


def or_not_found(read: T | None, what: str = "个案") -> T:
    """Return what the record read; the record's None is `NotFound`, whatever the reason."""
    if read is None:
        raise NotFound(what)
    return read


class NotLoggedIn(CaseworkError):
    """The caller must log in first."""

    def __init__(self) -> None:
        super().__init__("not_logged_in", "请先登录；登录已过期的请重新登录。")


class TooManyTries(CaseworkError):
    """Too many failed tries from one address."""

    def __init__(self) -> None:
        super().__init__("too_many_tries", "尝试次数过多，请一分钟后再试。")


class NotReady(CaseworkError):
    """A new installation: the first administrator must be made first."""

    def __init__(self) -> None:
        super().__init__("first_administrator_required", "系统还没有管理员，请先用一次性代码建立第一个管理员账号。")
