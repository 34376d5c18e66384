"""How many parts a text message takes (短信计费条数).

Our notices are Chinese, so they always travel as UCS-2: 70 code units in a single message, 67 in each part of a longer
one (the rest carries the part's number).  A character outside the basic plane (such as 𠮷) is two code units, and its
two halves never go into different parts.  The 160 characters of the GSM 7-bit alphabet are not counted here: a message
with one Chinese character cannot use it, and every notice carries a Chinese sign.
"""

SINGLE_UNITS = 70
PART_UNITS = 67


def code_units(text: str) -> int:
    """Return the length in UCS-2 (UTF-16) code units: 1 for most characters, 2 beyond the basic plane."""
    return sum(_units(character) for character in text)


def split_parts(text: str) -> tuple[str, ...]:
    """Return the parts in which a carrier delivers `text`; an empty text has none."""
    if not text:
        return ()
    if code_units(text) <= SINGLE_UNITS:
        return (text,)
    parts: list[str] = []
    current, used = "", 0
    for character in text:
        if used + _units(character) > PART_UNITS:
            parts.append(current)
            current, used = "", 0
        current += character
        used += _units(character)
    return (*parts, current)


def count_parts(text: str) -> int:
    """Return the number of messages the carrier counts for `text`."""
    return len(split_parts(text))


def _units(character: str) -> int:
    return 2 if ord(character) > 0xFFFF else 1
