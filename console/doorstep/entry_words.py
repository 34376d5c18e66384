"""What an offline entry or a form holds, in words (登记的内容): each field called as its form calls it.  Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from console import words
from console.doorstep.reading import CHANNELS, KINDS_OF_SERVICE, OTHERS, RESULTS
from policies.term_words import VALUES

CALLED: Mapping[str, str] = {
    "on": "日期",
    "visited_on": "走访日期",
    "channel": "方式",
    "outcome": "结果",
    "answered_by": "应答的人",
    "answered": "应答的人",
    "sought": "要找的人",
    "number_verified": "号码已核实",
    "by_household": "家庭主动联系",
    "met": "见到的人",
    "policies": "送政策",
    "posts": "送岗位",
    "services": "送服务",
    "note": "情况",
    "member": "成员",
    "kind": "服务",
    "vacancy": "岗位",
    "pay_fen": "月工资",
    "matches_plan": "合适",
    "acknowledged": "本人已收到",
    "unsuitable_for": "不合适之处",
    "commute_minutes": "路途（分钟）",
    "referral": "推荐编号",
    "reason_code": "理由",
    "no_show": "未按约参加",
    "statement": "本人陈述",
    "month": "月份",
    "still_employed": "仍在岗",
    "insured": "已参保",
    "plan": "方案",
    "signed_on": "签订日期",
}

_CHOICES = {
    **dict(CHANNELS),
    **dict(RESULTS),
    **dict(OTHERS),
    **dict(KINDS_OF_SERVICE),
    "adult": "家里的成年人",
    "hired": "单位录用了",
    "employer_rejected": "单位没录用",
    "health": "身体吃不消",
    "skill": "技能不够",
    "distance": "离家太远",
}


def told_content(content: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the fields with their values in words; an unknown field keeps its name, so that nothing is hidden."""
    return tuple(
        (CALLED.get(name, name), _words(name, value))
        for name, value in content.items()
        if value not in (None, "", [], False) or name == "met"
    )


def _words(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(str(each) for each in value) or "没有见到人"
    if name == "pay_fen" and isinstance(value, int):
        return words.yuan(value)
    if name == "reason_code":
        return str(VALUES.get(str(value), value))
    text = str(value)
    if len(text) == 10 and name.endswith("on"):
        try:
            return words.day(date.fromisoformat(text))
        except ValueError:
            return text
    return str(_CHOICES.get(text, text))
