"""What matters now (当前要紧的事): one note each, the most urgent first, with the words of the case's own facts."""

from collections.abc import Iterator
from dataclasses import dataclass

from casework.breach import CAUSE_WORDS
from casework.case import Case
from casework.case_facts import ObjectionStatus
from casework.clock_sentences import spans
from casework.hardship import GROUND_WORDS as HARDSHIPS
from casework.starting import CLOCK_WORDS
from casework.states import Role, State
from casework.supplements import PAPER_WORDS
from casework.suspension import GROUND_WORDS as SUSPENSIONS
from casework.times import in_words
from console.case_pages.said import MONITORED_FOR, People
from desk.step_checks import unread_words


@dataclass(frozen=True, slots=True)
class Banner:
    """One note: `tone` as in the notes of pages (bad, warn, info, good); `path` leads to where it is told in full."""

    tone: str
    heading: str
    words: str
    path: str = ""
    link: str = ""


def banners_of(case: Case, people: People) -> tuple[Banner, ...]:
    """Return what whoever opens the case should know first."""
    return tuple(_ended(case, people)) if case.state is State.EXITED else tuple(_open(case, people))


def unread_banner(receipts: tuple[str, ...], role: Role) -> tuple[Banner, ...]:
    """Objections from the board that nobody has opened: the rules do not know of them, and they forbid going on."""
    if not receipts:
        return ()
    handles = role in (Role.CASEWORKER, Role.REVIEWER)
    way = ("/applications/objections", "办理群众异议") if handles else ("", "")
    return (Banner("bad", "有群众异议还没有登记", unread_words(receipts), *way),)


def _ended(case: Case, people: People) -> Iterator[Banner]:
    end = case.exit
    if end is None:
        return
    words = (
        f"{in_words(end.on)}起生效，由{people.account(end.decided_by)}决定。此后不再办理任何步骤；家庭可以再次申请。"
    )
    if end.recovers_subsidies:
        words += "本户在须追回补贴的名单上。"
    if end.withdrawn_elimination is not None:
        words += f"原计{in_words(end.withdrawn_elimination)}的消除已撤销。"
    yield Banner("info", f"已退出：{end.reason.words}", words)


def _open(case: Case, people: People) -> Iterator[Banner]:
    yield from _exit(case, people)
    yield from _objections(case)
    yield from _missed(case)
    yield from _standing_still(case, people)
    yield from _household(case)
    yield from _dates(case)


def _exit(case: Case, people: People) -> Iterator[Banner]:
    decided, proposal = case.exit_decided, case.exit_proposal
    if decided is not None:
        appeal = next((a for a in reversed(case.appeals) if a.decided_on is None), None)
        words = f"{in_words(decided.decided_on)}由{people.account(decided.decided_by)}决定。"
        if appeal is not None:
            words += f"家庭已于{in_words(appeal.raised_on)}申诉，正在复查，其间不生效。"
        else:
            words += f"家庭可在{in_words(decided.appeal_by)}24时前申诉；"
            words += f"没有申诉的，{in_words(decided.takes_effect_on)}起生效。"
        if decided.provisional:
            words += "该日期是暂定的，到时须先核对日历。"
        yield Banner("bad", f"已决定退出，尚未生效：{decided.reason.words}", words + "其间帮扶和各项时限暂停。")
    if proposal is not None:
        answered = f"家庭已于{in_words(proposal.responded_on)}答复。" if proposal.responded_on else "家庭尚未答复。"
        words = f"{in_words(proposal.proposed_on)}提出，陈述申辩到{in_words(proposal.respond_by)}24时止，"
        words += f"{answered}由县级决定。"
        yield Banner("bad", f"建议退出，待县级决定：{proposal.reason.words}", words)


