"""The page before a weighty step (办理前核对): what was typed, and what would come of it."""

from collections.abc import Iterator, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from casework.events import CaseEvent
from console.forms import Form
from console.rendering import page
from console.steps.fields import Kind, StepField, fields_of
from console.steps.forms_shown import CONTROLS, StepPage, related_lines, task_words
from console.steps.reading import rows_typed
from console.steps.situation import Situation
from console.steps.told import Told, told
from records.timeline import events_of


async def confirmation(here: StepPage, at: Situation, form: Form, event: CaseEvent | None) -> HTMLResponse:
    """Return the page that asks once more; `event` is what the step would become, None where nobody can tell."""
    foreseen = await run_in_threadpool(_told, here, at, event) if event is not None else None
    typed = tuple(typed_words(fields_of(here.trigger), form, at))
    return page(
        here.request,
        "steps/confirm.html",
        title=f"核对：{here.title}" if typed else here.title,
        here=here,
        at=at,
        form=form,
        carried=tuple(pair for pair in form.again if pair[0] not in CONTROLS),
        typed=typed,
        foreseen=foreseen,
        related=() if typed else await run_in_threadpool(related_lines, here, at),
        own_words=at.acts_as.words,
        task_words=task_words,
    )


def typed_words(fields: Sequence[StepField], form: Form, at: Situation, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield what was typed as (label, words), as the form shows it; empty fields are left out."""
    for field in fields:
        name = prefix + field.name
        if field.kind is Kind.GROUP:
            yield from typed_words(field.parts, form, at, f"{name}-")
        elif field.kind is Kind.ROWS:
            for number in range(rows_typed(form, field, prefix)):
                row = typed_words(field.parts, form, at, f"{name}-{number}-")
                said = "，".join(words for _, words in row)
                if said:
                    yield f"{field.label}（第{number + 1}行）", said
        else:
            given = form.many(name)
            if given:
                yield field.label, "、".join(_words(field, value, at) for value in given)


def _words(field: StepField, value: str, at: Situation) -> str:
    if field.kind is Kind.TICK:
        return "是"
    options = dict(at.choices.get(field.choice, ()) if field.choice else field.options)
    return value if field.free else options.get(value) or value


def _told(here: StepPage, at: Situation, event: CaseEvent) -> Told:
    with here.desk.record.read() as work:
        return told(work, event, events_of(work, here.case_id), at.people)
