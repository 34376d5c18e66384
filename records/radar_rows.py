"""What the integrity radar looks at (核查线索的来源), read by area: rows for the rules of `register/radar*.py`.

Each read is one statement that an index answers; nothing about persons is in what comes back.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select
from sqlalchemy.sql.elements import KeyedColumnElement

from casework.states import ExitReason, State
from records.engine import Reading
from records.known_households import seen_by
from records.scope import Scope, area_prefix, of_offices
from records.tables import cases, tasks
from records.tables_people import persons, reservations
from records.tables_promises import promises
from records.tables_radar import area_months, help_given
from records.tables_radar import placements as placed
from records.tables_register import known_households, known_persons
from records.tables_reports import movements
from records.tables_subsidies import member_jobs
from records.tables_vacancies import vacancies
from register.inspection import AreaMonth
from register.movements import Kind as Moved
from register.radar import KnownWithoutCase, OpenPromise
from register.radar_help import HelpGiven, LateTask, Placement

JUDGED = ("eligible", "special_review")
EMPLOYED = ("employer", "public_welfare_post")
"""Channels (N7) in which somebody employs the member."""
NOT_OVER = cases.c.state != State.EXITED.value


def area_months_of(
    work: Reading, scope: Scope, area: str | None, months: tuple[str, ...]
) -> tuple[tuple[AreaMonth, ...], dict[str, int]]:
    """Return the numbers of some months with what was recognised then, and all recognised by office."""
    rows = work.connection.execute(
        select(area_months)
        .where(area_months.c.month.in_(months), *_of(scope, area_months.c.area, area))
        .order_by(area_months.c.area, area_months.c.month)
    ).all()
    found = recognised(work, scope, months)
    return tuple(
        AreaMonth(
            area=row.area,
            month=row.month,
            recognised=sum(n for (office, m), n in found.items() if m == row.month and _in(office, row.area)),
            registered_unemployed=row.registered_unemployed,
            platform=row.platform,
        )
        for row in rows
    ), {office: n for (office, _), n in found.items()}


def recognised(work: Reading, scope: Scope, months: tuple[str, ...]) -> dict[tuple[str, str], int]:
    """Return how many households each office recognised in each of some months, wherever their cases are now."""
    m = movements.c
    rows = work.connection.execute(
        select(m.office, m.of_month, func.count())
        .where(of_offices(scope, m.office), m.kind == Moved.RECOGNISED.value, m.of_month.in_(months))
        .group_by(m.office, m.of_month)
    )
    return {(office, month): number for office, month, number in rows}


def open_promises(work: Reading, scope: Scope, area: str | None, on: date) -> tuple[OpenPromise, ...]:
    """Return promises past their day and not kept, the last of each kind, of cases that are not over."""
    later = promises.alias("later")
    newer = exists().where(
        later.c.case_id == promises.c.case_id,
        later.c.kind == promises.c.kind,
        later.c.number > promises.c.number,
    )
    asked = (
        select(
            *(promises.c.case_id, cases.c.office, promises.c.kind, promises.c.number, promises.c.due_on),
            *(promises.c.overdue_on, promises.c.cause, promises.c.confirmed),
        )
        .join(cases, cases.c.case_id == promises.c.case_id)
        .where(promises.c.overdue_on <= on, promises.c.met_on.is_(None), NOT_OVER, ~newer)
        .where(*_of(scope, cases.c.office, area))
    )
    return tuple(OpenPromise(*row) for row in work.connection.execute(asked))


def known_without_case(
    work: Reading, scope: Scope, area: str | None, seen_by_day: date
) -> tuple[KnownWithoutCase, ...]:
    """Return households judged eligible, seen up to a day, of whose people nobody is in a case that is not over."""
    busy = exists().where(
        known_persons.c.household_id == known_households.c.household_id,
        reservations.c.id_index == known_persons.c.id_index,
    )
    matching = [
        known_households.c.outcome.in_(JUDGED),
        known_households.c.case_id.is_(None),
        known_households.c.surveyed_on <= seen_by_day,
        ~busy,
        seen_by(scope),
        *_of(scope, known_households.c.office, area),
    ]
    names = ("household_id", "office", "number", "source", "surveyed_on", "outcome", "base_members", "version", "watch")
    rows = work.connection.execute(select(*(known_households.c[name] for name in names)).where(*matching)).all()
    former = _former(work, matching) if rows else {}
    return tuple(KnownWithoutCase(**row._mapping, former=former.get(row.household_id, ())) for row in rows)


def _former(work: Reading, matching: Sequence[ColumnElement[bool]]) -> dict[str, tuple[tuple[str, str, date], ...]]:
    """Return the cases in which people of these households were before, with how each ended."""
    asked = (
        select(known_households.c.household_id, cases.c.case_id, cases.c.exit_reason, cases.c.exit_on)
        .join(known_persons, known_persons.c.household_id == known_households.c.household_id)
        .join(persons, persons.c.id_index == known_persons.c.id_index)
        .join(cases, cases.c.case_id == persons.c.case_id)
        .where(*matching, cases.c.state == State.EXITED.value, cases.c.exit_on.is_not(None))
        .distinct()
        .order_by(cases.c.exit_on, cases.c.case_id)
    )
    found: dict[str, tuple[tuple[str, str, date], ...]] = {}
    for household_id, case_id, reason, on in work.connection.execute(asked):
        words = ExitReason(reason).words if reason in {r.value for r in ExitReason} else "其他"
        found[household_id] = (*found.get(household_id, ()), (case_id, words, on))
    return found


def placements_since(work: Reading, scope: Scope, area: str | None, first: date, on: date) -> tuple[Placement, ...]:
    """Return jobs that began from a day to another, rejected ones left out: by referral with the employer, and others.

    Of the others those where an employer has to insure; a business of one's own has nobody to arrange it.
    """
    job = member_jobs.c
    asked = (
        select(*(placed.c.case_id, placed.c.employment_id, cases.c.office, vacancies.c.employer, placed.c.started_on))
        .add_columns(job.ended_on, job.insured)
        .join(vacancies, vacancies.c.vacancy_id == placed.c.vacancy_id)
        .join(member_jobs, and_(job.case_id == placed.c.case_id, job.job == placed.c.employment_id))
        .join(cases, cases.c.case_id == placed.c.case_id)
        .where(placed.c.started_on.between(first, on), job.rejected.is_(False))
        .where(*_of(scope, cases.c.office, area))
    )
    referred = exists().where(placed.c.case_id == job.case_id, placed.c.employment_id == job.job)
    others = (
        select(job.case_id, job.job, cases.c.office, literal(""), job.started_on, job.ended_on, job.insured)
        .join(cases, cases.c.case_id == job.case_id)
        .where(job.channel.in_(EMPLOYED), job.started_on.between(first, on), job.rejected.is_(False), ~referred)
        .where(*_of(scope, cases.c.office, area))
    )
    return tuple(Placement(*row) for each in (asked, others) for row in work.connection.execute(each))


def late_tasks(
    work: Reading, scope: Scope, area: str | None, kinds: tuple[str, ...], due_by: date
) -> tuple[LateTask, ...]:
    """Return open tasks of some kinds that were due by a day and do not wait for anybody."""
    asked = select(
        *(tasks.c.case_id, tasks.c.task_id, tasks.c.office, tasks.c.kind, tasks.c.title, tasks.c.due_on)
    ).where(
        tasks.c.closed_seq.is_(None),
        tasks.c.kind.in_(kinds),
        tasks.c.due_on <= due_by,
        or_(tasks.c.paused.is_(None), tasks.c.paused.is_(False)),
        *_of(scope, tasks.c.office, area),
    )
    return tuple(LateTask(*row) for row in work.connection.execute(asked))


def short_of_help(
    work: Reading, scope: Scope, area: str | None, promised_by: date, wanted: tuple[int, int, int], whose: str
) -> tuple[tuple[Any, ...], ...]:
    """Return households short of a service, promised by a day: case, office, day, the least and all counts.

    `whose` is "least" where services are owed to each member, "all" where to the household.
    """
    services = ("guidance", "training_info", "referrals")
    own = [help_given.c[f"{whose}_{name}"] for name in services]
    asked = select(
        *(help_given.c.case_id, help_given.c.office, help_given.c.promised_on),
        *(help_given.c[f"{which}_{name}"] for which in ("least", "all") for name in services),
    ).where(
        help_given.c.open.is_(True),
        help_given.c.promised_on <= promised_by,
        or_(*(column < number for column, number in zip(own, wanted, strict=True))),
        *_of(scope, help_given.c.office, area),
    )
    return tuple(tuple(row) for row in work.connection.execute(asked))


def help_of(row: tuple[Any, ...], check_on: date) -> HelpGiven:
    """Return a row of `short_of_help` for the rule, with the day on which the services are checked."""
    case_id, office, promised_on, *counts = row
    return HelpGiven(case_id, office, promised_on, check_on, tuple(counts[:3]), tuple(counts[3:]))


def office_of(work: Reading, case_id: str) -> str | None:
    """Return the office that has a case now; whose it is to see is said by the rows that are read there."""
    return work.connection.execute(select(cases.c.office).where(cases.c.case_id == case_id)).scalar_one_or_none()


def certified_now(work: Reading, scope: Scope, area: str | None) -> int:
    """Return how many recognised households are not eliminated: the other of the two indicators (A32)."""
    helped = (State.CERTIFIED.value, State.ASSISTED.value)
    asked = select(func.count()).select_from(cases).where(cases.c.state.in_(helped), *_of(scope, cases.c.office, area))
    return int(work.connection.execute(asked).scalar_one())


def _of(scope: Scope, office: KeyedColumnElement[str], area: str | None) -> tuple[ColumnElement[bool], ...]:
    mine = of_offices(scope, office)
    return (mine,) if not area else (mine, and_(office >= area, office <= area + "~"))


def _in(office: str, area: str) -> bool:
    return office.startswith(area_prefix(area))
