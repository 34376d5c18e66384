"""What the record service can say no with, beyond the trade's own words (see `casework/errors.py`).

CaseworkError
├── RecordUnavailable    the database is locked, full or away: nothing was written, repeat with the same key
├── WrittenMeanwhile     (a Conflict) another unit of work has just written the same thing: nothing was written
├── EventOutOfOrder      an event does not follow the last one on record, or another one has its number
├── RegistrationExpired  a case's first event came after its people were freed again: it must be taken in anew
└── KeyFileUnusable      the key file is missing, malformed or readable by others
"""

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from casework.errors import CaseworkError, Conflict


class RecordUnavailable(CaseworkError):
    """The record cannot be reached now; nothing of this unit of work was kept."""

    def __init__(self, cause: str = "") -> None:
        super().__init__("record_unavailable", "记录库暂时无法使用，本次操作没有保存，请稍后用同一请求号重试。")
        self.cause = cause


class WrittenMeanwhile(Conflict):
    """Two units of work at once wrote what there is once: the later one kept nothing.

    On PostgreSQL alone: on SQLite writers take turns, so there the same error is a mistake of ours.
    """

    def __init__(self) -> None:
        super().__init__(
            "written_meanwhile",
            "这一项刚刚已经保存（可能是别人同时在办，也可能是按了两次），这一次没有保存。请刷新页面核对，没有的再办一次。",
        )


class EventOutOfOrder(CaseworkError):
    """The record keeps events without gaps and each number once; this event would break that."""


class RegistrationExpired(CaseworkError):
    """A household's people were freed before its case came on record; without them there is no case."""

    def __init__(self, case_id: str) -> None:
        super().__init__(
            "registration_expired", f"个案 {case_id} 的家庭登记已过期，家庭成员资料已清除，请重新提出申请。"
        )


class KeyFileUnusable(CaseworkError):
    """The key of the personal data cannot be used; the message says what to do."""


_UNIQUE_VIOLATION = "23505"
"""SQLSTATE of PostgreSQL."""

_SQLITE_AWAY = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_CANTOPEN",
    "SQLITE_IOERR",
    "SQLITE_FULL",
    "SQLITE_READONLY",
    "SQLITE_PROTOCOL",
    "SQLITE_NOTADB",
    "SQLITE_CORRUPT",
)


def typed(error: Exception) -> CaseworkError | None:
    """Return the typed error of a unit of work that failed, None when the program is the trouble."""
    if isinstance(error, IntegrityError) and getattr(error.orig, "sqlstate", None) == _UNIQUE_VIOLATION:
        return WrittenMeanwhile()
    return unavailable(error)


def unavailable(error: Exception) -> RecordUnavailable | None:
    """Return the typed error when the database is the trouble, None when the program is.

    The text of the driver's error is never passed on: it may quote the values of the statement.
    """
    if isinstance(error, PoolTimeout):
        return RecordUnavailable("pool_timeout")
    driver = error.orig if isinstance(error, DBAPIError) else error
    name = getattr(driver, "sqlite_errorname", None)
    if name is not None:
        return RecordUnavailable(name) if str(name).startswith(_SQLITE_AWAY) else None
    if not isinstance(error, DBAPIError):
        return None
    state = getattr(error.orig, "sqlstate", None)
    if error.connection_invalidated or isinstance(error, OperationalError | InterfaceError):
        return RecordUnavailable(str(state or "connection"))
    return None
