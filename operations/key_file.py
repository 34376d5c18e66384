"""The key file (密钥文件) of an installation: 32 random bytes as hex, made once at set-up, never in the repository.

Whoever loses it loses the personal data in the record, so a new one is never made beside a record that exists.
What the key is used for lives in `records/`.
"""

import os
import secrets
import sys
from pathlib import Path

from operations.settings import Settings, SettingsError

KEY_BYTES = 32


def make_home(settings: Settings) -> None:
    """Make the home (数据目录) readable by its owner alone, with its folders, and the key if it is the first start."""
    home = settings.wanjia_home
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        home.chmod(0o700)
        for folder in ("logs", "run"):
            (home / folder).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"数据目录 {home} 不能使用（{error.strerror}），请改 WANJIA_HOME。") from None
    if settings.key_path.exists():
        read_key(settings.key_path)
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
    make_key(settings.key_path)


def make_key(path: Path) -> None:
    """Write a new key for its owner alone; complete or not at all, and never over an existing one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    finally:
        draft.unlink()


def read_key(path: Path) -> bytes:
    """Return the 32 bytes of the key; `SettingsError` when the file is not one."""
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        raise SettingsError(f"密钥文件读不出来：{path}") from None
    if len(key) != KEY_BYTES:
        raise SettingsError(f"密钥文件应是 {KEY_BYTES} 个字节的十六进制：{path}")
    return key


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("用法：python -m operations.key_file 文件")
    try:
        make_key(Path(sys.argv[1]))
    except FileExistsError:
        sys.exit(f"{sys.argv[1]} 已经存在，没有改动。")
