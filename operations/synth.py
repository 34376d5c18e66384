"""`wanjia synth`: a synthetic province (合成省份) in a record of its own, for measurements and training.

Nobody in it exists.  What is made is in `synth_fill.py`; only an empty folder is filled.
"""

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from operations.synth_fill import chosen_lives, fill_province, templates_of
from records.crypto import load_keys, make_key_file
from records.engine import Record
from records.migrations import upgrade

DISTINCT = 60
"""Different histories; each is lived by many households with other people in other places."""

ROOM, REGISTER_ROOM = 170_000, 8_000
"""Bytes on disk of a household with its whole history, and of its lines in the register alone; measured, rounded up."""


def synth(
    households: Annotated[int, typer.Option(min=1, max=900_000, help="多少户。")] = 143_000,
    seed: Annotated[int, typer.Option(min=0, max=9_999, help="种子：同一种子得到同样的数据。")] = 1,
    to: Annotated[Path, typer.Option(help="放在哪个目录（应为空或不存在）。")] = Path("var/province"),
    processes: Annotated[int, typer.Option(min=1, max=64, help="用几个进程。")] = 2,
    register_only: Annotated[
        bool,
        typer.Option("--register-only", help="只要台账、统计和报表用的数据，不要办理经过（快得多）。"),
    ] = False,
    password: Annotated[str, typer.Option(help="账号的密码；不填则不能登录。")] = "",
) -> int:
    """合成一个省的数据：真实区划、虚构的家庭和一年多的办理经过，全部不是真人。"""
    if to.exists() and any(to.iterdir()):
        raise typer.BadParameter(f"{to} 不是空目录，请换一个目录，以免与已有数据混在一起。", param_hint="--to")
    to.mkdir(parents=True, exist_ok=True)
    require_room(to, households * (REGISTER_ROOM if register_only else ROOM))
    make_key_file(to / "key")
    secrets = tuple(bytes.fromhex(line) for line in (to / "key").read_text(encoding="ascii").split())
    record = Record(f"sqlite:///{to / 'record.db'}", load_keys(to / "key"))
    upgrade(record.engine)
    templates = templates_of(chosen_lives(seed, DISTINCT), secrets)
    fill_province(
        record,
        secrets,
        templates,
        households,
        seed=seed,
        processes=processes,
        password=password or None,
        register_only=register_only,
        told=_told,
    )
    record.close()
    typer.echo(f"已合成 {households} 户：{to / 'record.db'}")
    return 0


def require_room(to: Path, wanted: int) -> None:
    """Say beforehand how much will be written; a full disk would stop the work near its end."""
    free = shutil.disk_usage(to).free
    size = f"约 {wanted / 1e9:.1f} GB"
    if free < wanted:
        words = f"需要{size}，{to} 所在磁盘只剩 {free / 1e9:.1f} GB。请换一个目录、减少户数，或加 --register-only。"
        raise typer.BadParameter(words, param_hint="--to")
    sys.stderr.write(f"将写入{size}。\n")


def _told(done: int, total: int) -> None:
    if done % 1_000 == 0 or done == total:
        sys.stderr.write(f"\r已写入 {done} / {total} 户" + ("\n" if done == total else ""))
        sys.stderr.flush()
