"""The integrity radar at the desk (核查线索): all that is listed for an area on a day, and dismissing it with a reason.

The rules are in `register/radar*.py`, what they look at in `records/radar_rows.py`.  The numbers are those of the
pack of each office's area.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TypeVar

from casework.errors import NotYourStep, SaidNo
from casework.lost_days import count_over
from casework.states import Role
from desk.desk import Caller
from desk.errors import NotFound
from policies.packs import load_pack, pack_ids
from policies.schema import Policy
from records import radar, radar_rows, subsidy_rights
from records.calendars import AreaCalendars
from records.engine import Reading, Record
from records.scope import Scope
from register.radar import OpenPromise, open_promises, unrecognised, zeros
from register.radar_help import HELP_TASKS, late_tasks, missing_help, placements
from register.radar_items import Item, Kind, begun_by
from register.radar_rights import UnclaimedRight, unclaimed_rights

R = TypeVar("R")

LONGEST_REASON = 2000
MOST_RIGHTS = 200_000
NATIONAL = "national-2007"
OF_CASES = (Kind.PROMISE, Kind.UNDELIVERED)
"""Kinds whose items begin with the number of their case."""


class PacksInForce:
    """The packs in force on a day, by the area of an office; a locality without one has the national."""

    def __init__(self, on: date) -> None:
        packs = [load_pack(pack_id, on=on) for pack_id in pack_ids()]
        areas = [(prefix, p.effective_from <= on, p.effective_from, p.label, p) for p in packs for prefix in p.areas]
        self._areas = sorted(areas, key=lambda each: (len(each[0]), *each[1:4]), reverse=True)
        self._national = load_pack(NATIONAL, on=on)
        self._known: dict[str, Policy] = {}

    def of(self, office: str) -> Policy:
        if office not in self._known:
            fits = (policy for prefix, *_, policy in self._areas if office.startswith(prefix))
            self._known[office] = next(fits, self._national)
        return self._known[office]

    def grouped(self, rows: Iterable[R], office: str = "office") -> Iterator[tuple[Policy, list[R]]]:
        """Return rows together with the policy of their area."""
        groups: dict[str, tuple[Policy, list[R]]] = {}
        for row in rows:
            policy = self.of(getattr(row, office))
            groups.setdefault(policy.label, (policy, []))[1].append(row)
        yield from groups.values()

    @property
    def every(self) -> tuple[Policy, ...]:
        return (*(policy for *_, policy in self._areas), self._national)


@lru_cache(maxsize=8)
def packs_in_force(on: date) -> PacksInForce:
    """Return the packs of a day, read once: the files of a release stay as they are while it runs."""
    return PacksInForce(on)


@dataclass(frozen=True, slots=True)
class Shown:
    """An item with what the daily lists and earlier dismissals say of it.

    `dismissed_by` is who dismissed it for the very facts it is listed for; `before` that it was dismissed for others.
    """

    item: Item
    dismissed_by: str | None = None
    before: bool = False


def listed(
    work: Reading, scope: Scope, on: date, *, area: str | None = None, kinds: Sequence[Kind] = tuple(Kind)
) -> tuple[Shown, ...]:
    """Return what is listed on a day, the oldest first within each kind; dismissed items are marked, not left out."""
    return marked(work, scope, in_order(items(work, scope, on, area=area, kinds=kinds)))


def in_order(found: Iterable[Item]) -> tuple[Item, ...]:
    """Return items as they are read: by kind, the oldest first."""
    order = {kind: place for place, kind in enumerate(Kind)}
    return tuple(sorted(found, key=lambda i: (order[i.kind], i.since, i.subject)))


def marked(work: Reading, scope: Scope, found: Sequence[Item]) -> tuple[Shown, ...]:
    """Return items with what earlier dismissals say of them."""
    gone = radar.dismissed(work, scope)
    return tuple(_shown(item, gone.get(item.key)) for item in found) if gone else tuple(map(Shown, found))


def _shown(item: Item, dismissal: tuple[str, str] | None) -> Shown:
    if dismissal is None:
        return Shown(item)
    digest, account = dismissal
    return Shown(item, account) if digest == item.digest else Shown(item, before=True)


def items(
    work: Reading, scope: Scope, on: date, *, area: str | None = None, kinds: Sequence[Kind] = tuple(Kind)
) -> Iterator[Item]:
    """Return everything that the rules list on a day, dismissed or not."""
    packs = packs_in_force(on)
    if Kind.ZERO in kinds:
        yield from _zeros(work, scope, area, on, packs)
    if Kind.PROMISE in kinds:
        calendars = AreaCalendars(work)
        missed: dict[str, list[OpenPromise]] = {}
        for row in radar_rows.open_promises(work, scope, area, on):
            missed.setdefault(row.office, []).append(row)
        for office, late_ones in missed.items():
            yield from open_promises(late_ones, on, calendars.of(office))
    if Kind.UNRECOGNISED in kinds:
        known = radar_rows.known_without_case(work, scope, area, on)
        for policy, rows in packs.grouped(known):
            yield from unrecognised(rows, on, policy)
    if Kind.PLACEMENTS in kinds:
        windows = [p.radar.placements_window.value for p in packs.every if p.radar.placements_window]
        if windows:
            first = min(begun_by(on, window) for window in windows)
            jobs = radar_rows.placements_since(work, scope, area, first, on)
            for policy, some in packs.grouped(jobs):
                yield from placements(some, on, policy)
    if Kind.UNDELIVERED in kinds:
        late = radar_rows.late_tasks(work, scope, area, HELP_TASKS, on)
        for policy, tasks in packs.grouped(late):
            yield from late_tasks(tasks, on, policy)
        yield from _missing_help(work, scope, area, on, packs)
        yield from _unclaimed(work, scope, area, on, packs)


def _zeros(work: Reading, scope: Scope, area: str | None, on: date, packs: PacksInForce) -> Iterator[Item]:
    most = max(policy.supervision.persistent_zero_months.value for policy in packs.every)
    rows, _ = radar_rows.area_months_of(work, scope, area, months_before(on, most))
    for policy, some in packs.grouped(rows, "area"):
        yield from zeros(some, on, policy)


def _missing_help(work: Reading, scope: Scope, area: str | None, on: date, packs: PacksInForce) -> Iterator[Item]:
    """Services are checked some working days after the promise began; each first day is counted on once."""
    calendars = AreaCalendars(work)
    checks: dict[tuple[str, date], date] = {}
    seen: set[str] = set()
    for policy in packs.every:
        terms = policy.services
        wanted = (terms.guidance.value, terms.training_info.value, terms.referrals.value)
        whose = "least" if terms.per.value == "member" else "all"
        rows = []
        for row in radar_rows.short_of_help(work, scope, area, on, wanted, whose):
            case_id, office, promised_on = row[:3]
            if case_id in seen or packs.of(office).label != policy.label:
                continue
            seen.add(case_id)
            key = (office, promised_on)
            if key not in checks:
                length = policy.promise.services_check_after.value
                checks[key] = count_over(calendars.of(office), promised_on, length, roll=True).ends
            rows.append(radar_rows.help_of(row, checks[key]))
        yield from missing_help(rows, on, policy)


def _unclaimed(work: Reading, scope: Scope, area: str | None, on: date, packs: PacksInForce) -> Iterator[Item]:
    asked = subsidy_rights.unclaimed(scope, on, area=area)
    if asked is not None:
        found = subsidy_rights.page(work, asked, limit=MOST_RIGHTS)
        rights = [UnclaimedRight(r.case_id, r.office, r.member, r.about, r.kind, r.by, r.since) for r in found]
        for policy, some in packs.grouped(rights):
            yield from unclaimed_rights(some, on, policy)


def months_before(on: date, count: int) -> tuple[str, ...]:
    """Return the complete months before a day, the earliest first."""
    whole = on.year * 12 + on.month - 1
    return tuple(f"{month // 12}-{month % 12 + 1:02d}" for month in range(whole - count, whole))


def one_item(work: Reading, scope: Scope, on: date, kind: str, subject: str) -> Shown:
    """Return one item that is listed on a day.  Raises `NotFound`.

    What is about a case is looked for at its office first: a province has thousands of items of a kind.
    """
    if kind not in {k.value for k in Kind}:
        raise NotFound("线索")
    office = radar_rows.office_of(work, subject.partition(".")[0]) if Kind(kind) in OF_CASES else None
    for area in (office, None) if office else (None,):
        for item in items(work, scope, on, area=area, kinds=(Kind(kind),)):
            if item.subject == subject:
                return marked(work, scope, (item,))[0]
    raise NotFound("线索")


def dismiss(
    record: Record, caller: Caller, on: date, *, kind: str, subject: str, digest: str, reason: str | None, now: datetime
) -> None:
    """Dismiss an item for the facts that the caller saw.  Raises `SaidNo`, `NotYourStep` or `NotFound`."""
    if caller.role is not Role.SUPERVISOR:
        raise NotYourStep("not_your_step", "线索由督导人员销号，县级复核人员可以查看。")
    if not (reason or "").strip():
        raise SaidNo("reason_missing", "请写明核对了什么、为什么不再列入。", field="reason")
    if len(reason or "") > LONGEST_REASON:
        raise SaidNo("reason_long", f"理由最多{LONGEST_REASON}字。", field="reason")
    with record.read() as look:
        shown = one_item(look, caller.scope, on, kind, subject)
    if shown.item.digest != digest:
        raise SaidNo("facts_changed", "打开页面后情况有变化，请看过新的情况再决定。", field="reason")
    if shown.dismissed_by is None:
        with record.write() as work:
            radar.dismiss(work, shown.item, account=caller.account, reason=(reason or "").strip(), now=now)
