"""What pages bring with them (静态文件): one stylesheet, one script of our own, and htmx from npm.

The parts under `static/css` and `static/js` are put together in the order of their names.  An address carries the
digest of what it brings, so that browsers may keep it for ever.  Without htmx every page still works.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import Response

from console.asking import FOR_EVERYBODY
from desk.errors import NotFound

router = APIRouter()

HERE = Path(__file__).parent / "static"
FROM_NPM = Path(__file__).parents[1] / "node_modules"

FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as browsers get it; `content` is empty when npm has not brought it."""

    content: bytes
    kind: str

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()[:12]


@cache
def asset(name: str) -> Asset | None:
    match name:
        case "wanjia.css":
            return Asset(_together("css", "*.css"), "text/css; charset=utf-8")
        case "wanjia.js":
            return Asset(_together("js", "*.js"), "text/javascript; charset=utf-8")
        case "htmx.js":
            found = FROM_NPM / "htmx.org" / "dist" / "htmx.min.js"
            return Asset(found.read_bytes() if found.is_file() else b"", "text/javascript; charset=utf-8")
        case "lamp.svg":
            return Asset((HERE / "lamp.svg").read_bytes(), "image/svg+xml")
        case _:
            return None


@cache
def address_of(name: str) -> str:
    """Return the address of an asset, or nothing when it is not there."""
    found = asset(name)
    return f"/static/{found.digest}/{name}" if found and found.content else ""


def _together(folder: str, pattern: str) -> bytes:
    parts = sorted((HERE / folder).glob(pattern))
    return b"\n".join(part.read_bytes() for part in parts)


@router.get("/static/{digest}/{name}", **FOR_EVERYBODY)
async def static_file(digest: str, name: str) -> Response:
    found = asset(name)
    if found is None or not found.content or digest != found.digest:
        raise NotFound("文件")
    return Response(found.content, media_type=found.kind, headers={"Cache-Control": FOR_EVER})
