"""Placements that look arranged and help that is late (异常安置、政策未落实): one rule each (J21, J18).

Pure: rows come in with the day as of which is asked.  Boundaries belong to the list: exactly the number, exactly the
day.  A placement by nobody's referral has no employer on record: those are judged together for their office.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256

from casework.tasks import TASK_KINDS
from casework.times import in_words
from policies.schema import Policy
from policies.terms import Length
from register.radar_items import Item, Kind, Words, begun_by, over_since

UNREFERRED = "未经推荐就业（单位未登记）"
UNREFERRED_BASIS = "内部规定：没有推荐记录的单位吸纳、公益性岗位就业，不知用人单位，按受理机构合并核对"


@dataclass(frozen=True, slots=True)
class Placement:
    """A job; those that were rejected are none.  `employer` is empty where nobody's referral led to it."""

    case_id: str
    employment_id: str
    office: str
    employer: str
    started_on: date
    ended_on: date | None
    insured: bool

    @property
    def place(self) -> tuple[str, str]:
        """Where such placements are counted together: at one employer of a county; without one, at the office."""
        return (self.office[:6], self.employer) if self.employer else (self.office, "")


def placements(rows: Iterable[Placement], on: date, policy: Policy) -> Iterator[Item]:
    """List employers of a county with many placements of which several ended soon or stayed uninsured."""
    terms = policy.radar
    window, most = terms.placements_window, terms.placements_at_one
    if window is None or most is None:
        return
    first = begun_by(on, window.value)
    groups: dict[tuple[str, str], list[Placement]] = {}
    for row in rows:
        if first <= row.started_on <= on:
            groups.setdefault(row.place, []).append(row)
    for (where, employer), jobs in sorted(groups.items()):
        if len(jobs) < most.value:
            continue
        ended = _ended_soon(jobs, on, terms.placements_ended_within.value) if terms.placements_ended_within else []
        late = _uninsured(jobs, on, terms.placements_insured_within.value) if terms.placements_insured_within else []
        signs = []
        if terms.placements_ended is not None and len(ended) >= terms.placements_ended.value:
            signs.append((f"{len(ended)}人上岗后很快离岗", terms.placements_ended.basis))
        if terms.placements_uninsured is not None and len(late) >= terms.placements_uninsured.value:
            signs.append((f"{len(late)}人在岗而没有参保", terms.placements_uninsured.basis))
        if signs:
            yield _placements_item(where, employer, jobs, (ended, late), signs, window.value)


def _ended_soon(jobs: list[Placement], on: date, within: Length) -> list[Placement]:
    return [j for j in jobs if j.ended_on is not None and j.ended_on <= min(on, over_since(j.started_on, within))]


def _uninsured(jobs: list[Placement], on: date, within: Length) -> list[Placement]:
    """At work, and not insured so long after the start."""
    return [j for j in jobs if not j.insured and j.ended_on is None and on >= over_since(j.started_on, within)]


def _placements_item(
    where: str,
    employer: str,
    jobs: list[Placement],
    counted: tuple[list[Placement], list[Placement]],
    signs: list[tuple[str, str]],
    window: Length,
) -> Item:
    ended, late = counted
    return Item(
        kind=Kind.PLACEMENTS,
        subject=f"{where}.{sha256(employer.encode()).hexdigest()[:24] if employer else 'unreferred'}",
        office=where,
        since=min(job.started_on for job in jobs),
        rule="radar.placements",
        clause="；".join((*(basis for _, basis in signs), *(() if employer else (UNREFERRED_BASIS,)))),
        counted=(employer, *sorted(f"{j.case_id}/{j.employment_id}" for j in {*ended, *late})),
        tell=lambda: (
            f"{employer or UNREFERRED}最近{window.words}内安置{len(jobs)}人，"
            f"其中{'，'.join(words for words, _ in signs)}。",
            (
                ("用人单位", employer or UNREFERRED),
                ("统计期间内上岗", f"{len(jobs)}人"),
                ("短期离岗", f"{len(ended)}人"),
                ("在岗未参保", f"{len(late)}人"),
            ),
        ),
        case_ids=tuple(sorted({job.case_id for job in jobs})),
    )


HELP_TASKS = (
    *("register_unemployed", "assign_helper", "sign_plan", "update_plan"),
    *("arrange_guaranteed_post", "contingency_step", "visit_home", "monitoring_visit"),
)
"""Tasks that owe a household something; what an office owes another is no policy."""


@dataclass(frozen=True, slots=True)
class LateTask:
    """An open task of help with a limit."""

    case_id: str
    task_id: str
    office: str
    kind: str
    title: str | None
    due_on: date


def late_tasks(rows: Iterable[LateTask], on: date, policy: Policy) -> Iterator[Item]:
    """List help that is so long past its limit."""
    term = policy.radar.undelivered_after
    if term is None:
        return
    for row in rows:
        if row.kind not in HELP_TASKS or on < over_since(row.due_on, term.value):
            continue
        yield Item(
            kind=Kind.UNDELIVERED,
            subject=row.task_id.replace("/", "."),
            office=row.office,
            since=row.due_on,
            rule="radar.late_task",
            clause=term.basis,
            counted=(row.task_id, row.due_on),
            tell=partial(_late_words, row, on),
            case_ids=(row.case_id,),
        )


def _late_words(row: LateTask, on: date) -> Words:
    words = row.title or TASK_KINDS[row.kind].words
    return (
        f"“{words}”应于{in_words(row.due_on)}前办结，已过{(on - row.due_on).days}日仍未办结。",
        (("事项", words), ("期限", in_words(row.due_on))),
    )


@dataclass(frozen=True, slots=True)
class HelpGiven:
    """How often a household got each service: the member who got the least, and all together."""

    case_id: str
    office: str
    promised_on: date
    check_on: date
    least: tuple[int, int, int]
    together: tuple[int, int, int]


SERVICES = ("职业指导", "技能培训信息", "推荐岗位")


def missing_help(rows: Iterable[HelpGiven], on: date, policy: Policy) -> Iterator[Item]:
    """List households that still miss services (J18) after the day on which they are checked."""
    terms = policy.services
    wanted = (terms.guidance.value, terms.training_info.value, terms.referrals.value)
    whose = "每名需援助成员" if terms.per.value == "member" else "每户"
    for row in rows:
        if on <= row.check_on:
            continue
        have = row.least if terms.per.value == "member" else row.together
        missing = [(name, h, w) for name, h, w in zip(SERVICES, have, wanted, strict=True) if h < w]
        if missing:
            yield Item(
                kind=Kind.UNDELIVERED,
                subject=f"{row.case_id}.services",
                office=row.office,
                since=row.check_on,
                rule="radar.missing_help",
                clause=f"{terms.referrals.basis}（{whose}；以次数最少的成员计）",
                counted=(row.case_id, row.promised_on, *have),
                tell=partial(_missing_words, row, tuple(missing)),
                case_ids=(row.case_id,),
            )


def _missing_words(row: HelpGiven, missing: tuple[tuple[str, int, int], ...]) -> Words:
    short = "、".join(f"{name}{want - have}次" for name, have, want in missing)
    return (
        f"承诺的服务过了检查日（{in_words(row.check_on)}）仍不够，还差{short}。",
        (
            ("服务起算日", in_words(row.promised_on)),
            *((name, f"{have}/{want}次") for name, have, want in missing),
        ),
    )
