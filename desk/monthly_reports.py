"""The monthly dispatch report at the desk (调度表): seen by area, reviewed, signed off, submitted, locked or returned.

Counties report, then cities and provinces their roll-ups; whose step it is: `report_steps.py`.  Nothing is submitted
whose numbers do not lead to the live register, and no roll-up before everything below it is locked (`report_parts.py`).
"""

from dataclasses import dataclass
from datetime import date, datetime

from casework.errors import Conflict, NotYourStep, SaidNo
from casework.states import Role
from casework.times import local_date, month_in_words
from desk.desk import Caller, Desk
from desk.errors import NotFound
from desk.report_days import due_of
from desk.report_parts import Part, made_ready, parts_missing, parts_that_differ
from desk.report_reminders import tell_of_act, tell_of_ready
from desk.report_steps import ACTS, AFTER, STANDINGS, refusal, reports
from records import monthly_reports as kept
from records.engine import Reading, Writing
from records.figure_rows import known_areas, newest_day
from records.movements import live_stock, mismatches, tallies
from records.scope import COUNTY, area_prefix
from register.dispatch import Dispatch, levels_of, month_before, rolled_up, same_numbers
from register.report_columns import Layout, layout_for

LEVELS = (2, 4, 6, 9, 12)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a report may not be submitted, with the cases it comes from."""

    words: str
    cases: tuple[str, ...] = ()


STALE = Problem("快照与按现有档案重新计算的数字不一致（例如期初累计数有变动），请退回更正，重新生成。")


@dataclass(frozen=True, slots=True)
class Seen:
    """A report as a page shows it.  `numbers` are those drawn up, or (`drawn` False) those of this moment."""

    area: str
    month: str
    numbers: tuple[Dispatch, ...]
    drawn: bool
    versions: tuple[kept.Report, ...]
    problems: tuple[Problem, ...]
    live: int
    layout: Layout
    due_on: date
    today: date
    over: bool
    missing: tuple[Part, ...] = ()
    """The parts of a roll-up that are not locked; until they are, nothing is done with it."""

    @property
    def stale(self) -> bool:
        """Say whether what is kept differs from what the record says of the month's end."""
        return STALE in self.problems

    @property
    def newest(self) -> kept.Report | None:
        return self.versions[0] if self.versions else None

    @property
    def whole(self) -> Dispatch:
        return self.numbers[0]


def own_area(caller: Caller) -> str:
    """Return the beginning of the codes a caller's reports are about."""
    match caller.role:
        case Role.SUPERVISOR:
            return area_prefix(caller.area)
        case Role.REVIEWER:
            return caller.area[:COUNTY]
        case _:
            return caller.area


def today_of(desk: Desk, work: Reading, caller: Caller, now: datetime) -> date:
    """Return the day it is; in a drill, the latest day any case in sight has come to."""
    today = local_date(now)
    return newest_day(work, caller.scope, today) if desk.drill else today


def see(desk: Desk, caller: Caller, area: str, month: str, now: datetime) -> Seen:
    """Return a report; an area that is not the caller's is not there."""
    with desk.record.read() as work:
        _let_see(work, caller, area)
        return seen(work, area, month, today_of(desk, work, caller, now))


def seen(work: Reading, area: str, month: str, today: date) -> Seen:
    """Return a report of an area as of a day, with everything that speaks against submitting it."""
    versions = kept.versions(work, area, month)
    fresh = _fresh(work, area, month)
    shown = versions[0].numbers if versions else fresh
    return Seen(
        area,
        month,
        shown,
        bool(versions),
        versions,
        _problems(work, area, month, shown, fresh),
        live_stock(work, area),
        layout_for(area),
        versions[0].due_on if versions else due_of(work, area, month),
        today,
        (over := month <= month_before(today)),
        parts_missing(work, area, month, shown) if over else (),
    )


def _fresh(work: Reading, area: str, month: str) -> tuple[Dispatch, ...]:
    """Return the numbers by what the record says now; every office that is known has its line."""
    balances, offices = kept.confirmed_balances(work, area, month), kept.offices_known(work, area)
    return rolled_up(area, month, tallies(work, area, month), balances, offices)


def _let_see(work: Reading, caller: Caller, area: str) -> None:
    mine = own_area(caller)
    inside = area == mine if caller.role is Role.CASEWORKER else area.startswith(mine)
    if not inside or len(area) not in LEVELS or not area.isdigit():
        raise NotFound("报表")
    if area == mine:
        return
    known = {level for office in kept.offices_known(work, area) for level in levels_of(office)}
    if area not in known and not kept.balances(work, area):
        raise NotFound("报表")


