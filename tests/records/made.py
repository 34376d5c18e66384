"""Cases, events and households for the tests of the record, with sensible defaults and nothing random."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from casework.case import Case
from casework.case_facts import Promise, Publicity, Standing
from casework.clocks import Clock, Ring
from casework.events import CaseEvent, ClosedTask, NoticeDue
from casework.exit_facts import Exit
from casework.explanation import Fact, Why
from casework.household import Household, Marital, Member, Relation, Sex, WorkStatus
from casework.states import Actor, ExitReason, Role, State
from casework.tasks import Task
from records.engine import Record
from records.people import HouseholdEntry, PersonEntry, register_household
from records.scope import Scope

OFFICE = "220302004"
CASE = f"{OFFICE}-2026-00001"
AT = datetime(2026, 9, 18, 2, tzinfo=UTC)
BORN = date(1979, 4, 17)

CLERK = Scope("clerk", Role.CASEWORKER, OFFICE)
COUNTY = Scope("county", Role.REVIEWER, "220302")
CITY = Scope("city", Role.SUPERVISOR, "220300")
HELPER = Scope("h07", Role.HELPER, OFFICE)
ADMIN = Scope("root", Role.ADMINISTRATOR, "220300")
ELSEWHERE = Scope("other", Role.CASEWORKER, "220302005")


def a_task(seq: int, kind: str = "first_review", **set_: Any) -> Task:
    fields: dict[str, Any] = {
        "task_id": f"{seq}-{kind}",
        "kind": kind,
        "role": Role.CASEWORKER,
        "opened_on": date(2026, 9, 18),
        "opened_seq": seq,
        "due_on": date(2026, 9, 25),
    }
    return Task(**fields | set_)


def a_clock(kind: str = "promise", due_on: date = date(2026, 10, 22), rings: int = 2) -> Clock:
    return Clock(
        kind=kind,
        started_on=date(2026, 9, 18),
        length="20个工作日",
        due_on=due_on,
        provisional=False,
        basis="吉林 第一条",
        rings=tuple(Ring(at=AT + timedelta(days=7 + n), trigger=f"ring_{n}") for n in range(rings)),
    )


def a_notice(name: str = "application_received", recipient: str = "M1", role: Role | None = None) -> NoticeDue:
    return NoticeDue(name=name, role=role, recipient=recipient, words={"received_on": "2026-09-18"}, not_before=AT)


def a_household(**facts: Any) -> Household:
    """Return a household of one, with these facts."""
    plain = a_case().household.members[0]
    return Household(members=(plain.model_copy(update=facts),))


def a_case(seq: int = 1, case_id: str = CASE, **set_: Any) -> Case:
    member = Member(
        member_id="M1",
        relation=Relation.APPLICANT,
        sex=Sex.FEMALE,
        birth_date=BORN,
        booklet="A",
        marital=Marital.SINGLE,
        status=WorkStatus.REGISTERED_UNEMPLOYED,
    )
    fields: dict[str, Any] = {
        "case_id": case_id,
        "office": OFFICE,
        "pack_id": "jilin-2021",
        "pack_version": "1",
        "calendar_version": "2026-1",
        "state": State.APPLIED,
        "seq": seq,
        "opened_on": date(2026, 9, 18),
        "discovered_on": date(2026, 9, 18),
        "household": Household(members=(member,)),
        "standing": Standing(
            outcome="eligible", reason="ok", counted=("M1",), base=("M1",), judged_on=date(2026, 9, 18)
        ),
    }
    return Case(**fields | set_)


def an_event(seq: int = 1, case: Case | None = None, **set_: Any) -> CaseEvent:
    of = {"case_id": set_["case_id"]} if "case_id" in set_ else {}
    after = (case or a_case(seq)).model_copy(update={"seq": seq, **of})
    fields: dict[str, Any] = {
        "case_id": after.case_id,
        "seq": seq,
        "trigger": "open" if seq == 1 else "note",
        "at": AT + timedelta(minutes=seq),
        "on": date(2026, 9, 18),
        "by": Actor(account="clerk", role=Role.CASEWORKER),
        "command_id": f"cmd-{seq}",
        "clock_offset": 0,
        "source": None if seq == 1 else after.state,
        "target": after.state,
        "why": Why(
            rule="eligibility.all_unemployed",
            says="全部成员失业。",
            facts=(Fact(label="出生日期", value=BORN.isoformat()),),
            clause="吉林 第三条",
        ),
        "case": after,
    }
    return CaseEvent(**fields | set_)


def a_promise(overdue_on: date | None = None, met_on: date | None = None) -> Promise:
    return Promise(
        number=1,
        started_on=date(2026, 9, 18),
        due_on=date(2026, 10, 22),
        provisional=False,
        overdue_on=overdue_on,
        met_on=met_on,
    )


def a_publicity(**set_: Any) -> Publicity:
    fields: dict[str, Any] = {
        "round": 1,
        "posted_on": date(2026, 9, 30),
        "ends_on": date(2026, 10, 10),
        "ends_at": datetime(2026, 10, 10, 16, tzinfo=UTC),
        "provisional": False,
    }
    return Publicity(**fields | set_)


def an_exit(seq: int, case_id: str = CASE) -> CaseEvent:
    gone = Exit(reason=ExitReason.WITHDRAWN, on=date(2026, 9, 20), decided_by="clerk")
    after = a_case(seq, case_id, state=State.EXITED, exit=gone)
    return an_event(seq, after, trigger="withdraw", source=State.APPLIED, target=State.EXITED)


def a_closed(task: Task, done: bool = True) -> ClosedTask:
    return ClosedTask(task_id=task.task_id, kind=task.kind, done=done)


NAME, ID_NUMBER, PHONE, ADDRESS = "欧阳桂兰", "22030219790417002X", "13904341234", "铁西街道北二马路17号3单元"


def an_entry(id_number: str = ID_NUMBER, *more: PersonEntry) -> HouseholdEntry:
    return HouseholdEntry(OFFICE, "北二社区", (PersonEntry("M1", NAME, id_number, PHONE), *more), address=ADDRESS)


def registered(record: Record, entry: HouseholdEntry | None = None, key: str = "k1", scope: Scope = CLERK) -> str:
    with record.write() as work:
        return register_household(work, entry or an_entry(), scope=scope, key=key, request_hash="h", now=AT)
