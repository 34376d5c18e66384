"""The one way in which policy data says no: a file, a key, and what to do about it."""


class PolicyError(Exception):
    """A pack or a holiday schedule that cannot be used.

    `code` is stable (`unknown_pack`, `bad_toml`, `bad_pack`, `bad_parent`, `bad_calendar`); `message` is Chinese and
    names the file and the key; `file` and `key` say where.
    """

    def __init__(self, code: str, message: str, *, file: str | None = None, key: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.file = file
        self.key = key