def _problems(
    work: Reading, area: str, month: str, shown: tuple[Dispatch, ...], fresh: tuple[Dispatch, ...]
) -> tuple[Problem, ...]:
    found: list[Problem] = []
    if not all(each.adds_up for each in shown):
        found.append(Problem("月初数加本月增减不等于月末数。"))
    if wrong := mismatches(work, area):
        found.append(Problem("以下个案的户数变动与实存台账对不上，请先查明原因：", wrong))
    if not same_numbers(shown, fresh):
        found.append(STALE)
    elif others := parts_that_differ(work, area, month, shown):
        named = known_areas(work, others)
        words = "、".join(named.get(each, each) for each in others)
        found.append(Problem(f"{words}已锁定的调度表与本表中的数字不一致，请报系统管理员查明原因。"))
    before = month_before(date.fromisoformat(f"{month}-01"))
    if earlier := kept.versions(work, area, before):
        was, now = earlier[0].numbers[0]["closing"], shown[0]["opening"]
        if was != now:
            found.append(Problem(f"上月报表的月末数是{was}户，本月的月初数是{now}户，二者应当相等。"))
    return tuple(found)


def may(caller: Caller, seen: Seen) -> tuple[str, ...]:
    """Return what a caller may do with a report now, the next step first."""
    found = seen.newest
    if not reports(seen.area) or not seen.over:
        return ()
    standing = found.standing if found else "drawn_up"
    wanted = [AFTER[standing]] if standing in AFTER and not seen.missing else []
    if _returnable(seen, standing):
        wanted.append("returned")
    return tuple(act for act in wanted if refusal(caller, seen.area, act, found) is None)


def _returnable(seen: Seen, standing: str) -> bool:
    """What nobody has reviewed is returned only to be drawn up anew, because the record says something else by now."""
    return standing in ("reviewed", "signed", "submitted") or (
        standing == "drawn_up" and seen.newest is not None and seen.stale
    )


def take(
    desk: Desk, caller: Caller, area: str, month: str, act: str, version: int, words: str | None, now: datetime
) -> None:
    """Do the next step of a report, or return it with a reason; refused in words when it may not be."""
    report = see(desk, caller, area, month, now)
    if not reports(area):
        raise NotYourStep("county_reports", "上报以县（市、区）为单位；街道（乡镇）的数字计入县级，不单独上报。")
    if act not in ACTS:
        raise SaidNo("act_unknown", "请选择要办理的步骤。", field="act")
    if not report.over:
        raise SaidNo("month_not_over", f"{month_in_words(month)}还没有结束，月末24时以后才能办理。")
    if report.newest is None:
        with desk.record.write() as work:
            _draw_up(work, report, 1, now)
        report = see(desk, caller, area, month, now)
    newest = report.newest
    assert newest is not None
    _check(caller, report, newest, act, version, words)
    done: dict[str, object] = {f"{act}_by": caller.account, f"{act}_at": now}
    match act:
        case "reviewed":
            done["note"] = words
        case "returned":
            done["reason"] = words
        case "submitted":
            done["submitted_on"] = report.today
    with desk.record.write() as work:
        if not kept.set_standing(work, newest, act, done):
            raise _other(newest)
        if act == "returned":
            _draw_up(work, report, newest.version + 1, now)
        tell_of_act(work, newest, act, words, caller.account, now)
        if act == "locked" and (whole := made_ready(work, area, month)) is not None:
            tell_of_ready(work, whole, month, now)


def _check(caller: Caller, report: Seen, newest: kept.Report, act: str, version: int, words: str | None) -> None:
    if any(each.version == version and each.by.get(act) == caller.account for each in report.versions):
        raise Conflict("already_done", f"您已办理{ACTS[act]}，不必重复。")
    if newest.version != version:
        raise _other(newest)
    if newest.standing == "locked":
        raise Conflict("report_locked", "报表已锁定，不能再改；以后发现的事实计入下月报表的更正。")
    expected = (AFTER.get(newest.standing), *(("returned",) if _returnable(report, newest.standing) else ()))
    if act not in expected:
        raise _other(newest)
    if (no := refusal(caller, report.area, act, newest)) is not None:
        raise NotYourStep("other_person", no)
    if act == "returned" and not words:
        raise SaidNo("reason_missing", "请写明退回的原因和要更正什么。", field="words")
    if act != "returned" and report.missing:
        raise SaidNo("parts_missing", f"还有{len(report.missing)}个下级的调度表没有锁定，请等齐后再{ACTS[act]}。")
    if act in ("reviewed", "signed", "submitted") and report.problems:
        raise SaidNo("numbers_differ", f"数字没有对上，不能{ACTS[act]}：{report.problems[0].words}")


def _other(report: kept.Report) -> Conflict:
    return Conflict(
        "report_moved_on", f"报表已是第{report.version}版，{STANDINGS[report.standing]}。请刷新后按现在的状态办理。"
    )


def _draw_up(work: Writing, report: Seen, version: int, now: datetime) -> None:
    """Keep the numbers of the month's end as a version; what became known later is not in them."""
    kept.draw_up(work, [(_fresh(work, report.area, report.month), report.due_on, version)], now)
