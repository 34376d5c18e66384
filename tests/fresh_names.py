"""Names nobody else has: of letters alone, because a made-up number of digits can read as a door or a telephone."""

from uuid import uuid4

_LETTERS = str.maketrans("0123456789", "ghjkmnpqrt")


def fresh(length: int = 8) -> str:
    """Return small letters that no other test was given."""
    return uuid4().hex[:length].translate(_LETTERS)
