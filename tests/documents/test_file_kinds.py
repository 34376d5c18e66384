"""What a file is, by its content: whole photographs and scans pass, everything else is named for what it is."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import SaidNo
from documents.file_kinds import JPEG, LARGEST, PDF, PNG, FileKind, kind_of
from tests.console.public import at_the_door as door


def a_zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "x")
    return packed.getvalue()


@pytest.mark.parametrize(("content", "kind"), [(door.JPEG, JPEG), (door.png(), PNG), (door.PDF, PDF)])
def test_whole_files_pass(content: bytes, kind: FileKind) -> None:
    assert kind_of(content) is kind


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "file_empty", "空"),
        (b"\xff\xd8\xff" + b"\0" * LARGEST, "file_too_large", "10 MB"),
        (a_zip(), "file_not_accepted", "压缩包"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "file_not_accepted", "矢量图"),
        (b"<!DOCTYPE html><html></html>", "file_not_accepted", "网页"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "file_not_accepted", "HEIC"),
        (b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 40, "file_not_accepted", "WebP"),
        (b"GIF89a" + b"\0" * 40, "file_not_accepted", "GIF"),
        (b"MZ" + b"\0" * 40, "file_not_accepted", "程序"),
        (b"just words", "file_not_accepted", "JPG、PNG"),
        (door.JPEG[:60], "file_torn", "不完整"),
        (door.JPEG_HEAD + b"\xff\xd9", "file_torn", "不完整"),
        (door.JPEG.replace(bytes.fromhex("0800100010"), bytes.fromhex("08ffffffff")), "file_torn", "不完整"),
        (door.png()[:-4], "file_torn", "不完整"),
        (door.png() + b"PK\x03\x04", "file_torn", "不完整"),
        (door.png()[:40] + b"\0" + door.png()[41:], "file_torn", "不完整"),
        (door.PDF[:-6], "file_torn", "不完整"),
    ],
)
def test_everything_else_is_refused_in_words(content: bytes, code: str, words: str) -> None:
    with pytest.raises(SaidNo) as no:
        kind_of(content)
    assert no.value.code == code
    assert words in no.value.message


@given(st.binary(max_size=400), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-"]))
def test_whatever_comes_is_a_kind_or_a_no(tail: bytes, head: bytes) -> None:
    with suppress(SaidNo):
        assert kind_of(head + tail) in (JPEG, PNG, PDF)
