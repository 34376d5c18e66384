"""One way to change a case: `decide(case, command, policy, calendar, now) -> CaseEvent`.

Frozen data in, frozen data out, no I/O.  A person's action and a deadline falling due are both commands.  Everything
that is checked for every step is here; what belongs to one step is in its rule, what a row does in `effects.py`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from casework import (
    amendments,
    appeals,
    application,
    breach,
    calendar_change,
    coming_and_going,
    conflicts,
    contacts,
    contingency,
    decided_members,
    eliminations,
    employment,
    escalation,
    exit_decision,
    exit_effect,
    exits,
    follow_ups,
    hardship,
    job_loss,
    members,
    monitoring,
    objections,
    overdue,
    policy_change,
    promise,
    publicity,
    refusals,
    relocation,
    review,
    services,
    steadiness,
    supplements,
    suspension,
    transfers,
    verification,
)
from casework.case import REMEMBERED_COMMANDS, Case, Taken
from casework.commands import COMMANDS, OPENINGS, Command, SystemCommand
from casework.commands.calendar_change import AdoptCalendar
from casework.commands.policy_change import AdoptPolicy
from casework.commands.review import Apply
from casework.conflicts import JUDGING, require_unconcerned
from casework.dates_said import check_dates
from casework.effects import apply as apply_effects
from casework.errors import Conflict, NotYourStep, SaidNo
from casework.events import CaseEvent
from casework.explanation import Fact, Why
from casework.key_monitored import is_watched
from casework.machine import require_in_table, take
from casework.notices import notices_due
from casework.ruling import Ruling, Setting
from casework.standstill import require_not_decided
from casework.states import State
from casework.table import roles_of
from casework.tasks import TASK_KINDS
from casework.times import in_words
from policies.calendar_model import WorkCalendar
from policies.schema import Policy

Rule = Callable[[Case, Any, Setting], Ruling]

RULES: dict[str, Rule] = {
    trigger: rule
    for module in (
        amendments,
        application,
        breach,
        calendar_change,
        conflicts,
        coming_and_going,
        appeals,
        contacts,
        decided_members,
        eliminations,
        contingency,
        employment,
        escalation,
        exit_decision,
        exit_effect,
        exits,
        follow_ups,
        hardship,
        job_loss,
        members,
        monitoring,
        objections,
        overdue,
        policy_change,
        promise,
        publicity,
        refusals,
        relocation,
        review,
        services,
        supplements,
        verification,
        transfers,
        steadiness,
        suspension,
    )
    for trigger, rule in vars(module).items()
    if trigger in COMMANDS and trigger not in OPENINGS
}
"""trigger → the rule of the same name; those that open a case differ, having none yet."""

OPEN: dict[str, Callable[[Any, int, Setting], Ruling]] = {
    "apply": application.apply,
    "open_monitoring": monitoring.open_monitoring,
}
"""trigger → the rule that opens a case."""


def decide(
    case: Case | None,
    command: Command,
    policy: Policy,
    calendar: WorkCalendar,
    now: datetime,
    *,
    clock_offset: int = 0,
) -> CaseEvent:
    """Return the event this command becomes, or raise a `CaseworkError` that says why not.

    `now` is business time (aware, UTC).  `clock_offset` (seconds) is only used to open a case in a drill.
    `policy` and `calendar` are those in force; a command that brings another is decided on the one it brings.
    """
    setting = Setting(policy, calendar, now, former=case.former_terms if case else ())
    if isinstance(command, AdoptCalendar) and case is not None:
        brought = command.calendar.for_area(case.office, calendar)
        setting = replace(setting, calendar=brought, replaced=calendar)
    if isinstance(command, AdoptPolicy):
        setting = replace(setting, policy=command.policy, replaced_policy=policy)
    if case is None:
        _check_envelope(case, command, setting)
        assert isinstance(command, Apply)
        ruling = OPEN[command.trigger](command, clock_offset, setting)
    else:
        ruling = ruled(case, command, setting)
    row = take(command.trigger, case, ruling, setting)
    return _event(case, command, ruling, row, setting)


def ruled(case: Case, command: Command, setting: Setting) -> Ruling:
    """Return the rule's yes to a command, before anything follows from it; raises its no."""
    _check_envelope(case, command, setting)
    require_not_decided(case, command, setting)
    return RULES[command.trigger](case, command, setting)


