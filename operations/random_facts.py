"""Plausible facts for any command, made from its own fields: mostly of this case, sometimes of none.

A field is filled by what it is called (a member, a referral, an amount) or else by its type.  Nothing here decides
anything; what is made may well be refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from random import Random
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from annotated_types import Ge, Gt, Le
from pydantic import BaseModel

from casework.case import Case
from casework.case_facts import TextId
from casework.commands.request import Command
from casework.contingency import codes
from casework.household import Household, Member, Relation, Track
from policies.calendar_model import Holiday, WorkCalendar, YearSchedule
from policies.schema import Policy

TEXT = "txt-" + "0" * 32
NOBODY = "M9"
ENVELOPE = frozenset(Command.model_fields)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a fact is made from: the case and the policy as they are, the dice, and the legal date."""

    case: Case
    policy: Policy
    rng: Random
    today: date

    def member(self) -> str:
        """Return a member, mostly of the base set, seldom nobody's number."""
        ids = [m.member_id for m in self.case.household.members]
        wanted = [m for m in ids if m in self.case.standing.base] or ids
        return self.rng.choice(wanted) if self.rng.random() < 0.95 else self.rng.choice([*ids, NOBODY])


Made = Callable[[Moment], Any]

BY_NAME: dict[str, Made] = {
    "member": Moment.member,
    "helper": lambda at: f"helper{at.rng.randint(1, 3)}",
    "vacancy": lambda at: f"V{at.rng.randint(1, 6)}",
    "pay_fen": lambda at: at.rng.choice((150_000, 188_000, 260_000, 260_000, 260_000)),
    "monthly_income_fen": lambda at: at.rng.choice((90_000, 188_000, 260_000, 260_000)),
    "reason_code": lambda at: at.rng.choice(at.policy.refusal.justified_reasons.value),
    "channel": lambda at: at.rng.choice(("phone", "phone", "visit", "letter", "sms")),
    "evidence": lambda at: at.rng.choice(at.policy.employment.evidence.value),
    "month": lambda at: (at.today - timedelta(days=at.rng.choice((0, 0, 0, 31)))).isoformat()[:7],
}
"""What a field of this name is filled with; a name that means another thing in one command is in `BY_COMMAND`."""


def _compared(at: Moment) -> list[dict[str, str]]:
    """What every source says of every member: mostly nothing."""
    results = ("clear",) * 30 + ("hit", "unavailable")
    return [
        {"source": source, "member": member.member_id, "result": at.rng.choice(results)}
        for source in ("register", "social_insurance", "business", "tax")
        for member in at.case.household.members
    ]


def _hit(at: Moment) -> tuple[str, str]:
    """The hit that waits for a person, if there is one."""
    waiting = [c for c in at.case.comparisons if c.result == "hit" and c.judged_on is None]
    return (waiting[0].source, waiting[0].member) if waiting else ("tax", at.member())


BY_COMMAND: dict[tuple[str, str], Made] = {
    ("record_comparison", "results"): _compared,
    ("judge_comparison_hit", "source"): lambda at: _hit(at)[0],
    ("judge_comparison_hit", "member"): lambda at: _hit(at)[1],
    ("judge_comparison_hit", "affects"): lambda at: at.rng.random() < 0.1,
    ("record_visit", "met"): lambda at: [at.member()] if at.rng.random() < 0.8 else [],
    ("declare_conflict", "account"): lambda at: at.rng.choice((None, "caseworker1", "reviewer2")),
    ("raise_objection", "concerns"): lambda at: at.rng.choice((None, None, "caseworker1")),
    ("record_monitoring_visit", "channel"): lambda at: at.rng.choice(("phone", "visit")),
    ("record_employment", "channel"): lambda at: at.rng.choice(at.policy.employment.channels.value),
    ("mark_special_hardship", "ground"): lambda at: at.rng.choice(at.policy.hardship.grounds.value),
    ("complete_contingency_step", "step"): lambda at: at.rng.choice(codes(at.policy) or ("none",)),
    ("suspend_promise", "since"): lambda at: at.today - timedelta(days=at.rng.choice((0, 1, 4, 15))),
    ("suspend_promise", "until"): lambda at: at.today + timedelta(days=at.rng.choice((-3, 0, 5, 20))),
    ("resume_promise", "until"): lambda at: at.today + timedelta(days=at.rng.choice((-3, 0, 5))),
    ("flag_relocation", "relocated_on"): lambda at: at.today - timedelta(days=at.rng.choice((0, 10, 50, 90))),
    ("record_contact", "outcome"): lambda at: at.rng.choice(("failed", "failed", "failed", "reached", "wrong_number")),
    ("record_contact", "answered"): lambda at: at.rng.choice(("adult", "adult", "adult", "minor", "other")),
    ("record_contact", "answered_by"): lambda at: at.member() if at.rng.random() < 0.1 else None,
    ("record_contact", "by_household"): lambda at: at.rng.random() < 0.1,
    ("record_referral", "unsuitable_for"): lambda at: "health" if at.rng.random() < 0.05 else None,
    ("record_refusal", "no_show"): lambda at: at.rng.random() < 0.3,
    ("uphold_appeal", "sets_aside"): lambda at: at.rng.choice([None, *(r.refusal_id for r in at.case.refusals)]),
    ("record_referral_outcome", "outcome"): lambda at: at.rng.choice(("employer_rejected", "hired")),
}

