"""What the bytes of a PDF tell of its seal (验章): whose it is, and whether anything was changed or added since.

Only the signed byte ranges and the signature itself are looked at, never the drawing of the file: a hostile file can
neither unpack itself nor run anything here.  What is on record of a paper is not known here: see `desk/verifying.py`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from asn1crypto import cms
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

MARK = "wanjia-paper/"
_MARK = re.compile(rb"wanjia-paper/([0-9A-HJKMNP-TV-Z]{12})(?![0-9A-Za-z])")
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s*\]")
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
MOST_SEALS, MOST_MARKS = 8, 4
"""A paper of ours has one of each; more is somebody's play."""
LONGEST_SEAL = 2**18
"""Hexadecimal digits a signature may take; ours take 16,000, and whole certificate chains an eighth of this."""


class SealState(StrEnum):
    """What was found."""

    NONE = "none"
    WHOLE = "whole"
    """One of the known seals, and every byte is as it was sealed."""
    ADDED = "added"
    """A known seal over what it sealed, but something was put behind it."""
    CHANGED = "changed"
    """A seal that does not fit what it stands on."""
    OTHER = "other"
    """A seal that holds, by a key that is none of the known ones."""


@dataclass(frozen=True, slots=True)
class SealFound:
    """The state of a file, and the marks of our papers that it carries."""

    state: SealState
    marks: tuple[str, ...]


def is_pdf(content: bytes) -> bool:
    """Say whether it begins as a PDF does."""
    return b"%PDF-" in content[:1024]


def look_at(content: bytes, known: Iterable[bytes]) -> SealFound:
    """Return what a file tells; `known` are the certificates (DER) of our seals."""
    marks = tuple(dict.fromkeys(found.decode() for found in _MARK.findall(content)))[:MOST_MARKS]
    ours = frozenset(known)
    ranges = [tuple(int(part) for part in found) for found in _RANGE.findall(content)[:MOST_SEALS]]
    states = [_one(content, at, ours) for at in ranges]
    for state in (SealState.CHANGED, SealState.OTHER, SealState.ADDED, SealState.WHOLE):
        if state in states:
            return SealFound(state, marks)
    return SealFound(SealState.NONE, marks)


def _one(content: bytes, at: tuple[int, ...], ours: frozenset[bytes]) -> SealState:
    begin, first, second, length = at
    if begin != 0 or not first < second <= second + length <= len(content) or second - first > LONGEST_SEAL:
        return SealState.CHANGED
    hole = _HEX.fullmatch(content[first:second])
    if hole is None:
        return SealState.CHANGED
    try:
        info, signer = _signer(bytes.fromhex(hole[1].decode()))
        digest = sha256(content[:first] + content[second : second + length]).digest()
        fits, signed = validate_sig_integrity(info, signer, "data", digest)
    except Exception:  # whatever a broken or hostile signature makes the parser say, it is no seal of ours
        return SealState.CHANGED
    if not (fits and signed):
        return SealState.CHANGED
    if signer.dump() not in ours:
        return SealState.OTHER
    return SealState.WHOLE if second + length == len(content) else SealState.ADDED


def _signer(raw: bytes) -> tuple[Any, Any]:
    """Return the signer's part of a signature and the certificate that it names."""
    signed = cms.ContentInfo.load(raw)["content"]
    info = signed["signer_infos"][0]
    wanted = info["sid"].chosen
    for choice in signed["certificates"]:
        one = choice.chosen
        if one.serial_number == wanted["serial_number"].native and one.issuer == wanted["issuer"]:
            return info, one
    raise ValueError("no certificate")
