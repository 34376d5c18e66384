"""Bring the record to the schema of this release, before any process uses it: a one-shot of the stack and of compose.

The migrations themselves are `records/migrations/`; what they cannot do is in `records/catching_up.py`.
"""

import sys

from casework.errors import CaseworkError
from operations.settings import SettingsError, load_settings
from records.catching_up import catch_up
from records.crypto import load_keys
from records.engine import Record
from records.errors import RecordUnavailable
from records.migrations import upgrade

SAID_EVERY = 10_000

AWAY = "连不上档案库，或不能写入：请检查 DATABASE_URL 指的数据库是否在运行、用户和口令对不对、磁盘是否已满。"


def main() -> int:
    """Migrate; 0 when the record is ready, 2 with a Chinese line when a setting or the key must be put right first."""
    try:
        settings = load_settings()
        record = Record(settings.record_url, load_keys(settings.key_path))
        try:
            record.ping()
            upgrade(record.engine)
            for words, done in catch_up(record):
                if done % SAID_EVERY == 0:
                    sys.stderr.write(f"升级档案库：{words}，已处理 {done} 条\n")
        finally:
            record.close()
    except RecordUnavailable:
        sys.stderr.write(f"{AWAY}\n")
        return 2
    except (SettingsError, CaseworkError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
