"""Rules of key-monitored households (重点监控): followed without being certified, helped at once when the job is lost.

Such a case stays `applied` with the flag; it is never counted as zero-employment or eliminated.  When nobody works any
more the same case goes to review, found on that day; help may begin, publicity and seal are still needed (J14, A33).
"""

from casework import application
from casework.case import Case
from casework.case_facts import ContactChannel
from casework.commands.employment import RecordJobLoss
from casework.commands.monitoring import EndMonitoring, MonitoringVisitDue, OpenMonitoring, RecordMonitoringVisit
from casework.employment import with_status
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.household import Household, WorkStatus
from casework.key_monitored import LITERAL, earners, verdict_of
from casework.monitoring_facts import Job, Look, Monitoring
from casework.ruling import Ruling, Setting
from casework.states import ExitReason
from casework.times import in_words

AT_ONCE = "内部规定：监控家庭失业的，同一个案立即转入审核，可先行帮扶（J14、A33）"


def open_monitoring(command: OpenMonitoring, clock_offset: int, setting: Setting) -> Ruling:
    """List a household whose only earner has low or unstable work, or whose earners are all on a layoff list."""
    opened = application.apply(command, clock_offset, setting).case
    works = {m.member_id for m in earners(opened, setting.policy)}
    told = [j.member for j in command.jobs]
    if set(told) != works or len(set(told)) != len(told):
        raise SaidNo(
            "jobs_do_not_match",
            "请逐一填写每名在法定劳动年龄内的就业成员的工作情况，不多不少；家中无人就业的，请直接提出认定申请。",
            field="jobs",
        )
    if any(day > setting.today for job in command.jobs for day in job.changed_on):
        raise SaidNo("job_change_in_future", "换岗日期不能晚于今天，请核对。", field="jobs")
    monitoring = Monitoring(cause=command.cause, since=command.applied_on, alert_on=command.alert_on, jobs=command.jobs)
    case = opened.model_copy(update={"monitoring": monitoring})
    if command.cause == "layoff":
        if command.alert_on is None:
            raise SaidNo("alert_date_missing", "裁员名单须填写离岗日期。", field="alert_on")
        names = "、".join(case.member_words(m) for m in told)
        why = Why(
            rule="monitoring.layoff",
            says=f"裁员名单涉及本户全部就业成员{names}，{in_words(command.alert_on)}离岗，红色预警，纳入重点监控；尚未认定。",
            facts=(Fact(label="离岗日期", value=in_words(command.alert_on)),),
            clause=LITERAL,
        )
        return Ruling(case, why)
    verdict = verdict_of(case, setting)
    if verdict is None or not verdict.watched:
        says = verdict.why.says if verdict else "就业成员不止1人。"
        raise SaidNo("not_key_monitored", f"不符合重点监控条件：{says}", field="jobs", clause=LITERAL)
    return Ruling(case, verdict.why)


def require_monitored(case: Case) -> Monitoring:
    """Return what is monitored, or say no."""
    if case.monitoring is None or case.monitoring.lost_on is not None:
        raise SaidNo("not_monitored", "本户不在重点监控中，请核对。")
    return case.monitoring


def monitoring_visit_due(case: Case, command: MonitoringVisitDue, setting: Setting) -> Ruling:
    """The rhythm's day has come: somebody looks at the household."""
    watched = require_monitored(case)
    rhythm = setting.policy.watchlist.rhythm
    alert = f"离岗日期{in_words(watched.alert_on)}已到，请核实是否失业。" if watched.alert_on == setting.today else ""
    says = f"{alert}重点监控家庭走访待办，{rhythm.value.words}一次。"
    return Ruling(case, Why(rule="monitoring.visit_due", says=says, clause=rhythm.basis))


