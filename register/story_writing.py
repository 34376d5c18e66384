"""Writing a story from a case's events (改写): prose from facts, the timeline with each step's reason.  Pure.

Texts that people typed are never read.  A recorded reason is retold under invented names and days, or left out.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from casework.case import Case
from casework.case_facts import ContactOutcome, ReferralOutcome, RefusalStatus, ServiceKind
from casework.commands import COMMANDS
from casework.events import CaseEvent
from casework.household import Member
from casework.states import ExitReason, State
from casework.times import in_words
from register.story import CHANNELS, DIFFICULTIES, OUTCOMES, Moment, Story
from register.story_check import Originals
from register.story_disguise import Disguise, disguise

UNTOLD = ("adopt_calendar", "adopt_policy", "task_overdue", "declare_conflict", "transfer_case", "receive_transfer")
"""What concerns the office and teaches nothing about the household."""

WITHOUT_REASON = ("amend_household", "add_member", "remove_member", "amendment_took_effect")
"""Steps whose reasons quote a household's facts one by one."""

NUMBERS = "零一二三四五六七八九十"


def write_story(events: Sequence[CaseEvent], originals: Originals, secret: bytes) -> Story:
    """Return a case as a story.  Raises ValueError without events."""
    case, first = events[-1].case, events[0]
    everybody = [m.member_id for e in events for m in e.case.household.members]
    hidden = disguise(secret, case.household, everybody, originals, case.opened_on)
    hard = tuple(code for code, so in difficulties(events).items() if so)
    outcome, channel = outcome_of(case), channel_of(case)
    told = (
        ("这一家", tuple(_family(case, hidden))),
        ("怎样认定", tuple(_recognition(case, hidden))),
        ("怎样帮扶", tuple(_help(case, hidden))),
        ("结果", tuple(_outcome(case, hidden, outcome))),
    )
    return Story(
        title=_title(case, hidden, channel, hard, outcome),
        channel=channel,
        difficulties=hard,
        outcome=outcome,
        told=tuple((heading, paragraphs) for heading, paragraphs in told if paragraphs),
        moments=tuple(_moments(events, hidden, first.on)),
    )


def channel_of(case: Case) -> str:
    """Return the channel of the last job that was believed."""
    jobs = [job for job in case.employments if job.rejected_on is None]
    return jobs[-1].channel if jobs else "none"


def outcome_of(case: Case) -> str:
    """Return how the case stands, as a tag."""
    if case.exit is not None:
        return {
            ExitReason.STABLE_EMPLOYMENT: "stable",
            ExitReason.NOT_RECOGNISED: "not_recognised",
            ExitReason.WITHDRAWN: "not_recognised",
            ExitReason.MONITORING_ENDED: "not_recognised",
            ExitReason.REVOKED: "revoked",
        }.get(case.exit.reason, "left")
    return "eliminated" if case.eliminated_on is not None else "helping"


def difficulties(events: Sequence[CaseEvent]) -> dict[str, bool]:
    """Return for each difficulty whether the case met it."""
    case, triggers = events[-1].case, {event.trigger for event in events}
    reason = case.exit.reason if case.exit else None
    return {
        "overdue": "promise_overdue" in triggers,
        "refused": any(r.status is RefusalStatus.UNJUSTIFIED for r in case.refusals),
        "unreachable": sum(c.outcome is not ContactOutcome.REACHED for c in case.contacts) > 1,
        "hardship": "mark_special_hardship" in triggers,
        "relapse": "record_job_loss" in triggers or (case.promise is not None and case.promise.number > 1),
        "special": "decide_special_situation" in triggers,
        "objection": bool(case.objections),
        "suspended": bool(case.suspensions),
        "relocated": case.relocation is not None,
        "monitored": case.monitoring is not None,
        "false_report": reason in (ExitReason.REVOKED, ExitReason.FALSE_REPORT, ExitReason.INCOME_FOUND),
    }


def _title(case: Case, hidden: Disguise, channel: str, hard: tuple[str, ...], outcome: str) -> str:
    who = hidden.person(case.household.applicant.member_id)
    met = f"，遇到{DIFFICULTIES[hard[0]]}" if hard else ""
    way = f"，{CHANNELS.get(channel, channel)}" if channel != "none" else ""
    return f"{who}一家{met}{way}，{OUTCOMES[outcome]}"


def _family(case: Case, hidden: Disguise) -> Iterator[str]:
    members = case.household.members
    base = case.standing.base
    yield f"甲社区的{hidden.person(members[0].member_id)}一家{_count(len(members))}口，其中需要援助的{len(base)}人。"
    yield "".join(f"{_member(m, hidden, case.opened_on)}。" for m in members)


