"""The home (数据目录) of an installation and the key file (密钥文件) in it, made once at the first start.

Whoever loses the key loses the personal data in the record, so a new one is never made beside a record that exists.
What a key file holds and what it is used for is `records/crypto.py`.
"""

import sys
from pathlib import Path

from operations.settings import Settings, SettingsError
from records.crypto import load_keys, make_key_file
from records.errors import KeyFileUnusable


def make_home(settings: Settings) -> None:
    """Make the home readable by its owner alone, with its folders, and the key if it is the first start."""
    home = settings.wanjia_home
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        home.chmod(0o700)
        for folder in ("logs", "run"):
            (home / folder).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        why = "不是目录" if isinstance(error, FileExistsError | NotADirectoryError) else "不能在那里建立或写入"
        raise SettingsError(f"数据目录 {home} 不能使用（{why}），请改 WANJIA_HOME，或改它的权限。") from None
    if settings.key_path.exists():
        _check_key(settings.key_path)
        return
    if settings.wanjia_key_file is not None:
        raise SettingsError(
            f"WANJIA_KEY_FILE 指的密钥文件不存在：{settings.key_path}。"
            f"新装可用 python -m operations.key_file {settings.key_path} 生成；旧装请从备份取回。"
        )
    if settings.database_url or (home / "record.db").exists():
        raise SettingsError(
            f"密钥文件不见了：{settings.key_path}。没有它，档案里的身份证号和电话读不出来，请从备份取回；"
            f"确是新装的，用 python -m operations.key_file {settings.key_path} 生成。"
        )
    make_key_file(settings.key_path)


def _check_key(path: Path) -> None:
    try:
        load_keys(path)
    except KeyFileUnusable as error:
        raise SettingsError(error.message) from None


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("用法：python -m operations.key_file 文件")
    try:
        make_key_file(Path(sys.argv[1]))
    except FileExistsError:
        sys.exit(f"{sys.argv[1]} 已经存在，没有改动。")
