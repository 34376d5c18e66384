"""Where a key stands in a TOML file (行号): the parser does not say, and people who correct a file need the line.

Only keys and table headers are looked for; what a value holds is the parser's business.
"""

import re
import tomllib

_HEADER = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_.\"' -]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_.\"' -]+?)\s*=")
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9_-]+)")
_AT_LINE = re.compile(r"at line (\d+), column (\d+)")
_LONG = re.compile(r'"""|\'\'\'')


def lines_of(text: str) -> dict[tuple[str, ...], int]:
    """Return the line (from 1) of every key and table header, by its full path."""
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        quotes = len(_LONG.findall(line))
        if inside:
            inside = quotes % 2 == 0
            continue
        inside = quotes % 2 == 1
        if header := _HEADER.match(line):
            table = _parts(header[1])
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, *_parts(key[1])), number)
    return found


def line_of(text: str, path: tuple[str, ...]) -> int | None:
    """Return the line of a key, or of the nearest one around it; None when the file says nothing of it."""
    known = lines_of(text)
    return next((known[path[:n]] for n in range(len(path), 0, -1) if path[:n] in known), None)


def _parts(written: str) -> tuple[str, ...]:
    return tuple(next(p for p in part if p) for part in _PART.findall(written) if any(part))


def wrong_at(error: tomllib.TOMLDecodeError | UnicodeDecodeError | OSError) -> tuple[str, int | None]:
    """Return in Chinese what is wrong with a file that cannot be read as TOML, and the line where the parser says it.

    The parser speaks English; whoever corrects the file does not have to.
    """
    if isinstance(error, UnicodeDecodeError):
        return "不是 UTF-8 编码，请另存为 UTF-8 后再试", None
    if isinstance(error, OSError):
        return "读不出来，请检查权限", None
    at = _AT_LINE.search(str(error))
    if at is None:
        return "在结尾处不完整，缺少引号或括号，请补上", None
    return f"第{at[2]}列附近不合 TOML 写法；文字加引号，日期不加引号，请核对", int(at[1])