def _member(member: Member, hidden: Disguise, on: date) -> str:
    age = on.year - member.birth_date.year
    band = f"{age // 10 * 10}多岁" if age >= 20 else "未成年" if age < 16 else "不到20岁"
    work = (
        f"{member.relation.value}{hidden.person(member.member_id)}，{member.sex.value}，{band}，{member.status.value}"
    )
    ability = "" if member.capacity.value == "有" else f"，劳动能力{member.capacity.value}"
    return f"{work}{ability}"


def _recognition(case: Case, hidden: Disguise) -> Iterator[str]:
    who = hidden.person(case.household.applicant.member_id)
    yield f"{in_words(hidden.day(case.opened_on))}，{who}向甲街道的公共就业服务机构提出申请。"
    certified = case.reviews.certified_on
    if certified is not None:
        days = (certified - case.opened_on).days
        yield f"经初审、公示和县级复核，申请后第{days + 1}天认定为零就业家庭，由三名不同的工作人员分别办理。"
    elif case.exit is not None:
        yield f"没有认定：{case.exit.reason.words}。"
    if case.objections:
        yield f"期间收到{len(case.objections)}件异议，逐件调查并写明意见。"


def _help(case: Case, hidden: Disguise) -> Iterator[str]:
    guidance = sum(s.kind is ServiceKind.GUIDANCE for s in case.services)
    training = len(case.services) - guidance
    given = [r for r in case.referrals if r.suitable and r.delivered]
    if case.services or case.referrals:
        yield (
            f"先后提供职业指导{guidance}次、技能培训信息{training}次，推荐岗位{len(case.referrals)}个，"
            f"其中合适并送达的{len(given)}个；用人单位未录用{_outcomes(case, ReferralOutcome.EMPLOYER_REJECTED)}个，"
            f"家庭没有接受{_outcomes(case, ReferralOutcome.DECLINED)}个。"
        )
    if case.plan_signed_on is not None:
        yield f"{in_words(hidden.day(case.plan_signed_on))}签订一人一策的帮扶方案，由一名帮扶责任人专门负责。"
    if case.promise is not None:
        due = in_words(hidden.day(case.promise.due_on))
        how = "按期兑现" if case.promise.met_on and not case.promise.overdue_on else "没有按期兑现"
        yield f"安置承诺到{due}止，{'仍在计算' if case.promise.running else how}。"


def _outcomes(case: Case, outcome: ReferralOutcome) -> int:
    return sum(r.outcome is outcome for r in case.referrals)


def _outcome(case: Case, hidden: Disguise, outcome: str) -> Iterator[str]:
    employers = dict.fromkeys(r.vacancy for r in case.referrals if r.outcome is ReferralOutcome.HIRED)
    several = len(employers) > 1
    for number, job in enumerate(j for j in case.employments if j.rejected_on is None):
        at = f"某公司{'甲乙丙丁戊己庚辛壬癸'[number % 10] if several else ''}" if employers else "新的岗位"
        days = (job.started_on - case.opened_on).days
        insured = "，参加了社会保险" if job.insured else ""
        pay = f"，月收入{hidden.about(job.monthly_income_fen // 100)}" if job.monthly_income_fen else ""
        channel = CHANNELS.get(job.channel, job.channel)
        yield f"申请后第{days + 1}天，{hidden.person(job.member)}到{at}上岗（{channel}{pay}{insured}）。"
    if case.follow_ups:
        yield f"就业后按月回访{len(case.follow_ups)}次。"
    if case.exit is not None:
        yield f"{in_words(hidden.day(case.exit.on))}退出：{case.exit.reason.words}。"
    elif case.state is not State.EXITED:
        yield f"到写成本案例时：{OUTCOMES[outcome]}。"


def _moments(events: Sequence[CaseEvent], hidden: Disguise, first: date) -> Iterator[Moment]:
    for event in events:
        if event.trigger in UNTOLD:
            continue
        quoted = None if event.trigger in WITHOUT_REASON else hidden.retold(event.why.says)
        clause = hidden.clause(event.why.clause)
        turned = event.source is not event.target and event.source is not None
        yield Moment(
            day=(event.on - first).days + 1,
            on=hidden.day(event.on),
            title=COMMANDS[event.trigger].title if event.trigger in COMMANDS else "其他办理",
            by=event.by.role.words,
            turn=f"{event.source.words}→{event.target.words}" if turned and event.source else None,
            says=quoted,
            clause=clause or "（依据略）",
        )


def _count(number: int) -> str:
    return NUMBERS[number] if number <= 10 else str(number)
