"""Whether a home is for drills (演练数据目录) or real: decided when its data begin, and marked in it from then on.

A drill has accounts whose password is shown and cases with clocks of their own, so it never touches a real record: a
home or database with accounts but without the mark is refused.  The mark names the record it was made for.
"""

import fcntl
import hashlib
import shutil
from collections.abc import Callable

from operations.key_file import make_home
from operations.prepare_record import AWAY
from operations.settings import Settings, SettingsError
from records.accounts import any_account
from records.crypto import load_keys
from records.engine import Record
from records.errors import RecordUnavailable
from records.migrations import upgrade

MARK = "演练数据目录"
OURS = ("record.db", "record.db-wal", "record.db-shm", "key", "demo-accounts.txt", "inbox", "logs", "run", MARK)
ENGINE = "temporal.db"
"""What a stack leaves in its home; nothing else is ever removed."""

DRILLS_SEND_NOTHING = "演练方式不发真短信：本次改用文件收件箱。"


def settle_mode(settings: Settings, say: Callable[[str], None]) -> Settings:
    """Return the settings with the mode of their home; raises `SettingsError` for a drill on a real record."""
    if is_marked(settings):
        if not settings.wanjia_drill:
            say("这是演练数据目录，按演练方式启动。")
        return _in_drill(settings, say)
    if not settings.wanjia_drill:
        return settings
    mark(settings)
    return _in_drill(settings, say)


def is_marked(settings: Settings) -> bool:
    """Say whether this home was made for drills on this very record."""
    try:
        return (settings.wanjia_home / MARK).read_text(encoding="utf-8").splitlines()[-1] == _record_of(settings)
    except (OSError, IndexError, UnicodeDecodeError):
        return False


def mark(settings: Settings) -> None:
    """Make this home one for drills; raises `SettingsError` when it holds a real record."""
    make_home(settings)
    if _in_real_use(settings):
        raise SettingsError(
            f"数据目录 {settings.wanjia_home} 或 DATABASE_URL 所指的库里已有正式账号和档案，不能用作演练。"
            "请把 WANJIA_HOME 改成另一个目录（并去掉 DATABASE_URL），或去掉 WANJIA_DRILL。"
        )
    words = "这个数据目录只用于演练，其中的人和账号都是虚构的。删除本文件不会使它变成正式环境。"
    (settings.wanjia_home / MARK).write_text(f"{words}\n{_record_of(settings)}\n", encoding="utf-8")


def clear(settings: Settings) -> None:
    """Remove what an earlier drill left in a marked home; raises `SettingsError` while a stack runs there.

    Only what a stack makes is removed, and never a database elsewhere.
    """
    if not is_marked(settings):
        raise SettingsError(f"数据目录 {settings.wanjia_home} 不是演练数据目录，不会清空。")
    if settings.database_url:
        raise SettingsError("DATABASE_URL 所指的库里还有上次演练的数据，请换一个空库，或去掉 DATABASE_URL。")
    home = settings.wanjia_home
    with (home / "run" / "stack.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SettingsError(f"数据目录 {home} 正有一套系统在运行，请先停掉它。") from None
        for path in (*(home / name for name in OURS), *home.glob(f"{ENGINE}*")):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def _in_drill(settings: Settings, say: Callable[[str], None]) -> Settings:
    if settings.wanjia_sms_gateway != "file":
        say(DRILLS_SEND_NOTHING)
    return settings.model_copy(update={"wanjia_drill": True, "wanjia_sms_gateway": "file"})


def _in_real_use(settings: Settings) -> bool:
    if not settings.database_url and not (settings.wanjia_home / "record.db").exists():
        return False
    record = Record(settings.record_url, load_keys(settings.key_path))
    try:
        record.ping()
        upgrade(record.engine)
        with record.read() as work:
            return any_account(work)
    except RecordUnavailable:
        raise SettingsError(AWAY) from None
    finally:
        record.close()


def _record_of(settings: Settings) -> str:
    return hashlib.sha256((settings.database_url or "sqlite").encode()).hexdigest()[:16]
