"""The press (制作): a reserved paper's words become its file, typeset and sealed.  Owns the compiler and the seals."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from documents.paper_kinds import PaperKind
from documents.seal_check import MARK
from documents.seal_configured import read_seals
from documents.seal_keys import MadeKeys, Sealer
from documents.seal_picture import SealPictures
from documents.seal_port import SealService, SealWanted
from documents.typesetting import Typesetter


@dataclass(frozen=True, slots=True)
class Settings:
    """Where made seal keys lie, where the fonts are (None: the system's), and the file that names real seals."""

    folder: Path
    fonts: Path | None = None
    seals_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """What makes files.  Typesetting is one at a time; sealing is not."""

    typesetter: Typesetter
    seals: SealService

    def make(self, kind: PaperKind, data: dict[str, Any], on: date, *, paper_id: str, issuer: str, seal: bool) -> bytes:
        """Return a paper's file; raises `FontsMissing`, `CharacterMissing`, `SealFailed`."""
        whole = data | {"mark": MARK + data["code"].replace("-", "")}
        pdf = self.typesetter.pdf(kind.looks.form, whole, on)
        if not seal:
            return pdf
        return self.seals.seal(SealWanted(_request_id(paper_id, pdf), issuer, data["issuer"], pdf))


def _request_id(paper_id: str, pdf: bytes) -> str:
    """The same words of a paper are the same request, however often it is sent; other words are another."""
    return f"{paper_id}-{sha256(pdf).hexdigest()[:12]}"


def press_of(settings: Settings, sealer: Sealer) -> Press:
    """Return the press of an installation; raises `SealsWrong`."""
    typesetter = Typesetter(settings.fonts)
    made, pictures = MadeKeys(settings.folder, sealer), SealPictures(settings.folder / "pictures", typesetter)
    return Press(typesetter, read_seals(settings.seals_file, made, pictures))