def record_monitoring_visit(case: Case, command: RecordMonitoringVisit, setting: Setting) -> Ruling:
    """Keep what the work is like now, and judge again; an improvement is put before the county."""
    watched = require_monitored(case)
    if not any(j.member == command.member for j in watched.jobs):
        raise SaidNo("not_employed", "该成员没有在监控中的工作，请核对成员编号。", field="member")
    member = case.household.member(command.member)
    assert member is not None
    jobs = tuple(_job(j, command) if j.member == command.member else j for j in watched.jobs)
    look = Look(on=command.on, channel=ContactChannel(command.channel), by=command.by.hand)
    members = tuple(
        m.model_copy(update={"wage_fen": command.wage_fen}) if m is member else m for m in case.household.members
    )
    case = case.model_copy(
        update={
            "household": Household(members=members),
            "monitoring": watched.model_copy(update={"jobs": jobs, "looks": (*watched.looks, look)}),
        }
    )
    if better(case, setting):
        verdict = verdict_of(case, setting)
        found = verdict.why.says if verdict else "就业成员不止1人。"
        says, facts = f"已走访。{found}提请县级决定是否结束监控。", verdict.why.facts if verdict else ()
    else:
        verdict = verdict_of(case, setting)
        says = f"已走访。{verdict.why.says if verdict else '裁员预警期间，'}继续监控。"
        facts = verdict.why.facts if verdict else ()
    facts = (Fact(label="走访日期", value=in_words(command.on)), *facts)
    return Ruling(case, Why(rule="monitoring.visited", says=says, facts=facts, clause=LITERAL), about=command.member)


def _job(job: Job, command: RecordMonitoringVisit) -> Job:
    changed = (*job.changed_on, command.on) if command.changed_job else job.changed_on
    return job.model_copy(
        update={"contract_months": command.contract_months, "insured": command.insured, "changed_on": changed[-20:]}
    )


def better(case: Case, setting: Setting) -> bool:
    """Say whether nothing is low or unstable any more; an announced layoff is not over before its day."""
    watched = case.monitoring
    if watched is None or (watched.alert_on is not None and watched.alert_on >= setting.today):
        return False
    verdict = verdict_of(case, setting)
    return verdict is None or not verdict.watched


def end_monitoring(case: Case, command: EndMonitoring, setting: Setting) -> Ruling:
    """The county ends it with a written reason; the household was never counted, so nothing is eliminated."""
    watched = require_monitored(case)
    why = Why(
        rule="monitoring.ended",
        says="县级决定结束重点监控，理由已存卷；本户从未认定，不计入消除。",
        facts=(
            Fact(label="纳入日期", value=in_words(watched.since)),
            Fact(label="走访次数", value=f"{len(watched.looks)}次"),
        ),
        clause=LITERAL,
    )
    return Ruling(case, why, ended=ExitReason.MONITORING_ENDED)


def job_lost(case: Case, command: RecordJobLoss, setting: Setting) -> Ruling:
    """A job of a monitored household ended; with nobody at work assistance opens at once, on the same case."""
    watched = require_monitored(case)
    if not any(j.member == command.member for j in watched.jobs):
        raise SaidNo("not_employed", "该成员没有在监控中的工作，请核对成员编号。", field="member")
    case = with_status(case, command.member, WorkStatus.UNREGISTERED_UNEMPLOYED)
    members = tuple(
        m.model_copy(update={"wage_fen": 0}) if m.member_id == command.member else m for m in case.household.members
    )
    jobs = tuple(j for j in watched.jobs if j.member != command.member)
    case = case.model_copy(update={"household": Household(members=members)})
    standing, judged = application.reassess(case, setting)
    case = case.model_copy(update={"standing": standing})
    facts = (
        Fact(label="成员", value=case.member_words(command.member)),
        Fact(label="离岗日期", value=in_words(command.on)),
    )
    if jobs:
        case = case.model_copy(update={"monitoring": watched.model_copy(update={"jobs": jobs})})
        why = Why(rule="monitoring.one_lost", says="家中另有成员在岗，继续监控。", facts=facts, clause=LITERAL)
        return Ruling(case, why, about=command.member)
    ended = watched.model_copy(update={"lost_on": command.on})
    case = case.model_copy(update={"monitoring": ended, "discovered_on": setting.today})
    why = Why(
        rule="monitoring.lost",
        says=f"家中已无人就业，同一个案立即转入审核，发现日期{in_words(setting.today)}；可先指定帮扶责任人并提供服务，公示和认定照常办理。{judged.says}。",
        facts=(*facts, *judged.facts),
        clause=AT_ONCE,
    )
    return Ruling(case, why, about=command.member, each={"register_unemployed": (command.member,)})
