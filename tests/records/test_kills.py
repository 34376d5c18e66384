"""A writer that is killed: what it acknowledged is there, each event once, without gaps, and the file is sound."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, text

from records.engine import Record
from records.tables import cases, events, messages
from tests.conftest import KEYS
from tests.records.made import CASE

WRITER = """
import sys
from tests.conftest import KEYS
from tests.records.made import a_notice, an_event
from records.case_file import write_event
from records.engine import Record

record = Record(sys.argv[1], KEYS)
for seq in range(int(sys.argv[2]), 100_000):
    with record.write() as work:
        write_event(work, an_event(seq, notices=(a_notice(),)))
    print(seq, flush=True)
"""


@pytest.mark.parametrize("record_url", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_a_killed_writer_loses_and_doubles_nothing(record_url: str) -> None:
    record = Record(record_url, KEYS)
    acknowledged = 0
    for kills in range(1, 4):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, record_url, str(max(1, acknowledged))],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert writer.stdout is not None
        for line in writer.stdout:
            acknowledged = int(line)
            if acknowledged >= kills * 40:
                break
        writer.send_signal(signal.SIGKILL)
        acknowledged = max([acknowledged, *(int(line) for line in writer.stdout if line.endswith("\n"))])
        writer.wait()
        writer.stdout.close()

        with record.read() as work:
            stored = list(work.connection.execute(select(events.c.seq).order_by(events.c.seq)).scalars())
            last = work.connection.execute(select(cases.c.seq).where(cases.c.case_id == CASE)).scalar_one()
            planned = work.connection.execute(select(messages.c.seq).order_by(messages.c.seq)).scalars().all()
            if record.engine.dialect.name == "sqlite":
                assert work.connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
        assert stored == list(range(1, len(stored) + 1)) == list(planned)
        assert acknowledged <= last == len(stored) <= acknowledged + 1
        acknowledged = last
    record.close()
