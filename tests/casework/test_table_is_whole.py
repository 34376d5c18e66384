"""What a review forgets about the step table: rules, commands, guards, tasks, clocks, notices, rows never reached."""

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import casework
from casework.commands import COMMANDS, OPENINGS, SystemCommand
from casework.decide import RULES
from casework.effects import PER_SUBJECT, WHILE
from casework.guards import GUARD_WORDS, GUARDS
from casework.notices import ADDRESSEES, BY_SMS_ALONE, BY_SMS_TOO, IN_APP_ALONE, WORDS
from casework.starting import CLOCK_WORDS, STARTERS
from casework.states import Role, State
from casework.table import TABLE, rows_of
from casework.task_notices import TASK_NOTICES
from casework.tasks import TASK_KINDS
from notifications.catalog import AT_ONCE, NOTICES, Recipient
from records.fallback import NOT_REACHED

TRIGGERS = tuple(dict.fromkeys(row.trigger for row in TABLE))


def test_every_step_has_a_rule_and_a_command_and_every_command_a_row() -> None:
    assert set(TRIGGERS) == set(COMMANDS)
    assert {*RULES, *OPENINGS} == set(TRIGGERS)


def test_deadlines_belong_to_the_system_and_people_to_people() -> None:
    for row in TABLE:
        assert (row.who == (Role.SYSTEM,)) == issubclass(COMMANDS[row.trigger], SystemCommand), row.trigger


def test_every_guard_named_exists_is_used_and_has_words() -> None:
    assert {row.guard for row in TABLE if row.guard} == set(GUARDS) == set(GUARD_WORDS)


def test_every_clock_has_a_starter_a_stop_and_words() -> None:
    started = {kind for row in TABLE for kind in row.starts}

    assert started == set(STARTERS) == set(CLOCK_WORDS)
    assert {kind for row in TABLE for kind in row.stops} == started


def test_every_notice_is_in_the_catalogue_with_the_same_words_and_receivers() -> None:
    named = {notice for row in TABLE for notice in row.notices}

    assert named == set(WORDS) == set(NOTICES) - {*TASK_NOTICES, *AT_ONCE, NOT_REACHED}
    for name in named:
        told = {Recipient(who) if who else Recipient.APPLICANT for who in ADDRESSEES.get(name, (None,))}
        assert told == set(NOTICES[name].recipients), name
    assert set(NOTICES) >= set(ADDRESSEES) | BY_SMS_TOO | IN_APP_ALONE | BY_SMS_ALONE


def test_every_state_but_the_last_has_a_way_out_that_people_can_take() -> None:
    for state in State:
        ways = [r for r in TABLE if state in r.source and r.target not in (None, state) and Role.SYSTEM not in r.who]
        assert bool(ways) == (state is not State.EXITED), state
    assert not [row for row in TABLE if State.EXITED in row.source]


def test_no_row_stands_behind_one_that_always_holds() -> None:
    """The first row whose guard holds is taken: a row behind an unguarded one of the same state is never reached."""
    for trigger in TRIGGERS:
        for state in State:
            rows = [row for row in rows_of(trigger) if state in row.source]
            assert not [row for row in rows[:-1] if row.guard is None], (trigger, state)
            assert not rows or rows[-1].guard is None or len(rows) > 1, (trigger, state)


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_a_step_always_finds_a_row(trigger: str) -> None:
    for state in State:
        rows = [row for row in rows_of(trigger) if state in row.source]
        assert not rows or rows[-1].guard is None, (trigger, state)


def test_every_task_has_steps_of_the_table_by_its_role() -> None:
    opened = {kind for row in TABLE for kind in row.opens}

    assert opened == set(TASK_KINDS)
    for kind, about in TASK_KINDS.items():
        for step in about.steps:
            assert any(about.role in row.who for row in rows_of(step)), (kind, step)


REVIEWS = (
    "first_review",
    "compare_online",
    "await_supplement",
    "post_publicity",
    "record_proof",
    "report_up",
    "county_recheck",
    "decide_objection",
)
HELD_BACK = {
    ("monitoring_visit", "accept_application"),
    ("decide_monitoring", "accept_application"),
    ("accept_application", "record_job_loss"),
    ("decide_special_situation", "post_publicity"),
    ("first_review", "post_publicity"),
} | {(kind, "certify") for kind in REVIEWS}
"""The rule of the second says no while a task of the first is open, so the task never gets past it."""


def _states_where_open(kind: str) -> set[State]:
    """Follow the table from every row that opens a kind, through every row that may leave it open."""
    found = {state for row in TABLE if kind in row.opens for state in ([row.target] if row.target else row.source)}
    while True:
        more = {
            row.target
            for row in TABLE
            for state in row.source
            if state in found
            and row.target not in (None, State.EXITED)
            and (kind not in row.closes or kind in WHILE)
            and (kind, row.trigger) not in HELD_BACK
        }
        if more <= found:
            return found
        found |= {state for state in more if state}


@pytest.mark.parametrize("kind", TASK_KINDS)
def test_an_open_task_can_be_ended_wherever_it_may_be_open(kind: str) -> None:
    for state in _states_where_open(kind):
        assert any(state in row.source for step in TASK_KINDS[kind].steps for row in rows_of(step)), (kind, state)


def test_kinds_of_a_subject_are_kinds() -> None:
    assert set(TASK_KINDS) | set(STARTERS) >= PER_SUBJECT


@cache
def _errors() -> list[tuple[str, str, str, set[str]]]:
    found = []
    for path in sorted(Path(next(iter(casework.__path__))).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Raise) or not isinstance(node.exc, ast.Call):
                continue
            kind = getattr(node.exc.func, "id", "")
            if kind in ("SaidNo", "NotYourStep", "Conflict", "StepNotInTable") and isinstance(
                node.exc.args[0], ast.Constant
            ):
                where = {k.arg or "" for k in node.exc.keywords}
                found.append((node.exc.args[0].value, kind, ast.unparse(node.exc.args[1]), where))
    return found


SAID_TWICE = {
    "already_approved",
    "appeal_period_running",
    "already_reported",
    "employment_unknown",
    "calendar_older",
    "ground_gone",
    "member_unknown",
    "not_employed",
    "no_hardship",
    "nothing_posted",
    "provisional_date",
    "publicity_not_over",
    "referral_decided",
    "response_period_running",
    "same_person",
    "special_situation_undecided",
}
"""Codes of one matter that comes up in two places."""


def test_an_error_code_has_one_meaning() -> None:
    """A code is of one class, and where it is raised in several places it concerns one matter."""
    classes: dict[str, set[str]] = {}
    for code, kind, _, _ in _errors():
        classes.setdefault(code, set()).add(kind)

    assert len(classes) > 60
    assert not {code for code, kinds in classes.items() if len(kinds) > 1}
    counted = Counter(code for code, *_ in _errors())
    repeated = {code for code, times in counted.items() if times > 1}
    assert repeated == SAID_TWICE


def test_no_message_shows_a_date_as_a_computer_does() -> None:
    """Dates that people read are in words; an f-string that prints a date attribute bare is a slip."""
    bare = [(code, text) for code, _, text, _ in _errors() if "_on}" in text.replace("in_words(", "")]

    assert not [b for b in bare if "in_words(" not in b[1]]
