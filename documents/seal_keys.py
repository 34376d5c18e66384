"""Keys of the local seal (本机印章密钥): an EC P-256 key and its certificate for each office, made at first use.

A made key lies encrypted beside the record and certifies nothing but that this installation sealed: its certificate
and its seal say 测试印章.  A real key with its certificate is read as configured and never written anywhere.
"""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from documents.seal_picture import TEST

YEARS = 30
"""A test certificate outlives the installation, so that old papers verify."""

_FROM = datetime(2020, 1, 1, tzinfo=UTC)
_LONGEST_NAME = 64
"""Bytes of UTF-8, not characters: a name of an office in Chinese comes to three each."""


class Sealer(Protocol):
    """What is asked of the keys of the record."""

    def seal(self, plain: bytes, where: str) -> bytes: ...

    def open(self, sealed: bytes, where: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class SealKey:
    """A private key (PKCS#8, DER) and its certificate (DER)."""

    key: bytes = field(repr=False)
    certificate: bytes
    chain: tuple[bytes, ...] = ()


class MadeKeys:
    """Owns the folder of made keys; the first of several processes to need one makes it for all."""

    def __init__(self, folder: Path, sealer: Sealer) -> None:
        self._folder = folder
        self._sealer = sealer

    def of(self, office: str, name: str) -> SealKey:
        """Return the key of an office, making it when there is none."""
        place = self._folder / f"{office}.key"
        if not place.exists():
            self._make(place, office, name)
        whole = self._sealer.open(place.read_bytes(), f"seal_key:{office}")
        length = int.from_bytes(whole[:4])
        return SealKey(whole[4 : 4 + length], whole[4 + length :])

    def certificates(self) -> tuple[bytes, ...]:
        """Return the certificates of every key that was made."""
        places = sorted(self._folder.glob("*.key")) if self._folder.is_dir() else []
        return tuple(self.of(place.stem, "").certificate for place in places)

    def _make(self, place: Path, office: str, name: str) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        secret = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        certificate = _certificate(key, _fitting(f"{TEST} {name}"), office)
        whole = len(secret).to_bytes(4) + secret + certificate
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = place.with_name(f".{place.name}.{token_hex(6)}")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(self._sealer.seal(whole, f"seal_key:{office}"))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(half, place)  # whoever was first made the key; a second one is thrown away
        except FileExistsError:
            pass
        finally:
            half.unlink()


def _fitting(name: str) -> str:
    """Return as much of a name as a certificate holds, without half a character; its code stands beside it whole."""
    return name.encode()[:_LONGEST_NAME].decode(errors="ignore")


def _certificate(key: ec.EllipticCurvePrivateKey, name: str, office: str) -> bytes:
    who = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, office),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_FROM + timedelta(days=365 * YEARS))
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.DER)


def read_key(path: Path, certificate: Path) -> SealKey:
    """Read a real key and its certificate (PEM); the first certificate is the seal's own, the rest its chain."""
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    secret = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    chain = [
        one.public_bytes(serialization.Encoding.DER)
        for one in x509.load_pem_x509_certificates(certificate.read_bytes())
    ]
    return SealKey(secret, chain[0], tuple(chain[1:]))
