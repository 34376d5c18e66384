"""Comparing a household online (联网比对): ask every source, keep what it said, then take the step on it.

The sources are asked at once, each in its own thread; one that cannot be asked is `unavailable` for everybody.  Answers
are on record, sealed, before the case hears of them, and the same request again asks nobody twice.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from casework.case import Case
from casework.conflicts import require_unconcerned
from casework.errors import NotYourStep, SaidNo, StepNotInTable
from casework.events import Receipt
from casework.machine import require_in_table
from casework.review_facts import Source
from connectors.port import Connector, PersonAsked, SourceAnswer, SourceUnavailable, unavailable
from desk.bodies import body_of
from desk.desk import Caller, Desk, off_loop
from desk.errors import or_not_found
from desk.steps import take_step
from records import case_files
from records.comparisons import KeptAnswer, answers_of_run, forget_run, id_numbers, keep_answers
from records.policies import policy_of

STEP = "record_comparison"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Whom to ask about, and where."""

    sources: tuple[Source, ...]
    at: datetime
    people: tuple[PersonAsked, ...] = field(repr=False)


async def run_comparisons(desk: Desk, caller: Caller, case_id: str, key: str, *, now: datetime) -> Receipt:
    """Compare all members of a household with every source of its policy, and record the step.

    Raises what `take_step` raises; what the case refuses leaves no answers behind.
    """
    run = f"{caller.account}:{key}"
    async with desk.turn(f"run {run}"):
        kept = await off_loop(_kept, desk, case_id, run)
        if not kept:
            wanted = await off_loop(_wanted, desk, caller, case_id, now)
            await desk.require_engine()
            found = await asyncio.gather(*(off_loop(_asked, desk, source, wanted) for source in wanted.sources))
            kept = await off_loop(_keep, desk, caller, case_id, run, [a for answers in found for a in answers])
        body = body_of(STEP).model_validate({"results": [_result(one) for one in kept]})
        try:
            return await take_step(desk, caller, case_id, STEP, body, key, now=now)
        except (SaidNo, NotYourStep, StepNotInTable):
            await off_loop(_forget, desk, case_id, run)
            raise


def _wanted(desk: Desk, caller: Caller, case_id: str, now: datetime) -> _Wanted:
    """Nobody's number leaves the house for a step not allowed.  A drilled case is asked about in its own time."""
    with desk.record.read() as work:
        case: Case = or_not_found(case_files.full_case(work, caller.scope, case_id))
        require_in_table(STEP, case.state)
        require_unconcerned(case, caller.actor)
        present = [m.member_id for m in case.household.members if m.left_on is None]
        numbers = id_numbers(work, case_id)
        sources = policy_of(work, case).verification.sources.value
    people = tuple(PersonAsked(member, numbers[member]) for member in present if numbers.get(member))
    return _Wanted(tuple(map(Source, sources)), now + timedelta(seconds=case.clock_offset), people)


def _asked(desk: Desk, source: Source, wanted: _Wanted) -> tuple[tuple[Source, SourceAnswer], ...]:
    connector: Connector | None = desk.connectors.get(source)
    try:
        if connector is None:
            raise SourceUnavailable("not_connected")
        answers = connector.ask(wanted.people, wanted.at)
    except SourceUnavailable as away:
        answers = unavailable(wanted.people, wanted.at, away.code)
    return tuple((source, answer) for answer in answers)


def _keep(
    desk: Desk, caller: Caller, case_id: str, run: str, found: list[tuple[Source, SourceAnswer]]
) -> tuple[KeptAnswer, ...]:
    rows = [
        KeptAnswer(
            source=source.value,
            member=answer.member,
            result=answer.result.value,
            looked_at=answer.looked_at,
            valid_until=answer.valid_until,
            reference=answer.reference,
            raw=answer.raw,
        )
        for source, answer in found
    ]
    with desk.record.write() as work:
        keep_answers(work, case_id, run, caller.account, rows)
        return answers_of_run(work, case_id, run)


def _kept(desk: Desk, case_id: str, run: str) -> tuple[KeptAnswer, ...]:
    with desk.record.read() as work:
        return answers_of_run(work, case_id, run)


def _forget(desk: Desk, case_id: str, run: str) -> None:
    with desk.record.write() as work:
        forget_run(work, case_id, run)


def _result(one: KeptAnswer) -> dict[str, object]:
    return {
        "source": one.source,
        "member": one.member,
        "result": one.result,
        "valid_until": one.valid_until,
        "reference": one.reference,
    }
