"""Words for looking at a notice before any case has sent it (样例用词): typical ones, invented, of nobody."""

from dataclasses import fields

from notifications.catalog import Notice

SAMPLES = {
    "case_no": "220302004-2026-00012",
    "office_phone": "0434-3123456",
    "household": "张*家庭",
    "helper": "李敏",
    "reason": "1个月内连续3次无法取得联系",
    "clause": "吉人社函〔2021〕102号第一条",
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
    "to_office": "220303001",
    "papers": "户口簿、离婚证",
}
A_DAY, A_COUNT, A_WORD = "2026-10-22", "2", "样例"


def sample_words(notice: Notice) -> dict[str, str]:
    """Return typical words of a notice by name, dates as ISO dates."""
    return {f.name: SAMPLES.get(f.name) or _of_kind(f.type) for f in fields(notice.words)}


def _of_kind(kind: object) -> str:
    named = kind if isinstance(kind, str) else getattr(kind, "__name__", "")
    return {"date": A_DAY, "int": A_COUNT}.get(named, A_WORD)
