"""The files of the packs (办法文件): which packs and versions (版本) there are, and what each file says by itself.

`<id>.toml` is the first line of a pack; each later version is a file beside it, `<id>@<version>.toml`, with an
`effective_from` (施行日期) of its own.  Putting a file over its parents and checking the whole is in `packs.py`.
"""

import itertools
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from policies.errors import PolicyError
from policies.toml_lines import wrong_at

PACKS = Path(__file__).with_name("packs")


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file as written; `text` is kept for line numbers."""

    pack_id: str
    version: str
    effective_from: date
    file: str
    text: str

    @property
    def raw(self) -> dict[str, Any]:
        """The keys of the file, as the parser gives them; fresh at every call."""
        return tomllib.loads(self.text)

    @property
    def parent(self) -> object:
        """What the file says is above it; asked at every choice of a policy, so it is read once."""
        return _parent(self.text)

    @property
    def label(self) -> str:
        return f"{self.pack_id}@{self.version}"


@lru_cache(maxsize=256)
def _parent(text: str) -> object:
    return tomllib.loads(text).get("parent")


def split_label(label: str) -> tuple[str, str | None]:
    """Split "jilin-2021@2" into the pack's id and the version, None when no version is named."""
    pack_id, at, version = label.partition("@")
    return pack_id, version if at else None


def pack_ids(directory: Path = PACKS) -> tuple[str, ...]:
    """Return the ids of all packs, sorted."""
    return tuple(sorted({split_label(path.stem)[0] for path in directory.glob("*.toml")}))


def versions_of(pack_id: str, directory: Path = PACKS) -> tuple[PackFile, ...]:
    """Return the versions of a pack by the day from which they hold.  Raises PolicyError."""
    if pack_id not in pack_ids(directory):
        known = "、".join(pack_ids(directory))
        raise PolicyError("unknown_pack", f"没有编号为 {pack_id} 的办法，可用的有：{known}", key="pack_id")
    paths = [p for p in directory.glob("*.toml") if split_label(p.stem)[0] == pack_id]
    files = sorted((read_file(path) for path in paths), key=lambda f: (f.effective_from, f.version))
    for earlier, later in itertools.pairwise(files):
        if earlier.version == later.version or earlier.effective_from == later.effective_from:
            what = "version" if earlier.version == later.version else "effective_from"
            raise PolicyError(
                "bad_pack",
                f"{later.file} 的 {what} 与 {earlier.file} 相同，各版本的编号和施行日期都不能重复",
                file=later.file,
                key=what,
            )
    return tuple(files)


def chosen(pack_id: str, directory: Path, *, version: str | None = None, on: date | None = None) -> PackFile:
    """Return the version asked for: by its name, by the day on which it is in force, or the first line of the pack.

    Before the first version's day the first one is taken: a locality is never without a policy.
    """
    files = versions_of(pack_id, directory)
    if version is not None:
        found = next((f for f in files if f.version == version), None)
        if found is None:
            known = "、".join(f.version for f in files)
            raise PolicyError(
                "unknown_version", f"办法 {pack_id} 没有第 {version} 版，可用的有：{known}", key="version"
            )
        return found
    if on is not None:
        return next((f for f in reversed(files) if f.effective_from <= on), files[0])
    return next((f for f in files if f.file == f"{pack_id}.toml"), files[0])


def read_file(path: Path) -> PackFile:
    """Return one file with what names it checked.  Raises PolicyError `bad_toml` or `bad_pack`."""
    return _read(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=256)
def _read(path: Path, _changed: int) -> PackFile:
    file = path.name
    try:
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        wrong, at = wrong_at(error)
        place = f"{file} 第{at}行" if at else file
        raise PolicyError("bad_toml", f"{place} 不是正确的 UTF-8 TOML 文件：{wrong}", file=file, line=at) from error
    pack_id, version = split_label(path.stem)
    if raw.get("pack_id") != pack_id:
        raise PolicyError("bad_pack", f"{file} 的 pack_id 应与文件名一致，即 {pack_id}", file=file, key="pack_id")
    said = raw.get("version")
    if not isinstance(said, str) or (version is not None and said != version):
        fix = f"与文件名一致，即 {version}" if version else '写成带引号的文字，如 "1"'
        raise PolicyError("bad_pack", f"{file} 的 version 应{fix}", file=file, key="version")
    day = raw.get("effective_from")
    if type(day) is not date:
        raise PolicyError(
            "bad_pack",
            f"{file} 的 effective_from 应为施行日期，如 2021-06-30（不加引号）",
            file=file,
            key="effective_from",
        )
    return PackFile(pack_id, said, day, file, text)