def _objections(case: Case) -> Iterator[Banner]:
    waiting = [o for o in case.objections if o.status is ObjectionStatus.OPEN]
    for objection in waiting:
        how = "匿名" if objection.anonymous else "署名"
        then = "须复查认定。" if objection.after_seal else "处理完以前不能认定。"
        words = f"{in_words(objection.raised_on)}提出（{how}），尚未处理完；{then}"
        yield Banner("bad", "有异议待处理", words)


def _missed(case: Case) -> Iterator[Banner]:
    both = (("安置承诺", case.promise), ("棚改回迁安置承诺", case.relocation.promise if case.relocation else None))
    for name, promise in both:
        if promise is not None and promise.overdue_on is not None and promise.met_on is None:
            cause = CAUSE_WORDS.get(promise.cause or "", "尚未拟定")
            stand = "已由督导人员确认" if promise.cause_confirmed_by else "待督导人员确认"
            words = f"应在{in_words(promise.due_on)}前兑现；原因：{cause}（{stand}）。帮扶继续，直至有人就业。"
            yield Banner("bad", f"{name}已超期", words)


def _standing_still(case: Case, people: People) -> Iterator[Banner]:
    for suspension in case.suspensions:
        if suspension.until is None:
            whom = people.member(suspension.member) if suspension.member else "全户"
            ground = SUSPENSIONS.get(suspension.ground, suspension.ground)
            words = f"原因：{whom}{ground}，自{in_words(suspension.since)}起，恢复后补足损失的日子。"
            yield Banner("warn", "承诺暂停计算", words)
    for asked in case.supplements:
        if asked.open:
            papers = "、".join(PAPER_WORDS.get(item, item) for item in asked.items)
            words = f"{in_words(asked.asked_on)}告知申请人补交：{papers}；"
            words += f"最迟等到{in_words(asked.until)}。其间内部时限暂停。"
            yield Banner("warn", "等待补正材料", words)
    for move in case.transfers:
        if move.received_on is None:
            words = f"{in_words(move.on)}由机构{move.from_office}转入{move.to_office}，各项时限照常计算，等待接收。"
            yield Banner("warn", "转移中，尚未接收", words)


def _household(case: Case) -> Iterator[Banner]:
    if case.hardship is not None:
        ground = HARDSHIPS.get(case.hardship.ground, case.hardship.ground)
        words = f"{in_words(case.hardship.marked_on)}认定，情形：{ground}；上级须安排托底岗位，直至有人就业。"
        yield Banner("warn", "特别困难家庭", words)
    if case.unsteady is not None and case.unsteady.handled_by is None:
        words = f"应在{in_words(case.unsteady.due_on)}前稳定而没有稳定，由督导人员督办。"
        yield Banner("warn", "就业未按期稳定", words)
    if case.monitoring is not None and case.monitoring.lost_on is None:
        cause = MONITORED_FOR.get(case.monitoring.cause, case.monitoring.cause)
        yield Banner("info", "重点监控中", f"自{in_words(case.monitoring.since)}起，原因：{cause}。")
    elif case.key_monitored:
        yield Banner("info", "重点监控对象", "唯一就业成员收入低或工作不稳定，须按期走访。")
    if case.double_employment:
        yield Banner("good", "双就业家庭", "已有两名以上成员就业。")
    if case.forwarded_by is not None:
        yield Banner("info", "由其他机构转交", f"家庭在机构{case.forwarded_by}的窗口提出申请。")


def _dates(case: Case) -> Iterator[Banner]:
    guessed = [clock for clock in case.clocks if clock.provisional]
    if guessed:
        names = "、".join(dict.fromkeys(CLOCK_WORDS.get(clock.kind, clock.kind) for clock in guessed))
        until = spans(tuple(sorted({clock.due_on for clock in guessed})))
        words = f"{names}（{'、'.join(until)}）跨入放假安排尚未公布的年份；"
        words += "公布后重新计算，在此之前不作不可撤销的决定。"
        yield Banner("info", "有暂定日期", words, f"/cases/{case.case_id}/clocks", "查看时限的说明")