OFTEN_TRUE = 0.85
SELDOM_TRUE = frozenset({"justified"})


def facts_for(kind: type[Command], case: Case, policy: Policy, rng: Random, today: date) -> dict[str, Any]:
    """Return facts for every field of a command but its envelope; mostly those that belong together."""
    at = Moment(case, policy, rng, today)
    hints = get_type_hints(kind, include_extras=True)
    pools = items_of(case)
    facts: dict[str, Any] = {}
    for name, info in kind.model_fields.items():
        if name in ENVELOPE or (not info.is_required() and info.default is None and rng.random() < 0.3):
            continue
        made = BY_COMMAND.get((kind.trigger, name)) or BY_NAME.get(name)
        if name in pools and rng.random() < 0.97:
            item = rng.choice(pools[name][-4:])
            facts[name] = getattr(item, f"{name}_id")
            if "member" in kind.model_fields and hasattr(item, "member") and rng.random() < 0.95:
                facts["member"] = item.member
        elif made is not None:
            facts.setdefault(name, made(at))
        elif name in SELDOM_TRUE:
            facts[name] = rng.random() < 0.2
        else:
            facts[name] = _of_type((*_flat(hints[name]), *info.metadata), at, name)
    return facts


def items_of(case: Case) -> dict[str, list[Any]]:
    """Return what has a number in the case so far, by what a command calls it: {"referral": [the referral R12]}."""
    pools: dict[str, list[Any]] = {}
    for name in type(case).model_fields:
        value = getattr(case, name)
        for item in value if isinstance(value, tuple) else (value,):
            if not isinstance(item, BaseModel):
                continue
            for key in type(item).model_fields:
                if key.endswith("_id") and key not in ("task_id", "command_id", "case_id", "member_id", "pack_id"):
                    pools.setdefault(key.removesuffix("_id"), []).append(item)
    return pools


def _flat(hint: Any) -> tuple[Any, ...]:
    """Return a type and all its annotations side by side."""
    if get_origin(hint) is Annotated:
        return tuple(part for arg in get_args(hint) for part in _flat(arg))
    return (hint,)


def _of_type(parts: tuple[Any, ...], at: Moment, name: str) -> Any:
    rng, today = at.rng, at.today
    hint, notes = parts[0], parts[1:]
    options = [o for o in get_args(hint) if o is not NoneType] if NoneType in get_args(hint) else []
    if options:
        return _of_type((*_flat(options[0]), *notes), at, name)
    if TextId in (hint, *notes) or any("txt-" in str(note) for note in (hint, *notes)):
        return TEXT
    if get_origin(hint) is Literal:
        return rng.choice(get_args(hint))
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return tuple(_of_type(_flat(inner), at, name) for _ in range(rng.randint(1, 2)))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return rng.choice(list(hint))
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return _model(hint, at)
    if hint is bool:
        return rng.random() < OFTEN_TRUE
    if hint is date:
        return today - timedelta(days=rng.choice((0, 0, 0, 0, 0, 1, 4)))
    if hint is int:
        return _number(notes, rng)
    return _word(notes, name, rng)


