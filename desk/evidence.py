"""Files people hand in (上传材料): judged by content, stored, put on record; and shown to whoever may see them.

Each look of staff is written into the view log of the case.  Out of sight is not there.
"""

from dataclasses import dataclass, field
from datetime import datetime

from casework.errors import SaidNo
from casework.states import Role
from desk.desk import Caller, Desk
from desk.errors import NotFound, or_not_found
from documents.file_kinds import KINDS, FileKind, kind_of
from records import case_files
from records.engine import Reading, Writing
from records.evidence import (
    APPLICATION,
    CASE,
    OBJECTION,
    About,
    Evidence,
    NewEvidence,
    add_evidence,
    evidence_about,
    evidence_of,
    one_evidence,
)
from records.household_pages import log_view
from records.online_applications import LOOKED, note_act, whole_application
from records.public_objections import whole_objection

MOST = 12
"""Files about one thing.  内部规定."""

LABELS = ("户口簿", "身份证", "失业登记材料", "收入证明", "婚姻证明", "残疾或健康证明", "情况说明", "其他材料")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it goes to whoever asked."""

    content: bytes = field(repr=False)
    kind: FileKind
    evidence_id: str


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file as it came, about one thing; `account` is None when the public handed it in."""

    about_kind: About
    about: str
    label: str
    file_name: str = field(repr=False)
    content: bytes = field(repr=False)
    case_id: str | None = None
    account: str | None = None


def keep_file(desk: Desk, file: HandedIn, now: datetime) -> str:
    """Keep a file and return its number; raises `SaidNo` (file_…, label_unknown, too_many_files)."""
    if file.label not in LABELS:
        raise SaidNo("label_unknown", "请选择这是什么材料。", field="label")
    kind = kind_of(file.content)
    with desk.record.read() as work:
        there = evidence_about(work, file.about_kind, file.about)
    if len(there) >= MOST:
        raise SaidNo("too_many_files", f"最多上传{MOST}个文件。请删去不需要的，或带到窗口。", field="file")
    digest = desk.evidence.put(file.content)
    new = NewEvidence(
        about_kind=file.about_kind,
        about=file.about,
        label=file.label,
        kind=kind.name,
        size=len(file.content),
        digest=digest,
        file_name=_plain_name(file.file_name),
        case_id=file.case_id,
        account=file.account,
    )
    with desk.record.write() as work:
        return add_evidence(work, new, now)


def add_to_case(
    desk: Desk, caller: Caller, case_id: str, *, label: str, file_name: str, content: bytes, now: datetime
) -> str:
    """Keep a file with a case that the caller sees."""
    with desk.record.read() as work:
        or_not_found(case_files.get(work, caller.scope, case_id))
    return keep_file(desk, HandedIn(CASE, case_id, label, file_name, content, case_id, caller.account), now)


def files_of_case(desk: Desk, caller: Caller, case_id: str) -> tuple[Evidence, ...]:
    """Return the files of a case; raises `NotFound` outside the scope."""
    with desk.record.read() as work:
        or_not_found(case_files.get(work, caller.scope, case_id))
        return evidence_of(work, caller.scope, case_id)


def open_file(desk: Desk, caller: Caller, evidence_id: str, now: datetime) -> Opened:
    """Return a file to staff who may see it, and log the look; raises `NotFound` for everybody else."""
    with desk.record.write() as work:
        found = or_not_found(one_evidence(work, evidence_id), "文件")
        if _of_an_application(work, caller, found, now):
            return opened(desk, found)
        case_id = _case_in_sight(work, caller, found)
        log_view(
            work,
            caller.scope,
            case_id,
            what="evidence",
            reason=f"查看材料：{found.label}（{evidence_id}）",
            now=now,
        )
    return opened(desk, found)


def _case_in_sight(work: Reading, caller: Caller, found: Evidence) -> str:
    """Return the case a file is looked at for; what an objector handed in is not for helpers."""
    case_id = found.case_id
    if found.about_kind == OBJECTION:
        objection = None if caller.role is Role.HELPER else whole_objection(work, caller.scope, found.about)
        case_id = objection.case_id if objection else None
    if case_id is None or case_files.get(work, caller.scope, case_id) is None:
        raise NotFound("文件")
    return case_id


def _of_an_application(work: Writing, caller: Caller, found: Evidence, now: datetime) -> bool:
    """Say whether the file is of an online application at the caller's office, not a case yet; the look is noted."""
    if found.about_kind != APPLICATION or found.case_id is not None or caller.role is not Role.CASEWORKER:
        return False
    if whole_application(work, caller.scope, found.about) is None:
        return False
    note_act(work, found.about, LOOKED, caller.account, now)
    return True


def opened(desk: Desk, found: Evidence) -> Opened:
    """Return the content of a file that the caller has been found to be allowed to see."""
    return Opened(desk.evidence.get(found.digest), KINDS[found.kind], found.evidence_id)


def _plain_name(name: str) -> str:
    """Return the name as typed, without a path and what cannot be seen; it is shown to staff alone."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable())[:120] or "未命名"
