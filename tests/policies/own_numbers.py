"""How to find one of our own numbers (J10, A7) standing bare in what people read."""

import re

_BARE = re.compile(r"(?<![0-9A-Za-z_@/#.-])[AJNLC]\d{1,2}(?![0-9A-Za-z_-])")
_THINGS = re.compile(r"A[34]纸|N95口罩")


def bare_numbers(text: str) -> list[str]:
    """Return our numbers that stand bare in a text, each with what is around it."""
    text = _THINGS.sub("", text)
    return [text[max(0, found.start() - 20) : found.end() + 10] for found in _BARE.finditer(text)]