def _model(kind: type[BaseModel], at: Moment) -> Any:
    case, rng, today = at.case, at.rng, at.today
    if kind is Member:
        return a_member(rng, f"M{len(case.household.members) + 1}", today)
    hints = get_type_hints(kind, include_extras=True)
    made: dict[str, Any] = {}
    for name, info in kind.model_fields.items():
        if not info.is_required() and rng.random() < 0.6:
            continue
        if name in ("member", "member_id"):
            made[name] = at.member()
        else:
            made[name] = _of_type((*_flat(hints[name]), *info.metadata), at, name)
    return kind.model_validate(made)


def _number(notes: tuple[Any, ...], rng: Random) -> int:
    least = max([n.ge for n in notes if isinstance(n, Ge)] + [n.gt + 1 for n in notes if isinstance(n, Gt)] + [0])  # type: ignore[operator, type-var]
    most = min([n.le for n in notes if isinstance(n, Le)] + [least + 24])  # type: ignore[operator, type-var]
    return rng.randint(least, most)  # type: ignore[arg-type]


def _word(notes: tuple[Any, ...], name: str, rng: Random) -> str:
    if any("M[1-9]" in str(note) for note in notes):
        return f"M{rng.randint(1, 3)}"
    return "220302005" if "office" in name else f"{name}1"


def household_of(rng: Random, today: date) -> Household:
    """Return a household: an applicant, often a spouse, sometimes a child about to turn sixteen or a parent."""
    members = [a_member(rng, "M1", today, relation=Relation.APPLICANT, status="登记失业")]
    if rng.random() < 0.7:
        members.append(a_member(rng, "M2", today, relation=Relation.SPOUSE, sex="女"))
    if rng.random() < 0.4:
        born = today.replace(year=today.year - 16, day=1) + timedelta(days=rng.randrange(1, 200))
        son = {"relation": Relation.SON, "birth_date": born, "marital": "未婚", "status": "失业未登记"}
        members.append(a_member(rng, f"M{len(members) + 1}", today, **son))
    return Household(members=tuple(members))


def with_an_earner(rng: Random, today: date) -> dict[str, Any]:
    """Return a household in which one member has low or unstable work, and what is known of that work."""
    members = (
        a_member(rng, "M1", today, relation=Relation.APPLICANT, status="登记失业"),
        a_member(rng, "M2", today, relation=Relation.SPOUSE, sex="女", status="单位就业", wage_fen=90_000),
    )
    job = {"member": "M2", "contract_months": rng.choice((None, 2)), "insured": False}
    return {"household": Household(members=members), "cause": "low_or_unstable", "jobs": (job,)}


def a_member(rng: Random, member_id: str, today: date, **facts: Any) -> Member:
    """Return a member who mostly belongs to the base set; ages gather where working age begins and ends."""
    year = today.year - rng.choice((17, 25, 34, 46, 49, 54, 60))
    given: dict[str, Any] = {
        "relation": Relation.BROTHER,
        "sex": rng.choice(("男", "女")),
        "birth_date": date(year, rng.randint(1, 12), rng.randint(1, 28)),
        "booklet": "A",
        "marital": "已婚",
        "status": rng.choice(("登记失业", "登记失业", "失业未登记")),
        "track": rng.choice((Track.WORKER, Track.CADRE, Track.WORKER, None)),
    } | facts
    return Member(member_id=member_id, **given)


def schedule_near(rng: Random, calendar: WorkCalendar, day: date) -> YearSchedule:
    """Return a schedule of this year or the next with some more days off and make-up workdays near a day."""
    known = {schedule.year: schedule for schedule in calendar.years}
    year = rng.choice((day.year, day.year, day.year + 1))
    near = [day + timedelta(days=n) for n in range(-10, 25)]
    new = [d for d in near if d.year == year and d not in calendar.off and d not in calendar.made_up]
    off = [d for d in new if d.weekday() < 5 and rng.random() < 0.15] or [date(year, 12, 30)]
    work = tuple(d for d in new if d.weekday() > 4 and rng.random() < 0.3)
    have = known[year].holidays if year in known else ()
    days = {d for holiday in have for d in holiday.days}
    return YearSchedule(
        year=year,
        source="随机安排",
        issued=day,
        holidays=(*have, *(Holiday(name="放假", first=d, last=d) for d in off if d not in days)),
        workdays=(*(known[year].workdays if year in known else ()), *work),
    )
