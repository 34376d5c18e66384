"""What a file is (文件种类), told by its content and never by its name.  Pure: bytes in, a kind or a no in words out.

Accepted are JPEG and PNG photographs and PDF scans that are whole: a file cut off on its way, or one thing that calls
itself another, is refused at once, while the person is still there to take another picture.
"""

import zlib
from dataclasses import dataclass

from casework.errors import SaidNo

LARGEST = 10 * 1024 * 1024
MOST_PIXELS = 120_000_000
"""More is not a photograph of a page; it would fill the memory of whoever opens it."""

CODE = "file_not_accepted"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: how it is called, its media type, and whether a browser may show it in a page."""

    name: str
    words: str
    media_type: str
    shown: bool


JPEG = FileKind("jpg", "JPEG 照片", "image/jpeg", shown=True)
PNG = FileKind("png", "PNG 图片", "image/png", shown=True)
PDF = FileKind("pdf", "PDF 文件", "application/pdf", shown=False)
KINDS = {kind.name: kind for kind in (JPEG, PNG, PDF)}

_REFUSED: tuple[tuple[int, tuple[bytes, ...], str], ...] = (
    (8, (b"WEBP",), "这是 WebP 图片。请用手机相机拍照，或截屏后再上传（JPG、PNG）。"),
    (
        4,
        (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypavif"),
        "这是苹果手机的 HEIC 照片。请在“设置—相机—格式”里选“兼容性最佳”后重拍，或截屏后上传。",
    ),
    (0, (b"GIF8",), "这是 GIF 图片。请上传 JPG、PNG 照片或 PDF。"),
    (0, (b"PK\x03\x04", b"PK\x05\x06"), "这是压缩包或 Word、Excel 文件。请拍照上传，或另存为 PDF。"),
    (0, (b"\xd0\xcf\x11\xe0",), "这是旧版 Word、Excel 文件。请拍照上传，或另存为 PDF。"),
    (0, (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"), "这是压缩包。请把里面的照片逐张上传。"),
    (0, (b"MZ", b"\x7fELF"), "这是程序，不能上传。"),
)

_OTHER = "只能上传 JPG、PNG 照片或 PDF。请用手机拍照后上传。"
_TORN = "文件不完整或已损坏，可能没有传完。请重新拍照或重新选择后上传。"
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})


def kind_of(content: bytes) -> FileKind:
    """Return what a file is; raises `SaidNo` (file_empty, file_too_large, file_not_accepted, file_torn)."""
    if not content:
        raise SaidNo("file_empty", "文件是空的，请重新选择。")
    if len(content) > LARGEST:
        raise SaidNo("file_too_large", "文件超过10 MB。请把照片调小一些，或分成几个文件上传。")
    if content.startswith(b"\xff\xd8\xff"):
        return _whole(JPEG, _is_jpeg(content))
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _whole(PNG, _is_png(content))
    if content.startswith(b"%PDF-"):
        return _whole(PDF, b"%%EOF" in content[-2048:] and b"obj" in content)
    for place, marks, words in _REFUSED:
        if content.startswith(marks, place):
            raise SaidNo(CODE, words)
    if b"<svg" in content[:1024].lower() or b"<html" in content[:1024].lower():
        raise SaidNo(CODE, "这是网页或矢量图，不能上传。" + _OTHER)
    raise SaidNo(CODE, _OTHER)


def _whole(kind: FileKind, sound: bool) -> FileKind:
    if not sound:
        raise SaidNo("file_torn", _TORN)
    return kind


def _is_jpeg(content: bytes) -> bool:
    """Walk the segments to the picture's own: its size must be sane and its data must come to an end."""
    at, sized = 2, False
    while at + 4 <= len(content) and content[at] == 0xFF:
        mark = content[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        if mark in _BARE:
            at += 2
            continue
        length = int.from_bytes(content[at + 2 : at + 4])
        if length < 2:
            return False
        if mark in _FRAMES:
            sized = _fits(content[at + 7 : at + 9], content[at + 5 : at + 7])
        if mark == 0xDA:
            return sized and b"\xff\xd9" in content[at + 2 + length :]
        at += 2 + length
    return False


def _is_png(content: bytes) -> bool:
    """Walk the chunks: the first gives the size, each carries its checksum, the last ends the file."""
    at, first, data = 8, True, False
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4])
        kind, end = content[at + 4 : at + 8], at + 8 + length
        if end + 4 > len(content) or zlib.crc32(content[at + 4 : end]) != int.from_bytes(content[end : end + 4]):
            return False
        if first and (
            kind != b"IHDR" or length != 13 or not _fits(content[at + 8 : at + 12], content[at + 12 : at + 16])
        ):
            return False
        first, data = False, data or kind == b"IDAT"
        if kind == b"IEND":
            return data and end + 4 == len(content)
        at = end + 4
    return False


def _fits(width: bytes, height: bytes) -> bool:
    pixels = int.from_bytes(width) * int.from_bytes(height)
    return 0 < pixels <= MOST_PIXELS
