"""What employers answered, for many referrals at once (用人单位反馈): each line is a step of its own, with its result.

Hired and rejected are the outcome of a referral; who did not attend is a refusal without a word (A4), which somebody
else judges.  What one line is refused for concerns no other; the same list sent again repeats nothing.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from casework.errors import CaseworkError, SaidNo
from casework.times import in_words
from desk.bodies import body_of
from desk.case_client import AcceptedNotRecorded, EngineUnavailable
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.reassignments import Outcome
from desk.steps import take_step
from records.case_files import full_case
from records.engine import Reading
from records.errors import RecordUnavailable

ANSWERS = {"hired": "已录用", "employer_rejected": "未录用（用人单位不要）", "no_show": "本人未按约到场"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an employer said of one referral."""

    case_id: str
    referral_id: str
    member_id: str
    said: str
    referred_on: date


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """What became of one line: done, or the no in words."""

    answer: Answer
    outcome: Outcome
    no: CaseworkError | None = None


async def record_answers(
    desk: Desk, caller: Caller, answers: Sequence[Answer], on: date, key: str, now: datetime
) -> tuple[AnswerResult, ...]:
    """Record every answer; what is refused says why, and nothing else waits for it."""
    return tuple([result async for result in _results(desk, caller, answers, on, key, now)])


async def _results(
    desk: Desk, caller: Caller, answers: Sequence[Answer], on: date, key: str, now: datetime
) -> AsyncIterator[AnswerResult]:
    away: CaseworkError | None = None
    for answer in answers:
        if away is not None:
            yield AnswerResult(answer, Outcome.NOT_TRIED, away)
            continue
        trigger, values = _step(answer, on)
        try:
            if on < answer.referred_on:
                raise SaidNo(
                    "outcome_before_referral", f"结果日期早于推荐日期（{in_words(answer.referred_on)}），请核对。"
                )
            body = body_of(trigger).model_validate(values)
            await take_step(desk, caller, answer.case_id, trigger, body, _key(key, answer), now=now)
            yield AnswerResult(answer, Outcome.DONE)
        except AcceptedNotRecorded as pending:
            yield AnswerResult(answer, Outcome.PENDING, pending)
        except (EngineUnavailable, RecordUnavailable) as gone:
            away = gone
            yield AnswerResult(answer, Outcome.NOT_TRIED, gone)
        except CaseworkError as no:
            yield AnswerResult(answer, Outcome.REFUSED, no)


def answer_of(work: Reading, caller: Caller, case_id: str, referral_id: str, said: str) -> Answer:
    """Return what is said of a referral in the caller's scope, whether or not it has an outcome already."""
    case = or_not_found(full_case(work, caller.scope, case_id))
    made = or_not_found(next((r for r in case.referrals if r.referral_id == referral_id), None), "推荐")
    return Answer(case_id, referral_id, made.member, said, made.on)


def _step(answer: Answer, on: date) -> tuple[str, dict[str, object]]:
    if answer.said == "no_show":
        values: dict[str, object] = {"referral": answer.referral_id, "member": answer.member_id, "on": on}
        return "record_refusal", values | {"no_show": True}
    return "record_referral_outcome", {"referral": answer.referral_id, "outcome": answer.said, "on": on}


def _key(key: str, answer: Answer) -> str:
    """Return the line's own key: the same list sent again repeats its lines, whatever was taken out of it."""
    told = f"{key}:{answer.case_id}:{answer.referral_id}:{answer.said}"
    return f"line-{sha256(told.encode()).hexdigest()[:40]}"
