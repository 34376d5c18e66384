"""Words for looking at a notice before any case has sent it (样例用词): typical ones, invented, of nobody."""

from dataclasses import fields

from notifications.catalog import Notice

SAMPLES = {
    "case_no": "220302004-2026-00012",
    "office_phone": "0434-3123456",
    "household": "张*家庭",
    "helper": "李敏",
    "reason": "1个月内连续3次无法取得联系",
    "clause": "吉人社函〔2021〕102号第三条第（三）项",
    "missing": "本人（M1）技能培训信息1次、推荐岗位2次",
    "promise": "力争2026年10月22日前（含当日）帮助家中至少一人就业",
    "then": "待县级恢复认定",
    "window": "1个月",
    "counted": "2",
    "threshold": "3",
    "days_left": "5",
    "step": "公示期满",
    "tasks": "公示期满上报",
    "due": "期限10月12日",
    "task": "初审",
    "doer": "经办人",
    "decide_by": "2026年10月29日",
    "answered": "家庭未陈述申辩",
    "member": "本人（M1）",
    "standing": "不计入需援助成员",
    "about": "安置承诺即将到期",
    "to_office": "铁东区第一街道公共就业服务站",
    "papers": "户口簿、离婚证",
    "decide": "请于2026年10月29日前（含当日）决定是否退出",
    "effect": "2026年10月29日起生效",
    "goes_on": "帮扶恢复，帮助就业的期限到2026年11月5日",
    "moved": "公示期由2026年10月10日改为2026年10月12日",
    "because": "国家公布或调整放假安排",
    "within": "10个工作日",
    "code": "482173",
}
A_DECISION = {"reason": "经审核家庭中已有成员就业", "clause": "吉人社函〔2021〕102号第一条"}
OF_ONE: dict[str, dict[str, str]] = {
    "not_recognised": A_DECISION,
    "application_declined": A_DECISION,
    "promise_suspended": {"then": "恢复后重新计算到期日"},
    "promise_resumed": {"then": "到期日为2026年10月29日"},
    "help_resumes": {"then": "安置承诺2026年10月29日到期"},
    "elimination_rejected": {"then": "帮扶继续，承诺期限为2026年10月29日"},
    "promise_moved": {"promise_due": "2026-10-23"},
    "appeal_received": {"review_by": "2026-11-05"},
    "publicity_started": {"ends_on": "2026-10-27"},
    "certified": {"certified_on": "2026-09-18"},
    "refusal_warning": {"clause": "吉人社函〔2021〕102号第三条第（二）项"},
    "phone_code": {"minutes": "10"},
    "objection_answered": {"case_no": "YY2026-4821-7306"},
    "application_returned": {"case_no": "SQ2026-1507-2294"},
    "restored": {"restored_on": "2026-09-18"},
}
"""Samples of one notice, where the general word would not be true in it."""
A_DAY, A_COUNT, A_WORD = "2026-10-22", "2", "样例"


def sample_words(notice: Notice) -> dict[str, str]:
    """Return typical words of a notice by name, dates as ISO dates."""
    return {
        f.name: OF_ONE.get(notice.name, {}).get(f.name) or SAMPLES.get(f.name) or _of_kind(f.type)
        for f in fields(notice.words)
    }


def _of_kind(kind: object) -> str:
    named = kind if isinstance(kind, str) else getattr(kind, "__name__", "")
    return {"date": A_DAY, "int": A_COUNT}.get(named, A_WORD)
