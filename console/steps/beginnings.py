"""What stands in a step's form when it is opened (初始内容): the subject of the task, a choice without alternative.

Nothing that has to be answered is answered here; a day stands in a form only where most people mean today.
"""

from collections.abc import Iterator, Mapping

from casework.review_facts import Source
from console.forms import Form
from console.steps.fields import Kind, StepField, fields_of
from console.steps.situation import Situation

TODAY = frozenset(
    {
        "post_publicity.posted_on",
        "record_service.on",
        "record_referral.on",
        "record_contact.on",
        "record_supplement.on",
        "raise_objection.on",
        "issue_warning.on",
        "record_exit_response.on",
        "raise_appeal.on",
        "arrange_guaranteed_post.on",
    }
)
"""Days that are today unless somebody says otherwise."""

ABOUT = ("refusal", "objection", "employment", "month", "step", "sought", "member", "referral")
"""Fields that the subject of a task, or the address of the page, may fill: `…?referral=R12`."""

NEVER_ASSUMED = frozenset({"helpers", "offices", "staff"})
"""Choices of people and places: nobody is named without somebody saying so, not even where there is only one."""


def beginning(trigger: str, at: Situation, asked: Mapping[str, str]) -> Form:
    """Return the form as it is opened; `asked` is what the address says, of which only subjects are taken."""
    return Form(tuple(_pairs(trigger, at, asked)))


def _pairs(trigger: str, at: Situation, asked: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    about = at.task.about if at.task else None
    said: set[str] = set()
    if trigger == "judge_comparison_hit" and about and "-" in about:
        source, _, member = about.partition("-")
        yield from (("source", source), ("member", member))
        said |= {"source", "member"}
    for field in fields_of(trigger):
        values = [value for value, _ in at.choices.get(field.choice or "", field.options)]
        if field.name in said:
            continue
        if field.path in at.prefilled:
            yield field.name, at.prefilled[field.path]
            continue
        subject = asked.get(field.name, about)
        if subject in values and field.name in ABOUT:
            yield field.name, subject or ""
        elif field.kind is Kind.CHOICE and field.required and len(values) == 1 and _goes_without_saying(field):
            yield field.name, values[0]
        elif f"{trigger}.{field.path}" in TODAY:
            yield field.name, at.today.isoformat()
        elif field.path == "results":
            yield from _comparisons(at)


def _goes_without_saying(field: StepField) -> bool:
    return not field.free and field.choice not in NEVER_ASSUMED


def _comparisons(at: Situation) -> Iterator[tuple[str, str]]:
    """A row for each source of the policy and each member: only the result is left to say."""
    pairs = [(s, m) for s in at.policy.verification.sources.value for m, _ in at.choices["members"]]
    for number, (source, member) in enumerate(pairs):
        yield f"results-{number}-source", Source(source).value
        yield f"results-{number}-member", member
