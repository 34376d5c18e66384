"""What was written down before that a step has to weigh (有关经过): who said what when, with its free texts.

Texts are for staff who may see the case; the timeline of the case page shows the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from casework.commands import COMMANDS
from console.steps.fields import Options, fields_of
from records.engine import Reading
from records.scope import Scope
from records.texts import texts_of
from records.timeline import TimelineEvent, events_of

_EXIT = (
    *("propose_exit", "record_exit_response", "record_refusal", "judge_refusal", "issue_warning", "record_contact"),
    *("approve_exit", "raise_appeal", "exit_response_ended"),
)
WEIGHED: Mapping[str, tuple[str, ...]] = {
    "approve_exit": _EXIT,
    "reject_exit": _EXIT,
    "uphold_appeal": _EXIT,
    "dismiss_appeal": _EXIT,
    "confirm_exit_effect": ("approve_exit", "exit_effective"),
    "decide_special_situation": ("accept_application", "pass_first_review", "decide_member"),
    "pass_recheck": ("record_comparison", "judge_comparison_hit", "record_visit", "pass_first_review", "report_up"),
    "certify": ("pass_first_review", "report_up", "pass_recheck", "dismiss_objection"),
    "judge_comparison_hit": ("record_comparison",),
    "record_supplement": ("ask_supplement",),
    "end_monitoring": ("record_monitoring_visit",),
    "confirm_stable": ("record_employment", "approve_elimination", "record_follow_up", "record_stability_evidence"),
    "confirm_breach_cause": ("record_service", "record_referral", "record_refusal", "judge_refusal", "promise_overdue"),
    "receive_transfer": ("transfer_case",),
    "resume_promise": ("suspend_promise",),
    "lift_special_hardship": ("mark_special_hardship",),
    "restore_certification": ("record_job_loss", "reject_elimination", "withdraw_elimination"),
}
"""Step → the steps whose record it weighs; steps about a referral, a refusal or the like weigh that one's."""

SUBJECTS = frozenset({"objection", "refusal", "employment", "referral"})
MOST = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened."""

    seq: int
    title: str
    at: datetime
    role: str
    by: str
    says: str
    texts: tuple[str, ...]


def related(
    work: Reading, scope: Scope, case_id: str, trigger: str, choices: Mapping[str, Options]
) -> tuple[Line, ...]:
    """Return what the step weighs, the newest first."""
    subjects = {
        value
        for field in fields_of(trigger)
        if field.name in SUBJECTS and field.choice
        for value, _ in choices.get(field.choice, ())
    }
    wanted = WEIGHED.get(trigger, ())
    if not subjects and not wanted:
        return ()
    texts = texts_of(work, scope, case_id)
    found = [e for e in events_of(work, case_id) if e.about in subjects or e.trigger in wanted]
    return tuple(line_of(event, texts) for event in reversed(found[-MOST:]))


def since(work: Reading, case_id: str, seen: int, own: str) -> tuple[Line, ...]:
    """Return what happened after event `seen`, but for what this very request (`own`) did itself."""
    return tuple(line_of(e, {}) for e in events_of(work, case_id) if e.seq > seen and e.command_id != own)


def line_of(event: TimelineEvent, texts: Mapping[str, str]) -> Line:
    return Line(
        seq=event.seq,
        title=COMMANDS[event.trigger].title,
        at=event.at,
        role=event.by.role.words,
        by=event.by.words if event.by.account != "system" else "",
        says=event.why.says,
        texts=tuple(texts[text_id] for text_id in event.text_ids if text_id in texts),
    )
