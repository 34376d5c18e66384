"""Help on the page of a case (帮扶): the counters 1 / 1 / 3, referrals, refusals, contacts, visits, jobs, follow-ups.

Each list is a heading, an order of columns and rows of plain words; what counts and why is asked of the rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from casework.case import Case
from casework.case_facts import Contact, ContactOutcome, Refusal, RefusalStatus
from casework.contact_counts import attempts, failed_row, reached
from casework.contacts import CHANNEL_WORDS
from casework.refusal_counts import counted, largest_window, threshold, window_end
from casework.ruling import Setting
from casework.services import SERVICE_WORDS, owed_services, service_counts
from casework.suitability import UNSUITABLE
from casework.times import in_words
from console.case_pages.said import CONTACT_OUTCOMES, REFERRAL_OUTCOMES, REFUSALS, WHO_ANSWERED, People, code_words
from console.words import yuan
from records.case_pages import CaseSeen

BAR = 120


@dataclass(frozen=True, slots=True)
class Counter:
    """One of the 1 / 1 / 3: so many of so many; `filled` of `BAR` is how far the bar goes."""

    words: str
    have: int
    want: int

    @property
    def filled(self) -> int:
        return min(BAR, BAR * self.have // max(1, self.want))

    @property
    def enough(self) -> bool:
        return self.have >= self.want


@dataclass(frozen=True, slots=True)
class Table:
    """A list of one kind: `note` says what the counting makes of it, `empty` what to do when there is nothing."""

    key: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """The section of help; `counters` by member (or for the whole household), `given` the single services."""

    begun: bool
    counters: tuple[tuple[str, tuple[Counter, ...]], ...]
    plan_signed: str
    plan: str | None
    tables: tuple[Table, ...]


def help_of(seen: CaseSeen, people: People, setting: Setting) -> Help:
    case = seen.case
    tables = (
        _referrals(seen, people),
        _refusals(case, people, setting),
        _contacts(case, people, setting),
        _visits(case, people),
        _services(case, people),
        _jobs(case, people),
        _follow_ups(case),
    )
    begun = case.reviews.certified_on is not None or case.early_help
    return Help(
        begun=begun,
        counters=_counters(case, people, setting) if begun else (),
        plan_signed=f"{in_words(case.plan_signed_on)}签订" if case.plan_signed_on else "",
        plan=seen.plan,
        tables=tuple(table for table in tables if table.rows or (begun and table.empty)),
    )


def _counters(case: Case, people: People, setting: Setting) -> tuple[tuple[str, tuple[Counter, ...]], ...]:
    owed = owed_services(case, setting.policy)
    each = owed.per.value == "member"
    subjects: tuple[str | None, ...] = case.standing.base if each else (None,)
    found = []
    for member in subjects:
        have = service_counts(case, member)
        counters = (
            Counter("职业指导", have["guidance"], owed.guidance.value),
            Counter("技能培训信息", have["training_info"], owed.training_info.value),
            Counter("推荐岗位", have["referrals"], owed.referrals.value),
        )
        found.append((people.member(member), counters))
    return tuple(found)


def _referrals(seen: CaseSeen, people: People) -> Table:
    rows = tuple(
        (
            in_words(r.on),
            people.member(r.member),
            seen.vacancies.get(r.vacancy, r.vacancy) + ("（托底岗位）" if r.guaranteed else ""),
            yuan(r.pay_fen),
            "合适" if r.suitable else f"不合适：{UNSUITABLE.get(r.unsuitable or '', '不符合帮扶方案')}",
            f"{in_words(r.delivered_on)}送达" if r.delivered_on else "尚未送达",
            REFERRAL_OUTCOMES[r.outcome],
        )
        for r in reversed(seen.case.referrals)
    )
    columns = ("日期", "成员", "岗位", "月工资", "是否合适", "送达", "结果")
    return Table("referrals", "岗位推荐", columns, rows, "只有合适且已送达的不同岗位计次。", "还没有推荐岗位。")


def _refusals(case: Case, people: People, setting: Setting) -> Table:
    rows = tuple(_refusal(r, case, people, setting) for r in reversed(case.refusals))
    columns = ("日期", "成员", "理由", "认定", "是否计次")
    return Table("refusals", "拒绝岗位", columns, rows, "".join(_warned(case, people, setting)))


def _refusal(refusal: Refusal, case: Case, people: People, setting: Setting) -> tuple[str, ...]:
    reason = code_words(refusal.reason_code) or ("未按约参加" if refusal.no_show else "未说明理由")
    if refusal.reasons_by is not None and refusal.status is RefusalStatus.PENDING:
        reason += f"，可在{in_words(refusal.reasons_by)}前说明"
    judged = REFUSALS[refusal.status] + (f"，{people.account(refusal.judged_by)}" if refusal.judged_by else "")
    return (in_words(refusal.on), people.member(refusal.member), reason, judged, _counts(refusal, case, setting))


def _counts(refusal: Refusal, case: Case, setting: Setting) -> str:
    if refusal in counted(case, refusal.member, setting):
        return f"计次，窗口至{in_words(window_end(refusal.on, setting))}"
    if refusal.set_aside:
        return "不计：申诉复查后不计入"
    if refusal.status is RefusalStatus.PENDING:
        return "不计：尚未认定"
    if refusal.status is RefusalStatus.JUSTIFIED:
        return "不计：有正当理由"
    return "不计：当时尚未登记失业"


def _warned(case: Case, people: People, setting: Setting) -> Iterator[str]:
    for member in dict.fromkeys(r.member for r in case.refusals):
        window = largest_window(case, member, setting)
        if window:
            most = threshold(window, setting)
            yield f"{people.member(member)}一个计次窗口内最多{len(window)}次，达到{most}次建议退出。"
        for warning in (w for w in case.warnings if w.member == member):
            yield f"{in_words(warning.on)}已发书面提醒。"


def _contacts(case: Case, people: People, setting: Setting) -> Table:
    row = failed_row(case)
    rows = tuple(
        (
            in_words(c.on),
            CHANNEL_WORDS[c.channel] + ("（家庭主动）" if c.by_household else ""),
            _outcome(c, people),
            _counts_as(c, row),
        )
        for c in reversed(case.contacts)
    )
    least = setting.policy.contact.threshold.value
    note = (
        f"自上次联系上以来连续未联系上{attempts(row, setting)}次；达到{least}次并符合办法其他条件的，建议退出。"
        if rows
        else ""
    )
    return Table("contacts", "联系记录", ("日期", "方式", "结果", "是否计次"), rows, note, "还没有联系记录。")


def _outcome(contact: Contact, people: People) -> str:
    words = CONTACT_OUTCOMES[contact.outcome]
    if contact.outcome is not ContactOutcome.REACHED:
        return words + ("（号码、地址已重新核实）" if contact.number_verified else "")
    who = people.member(contact.answered_by) if contact.answered_by else WHO_ANSWERED[contact.answered]
    return f"{words}，{who}应答"


def _counts_as(contact: Contact, row: tuple[Contact, ...]) -> str:
    if contact in row:
        return "计一次未联系上"
    if contact.set_aside:
        return "不计：复查后不计入"
    if reached(contact):
        return "联系上，计次归零"
    if contact.outcome is ContactOutcome.REACHED:
        return "不计：应答的不是家庭成年成员"
    return "不计：此后已联系上，或号码、地址有误"


def _visits(case: Case, people: People) -> Table:
    rows = tuple(
        (
            in_words(v.visited_on),
            people.members(v.met) or "没有见到家庭成员",
            "、".join(words for words, on in (("政策", v.policies), ("岗位", v.posts), ("服务", v.services)) if on)
            or "没有登记",
            people.account(v.by),
        )
        for v in reversed(case.visits)
    )
    return Table("visits", "入户走访和三送", ("日期", "见到", "送去", "走访人"), rows, "", "还没有入户走访记录。")


def _services(case: Case, people: People) -> Table:
    rows = tuple((in_words(s.on), people.member(s.member), SERVICE_WORDS[s.kind]) for s in reversed(case.services))
    return Table("services", "指导和培训信息", ("日期", "成员", "服务"), rows)


def _jobs(case: Case, people: People) -> Table:
    rows = tuple(
        (
            in_words(job.started_on),
            people.member(job.member),
            f"{code_words(job.channel)}，{code_words(job.evidence)}",
            yuan(job.monthly_income_fen),
            _approved(job.approved_on, job.rejected_on),
            f"{in_words(job.ended_on)}离岗" if job.ended_on else "在岗" if job.active else "—",
        )
        for job in reversed(case.employments)
    )
    columns = ("上岗", "成员", "渠道和凭证", "月收入", "县级核准", "现状")
    return Table("employments", "就业", columns, rows)


def _approved(approved: object, rejected: object) -> str:
    return "已核准消除" if approved else "未予核准" if rejected else "待核准"


def _follow_ups(case: Case) -> Table:
    rows = tuple(
        (
            f"{f.month[:4]}年{int(f.month[5:])}月",
            in_words(f.on),
            CHANNEL_WORDS[f.channel],
            "已参保" if f.insured else "未参保",
        )
        for f in reversed(case.follow_ups)
    )
    return Table("follow-ups", "按月回访", ("月份", "回访日期", "方式", "参保"), rows)
