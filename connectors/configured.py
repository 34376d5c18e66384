"""Which sources an installation can ask (比对接口配置): a TOML file with one table for each source.

    [business]
    kind = "http"
    url = "https://gs.example.gov.cn/compare"
    token_file = "/run/secrets/gs-token"

    [register]
    kind = "file"
    path = "/srv/exchange/register.json"

A source that is not named cannot be asked: its results are 来源不可用, never clear.
"""

import time
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator

from casework.review_facts import Source
from connectors.file_source import FileSource
from connectors.http_source import HttpSettings, HttpSource
from connectors.port import Connector

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class ConnectorsWrong(Exception):
    """The file cannot be used; the Chinese message names the place and never repeats a secret."""


class ByFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    kind: Literal["file"]
    path: Path


class ByHttp(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    kind: Literal["http"]
    url: str
    token_file: Path | None = None
    timeout: float = Field(default=8.0, gt=0, le=60)
    tries: int = Field(default=3, ge=1, le=5)

    @field_validator("url")
    @classmethod
    def _private(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise ValueError("须以 https:// 开头，否则身份证号会明文传送")
        return value


_FILE: TypeAdapter[dict[Source, Annotated[ByFile | ByHttp, Field(discriminator="kind")]]] = TypeAdapter(
    dict[Source, Annotated[ByFile | ByHttp, Field(discriminator="kind")]]
)


def read_connectors(path: Path | None) -> Mapping[Source, Connector]:
    """Return the connectors of an installation's file; none without a file.  Raises `ConnectorsWrong`."""
    if path is None:
        return {}
    try:
        asked = _FILE.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError:
        raise ConnectorsWrong(f"比对接口配置文件 {path} 读不出来，请核对路径和权限。") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise ConnectorsWrong(f"比对接口配置文件 {path} 不是正确的 UTF-8 TOML 文件。") from None
    except ValidationError as error:
        where = "；".join(f"{'.'.join(str(p) for p in e['loc'])} {_said(e['type'], e['msg'])}" for e in error.errors())
        raise ConnectorsWrong(f"比对接口配置文件 {path} 有误：{where}。") from None
    return {source: _made(source, one) for source, one in asked.items()}


def _said(kind: str, message: str) -> str:
    known = {"missing": "缺少，请补填", "extra_forbidden": "没有这一项，请删去"}
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    return known.get(kind, "写法不对，请看 docs/connectors.md")


def _made(source: Source, one: ByFile | ByHttp) -> Connector:
    if isinstance(one, ByFile):
        return FileSource(source, one.path)
    token = ""
    if one.token_file is not None:
        try:
            token = one.token_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise ConnectorsWrong(f"{source.value} 的 token_file 读不出来，请核对路径和权限。") from None
    settings = HttpSettings(url=one.url, token=token, timeout=one.timeout, tries=one.tries)
    return HttpSource(source, settings, wait=time.sleep)
