"""What else a case remembers, as tables of its page: publicity, objections, appeals, eliminations, moves, monitoring.

Pure: the case's own facts in words; lists without a row are left out.
"""

from collections.abc import Iterator
from datetime import date

from casework.case import Case
from casework.contacts import CHANNEL_WORDS
from casework.supplements import PAPER_WORDS
from casework.suspension import GROUND_WORDS as SUSPENSIONS
from casework.times import in_words
from casework.transfers import GROUND_WORDS as TRANSFERS
from console.case_pages.help_given import Table
from console.case_pages.said import OBJECTIONS, People
from records.case_pages import CaseSeen


def happenings_of(seen: CaseSeen, people: People) -> tuple[Table, ...]:
    return tuple(table for table in _tables(seen.case, people) if table.rows)


def _tables(case: Case, people: People) -> Iterator[Table]:
    yield _publicity(case)
    yield _comparisons(case, people)
    yield _supplements(case, people)
    yield _objections(case, people)
    yield _exits(case, people)
    yield _eliminations(case)
    yield _suspensions(case, people)
    yield _transfers(case, people)
    yield _looks(case, people)
    yield _conflicts(case, people)


def _day(value: date | None, otherwise: str = "—") -> str:
    return in_words(value) if value else otherwise


def _publicity(case: Case) -> Table:
    notice = case.publicity
    rows: tuple[tuple[str, ...], ...] = ()
    if notice is not None:
        stand = "已期满" if notice.over else f"{_day(notice.taken_down_on)}撤下" if notice.taken_down_on else "公示中"
        proof = f"{_day(notice.proof_on)}照片" if notice.proof_on else "—"
        rows = ((f"第{notice.round}次", _day(notice.posted_on), f"{_day(notice.ends_on)}24时", proof, stand),)
    return Table("publicity", "公示", ("次数", "张贴", "期满", "证明", "现状"), rows)


def _comparisons(case: Case, people: People) -> Table:
    rows = tuple(
        (
            c.source.words,
            people.member(c.member),
            c.result.words + _finding(c.affects),
            _day(c.looked_on),
            _day(c.valid_until),
        )
        for c in case.comparisons
    )
    return Table("comparisons", "线上比对", ("来源", "成员", "结果", "比对日期", "有效至"), rows)


def _finding(affects: bool | None) -> str:
    return "" if affects is None else "，查明影响认定" if affects else "，查明不影响认定"


def _supplements(case: Case, people: People) -> Table:
    rows = tuple(
        (
            _day(s.asked_on),
            "、".join(PAPER_WORDS.get(item, item) for item in s.items),
            _day(s.until),
            f"{_day(s.received_on)}收到" if s.received_on else "逾期未补" if s.lapsed_on else "等待中",
            people.account(s.asked_by),
        )
        for s in reversed(case.supplements)
    )
    return Table("supplements", "补正材料", ("告知", "材料", "等到", "现状", "经办"), rows)


def _objections(case: Case, people: People) -> Table:
    rows = tuple(
        (
            _day(o.raised_on),
            "匿名" if o.anonymous else "署名",
            "认定以后" if o.after_seal else "认定以前",
            OBJECTIONS[o.status] + (f"，{_day(o.decided_on)}" if o.decided_on else ""),
            people.account(o.concerns) if o.concerns else "—",
        )
        for o in reversed(case.objections)
    )
    return Table("objections", "异议", ("提出", "方式", "时间", "处理", "涉及工作人员"), rows)


def _exits(case: Case, people: People) -> Table:
    rows = tuple(
        (
            _day(a.raised_on),
            a.reason.words,
            _day(a.decided_on, "复查中"),
            "成立，撤销退出决定" if a.upheld else "不成立" if a.upheld is False else "—",
            people.account(a.decided_by) if a.decided_by else "—",
        )
        for a in reversed(case.appeals)
    )
    return Table("appeals", "退出申诉", ("申诉", "退出原因", "复查", "结果", "复查人"), rows)


def _eliminations(case: Case) -> Table:
    rows = tuple(
        (_day(e.on), _day(e.approved_on), f"{_day(e.withdrawn_on)}撤销" if e.withdrawn_on else "有效")
        for e in reversed(case.eliminations)
    )
    return Table("eliminations", "消除零就业", ("消除日期", "核准", "现状"), rows)


def _suspensions(case: Case, people: People) -> Table:
    rows = tuple(
        (
            SUSPENSIONS.get(s.ground, s.ground),
            people.member(s.member),
            _day(s.since),
            _day(s.until, "尚未恢复"),
            people.account(s.recorded_by),
        )
        for s in reversed(case.suspensions)
    )
    return Table("suspensions", "承诺暂停", ("原因", "成员", "自", "至", "登记人"), rows)


def _transfers(case: Case, people: People) -> Table:
    rows = tuple(
        (
            _day(t.on),
            f"{t.from_office} → {t.to_office}",
            TRANSFERS.get(t.ground, t.ground),
            f"{_day(t.received_on)} {people.account(t.received_by)}" if t.received_on else "尚未接收",
        )
        for t in reversed(case.transfers)
    )
    return Table("transfers", "转移", ("日期", "机构", "原因", "接收"), rows)


def _looks(case: Case, people: People) -> Table:
    looks = case.monitoring.looks if case.monitoring else ()
    rows = tuple((_day(look.on), CHANNEL_WORDS[look.channel], people.account(look.by)) for look in reversed(looks))
    return Table("monitoring", "重点监控走访", ("日期", "方式", "走访人"), rows)


def _conflicts(case: Case, people: People) -> Table:
    rows = tuple(
        (people.account(c.account), _day(c.declared_on), f"{_day(c.lifted_on)}解除" if c.lifted_on else "回避中")
        for c in reversed(case.conflicts)
    )
    return Table("conflicts", "回避", ("工作人员", "声明", "现状"), rows)
