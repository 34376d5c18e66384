"""Encryption of personal data (个人信息加密) and the blind index by which it can be found again.

One secret file holds one key a line, 32 bytes in hex, the newest first.  From each line separate keys are derived:
values are sealed with the first and opened with whichever sealed them; the blind index and the digest stay with the
last line, so that adding a new first line changes no index.  Nothing here knows a table.
"""

import os
import stat
import zlib
from pathlib import Path
from secrets import token_bytes, token_hex

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from records.errors import KeyFileUnusable

VERSION = b"\x01"
"""AES-256-GCM, 4 bytes of key id, 12 bytes of nonce.  Another algorithm (SM4) would be another version."""

_ID, _NONCE = 4, 12


class Keys:
    """The derived keys.  Made by `load_keys`, or from secrets directly in tests."""

    def __init__(self, *secrets: bytes) -> None:
        if not secrets or any(len(s) != 32 for s in secrets):
            raise KeyFileUnusable("key_file_malformed", "密钥应为32字节（64位十六进制），每行一个。")
        self._sealers = {_derive(s, b"key id", _ID): AESGCM(_derive(s, b"seal", 32)) for s in secrets}
        self._current = next(iter(self._sealers))
        self._index = _derive(secrets[-1], b"blind index", 32)
        self._digest = _derive(secrets[-1], b"digest", 32)
        self.engine_key = _derive(secrets[-1], b"engine payloads", 32)
        """Seals what the workflow engine stores; it stays with the oldest key, because cases live for years."""

    def __repr__(self) -> str:
        return "Keys(…)"

    def seal(self, plain: bytes, where: str) -> bytes:
        """Encrypt; `where` is "table.column:row id" and must be the same when opened."""
        nonce = token_bytes(_NONCE)
        return VERSION + self._current + nonce + self._sealers[self._current].encrypt(nonce, plain, where.encode())

    def open(self, sealed: bytes, where: str) -> bytes:
        """Decrypt.  A value moved to another row or column, or changed, raises `KeyFileUnusable` (seal_broken)."""
        head = 1 + _ID
        sealer = self._sealers.get(sealed[1:head]) if sealed[:1] == VERSION else None
        if sealer is None:
            raise KeyFileUnusable("key_unknown", "这条数据由另一把密钥加密，请在密钥文件中补上原来的密钥。")
        try:
            return sealer.decrypt(sealed[head : head + _NONCE], sealed[head + _NONCE :], where.encode())
        except InvalidTag:
            raise KeyFileUnusable("seal_broken", "加密数据与所在位置不符或已被改动，请从备份核对。") from None

    def seal_text(self, plain: str | None, where: str) -> bytes | None:
        return None if plain is None else self.seal(plain.encode(), where)

    def open_text(self, sealed: bytes | None, where: str) -> str | None:
        return None if sealed is None else self.open(sealed, where).decode()

    def pack(self, document: bytes, where: str) -> bytes:
        """Compress, then encrypt: for whole documents, never for text that an outsider may mix with a secret."""
        return self.seal(zlib.compress(document, 1), where)

    def unpack(self, sealed: bytes, where: str) -> bytes:
        return zlib.decompress(self.open(sealed, where))

    def blind_index(self, kind: str, normalised: str) -> str:
        """Return the keyed index of a value: equal values are equal, and nobody without the key can try them all.

        A plain hash of an ID number could be reversed in minutes; this cannot.
        """
        return _hmac(self._index, kind.encode() + b"\x00" + normalised.encode()).hex()

    def digest(self, document: bytes) -> str:
        """Return the keyed digest by which two copies of a document are compared."""
        return _hmac(self._digest, document).hex()


def load_keys(path: Path) -> Keys:
    """Read the key file.  Refuses one that others may read, with the command that puts it right."""
    try:
        mode = path.stat().st_mode
        lines = path.read_text(encoding="ascii").split()
    except FileNotFoundError:
        raise KeyFileUnusable(
            "key_file_missing", f"找不到密钥文件 {path.name}：新装的请先启动一次（wanjia run）；旧装的请从备份取回。"
        ) from None
    except (OSError, UnicodeDecodeError):
        raise KeyFileUnusable("key_file_malformed", f"密钥文件 {path.name} 无法读取。") from None
    if stat.S_IMODE(mode) & 0o077:
        raise KeyFileUnusable(
            "key_file_open_to_others",
            f"密钥文件 {path.name} 的权限过宽，其他用户可以读取；请运行 chmod 600 {path.name}。",
        )
    try:
        return Keys(*(bytes.fromhex(line) for line in lines))
    except ValueError:
        raise KeyFileUnusable("key_file_malformed", f"密钥文件 {path.name} 应为64位十六进制，每行一个密钥。") from None


def make_key_file(path: Path) -> None:
    """Write a new key file that only its owner may read; an existing one is never touched (`FileExistsError`)."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(token_hex(32) + "\n")


def _derive(secret: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=b"wanjia " + purpose).derive(secret)


def _hmac(key: bytes, message: bytes) -> bytes:
    code = hmac.HMAC(key, hashes.SHA256())
    code.update(message)
    return code.finalize()
