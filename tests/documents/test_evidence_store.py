"""The evidence store: nothing readable on disk, the same content once, and a changed file is noticed."""

from pathlib import Path

import pytest

from documents.evidence_store import EvidenceLost, EvidenceStore
from records.errors import KeyFileUnusable
from tests.conftest import KEYS

WORDS = "户口簿第一页 张三 220000198503121013".encode()


def test_what_is_kept_is_found_and_cannot_be_read_on_disk(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path / "evidence", KEYS)
    digest = store.put(WORDS)
    assert store.put(WORDS) == digest
    assert store.get(digest) == WORDS
    files = [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]
    assert len(files) == 1
    assert WORDS[:12] not in files[0].read_bytes()
    assert files[0].stat().st_mode & 0o077 == 0


def test_a_changed_or_moved_file_is_noticed(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path, KEYS)
    first, second = store.put(WORDS), store.put(b"another")
    (tmp_path / second[:2] / second).replace(tmp_path / first[:2] / first)
    with pytest.raises(KeyFileUnusable):
        store.get(first)


@pytest.mark.parametrize("digest", ["0" * 64, "../../etc/passwd", "", "0" * 63 + "/"])
def test_what_is_not_there_is_said_to_be_lost(tmp_path: Path, digest: str) -> None:
    store = EvidenceStore(tmp_path, KEYS)
    with pytest.raises(EvidenceLost):
        store.get(digest)


def test_what_nobody_refers_to_can_be_forgotten(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path, KEYS)
    digest = store.put(WORDS)
    store.remove(digest)
    store.remove(digest)
    with pytest.raises(EvidenceLost):
        store.get(digest)
