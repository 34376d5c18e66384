"""The settings of text messages (短信): which gateways, their accounts, and where delivery receipts come in.

Part of `settings.py`, which says how settings are read; the names are those of the variables in lower case.
"""

import json
import re
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode

from notifications.gateways.failover import Limits

Carrier = Literal["file", "aliyun", "tencent"]
SHORTEST_TOKEN = 24
"""Characters of the secret part of the receipts' path: nobody may guess it."""
UNFIT = f"应是至少 {SHORTEST_TOKEN} 位的随机字母、数字（可含 - 和 _）"


FILES = (
    "wanjia_sms_receipt_token_file",
    "wanjia_aliyun_access_key_secret_file",
    "wanjia_tencent_secret_key_file",
)


class SettingsError(Exception):
    """A setting is missing or wrong; the Chinese text names it, and never repeats a secret value."""


class SmsSettings(BaseSettings):
    """Settings of the gateways; see `.env.example`."""

    wanjia_sms_gateway: Carrier = "file"
    wanjia_sms_second_gateway: Literal["", "file", "aliyun", "tencent"] = ""
    """The gateway that takes over while the first one fails or is slow; empty means none."""
    wanjia_sms_rest_seconds: float = Field(default=Limits().rest, ge=0.1, le=86_400)
    """How long a gateway that fails or is slow is left alone before it is tried again."""
    wanjia_sms_sign: str = "万家灯火"
    """签名: the name in 【】 before each text, as registered with the carrier."""
    wanjia_sms_receipt_token: SecretStr = SecretStr("")
    """The secret part of the path at which carriers deliver receipts; empty means that none are taken."""
    wanjia_sms_receipt_token_file: Path | None = None

    wanjia_aliyun_endpoint: str = "https://dysmsapi.aliyuncs.com"
    wanjia_aliyun_access_key_id: str = ""
    wanjia_aliyun_access_key_secret: SecretStr = SecretStr("")
    wanjia_aliyun_access_key_secret_file: Path | None = None
    wanjia_aliyun_template_codes: Annotated[dict[str, str], NoDecode] = {}
    """Template code reviewed by the carrier, for each notice: `{"promise_overdue": "SMS_1234"}`."""

    wanjia_tencent_endpoint: str = "https://sms.tencentcloudapi.com"
    wanjia_tencent_region: str = "ap-guangzhou"
    wanjia_tencent_key_id: str = ""
    wanjia_tencent_secret_key: SecretStr = SecretStr("")
    wanjia_tencent_secret_key_file: Path | None = None
    wanjia_tencent_app_id: str = ""
    wanjia_tencent_template_ids: Annotated[dict[str, str], NoDecode] = {}
    """Template id reviewed by the carrier, for each notice: `{"promise_overdue": "1234567"}`."""

    @field_validator(*FILES, mode="before")
    @classmethod
    def _no_file_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator(*FILES)
    @classmethod
    def _absolute_file(cls, value: Path | None) -> Path | None:
        return None if value is None else value.expanduser().absolute()

    @field_validator("wanjia_aliyun_template_codes", "wanjia_tencent_template_ids", mode="before")
    @classmethod
    def _from_json(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value or "{}")
        except json.JSONDecodeError:
            raise ValueError('应是 JSON，例如 {"promise_overdue": "SMS_1234"}') from None

    @field_validator("wanjia_sms_receipt_token")
    @classmethod
    def _hard_to_guess(cls, value: SecretStr) -> SecretStr:
        if not _fit(value.get_secret_value()):
            raise ValueError(UNFIT)
        return value

    @model_validator(mode="after")
    def _gateways_are_complete(self) -> Self:
        if self.wanjia_sms_second_gateway == self.wanjia_sms_gateway:
            raise ValueError("WANJIA_SMS_SECOND_GATEWAY 不能与 WANJIA_SMS_GATEWAY 相同；只用一个通道就不写")
        for carrier in self.sms_carriers:
            self._require_complete(carrier)
        return self

    def _require_complete(self, carrier: str) -> None:
        needed, endpoint, name, words = self._needed(carrier)
        missing = [setting for setting, value in needed.items() if not value]
        if missing:
            raise ValueError(f"用{words}发短信还缺：" + "、".join(missing))
        if not _is_private(endpoint):
            raise ValueError(f"{name} 须以 https:// 开头，否则手机号会明文传送")

    def _needed(self, carrier: str) -> tuple[dict[str, object], str, str, str]:
        if carrier == "aliyun":
            secret = self.wanjia_aliyun_access_key_secret.get_secret_value()
            needed: dict[str, object] = {
                "WANJIA_ALIYUN_ACCESS_KEY_ID": self.wanjia_aliyun_access_key_id,
                "WANJIA_ALIYUN_ACCESS_KEY_SECRET（或 …_SECRET_FILE）": secret
                or self.wanjia_aliyun_access_key_secret_file,
                "WANJIA_ALIYUN_TEMPLATE_CODES": self.wanjia_aliyun_template_codes,
            }
            return needed, self.wanjia_aliyun_endpoint, "WANJIA_ALIYUN_ENDPOINT", "阿里云"
        if carrier == "tencent":
            secret = self.wanjia_tencent_secret_key.get_secret_value()
            needed = {
                "WANJIA_TENCENT_KEY_ID": self.wanjia_tencent_key_id,
                "WANJIA_TENCENT_SECRET_KEY（或 …_KEY_FILE）": secret or self.wanjia_tencent_secret_key_file,
                "WANJIA_TENCENT_APP_ID": self.wanjia_tencent_app_id,
                "WANJIA_TENCENT_TEMPLATE_IDS": self.wanjia_tencent_template_ids,
            }
            return needed, self.wanjia_tencent_endpoint, "WANJIA_TENCENT_ENDPOINT", "腾讯云"
        return {}, "https://", "", ""

    @property
    def sms_carriers(self) -> tuple[str, ...]:
        """The gateways in use, the preferred one first."""
        second = self.wanjia_sms_second_gateway
        return (self.wanjia_sms_gateway, second) if second else (self.wanjia_sms_gateway,)

    @property
    def receipt_token(self) -> str:
        """The secret part of the receipts' path, from its file when one is named; an empty file means none."""
        if self.wanjia_sms_receipt_token_file is None:
            return self.wanjia_sms_receipt_token.get_secret_value()
        try:
            token = self.wanjia_sms_receipt_token_file.read_text(encoding="utf-8").strip()
        except OSError:
            raise SettingsError("WANJIA_SMS_RECEIPT_TOKEN_FILE 指的文件读不出来") from None
        if not _fit(token):
            raise SettingsError(f"WANJIA_SMS_RECEIPT_TOKEN_FILE 的内容{UNFIT}")
        return token

    @property
    def aliyun_secret(self) -> str:
        """The access key secret, from its file when one is named."""
        if self.wanjia_aliyun_access_key_secret_file is not None:
            return secret_from(self.wanjia_aliyun_access_key_secret_file, "WANJIA_ALIYUN_ACCESS_KEY_SECRET_FILE")
        return self.wanjia_aliyun_access_key_secret.get_secret_value()

    @property
    def tencent_secret(self) -> str:
        """The secret key, from its file when one is named."""
        if self.wanjia_tencent_secret_key_file is not None:
            return secret_from(self.wanjia_tencent_secret_key_file, "WANJIA_TENCENT_SECRET_KEY_FILE")
        return self.wanjia_tencent_secret_key.get_secret_value()


def _fit(token: str) -> bool:
    return not token or re.fullmatch(rf"[0-9A-Za-z_-]{{{SHORTEST_TOKEN},}}", token) is not None


def secret_from(path: Path, setting: str) -> str:
    """Return the secret in a file; raise `SettingsError` that names the setting."""
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except OSError:
        raise SettingsError(f"{setting} 指的文件读不出来：{path}") from None
    if not secret:
        raise SettingsError(f"{setting} 指的文件是空的：{path}")
    return secret


def _is_private(endpoint: str) -> bool:
    """Say whether what goes there cannot be read on the way: TLS, or this very machine."""
    return endpoint.startswith(("https://", "http://127.0.0.1:", "http://localhost:"))
