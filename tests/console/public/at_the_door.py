"""People at the public's door, as tests play them: a browser of their own with an address, files, and their phone.

The phone is the drill's inbox: `code_for` reads the last code that went to it.
"""

import json
import re
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2

from tests.console.desk_site import DeskSite
from tests.installation import Installation

JPEG_HEAD = bytes.fromhex("ffd8ffe000104a46494600010100000100010000")
JPEG = (
    JPEG_HEAD
    + bytes.fromhex("ffc0000b080010001001011100")
    + bytes.fromhex("ffda0008010100003f00")
    + b"\x12\x34" * 40
    + b"\xff\xd9"
)
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def png(width: int = 3, height: int = 2) -> bytes:
    """Return a whole little picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + b"\x7f" * width * 3 for _ in range(height)))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@asynccontextmanager
async def somebody(site: DeskSite) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser of somebody at an address of their own."""
    async with site.stranger() as client:
        yield client


def messages_to(api: Installation, notice: str) -> list[dict[str, str]]:
    """Return what the inbox holds of one notice, the oldest first."""
    lines = (api.home / "inbox" / "messages.jsonl").read_text(encoding="utf-8").splitlines()
    return [line for line in map(json.loads, lines) if line["notice"] == notice]


def last_code(api: Installation) -> str:
    """Return the code of the last message that carried one."""
    found = re.search(r"验证码(\d{6})", messages_to(api, "phone_code")[-1]["text"])
    assert found
    return found[1]


async def shown(site: DeskSite, client: httpx2.AsyncClient, number: str, phone: str) -> httpx2.Response:
    """Ask about a number with a phone, type the code, and return the page one sees."""
    asked = await site.submit(client, "/follow", {"number": number, "phone": phone})
    assert asked.url.path == "/follow/code", asked.text
    return await site.submit(client, "/follow/code", {"code": last_code(site.api)})
