"""What a reader sees in place of our own numbers (出处): "（A30）" and "J21；…" become documents, clauses, or 内部规定.

Rules and packs cite rows of the requirements register (J10, N14) and decisions (A7); stored decisions keep them for
good.  Pages, papers and messages pass what they show through `cited`.  The table is `citations.toml`.  Pure.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "citations.toml"
INTERNAL = "内部规定"

_ID = r"[AJNLC]\d{1,2}"
_IDS = rf"{_ID}(?:[、， ]{_ID})*"
_ALONE = re.compile(rf"(?:^|(?<=；)|(?<=依据：)){_IDS}(?=[；：]|$)")
_IN_BRACKETS = re.compile(rf"（{_IDS}）")
_LAST_IN_BRACKETS = re.compile(rf"[，、；]{_IDS}）")


def cited(text: str) -> str:
    """Return a clause as people read it; text without our numbers comes back as it is.

    A number counts only where rules write one: alone, before "；" or "：", or at the end in brackets.  "A4纸" stays.
    """
    if not text:
        return text
    text = _ALONE.sub(lambda found: "；".join(_named(found[0])), text)
    text = _IN_BRACKETS.sub(lambda found: _bracketed(found, "（", "）"), text)
    return _LAST_IN_BRACKETS.sub(lambda found: _bracketed(found, "，", "") + "）", text)


@lru_cache(maxsize=1)
def table() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return what stands in documents and what is our own rule, each by its number."""
    read = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return read["documents"], read["internal"]


def _named(ids: str) -> list[str]:
    """Return each source in full, once; our own rules say what they are, for nothing else does."""
    documents, internal = table()
    says = (
        documents.get(i) or (f"{INTERNAL}：{internal[i]}" if i in internal else INTERNAL) for i in re.findall(_ID, ids)
    )
    return list(dict.fromkeys(says))


def _bracketed(found: re.Match[str], opens: str, closes: str) -> str:
    """Return the sources behind words that say the rule already: what the same sentence cites is not said again."""
    documents, _ = table()
    before = found.string[: found.start()].rpartition("；")[2]
    sources = dict.fromkeys(documents.get(i, INTERNAL) for i in re.findall(_ID, found[0]))
    fresh = [source for source in sources if source not in before]
    return f"{opens}{'；'.join(fresh)}{closes}" if fresh else ""
