"""What keeps a killed supervisor from leaving orphans.  Run by path, with nothing imported from the project.

`run PARENT COMMAND…`  becomes COMMAND, which the kernel kills when PARENT dies (Linux).  The kernel means the *thread*
                       that started it: the one that runs the supervisor's event loop, without which nobody supervises.
`watch`                reads process groups from standard input (`+7`, `-7`) and, when the input ends because the
                       supervisor is gone in whatever way, kills those still listed: the children's children as well.

A program of its own and not a `preexec_fn`: between fork and exec no Python code may run in a process with threads.
"""

import contextlib
import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def run(parent: int, command: list[str]) -> None:
    """Tie this process to its parent and become the command."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the line above
        sys.exit(1)
    os.execvp(command[0], command)  # noqa: S606


def watch() -> None:
    """Remember process groups until the input ends, then kill what is left of them."""
    for harmless in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(harmless, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        (groups.add if line[0] == "+" else groups.discard)(int(line[1:]))
    for group in groups:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    if sys.argv[1] == "watch":
        watch()
    else:
        run(int(sys.argv[2]), sys.argv[3:])
