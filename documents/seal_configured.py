"""Which seals an installation has (印章配置): a TOML file with the official platform, or real keys of its offices.

    [platform]
    url = "https://seal.example.gov.cn/sign"
    token_file = "/run/secrets/seal-token"
    certificates = "/etc/wanjia/seal-platform.pem"

    [keys."220104"]
    key = "/run/secrets/seal-220104.key"
    certificate = "/etc/wanjia/seal-220104.pem"

Without the file, or for an office that is not named in it, keys are made here and every seal says 测试印章.
"""

import time
import tomllib
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from documents.seal_http import PlatformSeal, PlatformSettings
from documents.seal_keys import MadeKeys, SealKey, read_key
from documents.seal_local import LocalSeal
from documents.seal_picture import SealPictures
from documents.seal_port import SealService

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class SealsWrong(Exception):
    """The file cannot be used; the Chinese message names the place and never repeats a secret."""


class _Platform(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    url: str
    certificates: Path
    token_file: Path | None = None
    timeout: float = Field(default=10.0, gt=0, le=60)
    tries: int = Field(default=3, ge=1, le=5)

    @field_validator("url")
    @classmethod
    def _private(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise ValueError("须以 https:// 开头，否则文书会明文传送")
        return value


class _Key(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    key: Path
    certificate: Path


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    platform: _Platform | None = None
    keys: dict[Annotated[str, Field(pattern=r"^\d{6,12}$")], _Key] = Field(default_factory=dict)


def read_seals(path: Path | None, made: MadeKeys, pictures: SealPictures) -> SealService:
    """Return the seals of an installation; raises `SealsWrong`."""
    if path is None:
        return LocalSeal(made, pictures)
    try:
        asked = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError:
        raise SealsWrong(f"印章配置文件 {path} 读不出来，请核对路径和权限。") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise SealsWrong(f"印章配置文件 {path} 不是正确的 UTF-8 TOML 文件。") from None
    except ValidationError as error:
        where = "；".join(f"{'.'.join(str(part) for part in e['loc'])}：写法不对或多余" for e in error.errors())
        raise SealsWrong(f"印章配置文件 {path} 有误：{where}。写法见 docs/seals.md。") from None
    if asked.platform is not None:
        return _platform(asked.platform)
    return LocalSeal(made, pictures, {office: _key(office, one) for office, one in asked.keys.items()})


def _platform(one: _Platform) -> PlatformSeal:
    try:
        token = one.token_file.read_text(encoding="utf-8").strip() if one.token_file else ""
        found = x509.load_pem_x509_certificates(one.certificates.read_bytes())
    except (OSError, ValueError):
        raise SealsWrong("印章平台的 token_file 或 certificates 读不出来，请核对路径、权限和格式（PEM）。") from None
    known = tuple(each.public_bytes(serialization.Encoding.DER) for each in found)
    settings = PlatformSettings(url=one.url, token=token, timeout=one.timeout, tries=one.tries, certificates=known)
    return PlatformSeal(settings, wait=time.sleep)


def _key(office: str, one: _Key) -> SealKey:
    try:
        return read_key(one.key, one.certificate)
    except (OSError, ValueError, TypeError):
        raise SealsWrong(f"印章 {office} 的私钥或证书读不出来，请核对路径、权限和格式（PEM，不带口令）。") from None
