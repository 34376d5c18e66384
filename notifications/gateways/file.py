"""The file gateway (文件收件箱): messages land in a readable inbox on disk instead of on phones, for demo and drills.

`inbox/messages.jsonl` is the truth: one line per message, appended whole.  `inbox/<recipient>.txt` is the same for
people to read.  A repeated key is not delivered twice, not even by two processes or after a kill between the two files.
"""

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from casework.masking import mask_phone
from casework.times import SHANGHAI
from notifications.gateways.port import Absent, Accepted, Found, LookupOutcome, OutgoingSms, SendOutcome
from notifications.rendering import signed
from notifications.sms_parts import count_parts


class FileGateway:
    """Owns one inbox directory.  Instances in several processes may share it; a lock file orders them."""

    certain_after = timedelta()

    def __init__(self, home: Path) -> None:
        self._inbox = home / "inbox"
        self._inbox.mkdir(parents=True, exist_ok=True)
        self._log = self._inbox / "messages.jsonl"
        self._known: dict[str, str] = {}
        self._read_to = 0

    def send(self, message: OutgoingSms) -> SendOutcome:
        """Deliver into the inbox, once per key."""
        with self._locked():
            gateway_id = self._known.get(message.key)
            if gateway_id is None:
                gateway_id = _reference(message.key)
                self._append(self._log, json.dumps(_line(message, gateway_id), ensure_ascii=False) + "\n")
                self._known[message.key] = gateway_id
            self._show(message, gateway_id)
        return Accepted(gateway_id)

    def lookup(self, message: OutgoingSms) -> LookupOutcome:
        """Say whether a message with this key is in the inbox; the answer is certain."""
        with self._locked():
            gateway_id = self._known.get(message.key)
            if gateway_id is None:
                return Absent()
            self._show(message, gateway_id)
        return Found(gateway_id, delivered=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._inbox / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._catch_up()
            yield

    def _catch_up(self) -> None:
        """Read the lines that others appended; a line torn by a kill is closed and was never delivered."""
        if not self._log.exists():
            return
        with self._log.open("rb") as log:
            log.seek(self._read_to)
            fresh = log.read()
        whole, newline, torn = fresh.rpartition(b"\n")
        for raw in whole.splitlines() if newline else ():
            try:
                line = json.loads(raw)
            except ValueError:  # a line that a kill tore: its message was never answered for and is written again
                continue
            self._known[line["key"]] = line["gateway_id"]
        self._read_to += len(fresh)
        if torn:
            self._append(self._log, "\n")

    def _show(self, message: OutgoingSms, gateway_id: str) -> None:
        """Write the message into the recipient's readable file unless it is there already."""
        shown = self._inbox / f"{_file_name(message.to)}.txt"
        if not shown.exists() or f"［{gateway_id}］" not in shown.read_text(encoding="utf-8"):
            self._append(shown, _block(message, gateway_id))

    @staticmethod
    def _append(path: Path, text: str) -> None:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            data = text.encode("utf-8")
            if os.write(handle, data) != len(data):
                raise OSError("the inbox could not be written whole: is the disk full?")
            os.fsync(handle)
        finally:
            os.close(handle)


def _reference(key: str) -> str:
    return "file-" + hashlib.sha256(key.encode("utf-8")).hexdigest()[:16]


def _file_name(label: str) -> str:
    """Return a label as a safe file name: no separators and no leading dot."""
    return re.sub(r"[^\w*-]", "_", label)[:80] or "_"


def _local(instant: datetime) -> datetime:
    return instant.astimezone(SHANGHAI)


def _line(message: OutgoingSms, gateway_id: str) -> dict[str, str | int | bool]:
    whole = signed(message.sign, message.text)
    return {
        "key": message.key,
        "gateway_id": gateway_id,
        "at": _local(message.at).isoformat(timespec="seconds"),
        "to": message.to,
        "phone": mask_phone(message.phone),
        "notice": message.notice,
        "text": whole,
        "parts": count_parts(whole),
        "late": message.late,
    }


def _block(message: OutgoingSms, gateway_id: str) -> str:
    late = "（迟到）" if message.late else ""
    heading = f"{_local(message.at):%Y-%m-%d %H:%M} 发至{mask_phone(message.phone)}{late} ［{gateway_id}］"
    return f"{heading}\n{signed(message.sign, message.text)}\n\n"
