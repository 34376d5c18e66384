"""The picture of a seal (印模): a red ring with the office's name, made once for each name and kept as a small PDF."""

import os
from datetime import date
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from documents.typesetting import FORMS, Typesetter

TEST = "测试印章"
REAL = "就业援助专用章"
_DATED = date(2026, 1, 1)
_FORM = sha256((FORMS / "seal.typ").read_bytes()).hexdigest()[:8]


class SealPictures:
    """Owns a folder of pictures; several processes may share it."""

    def __init__(self, folder: Path, typesetter: Typesetter) -> None:
        self._folder = folder
        self._typesetter = typesetter

    def of(self, name: str, below: str) -> Path:
        """Return the file with the seal of an office."""
        of_words = sha256("\0".join((name, below)).encode()).hexdigest()[:24]
        place = self._folder / f"{of_words}-{_FORM}.pdf"
        if not place.exists():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            half = place.with_name(f".{place.name}.{token_hex(6)}")
            half.write_bytes(self._typesetter.pdf("seal", {"name": name, "below": below}, _DATED))
            os.replace(half, place)
        return place
