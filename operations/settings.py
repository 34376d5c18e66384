"""Every setting of the program, read from the environment and from `.env` in the folder it is started in.

The name of a field is the name of the variable in lower case, so that searching for one finds the other; `.env.example`
lists them all for operators and a test keeps the two the same.  What a setting *does* lives where it is used; those of
text messages are in `sms_settings.py`.
"""

import json
from pathlib import Path
from urllib.parse import quote

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import SettingsConfigDict

from documents.press import Settings as PressSettings
from operations.sms_settings import SettingsError, SmsSettings, secret_from

__all__ = ["Settings", "SettingsError", "load_settings"]


class Settings(SmsSettings):
    """The settings of one installation.  Paths come out absolute; secrets are never shown in errors or in `repr`."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="forbid", frozen=True, hide_input_in_errors=True
    )

    wanjia_home: Path = Path("var")
    """数据目录: key, record, engine store, logs and inbox of this installation."""
    wanjia_key_file: Path | None = None
    wanjia_drill: bool = False
    """演练方式: demo accounts exist and a case may be started with a clock of its own."""

    database_url: str = ""
    """SQLAlchemy URL of the record; empty means SQLite in the home."""
    database_password_file: Path | None = None

    temporal_address: str = ""
    """Host and port of an existing Temporal server; empty means the embedded one is started."""
    temporal_namespace: str = "default"

    wanjia_api_host: str = "127.0.0.1"
    wanjia_api_port: int = Field(default=8000, ge=1, le=65535)
    wanjia_temporal_port: int = Field(default=7233, ge=1, le=65535)
    wanjia_ui_port: int = Field(default=8233, ge=1, le=65535)

    wanjia_connectors_file: Path | None = None
    """比对接口: which registers of other offices can be asked, and how (`connectors/configured.py`)."""

    wanjia_seals_file: Path | None = None
    """印章: the official platform or the offices' real keys (`documents/seal_configured.py`); empty: test seals."""
    wanjia_fonts: Path | None = None
    """文书字体目录; empty means Noto CJK of the system."""

    @field_validator(
        "wanjia_key_file",
        "database_password_file",
        "wanjia_connectors_file",
        "wanjia_seals_file",
        "wanjia_fonts",
        mode="before",
    )
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator(
        "wanjia_home",
        "wanjia_key_file",
        "database_password_file",
        "wanjia_connectors_file",
        "wanjia_seals_file",
        "wanjia_fonts",
    )
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return None if value is None else value.expanduser().absolute()

    @field_validator("database_url")
    @classmethod
    def _a_known_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("应以 postgresql+psycopg:// 或 sqlite:/// 开头；不写这个设置就用数据目录里的 SQLite")
        return value

    @property
    def key_path(self) -> Path:
        """Where the key of the personal data lies."""
        return self.wanjia_key_file or self.wanjia_home / "key"

    @property
    def inbox(self) -> Path:
        """Where the `file` gateway puts what each helper would receive."""
        return self.wanjia_home / "inbox"

    @property
    def evidence(self) -> Path:
        """Where what people hand in lies encrypted; part of every back-up."""
        return self.wanjia_home / "evidence"

    @property
    def press(self) -> PressSettings:
        """How papers are made; the made keys of test seals lie in the home, encrypted, and belong to its back-up."""
        return PressSettings(self.wanjia_home / "seals", self.wanjia_fonts, self.wanjia_seals_file)

    @property
    def record_url(self) -> str:
        """SQLAlchemy URL of the record, with the password from its file when one is named.  A secret: never log it."""
        if not self.database_url:
            return f"sqlite:///{self.wanjia_home / 'record.db'}"
        if self.database_password_file is None:
            return self.database_url
        password = quote(secret_from(self.database_password_file, "DATABASE_PASSWORD_FILE"), safe="")
        scheme, separator, rest = self.database_url.partition("://")
        user, at, place = rest.partition("@")
        if not separator or not at or ":" in user:
            raise SettingsError(
                "DATABASE_URL 与 DATABASE_PASSWORD_FILE 同用时，写成 postgresql+psycopg://用户名@主机/库名，不要带密码。"
            )
        return f"{scheme}://{user}:{password}@{place}"

    @property
    def api_url(self) -> str:
        """Where a program on this machine reaches the API, without a closing slash."""
        host = "127.0.0.1" if self.wanjia_api_host in {"0.0.0.0", "::"} else self.wanjia_api_host  # noqa: S104
        return f"http://{host}:{self.wanjia_api_port}"

    @property
    def engine_address(self) -> str:
        """Where the Temporal server of this installation answers, its own or an existing one."""
        return self.temporal_address or f"127.0.0.1:{self.wanjia_temporal_port}"

    def as_environment(self) -> dict[str, str]:
        """Return these settings as the variables a child process reads, so that it sees exactly the same ones."""
        return {name.upper(): _as_text(getattr(self, name)) for name in type(self).model_fields}


def load_settings(**given: object) -> Settings:
    """Read the settings; raise `SettingsError` in Chinese, naming each wrong variable, instead of a traceback."""
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = [(_variable_of(item["loc"]), item["type"], item["msg"]) for item in error.errors()]
        lines = [f"  {variable}：{_words_of(variable, kind, message)}" for variable, kind, message in wrong]
        raise SettingsError("设置有误，请改 .env 或环境变量：\n" + "\n".join(lines)) from None


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def _variable_of(location: tuple[int | str, ...]) -> str:
    return str(location[0]).upper() if location else "短信"


_BETWEEN = {"WANJIA_SMS_REST_SECONDS": "应在 0.1 到 86400 秒之间"}
"""Settings with bounds that are no port."""


def _words_of(variable: str, kind: str, message: str) -> str:
    between = _BETWEEN.get(variable, "端口应在 1 到 65535 之间")
    known = {
        "extra_forbidden": "没有这个设置，是不是写错了？全部设置见 .env.example",
        "literal_error": "只能是 file 或 aliyun 或 tencent",
        "int_parsing": "应是一个整数",
        "float_parsing": "应是一个数",
        "greater_than_equal": between,
        "less_than_equal": between,
        "bool_parsing": "只能是 true 或 false",
    }
    return known.get(kind, message.removeprefix("Value error, "))
