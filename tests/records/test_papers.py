"""Papers on record: numbers by issuer, kind and year without gaps, one paper however often it is asked for."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from documents.evidence_store import EvidenceStore
from records import papers
from records.engine import Record
from records.evidence import CASE, NewEvidence, add_evidence, drop_evidence
from records.papers import NewPaper
from records.tables_papers import papers as table
from tests.conftest import KEYS

NOW = datetime(2026, 10, 12, 1, tzinfo=UTC)
NEW = NewPaper(
    case_id="220302004-2026-00001",
    kind="certified",
    about="2026-10-12",
    issuer="220302",
    issuer_name="铁西区公共就业服务中心",
    forms_version=1,
    sealed=True,
    test_seal=True,
    account="rv-1",
    dated=date(2026, 10, 12),
    told={"applicant": {"name": "张䶮"}},
)


def numbered(place: int) -> str:
    return f"220302零援认〔2026〕{place}号"


def test_a_paper_asked_for_twice_is_one_with_one_number(record: Record) -> None:
    with record.write() as work:
        first = papers.reserve(work, NEW, numbered)
        before = papers.told_of(work, first.paper_id)
        again = papers.reserve(work, replace(NEW, told={"applicant": {"name": "改正"}}), numbered)
        told = papers.told_of(work, first.paper_id)
        papers.issued(work, first.paper_id, digest="a" * 64, size=9, now=NOW)
        issued = papers.reserve(work, NEW, numbered)
        kept = papers.told_of(work, first.paper_id)
    assert first == again
    assert first.number.endswith("〕1号")
    assert first.issued_at is None
    assert told == before | {"applicant": {"name": "改正"}}, "until it is issued it follows the record"
    assert issued.paper_id == first.paper_id
    assert kept == told, "once issued it does not change"


def test_numbers_are_counted_by_issuer_kind_and_year(record: Record) -> None:
    def made(**other: object) -> str:
        new = replace(NEW, **other)  # type: ignore[arg-type]

        def number(place: int) -> str:
            return f"{new.issuer}-{new.kind}-{new.dated.year}-{place}"

        with record.write() as work:
            return papers.reserve(work, new, number).number.rpartition("-")[2]

    assert made(about="a") == "1"
    assert made(about="b") == "2"
    assert made(about="c", kind="exit") == "1"
    assert made(about="d", issuer="220303") == "1"
    assert made(about="e", dated=date(2027, 1, 4)) == "1"
    assert made(about="f") == "3"


def test_a_broken_off_transaction_leaves_no_gap(record: Record) -> None:
    with pytest.raises(RuntimeError), record.write() as work:  # noqa: PT012
        papers.reserve(work, NEW, numbered)
        raise RuntimeError("away")
    with record.write() as work:
        assert papers.reserve(work, NEW, numbered).number.endswith("〕1号")


def test_an_issued_paper_is_found_by_code_and_content_and_keeps_its_first_file(record: Record) -> None:
    with record.write() as work:
        paper = papers.reserve(work, NEW, numbered)
        code = papers.told_of(work, paper.paper_id)["code"].replace("-", "")
        assert papers.by_code(work, code) is None, "not before its file is made"
        papers.issued(work, paper.paper_id, digest="a" * 64, size=9, now=NOW)
        papers.issued(work, paper.paper_id, digest="b" * 64, size=9, now=NOW)
        found = papers.by_code(work, code)
        assert found
        assert found.paper_id == paper.paper_id
        assert papers.by_digest(work, "a" * 64) == found
        assert papers.by_digest(work, "b" * 64) is None


def test_a_new_edition_replaces_the_one_it_names_once(record: Record) -> None:
    with record.write() as work:
        first = papers.reserve(work, NEW, numbered)
        papers.issued(work, first.paper_id, digest="a" * 64, size=9, now=NOW)
        assert not papers.replaced(work, first)
        second = papers.reserve_again(work, NEW, numbered, first.paper_id)
        assert papers.reserve_again(work, NEW, numbered, first.paper_id) == second
        assert (second.edition, second.number) == (2, numbered(2))
        assert not papers.replaced(work, first), "not before the new one is issued"
        papers.issued(work, second.paper_id, digest="c" * 64, size=9, now=NOW)
        assert papers.replaced(work, first)


def test_what_stands_in_a_paper_cannot_be_read_in_the_database(record: Record) -> None:
    with record.write() as work:
        paper = papers.reserve(work, NEW, numbered)
        row = work.connection.execute(table.select()).one()
        code = papers.told_of(work, paper.paper_id)["code"]
    assert "张䶮".encode() not in bytes(row.told)
    assert code.replace("-", "") not in str(row)


def test_a_paper_handed_in_as_evidence_and_dropped_again_keeps_its_file(record: Record, tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path / "evidence", KEYS)
    digest = store.put(b"%PDF-")
    with record.write() as work:
        paper = papers.reserve(work, NEW, numbered)
        papers.issued(work, paper.paper_id, digest=digest, size=5, now=NOW)
        handed = NewEvidence(CASE, NEW.case_id, "其他材料", "pdf", 5, digest, "x.pdf", NEW.case_id, "cw-1")
        assert drop_evidence(work, add_evidence(work, handed, NOW)) is None
