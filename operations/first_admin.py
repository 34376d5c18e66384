"""The first administrator (第一个管理员) of a real installation: `wanjia first-admin` makes a one-time code.

A real installation has no account at first.  With the code the page `/first-administrator` (or the API) makes one,
once.  Only whoever can write into the home can make a code.
"""

import sys
from pathlib import Path

from desk.first_administrator import make_first_code
from operations.settings import Settings, SettingsError, load_settings
from records.accounts import any_account
from records.crypto import load_keys
from records.engine import Record


def code_file(settings: Settings) -> Path:
    """Where the hash of the one-time code lies."""
    return settings.wanjia_home / "run" / "first-administrator"


def first_admin() -> int:
    """显示建立第一个管理员所用的一次性代码（旧代码随即失效）。"""
    try:
        settings = load_settings()
        record = Record(settings.record_url, load_keys(settings.key_path))
        try:
            with record.read() as work:
                there = any_account(work)
        finally:
            record.close()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if there:
        sys.stderr.write("系统已有账号，不能再建立第一个管理员；新账号由管理员登录后建立。\n")
        return 2
    path = code_file(settings)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    code = make_first_code(path)
    sys.stderr.write(
        "一次性代码如下，只显示这一次。用它建立第一个管理员：\n"
        f"  在浏览器打开 {settings.api_url}/first-administrator ，填写代码、账号、姓名、辖区代码和密码；\n"
        f"  或 POST {settings.api_url}/api/v1/first-administrator\n"
        '  {"code": "…", "account": "账号", "password": "至少8位", "name": "姓名", "area": "辖区代码，如 220000"}\n'
    )
    sys.stdout.write(f"{code}\n")
    return 0
