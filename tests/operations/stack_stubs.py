"""Small real processes that stand in for worker and API, and a program that runs a stack of them in the foreground.

The stack is what is under test here; the real worker and API have tests of their own.
"""

import http.server
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from operations.children import ChildSpec
from operations.liveness import INSTANCE_VARIABLE, READY_FILE_VARIABLE
from operations.readiness import INSTANCE_HEADER, answers, file_says
from operations.run import run
from operations.settings import Settings, load_settings

HERE = Path(__file__)


def stub_children(settings: Settings, token: str) -> Sequence[ChildSpec]:
    ready_file = settings.wanjia_home / "run" / "worker.ready"
    return (
        ChildSpec("record", "档案库准备", (sys.executable, "-c", "print('record made ready')")),
        ChildSpec(
            "worker",
            "办理进程 worker",
            (sys.executable, str(HERE), "worker"),
            ready=file_says(ready_file, token),
            environment={READY_FILE_VARIABLE: str(ready_file)},
        ),
        ChildSpec(
            "api",
            "接口 API",
            (sys.executable, str(HERE), "api"),
            ready=answers(f"http://127.0.0.1:{settings.wanjia_api_port}/healthz", token),
        ),
    )


def worker() -> None:
    """Starts a child of its own, writes who it is, and waits."""
    grandchild = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(600)"])
    home = Path(os.environ["WANJIA_HOME"])
    (home / "run" / "grandchild").write_text(str(grandchild.pid), encoding="ascii")
    Path(os.environ[READY_FILE_VARIABLE]).write_text(os.environ[INSTANCE_VARIABLE], encoding="ascii")
    sys.stdout.write("stub worker is polling\n")
    sys.stdout.flush()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    time.sleep(600)


class Healthy(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header(INSTANCE_HEADER, os.environ.get(INSTANCE_VARIABLE, ""))
        self.end_headers()


def api() -> None:
    http.server.HTTPServer(("127.0.0.1", int(os.environ["WANJIA_API_PORT"])), Healthy).serve_forever()


if __name__ == "__main__":
    if sys.argv[1] == "worker":
        worker()
    elif sys.argv[1] == "api":
        api()
    else:
        sys.exit(run(load_settings(_env_file=None), make_children=stub_children))
