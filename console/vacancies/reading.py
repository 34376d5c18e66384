"""What the form of a vacancy means (岗位登记表): every field read, every mistake beside its field.  Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from console.forms import Form, Mistake
from console.typed_values import Unreadable, amount, amount_in_words, count, day
from desk.vacancies import Entry
from register.credit_code import credit_code_fault, normal_code
from register.vacancy import CHANNEL_WORDS, Demand, Education, Vacancy, faults_of

LABELS: Mapping[str, str] = {
    "employer": "用人单位",
    "credit_code": "统一社会信用代码",
    "title": "岗位名称",
    "channel": "就业渠道",
    "posts": "招用人数",
    "reserved": "其中预留",
    "pay_fen": "月工资",
    "pay_to_fen": "月工资上限",
    "area": "工作地点所在地区",
    "place": "详细地点和交通",
    "hours": "工作时间",
    "education": "学历要求",
    "skills": "技能要求",
    "demands": "身体要求",
    "open_from": "招用开始日期",
    "open_until": "招用截止日期",
    "contact": "联系人和电话",
}
"""Every field in the order of the form and of the sheet → what people call it."""

TEXTS = {"employer": 80, "title": 80, "place": 120, "hours": 60, "skills": 120, "contact": 80, "area": 12}
REQUIRED = ("employer", "title", "channel", "posts", "pay_fen", "area")
KINDS: Mapping[str, Callable[[str], Any]] = {
    "pay_fen": amount,
    "pay_to_fen": amount,
    "posts": count,
    "reserved": count,
    "open_from": day,
    "open_until": day,
}


def vacancy_in(form: Form, areas: Mapping[str, str], vacancy_id: str = "") -> tuple[Entry | None, tuple[Mistake, ...]]:
    """Return the vacancy that was typed, or what is wrong with it; `areas` are those one may choose."""
    given = {name: form.text(name) for name in LABELS if name != "demands"}
    values, wrong = values_of(given, form.many("demands"))
    if values.get("area") and values["area"] not in areas:
        wrong["area"] = "请从列表中选择工作地点所在地区"
    return entry_of(values, wrong, vacancy_id)


def values_of(given: Mapping[str, str | None], demands: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what the fields say, and what is wrong by field: words that stand by themselves."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, label in LABELS.items():
        text = given.get(name)
        if name == "demands":
            continue
        if text is None:
            if name in REQUIRED:
                wrong[name] = f"请填写{label}"
            continue
        if name in KINDS:
            try:
                values[name] = KINDS[name](text)
            except Unreadable as error:
                wrong[name] = f"{label}{error.words}"
        elif len(text) > TEXTS.get(name, 40) or not text.isprintable():
            wrong[name] = f"{label}不超过{TEXTS.get(name, 40)}个字，写在一行内"
        else:
            values[name] = text
    if (fault := credit_code_fault(normal_code(values.get("credit_code", "")))) and "credit_code" in values:
        wrong["credit_code"] = fault
    known = {demand.value for demand in Demand}
    if set(demands) - known:
        wrong["demands"] = f"身体要求只能是：{'、'.join(demand.words for demand in Demand)}"
    else:
        values["demands"] = tuple(Demand(code) for code in demands)
    if values.get("education", "any") not in {each.value for each in Education}:
        wrong["education"] = f"学历要求应为：{'、'.join(each.words for each in Education)}"
    if "channel" in values and values["channel"] not in CHANNEL_WORDS:
        wrong["channel"] = f"就业渠道应为：{'、'.join(CHANNEL_WORDS.values())}"
    return values, wrong


def entry_of(
    values: Mapping[str, Any], wrong: Mapping[str, str], vacancy_id: str = ""
) -> tuple[Entry | None, tuple[Mistake, ...]]:
    """Return the vacancy of the values, or the mistakes: those of reading, else those of the vacancy as a whole."""
    mistakes = tuple(Mistake(name, wrong[name]) for name in LABELS if name in wrong)
    if mistakes:
        return None, mistakes
    vacancy = Vacancy(
        vacancy_id=vacancy_id,
        **{name: values[name] for name in REQUIRED},
        **{name: values[name] for name in ("place", "hours", "skills", "pay_to_fen", "demands") if name in values},
        reserved=values.get("reserved", 0),
        credit_code=normal_code(values.get("credit_code", "")),
        education=Education(values.get("education", "any")),
        open_from=_date(values.get("open_from")),
        open_until=_date(values.get("open_until")),
    )
    faults = faults_of(vacancy)
    if faults:
        return None, tuple(Mistake(fault.field, fault.words) for fault in faults)
    return Entry(vacancy, values.get("contact")), ()


def form_of(vacancy: Vacancy) -> Form:
    """Return the form with a vacancy in it, to be changed; its contact is not shown."""
    plain = {name: getattr(vacancy, name) for name in ("employer", "credit_code", "title", "channel", "posts")}
    plain |= {name: getattr(vacancy, name) for name in ("reserved", "area", "place", "hours", "skills")}
    plain |= {"education": vacancy.education.value, "pay_fen": amount_in_words(vacancy.pay_fen)}
    if vacancy.pay_to_fen is not None:
        plain["pay_to_fen"] = amount_in_words(vacancy.pay_to_fen)
    plain |= {name: getattr(vacancy, name) for name in ("open_from", "open_until")}
    pairs = Form.with_values(plain).pairs
    return Form((*pairs, *(("demands", demand.value) for demand in vacancy.demands)))


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
