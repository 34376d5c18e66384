"""The settings: what is read, what is refused in words, and that operators find every one of them listed."""

import os
from pathlib import Path

import pytest

from operations.key_file import make_home
from operations.settings import Settings, SettingsError, load_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _only_what_the_test_sets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_every_setting_is_in_the_example_and_nothing_else() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    listed = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]
    assert sorted(listed) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_as_it_stands_is_the_defaults() -> None:
    assert load_settings(_env_file=ROOT / ".env.example") == load_settings(_env_file=None)


def test_a_child_reads_from_its_environment_what_its_parent_has(monkeypatch: pytest.MonkeyPatch) -> None:
    parent = load_settings(
        wanjia_home=Path("elsewhere"),
        wanjia_drill=True,
        wanjia_aliyun_access_key_secret="throw-away",
        wanjia_aliyun_template_codes={"promise_overdue": "SMS_1"},
    )
    for name, value in parent.as_environment().items():
        monkeypatch.setenv(name, value)
    assert load_settings() == parent


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("WANJIA_API_PROT=8001", "WANJIA_API_PROT：没有这个设置"),
        ("WANJIA_API_PORT=eight", "WANJIA_API_PORT：应是一个整数"),
        ("WANJIA_SMS_REST_SECONDS=0", "WANJIA_SMS_REST_SECONDS：应在 0.1 到 86400 秒之间"),
        ("WANJIA_SMS_REST_SECONDS=nan", "WANJIA_SMS_REST_SECONDS：应在 0.1 到 86400 秒之间"),
        ("WANJIA_SMS_REST_SECONDS=两分钟", "WANJIA_SMS_REST_SECONDS：应是一个数"),
        ("WANJIA_API_PORT=70000", "WANJIA_API_PORT：端口应在 1 到 65535 之间"),
        ("DATABASE_URL=mysql://x", "DATABASE_URL：应以 postgresql"),
        ("WANJIA_SMS_GATEWAY=fax", "WANJIA_SMS_GATEWAY：只能是 file 或 aliyun"),
        ("WANJIA_SMS_GATEWAY=aliyun", "用阿里云发短信还缺：WANJIA_ALIYUN_ACCESS_KEY_ID"),
        ("WANJIA_ALIYUN_TEMPLATE_CODES=nonsense", "WANJIA_ALIYUN_TEMPLATE_CODES：应是 JSON"),
    ],
)
def test_a_wrong_setting_is_named_in_chinese(line: str, words: str) -> None:
    Path(".env").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=words):
        load_settings()


def test_no_secret_in_errors_or_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANJIA_ALIYUN_ACCESS_KEY_SECRET", "throw-away")
    assert "throw-away" not in repr(load_settings())
    monkeypatch.setenv("WANJIA_SMS_GATEWAY", "aliyun")
    with pytest.raises(SettingsError) as error:
        load_settings()
    assert "throw-away" not in str(error.value)


def test_the_password_of_the_record_comes_from_its_file() -> None:
    Path("password").write_text("p@ss/word\n", encoding="utf-8")
    settings = load_settings(
        database_url="postgresql+psycopg://wanjia@db:5432/wanjia", database_password_file=Path("password")
    )
    assert settings.record_url == "postgresql+psycopg://wanjia:p%40ss%2Fword@db:5432/wanjia"
    Path("password").write_text("", encoding="utf-8")
    with pytest.raises(SettingsError, match="DATABASE_PASSWORD_FILE 指的文件是空的"):
        _ = settings.record_url


def test_the_home_and_its_key_are_made_once_for_their_owner_alone() -> None:
    settings = load_settings()
    make_home(settings)
    key = settings.key_path.read_text()
    assert len(bytes.fromhex(key)) == 32
    assert settings.key_path.stat().st_mode & 0o777 == 0o600
    make_home(settings)
    assert settings.key_path.read_text() == key


def test_a_lost_key_is_never_replaced_beside_a_record() -> None:
    settings = load_settings()
    make_home(settings)
    (settings.wanjia_home / "record.db").touch()
    settings.key_path.unlink()
    with pytest.raises(SettingsError, match="密钥文件不见了"):
        make_home(settings)
    assert not settings.key_path.exists()


def test_a_named_key_file_must_exist() -> None:
    with pytest.raises(SettingsError, match="WANJIA_KEY_FILE 指的密钥文件不存在"):
        make_home(load_settings(wanjia_key_file=Path("nowhere")))


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc/1").exists(), reason="needs a place nobody can write to")
def test_a_home_that_cannot_be_made_is_said() -> None:
    with pytest.raises(SettingsError, match="请改 WANJIA_HOME"):
        make_home(load_settings(wanjia_home=Path("/proc/wanjia")))


def test_phones_are_not_sent_in_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    """手机号不得明文传送：阿里云接口地址须为 https。"""
    for name, value in {
        "WANJIA_SMS_GATEWAY": "aliyun",
        "WANJIA_ALIYUN_ACCESS_KEY_ID": "id",
        "WANJIA_ALIYUN_ACCESS_KEY_SECRET": "secret",
        "WANJIA_ALIYUN_TEMPLATE_CODES": '{"certified": "SMS_1"}',
    }.items():
        monkeypatch.setenv(name, value)

    monkeypatch.setenv("WANJIA_ALIYUN_ENDPOINT", "http://sms.example.test")
    with pytest.raises(SettingsError, match="https"):
        load_settings(_env_file=None)
    monkeypatch.setenv("WANJIA_ALIYUN_ENDPOINT", "https://sms.example.test")
    assert load_settings(_env_file=None).wanjia_sms_gateway == "aliyun"
