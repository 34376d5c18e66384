"""The production composition, checked as far as it can be without a Docker engine: its rules, not its running."""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from operations.settings import Settings

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ONE_SHOT = {"temporal-schema", "temporal-namespace", "record"}
DEPLOY = ROOT / "operations" / "deploy"


def test_all_that_the_design_names_is_there() -> None:
    assert {"postgresql", "temporal", "temporal-ui", "worker", "api"} | ONE_SHOT == set(SERVICES)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_is_watched_or_ends(name: str) -> None:
    service = SERVICES[name]
    if name in ONE_SHOT:
        assert "healthcheck" not in service
        assert service["restart"].startswith("on-failure:")
    else:
        assert {"test", "interval", "timeout", "retries"} <= set(service["healthcheck"])
        assert service["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_waits_for_what_it_needs_to_be_ready(name: str) -> None:
    for other, how in SERVICES[name].get("depends_on", {}).items():
        expected = "service_completed_successfully" if other in ONE_SHOT else "service_healthy"
        assert how == {"condition": expected}


def test_the_waiting_has_no_circle_and_reaches_the_databases() -> None:
    def before(name: str, path: tuple[str, ...] = ()) -> set[str]:
        assert name not in path
        needed = set(SERVICES[name].get("depends_on", {}))
        return needed | {deeper for each in needed for deeper in before(each, (*path, name))}

    assert {"postgresql", "temporal-schema", "temporal", "temporal-namespace", "record", "worker"} == before("api")


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_images_are_pinned_and_the_deprecated_one_is_not_used(name: str) -> None:
    image = SERVICES[name]["image"]
    assert re.fullmatch(r"[\w./-]+:\d+\.[\d.]+", image)
    assert "auto-setup" not in image


def test_our_own_image_has_the_version_of_this_release() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    ours = {s["image"] for s in SERVICES.values() if s["image"].startswith("wanjia:")}
    assert ours == {f"wanjia:{version}"}


def test_server_and_its_tools_are_of_one_version() -> None:
    tags = {SERVICES[name]["image"].partition(":")[2] for name in ("temporal", "temporal-schema", "temporal-namespace")}
    assert len(tags) == 1


def test_no_password_stands_in_the_composition() -> None:
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|PWD|SECRET|KEY(?!_ID)", variable):
                assert str(value).startswith("/run/secrets/"), (name, variable)
            assert not re.search(r"://[^/@]*:[^/@]+@", str(value)), (name, variable)
    for name, secret in COMPOSE["secrets"].items():
        assert secret == {"file": f"./secrets/{name}"}
    ignored = subprocess.run(["git", "check-ignore", "-q", "secrets/wanjia_key"], cwd=ROOT)
    assert ignored.returncode in {0, 128}  # 128: an unpacked archive


def test_secrets_are_declared_and_each_is_used() -> None:
    used = {secret for service in SERVICES.values() for secret in service.get("secrets", [])}
    assert used == set(COMPOSE["secrets"])


def test_only_this_machine_is_offered_a_port() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_app_is_told_settings_that_exist() -> None:
    known = {name.upper() for name in Settings.model_fields} | {"WANJIA_READY_FILE", "FORWARDED_ALLOW_IPS"}
    for name in ("record", "worker", "api"):
        assert set(SERVICES[name]["environment"]) <= known
        assert SERVICES[name]["environment"]["WANJIA_DRILL"] == "false"


def test_nobody_is_believed_about_addresses_unless_the_operator_says_whom() -> None:
    """Log-in failures are counted by address: a header that anybody may write would make the count worthless."""
    assert SERVICES["api"]["environment"]["FORWARDED_ALLOW_IPS"] == "${FORWARDED_ALLOW_IPS:-127.0.0.1}"
    assert "FORWARDED_ALLOW_IPS" in (ROOT / "operations" / "deploy" / "README.md").read_text(encoding="utf-8")


def test_every_mounted_file_and_started_module_exists() -> None:
    mounted = [volume for service in SERVICES.values() for volume in service.get("volumes", []) if volume[0] == "."]
    assert mounted
    assert all((ROOT / volume.split(":")[0]).exists() for volume in mounted)
    for service in SERVICES.values():
        for word in service.get("command", []):
            if word.startswith("/deploy/"):
                assert (DEPLOY / Path(word).name).exists()
            if word.startswith("operations."):
                assert (ROOT / (word.replace(".", "/") + ".py")).exists()


@pytest.mark.parametrize("script", sorted(DEPLOY.glob("*.sh")), ids=lambda path: path.name)
def test_the_scripts_are_well_formed_and_stop_at_the_first_error(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    shell = "bash" if "bash" in text.splitlines()[0] else "sh"
    assert subprocess.run([shell, "-n", str(script)]).returncode == 0
    assert "set -eu" in text


def test_the_engine_in_production_does_not_skip_time() -> None:
    values = yaml.safe_load((DEPLOY / "temporal-dynamic-config.yaml").read_text(encoding="utf-8"))
    assert not [key for key in values if "skip" in key.lower()]


def test_the_image_runs_as_nobody_in_particular_and_installs_from_the_lock() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER 10001$", text, re.MULTILINE)
    assert "-c requirements.lock" in text
    assert ":latest" not in text
