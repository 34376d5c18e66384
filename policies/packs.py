"""Load a locality's policy pack (办法): its file over that of its parent, with errors that name the place.

Reads files, so it is called at the edges; workflows are handed the loaded `Policy`.  The packs are in `packs/*.toml`;
which files and versions there are is in `pack_files.py`, what diffs and checks say in `pack_diff.py`, `pack_check.py`.
"""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from policies.errors import Finding, PolicyError
from policies.pack_files import PACKS, PackFile, chosen, pack_ids, split_label, versions_of
from policies.schema import Policy
from policies.toml_lines import line_of

__all__ = ["PACKS", "load_pack", "pack_for", "pack_ids", "policy_of", "versions_of"]

_OWN = ("pack_id", "version", "name", "citation", "effective_from", "parent", "areas", "replaces")
"""Never inherited from another pack: a pack says these of itself."""

_OF_A_VERSION = ("pack_id", "version", "effective_from", "parent")
"""Never inherited from an earlier version of the same pack."""


def load_pack(pack_id: str, directory: Path = PACKS, *, version: str | None = None, on: date | None = None) -> Policy:
    """Return a policy, its terms over those of its parents: the version named, in force `on` a day, or first.

    `pack_id` may name the version itself: "jilin-2021@2".
    Raises PolicyError: `unknown_pack`, `unknown_version`, `bad_toml`, `bad_parent`, `bad_pack`.
    """
    name, named = split_label(pack_id)
    return policy_of(chosen(name, directory, version=version or named, on=on), directory)


def policy_of(file: PackFile, directory: Path = PACKS) -> Policy:
    """Return the whole policy of one file, which need not lie in the directory of its parents."""
    return _checked(chain_of(file, directory))


def pack_for(area: str, directory: Path = PACKS, *, on: date | None = None) -> Policy:
    """Return the policy whose area prefix fits a division code most closely, in its version in force on a day.

    Of two packs for the same area the later one in force counts.  Raises PolicyError `unknown_area`.
    """
    packs = [load_pack(pack_id, directory, on=on) for pack_id in pack_ids(directory)]
    fits = [
        (len(p), on is None or pack.effective_from <= on, pack.effective_from, pack)
        for pack in packs
        for p in pack.areas
        if area.startswith(p)
    ]
    if not fits:
        raise PolicyError("unknown_area", f"行政区划代码 {area} 没有对应的办法，请在 policies/packs 中增加该地的办法")
    return max(fits, key=lambda fit: fit[:3])[3]


def chain_of(file: PackFile, directory: Path) -> tuple[PackFile, ...]:
    """Return the file and those above it, the uppermost last."""
    chain = [file]
    while (parent := chain[-1].parent) is not None:
        child = chain[-1]
        if not isinstance(parent, str):
            raise _bad_parent(child, "应写作上级办法的编号，如 national-2007")
        name, version = split_label(parent)
        if name not in pack_ids(directory) and name != child.pack_id:
            raise _bad_parent(child, f"为 {parent}，没有这个办法")
        if name == child.pack_id and version is None:
            raise _bad_parent(child, f"循环引用自己；沿用本办法以前的版本须写明版本，如 {name}@1")
        try:
            above = chosen(name, directory, version=version, on=child.effective_from)
        except PolicyError as error:
            if error.code != "unknown_version":
                raise
            raise _bad_parent(child, f"为 {parent}，没有这个版本") from error
        if above.label in (f.label for f in chain):
            raise _bad_parent(child, "循环引用")
        if name == child.pack_id and above.effective_from >= child.effective_from:
            raise _bad_parent(child, f"为 {parent}，其施行日期不早于本版本，只能沿用以前的版本")
        chain.append(above)
    return tuple(chain)


def _bad_parent(file: PackFile, reason: str) -> PolicyError:
    line = line_of(file.text, ("parent",))
    message = f"{file.file} 第{line}行的 parent {reason}"
    return PolicyError(
        "bad_parent",
        message,
        file=file.file,
        key="parent",
        line=line,
        findings=(Finding(file.file, "parent", reason, line),),
    )


@lru_cache(maxsize=256)
def _checked(chain: tuple[PackFile, ...]) -> Policy:
    try:
        return Policy.model_validate(_merged(chain))
    except ValidationError as error:
        raise _said_in_chinese(error, chain) from error


def _merged(chain: tuple[PackFile, ...]) -> dict[str, Any]:
    """Put each file over those above it, term by term: a value is replaced together with its basis."""
    merged: dict[str, Any] = {}
    for above, file in zip((None, *reversed(chain)), reversed(chain), strict=False):
        same = above is not None and above.pack_id == file.pack_id
        for key in _OF_A_VERSION if same else _OWN:
            merged.pop(key, None)
        for key, value in file.raw.items():
            group = merged.get(key)
            merged[key] = {**group, **value} if isinstance(group, dict) and isinstance(value, dict) else value
    merged.setdefault("parent", None)
    return merged


def _said_in_chinese(error: ValidationError, chain: tuple[PackFile, ...]) -> PolicyError:
    """Turn pydantic's findings into one message; the first names the key."""
    findings = tuple(_finding(detail, chain) for detail in error.errors())
    said = "；".join(f"{_place(f, chain[0])}{f.key} {f.reason}" for f in findings[:5])
    more = f"；另有 {len(findings) - 5} 处" if len(findings) > 5 else ""
    file = chain[0].file
    return PolicyError(
        "bad_pack",
        f"{file} 有误：{said}{more}",
        file=file,
        key=findings[0].key,
        line=findings[0].line,
        findings=findings,
    )


def _place(finding: Finding, own: PackFile) -> str:
    where = "" if finding.file == own.file else f"{finding.file} "
    return f"{where}第{finding.line}行 " if finding.line else where


def _finding(detail: ErrorDetails, chain: tuple[PackFile, ...]) -> Finding:
    """Say where: in the nearest file that has the key, else where the key's group begins."""
    path = tuple(str(part) for part in detail["loc"])
    key, reason = ".".join(path) or "（整个文件）", _reason(detail)
    file = chain[0] if path[0] in _OWN else next((f for f in chain if _has(f.raw, path[:2])), chain[0])
    return Finding(file.file, key, reason, line_of(file.text, path))


def _has(raw: dict[str, Any], path: tuple[str, ...]) -> bool:
    here: Any = raw
    for part in path:
        if not isinstance(here, dict) or part not in here:
            return False
        here = here[part]
    return bool(path)


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
        case "string_too_long":
            return f"太长，不能超过 {context.get('max_length')} 字"
        case "string_pattern_mismatch":
            return "写法不对"
        case "int_parsing" | "int_type" | "int_from_float":
            return "应为整数"
        case "bool_parsing" | "bool_type":
            return "应为 true 或 false"
        case "string_type":
            return "应为加引号的文字"
        case "tuple_type" | "list_type":
            return '应为列表，如 ["甲", "乙"]'
        case "model_type" | "model_attributes_type" | "dict_type":
            return '应写作 { value = …, basis = "…" }'
        case other:
            return f"值的类型或写法不对（{other}）"
