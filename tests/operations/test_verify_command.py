"""`wanjia verify`: what is said of genuine, changed and foreign files, and with which exit code."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from documents.evidence_store import EvidenceStore
from documents.paper_kinds import PaperKind
from documents.press import press_of
from documents.seal_port import SealWanted
from operations.cli import run
from operations.settings import load_settings
from records import papers
from records.crypto import load_keys, make_key_file
from records.engine import Record
from records.migrations import upgrade
from tests.documents.made_papers import OFFICE, ON, TYPESETTER, data, local_seal
from tests.records.test_papers import NEW, numbered


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with one sealed paper, and its file outside."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WANJIA_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    settings = load_settings()
    make_key_file(settings.key_path)
    keys = load_keys(settings.key_path)
    record = Record(settings.record_url, keys)
    upgrade(record.engine)
    with record.write() as work:
        reserved = papers.reserve(work, NEW, numbered)
        code = papers.told_of(work, reserved.paper_id)["code"]
    pdf = press_of(settings.press, keys).make(
        PaperKind.CERTIFIED, data(number=reserved.number, code=code), ON, paper_id="x", issuer=OFFICE, seal=True
    )
    digest = EvidenceStore(settings.evidence, keys).put(pdf)
    with record.write() as work:
        papers.issued(work, reserved.paper_id, digest=digest, size=len(pdf), now=datetime.now(UTC))
    record.close()
    (tmp_path / "notice.pdf").write_bytes(pdf)
    return tmp_path / "notice.pdf"


def said(capsys: pytest.CaptureFixture[str], *files: Path) -> tuple[int, str]:
    code = run(["verify", *map(str, files)])
    out, err = capsys.readouterr()
    return code, out + err


def test_each_kind_of_file_has_its_words_and_exit_code(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf = paper.read_bytes()
    assert said(capsys, paper)[0] == 0
    assert "属实" in said(capsys, paper)[1]

    def other(content: bytes) -> tuple[int, str]:
        place = paper.with_name("other.pdf")
        place.write_bytes(content)
        return said(capsys, place)

    changed = bytearray(pdf)
    changed[3000] ^= 1
    stripped = pdf[: pdf.index(b"%%EOF") + 6]
    code = pdf[pdf.index(b"wanjia-paper/") + 13 :][:12].decode()
    forged = TYPESETTER.pdf("certified", data(mark=f"wanjia-paper/{code}"), ON)
    resealed = local_seal(paper.parent / "thief")
    by_another = resealed.seal(SealWanted("x", OFFICE, "别人", forged))
    for content, exit_code, words in (
        (bytes(changed), 1, "被改动过"),
        (pdf + b"\n% more\n", 1, "又添加了内容"),
        (stripped, 1, "印章被去掉了"),
        (by_another, 1, "不是制发机构的印章"),
        (b"%PDF-1.7\n%%EOF", 3, "不是本系统制发的文书"),
        (b"\x89PNG", 3, "不是 PDF 文件"),
        (b"", 3, "不是 PDF 文件"),
    ):
        assert other(content)[0] == exit_code, words
        assert words in other(content)[1]
    assert other(pdf)[0] == 0
    assert said(capsys, paper, paper.with_name("no.pdf"))[0] == 2


def test_a_tampered_file_among_genuine_ones_decides(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = paper.with_name("bad.pdf")
    bad.write_bytes(paper.read_bytes() + b" ")
    code, words = said(capsys, paper, bad)
    assert code == 1
    assert "notice.pdf：文书属实" in words
    assert "bad.pdf：盖章之后又添加了内容" in words
