"""Load a locality's policy pack: its TOML file over that of its parent, checked, with errors that name file and key.

Reads files, so it is called at the edges; workflows are handed the loaded `Policy`.  The packs are in `packs/*.toml`.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from policies.errors import PolicyError
from policies.schema import Policy

PACKS = Path(__file__).with_name("packs")

_OWN = ("pack_id", "version", "name", "citation", "effective_from", "parent", "areas")
"""Never inherited: a pack says these of itself."""


def pack_ids(directory: Path = PACKS) -> tuple[str, ...]:
    """Return the ids of all packs, sorted."""
    return tuple(sorted(path.stem for path in directory.glob("*.toml")))


@cache
def load_pack(pack_id: str, directory: Path = PACKS) -> Policy:
    """Return the policy with this id, its terms over those of its parents.

    Raises PolicyError: `unknown_pack`, `bad_toml`, `bad_parent`, `bad_pack`.
    """
    raw = _merged(pack_id, directory, ())
    try:
        return Policy.model_validate(raw)
    except ValidationError as error:
        raise _said_in_chinese(error, pack_id) from error


def pack_for(area: str, directory: Path = PACKS) -> Policy:
    """Return the policy whose area prefix fits a division code most closely.  Raises PolicyError `unknown_area`."""
    packs = (load_pack(pack_id, directory) for pack_id in pack_ids(directory))
    fits = [(len(p), pack.effective_from, pack) for pack in packs for p in pack.areas if area.startswith(p)]
    if not fits:
        raise PolicyError("unknown_area", f"行政区划代码 {area} 没有对应的办法，请在 policies/packs 中增加该地的办法")
    return max(fits, key=lambda fit: fit[:2])[2]


def _merged(pack_id: str, directory: Path, below: tuple[str, ...]) -> dict[str, Any]:
    own = _read(pack_id, directory, child=below[-1] if below else None)
    parent = own.setdefault("parent", None)
    if parent is None:
        return own
    file = f"{pack_id}.toml"
    if not isinstance(parent, str) or parent in (*below, pack_id):
        raise PolicyError("bad_parent", f"{file} 的 parent 循环引用或不是办法编号", file=file, key="parent")
    merged = _merged(parent, directory, (*below, pack_id))
    for key in _OWN:
        merged.pop(key, None)
    for key, value in own.items():
        group = merged.get(key)
        merged[key] = {**group, **value} if isinstance(group, dict) and isinstance(value, dict) else value
    return merged


def _read(pack_id: str, directory: Path, *, child: str | None) -> dict[str, Any]:
    file = f"{pack_id}.toml"
    if pack_id not in pack_ids(directory):
        known = "、".join(pack_ids(directory))
        if child is not None:
            raise PolicyError(
                "bad_parent", f"{child}.toml 的 parent 为 {pack_id}，没有这个办法", file=f"{child}.toml", key="parent"
            )
        raise PolicyError("unknown_pack", f"没有编号为 {pack_id} 的办法，可用的有：{known}", key="pack_id")
    try:
        raw = tomllib.loads((directory / file).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError("bad_toml", f"{file} 不是正确的 UTF-8 TOML 文件：{error}", file=file) from error
    if raw.get("pack_id") != pack_id:
        raise PolicyError("bad_pack", f"{file} 的 pack_id 应与文件名一致，即 {pack_id}", file=file, key="pack_id")
    return raw


def _said_in_chinese(error: ValidationError, pack_id: str) -> PolicyError:
    """Turn pydantic's findings into one message; the first names the key."""
    found = [(_key(detail), _reason(detail)) for detail in error.errors()]
    said = "；".join(f"{key} {reason}" for key, reason in found[:5])
    more = f"；另有 {len(found) - 5} 处" if len(found) > 5 else ""
    file = f"{pack_id}.toml"
    return PolicyError("bad_pack", f"{file} 有误：{said}{more}", file=file, key=found[0][0])


def _key(detail: ErrorDetails) -> str:
    return ".".join(str(part) for part in detail["loc"]) or "（整个文件）"


def _reason(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return '缺少，请补上（各项写作 { value = …, basis = "…" }）'
        case "extra_forbidden":
            return "是不认识的键，请检查拼写"
        case "literal_error":
            return f"只能是 {context.get('expected', '')}".replace(" or ", " 或 ")
        case "value_error":
            return str(context.get("error", "不合要求"))
        case "greater_than_equal":
            return f"不能小于 {context.get('ge')}"
        case "less_than_equal":
            return f"不能大于 {context.get('le')}"
        case "too_short" | "string_too_short":
            return "太短或为空"
        case other:
            return f"值的类型或写法不对（{other}）"