def _check_envelope(case: Case | None, command: Command, setting: Setting) -> None:
    """Check what every step needs: in the table, the right role, an open task, sane dates, not said before."""
    if case is not None and (seq := case.taken_seq(command.command_id)) is not None:
        raise Conflict("already_taken", "这一请求已经办理，请刷新后查看结果。", details={"seq": str(seq)})
    require_in_table(command.trigger, case.state if case else None)
    roles = roles_of(command.trigger)
    if command.by.role not in roles:
        words = "、".join(r.words for r in roles)
        raise NotYourStep("role_not_allowed", f"这一步由{words}办理，您的角色是{command.by.role.words}。")
    if case is not None and command.trigger in JUDGING:
        require_unconcerned(case, command.by)
    if command.task_id is not None and case is not None:
        _check_task(case, command)
    if not isinstance(command, SystemCommand):
        check_dates(case, command, setting.today)


def _check_task(case: Case, command: Command) -> None:
    task = case.task(command.task_id or "")
    if task is None:
        raise Conflict("task_closed", "该待办已被办结或已取消，请刷新后查看办理结果。", field="task_id")
    if command.trigger not in TASK_KINDS[task.kind].steps:
        words = "、".join(COMMANDS[s].title for s in TASK_KINDS[task.kind].steps)
        raise SaidNo(
            "step_not_of_task", f"待办“{TASK_KINDS[task.kind].words}”只能用以下步骤办结：{words}。", field="task_id"
        )


def _event(case: Case | None, command: Command, ruling: Ruling, row: Any, setting: Setting) -> CaseEvent:
    seq = (case.seq if case else 0) + 1
    effects = apply_effects(row, ruling, command.task_id, seq, setting)
    after = effects.case
    taken = (*after.taken, Taken(command_id=command.command_id, seq=seq))[-REMEMBERED_COMMANDS:]
    update: dict[str, Any] = {
        "seq": seq,
        "taken": taken,
        "last_at": setting.now,
        "key_monitored": is_watched(after, setting),
    }
    if after.state is State.EXITED:
        update |= {"exit": after.exit or _exit(ruling, command, setting), "exit_proposal": None, "exit_decided": None}
    after = after.model_copy(update=update)
    return CaseEvent(
        case_id=after.case_id,
        seq=seq,
        trigger=command.trigger,
        at=setting.now,
        on=setting.today,
        by=command.by,
        command_id=command.command_id,
        clock_offset=after.clock_offset,
        source=case.state if case else None,
        target=after.state,
        why=_why(ruling.why, command),
        about=ruling.about,
        text_ids=_text_ids(command),
        opened=effects.opened,
        closed=effects.closed,
        started=effects.started,
        stopped=effects.stopped,
        notices=notices_due(row, case, ruling, effects.opened, command.by, setting, after),
        case=after,
    )


def _exit(ruling: Ruling, command: Command, setting: Setting) -> Any:
    from casework.exit_facts import Exit

    assert ruling.ended is not None
    return Exit(reason=ruling.ended, on=setting.today, decided_by=command.by.hand)


def _why(why: Why, command: Command) -> Why:
    """Return the rule's why, with who noted the matter without a connection, and when, if somebody did."""
    if command.offline is None:
        return why
    noted = f"账号{command.offline.account}于{in_words(command.offline.on)}离线登记"
    return why.model_copy(update={"facts": (*why.facts, Fact(label="登记方式", value=noted))})


def _text_ids(command: Command) -> tuple[str, ...]:
    values = (getattr(command, name) for name in type(command).model_fields)
    return tuple(v for v in values if isinstance(v, str) and v.startswith("txt-"))
