"""Inspections at the desk (核查): opening one, writing down findings, circulars and talks, putting right, closing.

Only supervisors act, each in its area; an area outside is not found.  What closing needs is `register/inspection_file`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from casework.errors import Conflict, NotYourStep, SaidNo
from casework.states import Role
from casework.times import in_words
from desk.desk import Caller
from desk.errors import NotFound, or_not_found
from records import inspections
from records.addressees import reviewers_of, supervisors_above
from records.engine import Record, Writing
from records.inbox import put_line
from records.inspections import Inspection, NewInspection
from records.requests import key_used_for_another, remember
from records.scope import COUNTY, area_prefix
from register.inspection_file import CLAUSE, Line, RecordKind, Result, require_closable, require_days

TITLE = "核查"
"""What the lines of the inbox are headed by."""

LONGEST = 4000
LONGEST_NAMES = 200


@dataclass(frozen=True, slots=True)
class Opening:
    """What is typed to open an inspection; with `kind` and `subject` it is about an item of the radar."""

    area: str
    about: str | None = field(repr=False)
    inspectors: str | None = field(repr=False)
    due_on: date
    kind: str | None = None
    subject: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """What is typed to write something down."""

    kind: RecordKind
    on_day: date
    due_on: date | None
    whom: str | None = field(repr=False)
    text: str | None = field(repr=False)


def open_inspection(record: Record, caller: Caller, opening: Opening, key: str, today: date) -> str:
    """Open an inspection and return its id; the same key opens it once."""
    _require_supervisor(caller)
    if not opening.area.isdigit() or not opening.area.startswith(area_prefix(caller.area)):
        raise SaidNo("area_outside", "地区代码不在您的管辖范围内，请核对。", field="area")
    about = _said(opening.about, "about", "请写明核查什么、为什么核查")
    people = _said(opening.inspectors, "inspectors", "请写明由谁核查", LONGEST_NAMES)
    require_days(today, opening.due_on)
    inspection_id = str(uuid5(NAMESPACE_URL, f"wanjia:inspection:{caller.account}:{key}"))
    new = NewInspection(
        *(inspection_id, opening.area, about, people, opening.due_on, opening.kind, opening.subject, opening.digest)
    )
    with record.write() as work:
        inspections.open_inspection(work, new, account=caller.account, on=today)
    return inspection_id


def note(
    record: Record, caller: Caller, inspection_id: str, noted: Noted, key: str, *, today: date, now: datetime
) -> None:
    """Write down a finding, a circular, a talk or a follow-up."""
    _require_supervisor(caller)
    text = _said(noted.text, "text", "请写明内容")
    whom = None
    if noted.kind.names_somebody:
        whom = _said(noted.whom, "whom", "请写明通报给谁、约谈了谁", LONGEST_NAMES)
    if noted.on_day > today:
        raise SaidNo("day_to_come", "日期不能晚于今天，请核对。", field="on_day")
    due_on = noted.due_on if noted.kind is RecordKind.FINDING else None
    if due_on is not None and due_on < noted.on_day:
        raise SaidNo("due_before_finding", "整改期限不能早于发现的日期，请核对。", field="due_on")
    with record.write() as work:
        found = _open_one(work, caller, inspection_id)
        if noted.on_day < found.row.opened_on:
            raise SaidNo("before_opening", "日期不能早于核查开展之日，请核对。", field="on_day")
        if _first(work, caller, key, {"inspection": inspection_id, "kind": noted.kind.value, "text": text}, now):
            place = inspections.add_record(
                work,
                inspection_id,
                kind=noted.kind,
                on_day=noted.on_day,
                due_on=due_on,
                whom=whom,
                text=text,
                account=caller.account,
                now=now,
            )
            _tell(work, caller, found, noted.kind, place, due_on, now)


def put_right(
    record: Record, caller: Caller, inspection_id: str, place: int, *, on: date, text: str | None, today: date
) -> None:
    """Write that a finding was put right; a second time it stays as first written."""
    _require_supervisor(caller)
    said = _said(text, "done_text", "请写明怎样整改的")
    if on > today:
        raise SaidNo("day_to_come", "日期不能晚于今天，请核对。", field="done_on")
    with record.write() as work:
        found = _open_one(work, caller, inspection_id)
        finding = next((r for r in found.records if r.place == place and r.kind is RecordKind.FINDING), None)
        if finding is None:
            raise NotFound("问题")
        if on < finding.on_day:
            raise SaidNo("before_finding", "整改日期不能早于发现的日期，请核对。", field="done_on")
        inspections.put_right(work, inspection_id, place, on=on, text=said, account=caller.account)


def close(
    record: Record, caller: Caller, inspection_id: str, *, result: str | None, conclusion: str | None, today: date
) -> None:
    """Close an inspection, by a person who neither opened it nor wrote anything in it."""
    _require_supervisor(caller)
    if result not in {r.value for r in Result}:
        raise SaidNo("result_missing", "请选择核查的结论。", field="result")
    said = _said(conclusion, "conclusion", "请写明结论和处理意见")
    with record.write() as work:
        found = _open_one(work, caller, inspection_id)
        lines = [Line(r.kind, r.account, r.done_on, r.done_by) for r in found.records]
        require_closable(found.row.opened_by, lines, caller.account)
        closed = inspections.close(
            work,
            inspection_id,
            version=found.row.version,
            result=Result(result or ""),
            conclusion=said,
            account=caller.account,
            on=today,
        )
    if not closed:
        raise Conflict("inspection_changed", "这次核查刚被他人办结，请重新打开页面。")


def _open_one(work: Writing, caller: Caller, inspection_id: str) -> Inspection:
    found = or_not_found(inspections.get(work, caller.scope, inspection_id, lock=True), "核查")
    if found.row.closed_on is not None:
        raise Conflict("inspection_closed", "这次核查已经办结，不能再记录。", clause=CLAUSE)
    return found


def _tell(
    work: Writing, caller: Caller, found: Inspection, kind: RecordKind, place: int, due_on: date | None, now: datetime
) -> None:
    """Tell the county and the area's supervisors of a circular or a finding; what it says is read on its page."""
    if kind not in (RecordKind.CIRCULAR, RecordKind.FINDING):
        return
    row = found.row
    until = f"，须在{in_words(due_on)}前（含当日）整改" if due_on else ""
    text = f"核查{row.number}有新的{kind.words}{until}。内容请到核查页查看。"
    told = [(account, Role.SUPERVISOR) for account in supervisors_above(work, row.area)]
    if len(row.area) >= COUNTY:
        told += [(account, Role.REVIEWER) for account in reviewers_of(work, row.area[:COUNTY])]
    for account, role in told:
        if account != caller.account:
            key, link = f"inspection/{row.inspection_id}/{place}/{account}", f"/inspections/of/{row.inspection_id}"
            put_line(work, key, account, role, TITLE, text, now, link=link)


def _first(work: Writing, caller: Caller, key: str, body: Mapping[str, str], now: datetime) -> bool:
    """Say whether the key is new; raise when it was used for something else."""
    said = sha256("\x00".join(f"{name}={value}" for name, value in sorted(body.items())).encode()).hexdigest()
    seen = remember(work, account=caller.account, key=key, request_hash=said, now=now)
    if seen.what == "different":
        raise key_used_for_another()
    return seen.what == "first"


def _require_supervisor(caller: Caller) -> None:
    if caller.role is not Role.SUPERVISOR:
        raise NotYourStep("not_your_step", "核查由督导人员办理，县级复核人员可以查看。")


def _said(text: str | None, name: str, ask: str, longest: int = LONGEST) -> str:
    if not (text or "").strip():
        raise SaidNo(f"{name}_missing", f"{ask}。", field=name)
    if len(text or "") > longest:
        raise SaidNo(f"{name}_long", f"最多{longest}字，请精简。", field=name)
    return (text or "").strip()
