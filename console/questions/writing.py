"""From an application back to the answers of a draft (回填草稿): what was typed elsewhere, to be gone on with here.

`answers_of(form)` and `read_application` are each other's opposites; a test holds them so.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from casework.household import Relation
from console.questions.pages import NO, SAME_BOOKLET, YES, Kind, questions_of
from desk.draft_answers import HOME, Answers, person_page, work_page
from desk.intake_form import ApplicationForm


def answers_of(form: ApplicationForm, *, by: str, now: datetime) -> Answers:
    """Return the answers that make this form; `by` is who is said to have saved them."""
    answers = Answers().saved(HOME, _fields(HOME, form), by=by, now=now)
    for number, member in enumerate(form.members, 1):
        fields = _fields("person/any", member)
        if number == 1:
            fields = {name: value for name, value in fields.items() if name != "relation"}
            if member.booklet == SAME_BOOKLET:
                fields.pop("booklet")
            if member.cohabiting:
                fields.pop("cohabiting")
            assert member.relation is Relation.APPLICANT
        key = f"m{number}"
        answers = answers.saved(person_page(key), fields, by=by, now=now)
        answers = answers.saved(work_page(key), _fields("work/any", member), by=by, now=now)
    return answers


def in_yuan(fen: int) -> str:
    """Return an amount as it is typed into a field: 1880 or 1880.50."""
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def _fields(page: str, form: Any) -> dict[str, str]:
    found = {q.name: _typed(q.kind, getattr(form, q.name)) for q in questions_of(page)}
    return {name: typed for name, typed in found.items() if typed}


def _typed(kind: Kind, value: object) -> str:
    match value:
        case bool():
            return YES if value else "" if kind is Kind.TICK else NO
        case int():
            return in_yuan(value) if value else ""
        case StrEnum():
            return value.value
        case date():
            return value.isoformat()
        case None:
            return ""
        case _:
            return str(value)
