"""Telling a genuine paper from any other (文书验真): by its file, or by its number and code; no personal data.

What is said is the kind, number, date and issuer of a paper of ours, and whether the file in hand is the one that was
issued.  The order of questions: is it that very file; whose seal does it carry and does it hold; which paper does it
say it is.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from documents.evidence_store import EvidenceStore
from documents.paper_kinds import PaperKind
from documents.press import Press
from documents.seal_check import SealState, is_pdf, look_at
from records import papers as on_record
from records.engine import Record
from records.papers import ALPHABET, CODE, Paper

LARGEST = 10 * 1024 * 1024


class Verdict(StrEnum):
    """What is said of a paper in hand."""

    GENUINE = "genuine"
    CHANGED = "changed"
    ADDED = "added"
    STRIPPED = "stripped"
    OTHER_KEY = "other_key"
    NOT_OURS = "not_ours"
    SEAL_ONLY = "seal_only"
    NO_PDF = "no_pdf"

    @property
    def words(self) -> str:
        return _WORDS[self][0]

    @property
    def advice(self) -> str:
        return _WORDS[self][1]

    @property
    def tampered(self) -> bool:
        """True when it is one of our papers that somebody changed, or passes for one."""
        return self in (Verdict.CHANGED, Verdict.ADDED, Verdict.STRIPPED, Verdict.OTHER_KEY)


_ASK = "请不要采用，并与制发机构联系核实。"
_WORDS = {
    Verdict.GENUINE: ("文书属实，未被改动", "这份文件与制发时逐字节一致。"),
    Verdict.CHANGED: ("文书被改动过", f"文件内容与制发时不一致。{_ASK}"),
    Verdict.ADDED: ("盖章之后又添加了内容", f"印章之后文件被追加过内容，追加的部分不受印章保证。{_ASK}"),
    Verdict.STRIPPED: ("印章被去掉了", f"这份文书制发时盖有电子印章，文件里已经没有。{_ASK}"),
    Verdict.OTHER_KEY: ("不是制发机构的印章", f"文件写着本系统的文书，但印章由另一把密钥签署。{_ASK}"),
    Verdict.NOT_OURS: (
        "不是本系统制发的文书",
        "查不到这份文书。请核对是不是在这里制发的；纸质件请填写编号和验证码查询。",
    ),
    Verdict.SEAL_ONLY: (
        "印章有效，但登记中没有这份文书",
        "文件未被改动，印章是本机构的，但查不到制发登记。请与制发机构联系核实。",
    ),
    Verdict.NO_PDF: ("不是 PDF 文件", "请上传制发机构给您的 PDF 文件，不要上传照片、扫描件或截图。"),
}


@dataclass(frozen=True, slots=True)
class PaperPublic:
    """What anybody with a paper in hand may know of it."""

    kind: str
    number: str
    dated: date
    issuer: str
    sealed: bool
    test_seal: bool
    replaced: bool


@dataclass(frozen=True, slots=True)
class Verified:
    """The verdict, and which paper it is about when that is known."""

    verdict: Verdict
    paper: PaperPublic | None = None


def verify_file(record: Record, evidence: EvidenceStore, press: Press | None, content: bytes) -> Verified:
    """Say whether a file is one of our papers as it was issued; without a press no seal is known."""
    if not is_pdf(content):
        return Verified(Verdict.NO_PDF)
    digest = evidence.digest_of(content)
    with record.read() as work:
        same = on_record.by_digest(work, digest)
        if same is not None:
            return Verified(Verdict.GENUINE, _public(same, replaced=on_record.replaced(work, same)))
        found = look_at(content, press.seals.known_certificates() if press else ())
        named = [paper for mark in found.marks if (paper := on_record.by_code(work, mark)) is not None]
        about = _public(named[0], replaced=on_record.replaced(work, named[0])) if named else None
    return Verified(_verdict(found.state, about), about)


def _verdict(state: SealState, about: PaperPublic | None) -> Verdict:
    if about is None:
        known = {SealState.WHOLE: Verdict.SEAL_ONLY, SealState.ADDED: Verdict.ADDED}
        return known.get(state, Verdict.NOT_OURS)
    if state is SealState.NONE:
        return Verdict.STRIPPED if about.sealed else Verdict.CHANGED
    return {
        SealState.WHOLE: Verdict.SEAL_ONLY,
        SealState.ADDED: Verdict.ADDED,
        SealState.OTHER: Verdict.OTHER_KEY,
    }.get(state, Verdict.CHANGED)


def verify_number(record: Record, number: str, code: str) -> PaperPublic | None:
    """Return the paper with this number and code, None when the two do not belong together."""
    plain = plain_code(code)
    if len(plain) != CODE or not set(plain) <= set(ALPHABET):
        return None
    with record.read() as work:
        found = on_record.by_code(work, plain)
        if found is None or plain_number(found.number) != plain_number(number):
            return None
        return _public(found, replaced=on_record.replaced(work, found))


def plain_code(code: str) -> str:
    """Return a code as it was made, however it was typed: small letters, O for 0, I and L for 1, with dashes."""
    narrow = "".join(c for c in code.upper() if c.isascii() and c.isalnum())
    return narrow.translate(str.maketrans("OIL", "011"))


def plain_number(number: str) -> str:
    """Return a number without blanks and with one kind of brackets."""
    return "".join(number.split()).translate(str.maketrans("[]【】()（）", "〔〕〔〕〔〕〔〕"))


def _public(paper: Paper, *, replaced: bool) -> PaperPublic:
    return PaperPublic(
        kind=PaperKind(paper.kind).words,
        number=paper.number,
        dated=paper.dated,
        issuer=paper.issuer_name,
        sealed=paper.sealed,
        test_seal=paper.test_seal,
        replaced=replaced,
    )
