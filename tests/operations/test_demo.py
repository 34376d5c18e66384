"""`wanjia demo` as a user runs it: the summary is what the record says, and a restart shows the same data."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import psutil
import pytest

from casework.messages import MessageState
from casework.states import Role, State
from operations.api_client import ApiServer, LogIn
from operations.demo_accounts import LIST_FILE, PROVINCE, supervisor
from operations.drill_home import is_marked
from operations.ports import free_ports
from operations.settings import Settings, load_settings
from records.case_files import CaseFilter, counts_by_state, page
from records.crypto import load_keys
from records.engine import Record
from records.scope import Scope
from records.timeline import messages_of, timeline
from records.worklists import overdue_promises

pytestmark = pytest.mark.engine

WANJIA = str(Path(sys.executable).with_name("wanjia"))
EVERYTHING = Scope(supervisor(PROVINCE), Role.SUPERVISOR, PROVINCE)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    api, engine, ui = free_ports(3)
    return load_settings(
        _env_file=None,
        wanjia_home=tmp_path / "home",
        wanjia_api_port=api,
        wanjia_temporal_port=engine,
        wanjia_ui_port=ui,
    )


def _demo(settings: Settings, *more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **settings.as_environment()}
    return subprocess.run([WANJIA, "demo", *more], env=environment, capture_output=True, text=True, check=False)


@contextmanager
def _running_again(settings: Settings) -> Iterator[str]:
    """Run `wanjia run` on the home, as it is set for real use; yield what it said until it served."""
    process = subprocess.Popen(
        [WANJIA, "run"], env={**os.environ, **settings.as_environment()}, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if "按 Ctrl-C 停下" in line:
            break
    try:
        yield said
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(120) == 0
        process.stdout.close()


def _numbers(text: str, subject: str) -> dict[str, int]:
    """Return the counts of one line of the summary."""
    (line,) = re.findall(rf"^{subject}[^：\n]*：(.+)$", text, re.MULTILINE)
    return {words: int(number) for words, number in re.findall(r"([^，；：]+?) (\d+)(?:，|；|$)", line)}


def _check_summary(text: str, settings: Settings) -> dict[str, int]:
    """Hold every number of the summary against the record; return the counts by state."""
    record = Record(settings.record_url, load_keys(settings.key_path))
    with record.read() as work:
        states = {state.words: number for state, number in counts_by_state(work, EVERYTHING).items() if number}
        rows = page(work, EVERYTHING, CaseFilter(), limit=200).rows
        messages = [m for row in rows for m in messages_of(work, EVERYTHING, row.case_id) or ()]
        overdue = overdue_promises(work, EVERYTHING)
        relapsed = next(
            row.case_id
            for row in rows
            if any(e.trigger == "restore_certification" for e in timeline(work, EVERYTHING, row.case_id) or ())
        )
    record.close()

    assert _numbers(text, "个案") == states
    assert _numbers(text, "退出") == Counter(row.exit_reason.words for row in rows if row.exit_reason)
    certified = [row for row in rows if row.promise_due_on]
    broken = [row for row in certified if row.promise_overdue_on]
    kept = [row for row in certified if row.promise_met_on and not row.promise_overdue_on]
    promises = _numbers(text, "承诺 ")
    assert (promises.get("兑现", 0), promises.get("超期", 0)) == (len(kept), len(broken))
    assert sum(promises.values()) == len(certified)
    sent = [m for m in messages if m.state in (MessageState.SENT, MessageState.CONFIRMED)]
    assert f"短信 {len(messages)} 条：已发 {len(sent)}，失败 0，待发 0" in text
    assert f"承诺超期仍未就业 {len(overdue)} 户" in text
    assert all(row.case_id in text for row in overdue)
    assert f"一户的全过程：{relapsed}" in text
    return states


def _states_over_http(settings: Settings) -> dict[str, int]:
    password = (settings.wanjia_home / LIST_FILE).read_text(encoding="utf-8").splitlines()[1].removeprefix("密码：")
    with ApiServer(settings.api_url) as api:
        cases = api.staff(LogIn(supervisor(PROVINCE), password)).cases()
    return dict(Counter(State(case["state"]).words for case in cases))


def _nothing_left_running(settings: Settings) -> bool:
    home = str(settings.wanjia_home)
    return not any(home in " ".join(p.info["cmdline"] or ()) for p in psutil.process_iter(["cmdline"]))


@pytest.mark.timeout(480)
def test_a_small_demo_and_the_same_data_after_a_restart(settings: Settings) -> None:
    done = _demo(settings, "--households", "8")

    assert (done.returncode, done.stderr) == (0, "")
    states = _check_summary(done.stdout, settings)
    assert sum(states.values()) == 8
    assert "其中夜间不打扰、次日8时发出 0" not in done.stdout
    assert "日期为暂定" in done.stdout
    assert "帮扶责任人收到的最后一条短信" in done.stdout
    assert _nothing_left_running(settings)

    with _running_again(settings) as said:
        assert "这是演练数据目录，按演练方式启动。" in said
        assert _states_over_http(settings) == states
        again = _demo(settings)
        assert again.returncode == 2
        assert "正有一套系统在运行" in again.stderr
        assert _states_over_http(settings) == states
    assert is_marked(settings)


@pytest.mark.slow
@pytest.mark.timeout(480)
def test_the_whole_demo_twice(settings: Settings) -> None:
    began = time.monotonic()
    first = _demo(settings)
    took = time.monotonic() - began

    assert (first.returncode, first.stderr) == (0, "")
    assert took < 300
    states = _check_summary(first.stdout, settings)
    assert sum(states.values()) == 84
    assert {"帮扶中", "已就业", "已退出"} == set(states)

    second = _demo(settings, "--households", "3")

    assert second.returncode == 0
    assert "清空上次演练的数据" in second.stdout
    assert sum(_check_summary(second.stdout, settings).values()) == 3


@pytest.mark.timeout(240)
def test_a_real_home_is_left_alone(settings: Settings) -> None:
    process = subprocess.Popen(
        [WANJIA, "run"], env={**os.environ, **settings.as_environment()}, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    for line in process.stdout:
        if "按 Ctrl-C 停下" in line:
            break
    made = subprocess.run(
        [WANJIA, "first-admin"],
        env={**os.environ, **settings.as_environment()},
        capture_output=True,
        text=True,
        check=True,
    )
    body = {"code": made.stdout.strip(), "account": "wang", "password": "long enough", "name": "王", "area": "220000"}
    answer = httpx2.post(f"{settings.api_url}/api/v1/first-administrator", json=body, timeout=60, trust_env=False)
    assert answer.status_code == 201
    process.terminate()
    assert process.wait(120) == 0
    process.stdout.close()

    refused = _demo(settings)

    assert refused.returncode == 2
    assert "不能用作演练" in refused.stderr
    assert (settings.wanjia_home / "record.db").exists()
