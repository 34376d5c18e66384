"""Filling a record with a synthetic province (填充合成省份): lives chosen for a mix, copied by several processes.

The same seed makes the same households, offices, numbers and histories; only the nonces of seals differ.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

from casework.states import State
from operations.random_lives import RandomLife, random_life
from operations.synth_areas import COMMUNITIES, put_areas, weighted_offices
from operations.synth_copies import Copy, Rows, copied
from operations.synth_template import NAMES, NOBODYS, RememberingKeys, Template, prepare, template_of
from policies.calendars import load_calendar
from policies.packs import load_pack
from records.accounts import hash_password
from records.calendars import keep_used
from records.crypto import Keys
from records.engine import Record
from records.migrations import upgrade
from records.policies import keep_policy
from records.whole_rows import hasten, without_indexes, write_counters, write_rows

PACK = "jilin-2021"
FIRST_DAY = date(2025, 9, 1)
STARTS = 9
"""Months over which lives begin, beside the four that a random life takes by itself."""

LENGTHS = (10, 18, 26, 34, 44)
MIX: dict[State, int] = {
    State.APPLIED: 3,
    State.UNDER_REVIEW: 4,
    State.IN_PUBLICITY: 6,
    State.CERTIFIED: 12,
    State.ASSISTED: 30,
    State.EMPLOYED: 30,
    State.EXITED: 15,
}
"""How many of a hundred households end where."""

TRIED = 6
"""Lives that are tried for each that is wanted: long ones are rare."""

A_BATCH = 200
AT_ONCE = 24
"""Batches in one unit of work: the pages that all touch are written once; more would wait, ready, in memory."""

NOW = datetime(2026, 9, 1, 2, tzinfo=UTC)
"""When offices, accounts and policy were put on record."""

Told = Callable[[int, int], None]


CASE_FILE = frozenset({"events", "messages", "inbox", "clocks", "tasks", "board", "free_texts", "requests"})
"""The tables that hold histories word by word: nineteen twentieths of a record."""


def untold(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def chosen_lives(seed: int, distinct: int) -> list[RandomLife]:
    """Return lives in about the wanted mix, the shorter first among equals; what is missing is filled up."""
    policy, calendar, rng = load_pack(PACK), load_calendar(), Random(seed)
    wanted = Counter({state.value: max(1, distinct * share // 100) for state, share in MIX.items()})
    taken: list[RandomLife] = []
    spare: list[RandomLife] = []
    for number in range(distinct * TRIED):
        month = rng.randrange(STARTS)
        start = date(FIRST_DAY.year + (FIRST_DAY.month - 1 + month) // 12, (FIRST_DAY.month - 1 + month) % 12 + 1, 1)
        life = random_life(seed * 100_003 + number, policy, calendar, start=start, steps=rng.choice(LENGTHS))
        if not life.events or any(event.case.transfers for event in life.events):
            continue  # a copy stays at its office
        state = life.events[-1].case.state.value
        (taken if wanted[state] > 0 else spare).append(life)
        wanted[state] -= 1
        if len(taken) >= distinct:
            break
    return [*taken, *spare][:distinct]


def templates_of(lives: list[RandomLife], secrets: tuple[bytes, ...]) -> list[Template]:
    """Write each life once into a record that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="wanjia-synth-") as folder:
        record = Record(f"sqlite:///{Path(folder) / 'template.db'}", RememberingKeys(*secrets))
        upgrade(record.engine)
        prepare(record)
        made = []
        for number, life in enumerate(lives):
            names = [NAMES[(number * 5 + place * 7) % len(NAMES)] for place in range(len(NAMES))]
            made.append(template_of(record, life, names))
        record.close()
    return made


def planned(seed: int, households: int, templates: list[Template]) -> Iterator[Copy]:
    """Yield which household is a copy of which life, where, and under which number."""
    rng, serials = Random(seed), Counter[tuple[str, int]]()
    codes, weights = weighted_offices(Random(seed))
    for number in range(households):
        template = rng.randrange(len(templates))
        office = rng.choices(codes, weights)[0]
        serials[office, templates[template].year] += 1
        serial = serials[office, templates[template].year]
        yield Copy(template, number, office, serial, rng.choice(COMMUNITIES))


def fill_province(
    record: Record,
    secrets: tuple[bytes, ...],
    templates: list[Template],
    households: int,
    *,
    seed: int,
    processes: int = 2,
    password: str | None = None,
    register_only: bool = False,
    told: Told = untold,
) -> None:
    """Fill an empty, migrated record on SQLite.

    With `register_only` what the case file alone needs is left out: lists, ledger, figures and reports are whole, but
    no case can be opened or go on.
    """
    put_areas(record, hash_password(password) if password else NOBODYS, NOW)
    with record.write() as work:
        keep_policy(work, load_pack(PACK), NOW)
        keep_used(work, load_calendar(), NOW)
    if register_only:
        templates = [replace(each, rows=_without(each.rows, CASE_FILE)) for each in templates]
    plan = list(planned(seed, households, templates))
    last = {(copy.office, templates[copy.template].year): copy.serial for copy in plan}
    done = 0
    hasten(record)
    batches = [plan[begun : begun + A_BATCH] for begun in range(0, len(plan), A_BATCH)]
    with (
        without_indexes(record),
        ProcessPoolExecutor(processes, initializer=_begin, initargs=(secrets, templates)) as pool,
    ):
        for first in range(0, len(batches), AT_ONCE):
            with record.write() as work:
                for rows in pool.map(_copied, batches[first : first + AT_ONCE]):
                    write_rows(work, rows)
                    done += A_BATCH
                    told(min(done, households), households)
    with record.write() as work:
        write_counters(work, sorted((office, year, number) for (office, year), number in last.items()))


def _without(rows: dict[str, Any], left_out: frozenset[str]) -> dict[str, Any]:
    return {name: some for name, some in rows.items() if name not in left_out}


_OWN: dict[str, tuple[Keys, list[Template]]] = {}
"""What a process that copies was given when it began."""


def _begin(secrets: tuple[bytes, ...], templates: list[Template]) -> None:
    _OWN["given"] = Keys(*secrets), templates


def _copied(copies: list[Copy]) -> Rows:
    keys, templates = _OWN["given"]
    return copied(keys, templates, copies)
