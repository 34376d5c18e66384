"""Personal data is unreadable without the key, wherever a byte of it is stored."""

from pathlib import Path

import pytest

from records.crypto import Keys, load_keys, make_key_file
from records.engine import Record
from records.errors import KeyFileUnusable
from records.texts import keep_text
from tests.conftest import KEYS
from tests.records.made import (
    ADDRESS,
    AT,
    BORN,
    CASE,
    ID_NUMBER,
    NAME,
    PHONE,
    a_notice,
    an_entry,
    an_event,
    registered,
)
from tests.records.test_case_file import write


def test_what_is_sealed_opens_only_in_its_place() -> None:
    sealed = KEYS.seal(b"secret", "persons.name:1")

    assert KEYS.open(sealed, "persons.name:1") == b"secret"
    assert sealed != KEYS.seal(b"secret", "persons.name:1")
    for broken, where in ((sealed, "persons.name:2"), (sealed[:-1] + bytes([sealed[-1] ^ 1]), "persons.name:1")):
        with pytest.raises(KeyFileUnusable) as refused:
            KEYS.open(broken, where)
        assert refused.value.code == "seal_broken"


def test_a_new_first_key_opens_old_seals_and_changes_no_index() -> None:
    newer = Keys(bytes(32), bytes(range(32)))

    assert newer.open(KEYS.seal(b"secret", "a"), "a") == b"secret"
    assert newer.blind_index("phone", "1") == KEYS.blind_index("phone", "1")
    assert newer.engine_key == KEYS.engine_key
    with pytest.raises(KeyFileUnusable) as refused:
        KEYS.open(newer.seal(b"secret", "a"), "a")
    assert refused.value.code == "key_unknown"


def test_a_blind_index_depends_on_key_and_kind() -> None:
    assert KEYS.blind_index("phone", "1") != KEYS.blind_index("id_number", "1")
    assert KEYS.blind_index("phone", "1") != Keys(bytes(32)).blind_index("phone", "1")


def test_a_key_file_is_made_for_its_owner_alone_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "key"
    make_key_file(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert load_keys(path).blind_index("a", "b") == load_keys(path).blind_index("a", "b")
    with pytest.raises(FileExistsError):
        make_key_file(path)


@pytest.mark.parametrize(
    ("content", "mode", "code"),
    [
        (None, 0o600, "key_file_missing"),
        ("ab" * 32, 0o640, "key_file_open_to_others"),
        ("ab" * 31, 0o600, "key_file_malformed"),
        ("zz" * 32, 0o600, "key_file_malformed"),
        ("", 0o600, "key_file_malformed"),
        ("密" * 32, 0o600, "key_file_malformed"),
    ],
)
def test_a_key_file_that_cannot_be_used_says_why(tmp_path: Path, content: str | None, mode: int, code: str) -> None:
    path = tmp_path / "key"
    if content is not None:
        path.write_text(content, encoding="utf-8")
        path.chmod(mode)

    with pytest.raises(KeyFileUnusable) as refused:
        load_keys(path)

    assert refused.value.code == code
    assert "密钥" in refused.value.message


@pytest.mark.parametrize("record_url", ["sqlite"], indirect=True)
def test_nothing_personal_is_readable_in_the_database_file(record_url: str) -> None:
    """Names, numbers, phone, address, free text, birth date: in no spelling, in the file and its write-ahead log."""
    record = Record(record_url, KEYS)
    registered(record, an_entry())
    with record.write() as work:
        keep_text(work, case_id=CASE, account="clerk", command_id="c", field="note", text="患有慢性肾病", now=AT)
    write(record, an_event(1, notices=(a_notice(),)))
    path = Path(record_url.removeprefix("sqlite:///"))
    stored = b"".join(p.read_bytes() for p in sorted(path.parent.glob("record.db*")))

    assert CASE.encode() in stored
    for secret in (NAME, NAME[1:], ID_NUMBER, ID_NUMBER[6:14], PHONE, ADDRESS[-6:], "慢性肾病", BORN.isoformat()):
        for spelled in (
            secret.encode(),
            secret.encode("gbk"),
            secret.encode("utf-16-le"),
            secret.encode().hex().encode(),
        ):
            assert spelled not in stored, secret
    record.close()


def test_nothing_personal_shows_in_what_a_log_would_print() -> None:
    printed = repr(an_entry()) + repr(KEYS)

    assert not [secret for secret in (NAME, ID_NUMBER, PHONE, ADDRESS) if secret in printed]
