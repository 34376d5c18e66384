"""The page of a step's form (办理页): opened, shown again with what is wrong, or with what has happened meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse

from casework.commands import COMMANDS
from casework.dates_said import DATE_WORDS
from casework.errors import CaseworkError, StepNotInTable
from casework.tasks import TASK_KINDS
from console import words
from console.forms import Form, Mistake, words_of
from console.rendering import page
from console.steps.choice_words import EMPTY
from console.steps.fields import Options, StepField, fields_of, walk
from console.steps.member_facts import ABOUT_MEMBERS, member_facts
from console.steps.possible import address_of, possible_steps
from console.steps.reading import ROW_KEYS, rows_typed
from console.steps.related import Line, related
from console.steps.situation import Situation
from console.steps.suggestions import ForMember, suggestions
from console.steps.weighty import WEIGHTY
from desk.desk import Caller, Desk

SEEN, CONFIRMED, CHANGE, ADD, DROP, ACTING = "_seen", "_confirmed", "_change", "_add", "_drop", "_acting_for"
REST = "_rest"
CONTROLS = frozenset({SEEN, CONFIRMED, CHANGE, ADD, DROP, REST})
"""Fields of the page itself beside those of the step."""

THE_REST: Mapping[str, tuple[str, str, str]] = {"results": ("result", "clear", "其余均为未发现")}
"""Rows that a button answers where nothing was said yet: the part, the answer, the button's words."""


@dataclass(frozen=True, slots=True)
class StepPage:
    """One step of one case, asked for by somebody; `task` is the task it is to end."""

    request: Request
    desk: Desk
    caller: Caller
    case_id: str
    trigger: str
    task: str | None

    @property
    def address(self) -> str:
        return address_of(self.case_id, self.trigger, self.task)

    @property
    def title(self) -> str:
        return COMMANDS[self.trigger].title


@dataclass(frozen=True, slots=True)
class Refused:
    """A no as the page says it, with what can be done instead."""

    heading: str
    words: str
    clause: str | None
    instead: Options


async def form_page(
    here: StepPage,
    at: Situation,
    form: Form,
    *,
    status: int = 200,
    mistakes: tuple[Mistake, ...] = (),
    refused: Refused | None = None,
    since: tuple[Line, ...] = (),
    last: tuple[Line, ...] = (),
    shown: bool = True,
) -> HTMLResponse:
    """Return the page of the form with what stands in it; not `shown`, it only says why not now."""
    fields = fields_of(here.trigger)
    lacking = tuple(
        EMPTY[f.choice]
        for f in walk(fields)
        if f.required and f.choice and not f.free and not at.choices.get(f.choice) and "." not in f.path
    )
    lines = await run_in_threadpool(related_lines, here, at)
    suggested = await run_in_threadpool(_suggested, here, at) if shown and here.request.method == "GET" else ()
    return page(
        here.request,
        "steps/step.html",
        title=here.title,
        status=status,
        here=here,
        at=at,
        fields=fields,
        the_rest=THE_REST,
        rows={f.name: max(1, rows_typed(form, f)) for f in fields if f.kind == "rows"},
        form=form,
        choices=at.choices,
        empty_words=EMPTY,
        mistakes=mistakes,
        refused=refused,
        since=since,
        last=last,
        related=lines,
        suggested=suggested,
        lacking=lacking,
        shown=shown,
        limit=words.due(at.task.due_on, at.today, at.calendar, overdue=at.task.overdue, paused=bool(at.task.paused))
        if at.task and at.task.closed_seq is None
        else None,
        facts=member_facts(at.case, at.people) if here.trigger in ABOUT_MEMBERS else (),
        weighty=here.trigger in WEIGHTY,
        own_words=at.acts_as.words,
        acting=_acting(here, at),
        is_day=_is_day,
        task_words=task_words,
    )


def task_words(kind: str) -> str:
    """Return what a kind of task is called."""
    return TASK_KINDS[kind].words


