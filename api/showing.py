"""How what the record holds becomes what reading routes answer (see `answers.py` for the shapes)."""

from api.answers import (
    CaseAnswer,
    CaseLine,
    CaseList,
    ClockLine,
    Clocks,
    EventLine,
    MemberFacts,
    MemberServices,
    MessageAnswer,
    TaskLine,
)
from api.step_paths import step_url
from api.steps import AllowedStep, allowed_for
from casework.case import Case
from casework.clock_history import ClockLife
from casework.clock_sentences import sentences
from casework.clock_story import story_of
from casework.clocks import Clock, Pause
from casework.commands import COMMANDS
from casework.services import owed_services, service_counts
from casework.starting import CLOCK_WORDS
from casework.states import Role
from casework.tasks import TASK_KINDS
from casework.times import in_words
from desk.acting import Standing
from policies.calendar_model import WorkCalendar
from policies.schema import Policy
from records.case_files import CasePage, CaseRow
from records.scope import Scope
from records.timeline import MessageLine, TimelineEvent
from records.worklists import TaskRow


def case_line(row: CaseRow, scope: Scope) -> CaseLine:
    """Return a row as lists show it to a caller."""
    fields = {name: getattr(row, name) for name in CaseLine.model_fields if hasattr(row, name)}
    fields["exit_reason"] = row.exit_reason.value if row.exit_reason else None
    words = row.exit_reason.words if row.exit_reason else None
    acting_for = scope.acting_for(row.helper, None, row.clock)
    return CaseLine(**fields, state_words=row.state.words, exit_reason_words=words, acting_for=acting_for)


def case_list(page: CasePage, scope: Scope) -> CaseList:
    return CaseList(cases=tuple(case_line(r, scope) for r in page.rows), total=page.total, next_after=page.next_after)


def task_line(row: TaskRow, pauses: tuple[Pause, ...] = ()) -> TaskLine:
    """Return a task with the steps that end it, and its pauses where the case is at hand."""
    steps = allowed_steps_of(row.case_id, row.kind)
    same = ("case_id", "kind", "role", "about", "opened_on", "due_on", "internal", "overdue", "claimed_by")
    closed = ("closed_at", "closed_by", "closed_for", "done")
    fields = {name: getattr(row, name) for name in (*same, *closed, "acting_for")}
    shown = {"task_id": row.local_id, "words": row.title or TASK_KINDS[row.kind].words, "steps": steps}
    return TaskLine(**fields, **shown, paused=bool(row.paused), pauses=pauses)


def allowed_steps_of(case_id: str, kind: str) -> tuple[AllowedStep, ...]:
    return tuple(
        AllowedStep(step=step, title=COMMANDS[step].title, path=step_url(case_id, step))
        for step in TASK_KINDS[kind].steps
    )


def clock_line(clock: Clock) -> ClockLine:
    """Return a clock with its explanation."""
    words = CLOCK_WORDS.get(clock.kind, clock.kind)
    says = f"{words}自{in_words(clock.started_on)}起算（当日不计），{clock.length}，至{in_words(clock.due_on)}24时止"
    says += "；所在年份放假安排尚未公布，日期为暂定。" if clock.provisional else "。"
    fields = {name: getattr(clock, name) for name in type(clock).model_fields if name in ClockLine.model_fields}
    fields |= {"first_due_on": clock.first_due_on, "paused": clock.paused}
    return ClockLine(**fields, words=words, says=says)


def clock_stories(case: Case, lives: tuple[ClockLife, ...], calendar: WorkCalendar) -> Clocks:
    """Return the clocks of a case with their stories, the running ones by their last day, the others as they ended."""
    told = [(life, story_of(life, case, calendar)) for life in lives]
    lines = [
        (life, clock_line(life.clock).model_copy(update={"story": story, "sentences": sentences(story)}))
        for life, story in told
    ]
    running = [line for life, line in lines if life.ended is None]
    return Clocks(
        clocks=tuple(sorted(running, key=lambda line: (line.due_on, line.kind, line.about or ""))),
        finished=tuple(line for life, line in lines if life.ended is not None),
    )


def event_line(event: TimelineEvent, texts: dict[str, str], clocks: tuple[str, ...] = ()) -> EventLine:
    """Return an event with its texts for staff, and with what it did to the clocks."""
    same = ("seq", "trigger", "at", "on", "source", "target", "about", "why", "opened", "closed", "clock_offset")
    return EventLine(
        **{name: getattr(event, name) for name in same},
        title=COMMANDS[event.trigger].title,
        account=event.by.account,
        acting_for=event.by.acting_for,
        by_words=event.by.words,
        role=event.by.role,
        target_words=event.target.words,
        texts={text_id: texts[text_id] for text_id in event.text_ids if text_id in texts},
        notices=tuple(notice.name for notice in event.notices),
        clocks=clocks,
    )


def message_answer(line: MessageLine) -> MessageAnswer:
    fields = {name: getattr(line, name) for name in MessageAnswer.model_fields}
    return MessageAnswer(**{**fields, "state": line.state.value})


def case_answer(
    case: Case, tasks: tuple[TaskRow, ...], role: Role, policy: Policy, caller_stands: Standing
) -> CaseAnswer:
    """Return one case as its page shows it to a role; `policy` is the one it lives by."""
    same = [name for name in CaseAnswer.model_fields if name in Case.model_fields]
    own = ("tasks", "clocks", "services")
    fields = {name: getattr(case, name) for name in same if name not in own}
    standing = case.standing
    pauses = {task.task_id: task.pauses for task in case.tasks}
    return CaseAnswer(
        **fields,
        state_words=case.state.words,
        responsible=caller_stands.responsible,
        acting_for=caller_stands.acting_for,
        members=tuple(
            MemberFacts(
                member_id=m.member_id,
                relation=m.relation.value,
                status=m.status.value,
                counted=m.member_id in standing.counted,
                base=m.member_id in standing.base,
            )
            for m in case.household.members
        ),
        services=_services(case, policy),
        tasks=tuple(task_line(row, pauses.get(row.local_id, ())) for row in tasks),
        clocks=tuple(clock_line(clock) for clock in case.clocks),
        allowed=allowed_for(case.case_id, case.state, role),
    )


def _services(case: Case, policy: Policy) -> tuple[MemberServices, ...]:
    needed = owed_services(case, policy)
    return tuple(
        MemberServices(
            member=member,
            guidance_needed=needed.guidance.value,
            training_info_needed=needed.training_info.value,
            referrals_needed=needed.referrals.value,
            **service_counts(case, member),
        )
        for member in case.standing.base
    )
