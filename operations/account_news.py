"""What `wanjia run` says of accounts: who may log in to a drill, or that a real installation has nobody yet."""

from datetime import UTC, datetime

from operations import demo_accounts
from operations.run import AccountNews, DemoAccount
from operations.settings import Settings
from records.accounts import any_account
from records.crypto import load_keys
from records.engine import Record


def account_news(settings: Settings) -> AccountNews:
    """Return what the greeting says of accounts; in drill mode the demo staff is put on record first."""
    record = Record(settings.record_url, load_keys(settings.key_path))
    try:
        if settings.wanjia_drill:
            staff = demo_accounts.seed(record, datetime.now(UTC), settings.wanjia_home)
            each = demo_accounts.shown(staff)
            return AccountNews(demo=tuple(DemoAccount(login, staff.password, words) for words, login in each))
        with record.read() as work:
            return AccountNews(none_yet=not any_account(work))
    finally:
        record.close()
