"""The evidence store (证据库): what people hand in, encrypted on disk under the keyed digest of its content.

The same content is one file, whoever hands it in.  The digest is keyed and the content sealed to it, so that neither
name nor place of a file tells what it is.  Who handed in what, and who may look, is not known here.
"""

import os
import re
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Protocol

from casework.errors import CaseworkError

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Sealer(Protocol):
    """What the store asks of the keys of the record."""

    def seal(self, plain: bytes, where: str) -> bytes: ...

    def open(self, sealed: bytes, where: str) -> bytes: ...

    def blind_index(self, kind: str, normalised: str) -> str: ...


class EvidenceLost(CaseworkError):
    """The record knows of a file that the store does not have: it must be brought back from a backup."""

    def __init__(self) -> None:
        super().__init__("evidence_lost", "这个文件不在证据库里，请告诉管理员从备份取回。")


class EvidenceStore:
    """Owns one directory.  Files appear whole or not at all; several processes may share it."""

    def __init__(self, directory: Path, sealer: Sealer) -> None:
        self._directory = directory
        self._sealer = sealer

    def put(self, content: bytes) -> str:
        """Keep a file and return its digest."""
        digest = self.digest_of(content)
        place = self._place(digest)
        if place.exists():
            return digest
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = place.with_name(f".{digest}.{token_hex(6)}")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(self._sealer.seal(content, f"evidence:{digest}"))
            file.flush()
            os.fsync(file.fileno())
        half.replace(place)
        return digest

    def digest_of(self, content: bytes) -> str:
        """Return the keyed digest that a content has here, whether or not it is kept."""
        return self._sealer.blind_index("evidence", sha256(content).hexdigest())

    def get(self, digest: str) -> bytes:
        """Return a file; raises `EvidenceLost` when it is not there, `KeyFileUnusable` when it was changed."""
        try:
            sealed = self._place(digest).read_bytes()
        except FileNotFoundError:
            raise EvidenceLost from None
        return self._sealer.open(sealed, f"evidence:{digest}")

    def remove(self, digest: str) -> None:
        """Forget a file that nothing refers to any more."""
        self._place(digest).unlink(missing_ok=True)

    def _place(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise EvidenceLost
        return self._directory / digest[:2] / digest
