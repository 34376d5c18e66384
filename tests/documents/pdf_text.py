"""The text layer (文字层) of a PDF as a reader's search or copy would get it: shown glyphs through ToUnicode."""

import re
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader

_TOKEN = re.compile(rb"/(\w+)\s+[\d.]+\s+Tf|\(|<([0-9A-Fa-f\s]+)>(?!>)")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|[\s\S])")
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """Return the text of all pages, in the order in which it is drawn."""
    reader = PdfFileReader(BytesIO(pdf))
    return "\n".join(_page(page) for page in _pages(reader.root["/Pages"]))


def _pages(node: Any) -> Any:
    for kid in node["/Kids"]:
        one = kid.get_object() if hasattr(kid, "get_object") else kid
        if "/Kids" in one:
            yield from _pages(one)
        else:
            yield one


def _page(page: Any) -> str:
    fonts = {
        name[1:]: _letters(fonts[name]["/ToUnicode"].data) for fonts in [page["/Resources"]["/Font"]] for name in fonts
    }
    letters: dict[int, str] = {}
    out, content, at = [], page["/Contents"].data, 0
    while (found := _TOKEN.search(content, at)) is not None:
        at = found.end()
        if found[1]:
            letters = fonts[found[1].decode()]
            continue
        raw = bytes.fromhex(found[2].decode()) if found[2] else b""
        if not found[2]:
            end = _end_of_string(content, at)
            raw, at = _ESCAPE.sub(_plain, content[at : end - 1]), end
        out.append("".join(letters.get(int.from_bytes(raw[i : i + 2]), "") for i in range(0, len(raw), 2)))
    return "".join(out)


def _end_of_string(content: bytes, at: int) -> int:
    """Brackets within a string may stand as they are when they are in pairs."""
    depth = 1
    while depth:
        depth += {0x28: 1, 0x29: -1}.get(content[at], 0)
        at += 2 if content[at] == 0x5C else 1
    return at


def _plain(found: re.Match[bytes]) -> bytes:
    said = found[1]
    if said[:1].isdigit():
        return bytes([int(said, 8) & 0xFF])
    return _NAMED.get(said, said)


def _letters(cmap: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for glyph, letter in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(glyph, 16)] = bytes.fromhex(letter.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, letter in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            begun = ord(bytes.fromhex(letter.decode()).decode("utf-16-be")[-1])
            for place in range(int(first, 16), int(last, 16) + 1):
                found[place] = chr(begun + place - int(first, 16))
    return found