def _acting(here: StepPage, at: Situation) -> Options:
    """Return in whose name the caller may act, where there is a choice."""
    if not at.may_act_for or at.acts_as.acting_for is not None:
        return ()
    colleagues = tuple((account, f"代 {account}") for account in at.may_act_for)
    return (("", f"本人 {here.caller.account}"), *colleagues)


def _is_day(given: str) -> bool:
    """Say whether the browser's own field for dates can show this."""
    try:
        return date.fromisoformat(given).isoformat() == given
    except ValueError:
        return False


def refusal_of(here: StepPage, at: Situation, error: CaseworkError) -> Refused:
    """Return a typed no as the page says it."""
    heading = "没有办理" if here.request.method == "POST" else "现在不能办理"
    heading = "暂时不能办理" if error.code in ("engine_unavailable", "record_unavailable") else heading
    instead = possible_steps(at.case, at.acts_as, at.setting) if isinstance(error, StepNotInTable) else ()
    return Refused(heading, words_of(error), error.clause, instead)


def mistakes_for(here: StepPage, error: CaseworkError) -> tuple[Mistake, ...]:
    """Return the mistake of a no that names a field of this form, in the form's own name for it."""
    labels = {field.path.replace(".", "-"): field.label for field in walk(fields_of(here.trigger))}
    name = (error.field or "").replace(".", "-").replace("[", "-").replace("]", "")
    if name not in labels:
        return ()
    called = DATE_WORDS.get(name)
    return (Mistake(name, error.message.replace(f"“{called}”", f"“{labels[name]}”") if called else error.message),)


def with_rows(trigger: str, form: Form) -> Form:
    """Return the form with a row more or one less, or with the rows left open answered, as its buttons asked."""
    added, dropped, rest = form.text(ADD), form.text(DROP), form.text(REST)
    pairs = tuple((name, value) for name, value in form.pairs if name not in (ADD, DROP, REST, CHANGE, CONFIRMED))
    for field in fields_of(trigger):
        if field.kind == "rows" and field.name == added:
            first = field.parts[0].name
            pairs = (*pairs, (f"{field.name}-{rows_typed(form, field)}-{first}", ""))
        if field.kind == "rows" and dropped and dropped.startswith(f"{field.name}-"):
            pairs = _without(pairs, field.name, dropped.rpartition("-")[2])
        if field.kind == "rows" and field.name == rest and field.path in THE_REST:
            pairs = _answered(form, field, pairs)
    return Form(pairs)


def _answered(form: Form, field: StepField, pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the pairs with an answer in every row that says what it is about and has none; others stay as typed."""
    part, answer, _ = THE_REST[field.path]
    rows = [f"{field.name}-{number}-" for number in range(rows_typed(form, field))]
    about = [row for row in rows if all(form.text(row + key) for key in ROW_KEYS[field.path])]
    left = {row + part for row in about if form.text(row + part) is None}
    return (*(pair for pair in pairs if pair[0] not in left), *((name, answer) for name in sorted(left)))


def _without(pairs: tuple[tuple[str, str], ...], field: str, number: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs without one row; those below move up."""
    kept = []
    for name, value in pairs:
        start, _, rest = name.removeprefix(f"{field}-").partition("-")
        if not name.startswith(f"{field}-") or not start.isdigit() or not number.isdigit():
            kept.append((name, value))
        elif start != number:
            moved = int(start) - (int(start) > int(number))
            kept.append((f"{field}-{moved}-{rest}", value))
    return tuple(kept)


def _suggested(here: StepPage, at: Situation) -> tuple[ForMember, ...]:
    """Read which vacancies match, where the step puts one to a member."""
    with here.desk.record.read() as work:
        return suggestions(work, here.trigger, at.case, at.people, at.today)


def related_lines(here: StepPage, at: Situation) -> tuple[Line, ...]:
    """Read what the step has to weigh."""
    with here.desk.record.read() as work:
        return related(work, here.caller.scope, here.case_id, here.trigger, at.choices)
