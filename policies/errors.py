"""The one way in which policy data says no: a file, a line, a key, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (or, as a hint, could be better) in a file; `line` counts from 1, None if it has none."""

    file: str
    key: str
    reason: str
    line: int | None = None

    @property
    def words(self) -> str:
        """The finding as people read it: dalian-2008.toml 第12行 promise.length 缺少……"""
        place = f"{self.file} 第{self.line}行" if self.line else self.file
        return f"{place}　{self.key}　{self.reason}"


class PolicyError(Exception):
    """A pack or a holiday schedule that cannot be used.

    `code` is stable (`unknown_pack`, `unknown_version`, `unknown_area`, `bad_toml`, `bad_pack`, `bad_parent`,
    `bad_calendar`); `message` is Chinese and names the file and the key; `file`, `line` and `key` say where;
    `findings` are all of them.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        file: str | None = None,
        key: str | None = None,
        line: int | None = None,
        findings: tuple[Finding, ...] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.file = file
        self.key = key
        self.line = line
        self.findings = findings or ((Finding(file, key or "（整个文件）", message, line),) if file else ())
