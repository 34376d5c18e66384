"""What the form of a plan means (帮扶方案表): every field read, every mistake beside its field.  Pure."""

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from casework.hardship import GROUND_WORDS
from console.forms import Form, Mistake
from console.typed_values import Unreadable, amount, amount_in_words, count, day
from register.plan import LABELS, MOST_MEASURES, MeasureKind, Plan
from register.vacancy import CHANNEL_WORDS, Demand, Education

TEXTS = {"profile": 600, "wishes": 200, "difficulty": 600, "skills": 200}
REQUIRED = ("profile", "wishes")
SEVERAL = {
    "channels": tuple(CHANNEL_WORDS),
    "difficulties": tuple(GROUND_WORDS),
    "cannot": tuple(demand.value for demand in Demand),
}
SPARE = 2
PARTS = ("kind", "by", "who", "words")


def rows_of(form: Form) -> int:
    """Return how many rows of measures to show: those typed, and two more."""
    used = [n for n in range(MOST_MEASURES) if any(form.text(_name(n, part)) for part in PARTS if part != "who")]
    return min(MOST_MEASURES, (max(used) + 1 if used else 1) + SPARE)


def plan_in(form: Form) -> tuple[Plan | None, tuple[Mistake, ...]]:
    """Return the plan that was typed, or what is wrong with it."""
    values: dict[str, Any] = {}
    wrong = list(_texts(form, values))
    for name, known in SEVERAL.items():
        chosen = form.many(name)
        if set(chosen) - set(known):
            wrong.append(Mistake(name, f"请从列表中选择{LABELS[name]}"))
        values[name] = tuple(code for code in known if code in chosen)
    education = form.text("education") or ""
    if education not in {each.value for each in Education} - {"any"}:
        wrong.append(Mistake("education", "请选择学历"))
    values["education"] = education
    for name, read, least, most in (("most_minutes", count, 5, 600), ("least_pay_fen", amount, 1, 100_000_000)):
        typed = form.text(name)
        if typed is None:
            continue
        try:
            values[name] = read(typed)
        except Unreadable as error:
            wrong.append(Mistake(name, f"{LABELS[name]}{error.words}"))
        else:
            if not least <= values[name] <= most:
                says = "应为5至600分钟" if name == "most_minutes" else "应大于0，不超过100万元"
                wrong.append(Mistake(name, f"{LABELS[name]}{says}"))
    measures, mistakes = _measures(form)
    wrong += mistakes
    if not measures and not mistakes:
        wrong.append(Mistake("measures", "请至少写明一项帮扶措施：做什么、何日前、谁负责"))
    if wrong:
        return None, tuple(wrong)
    try:
        return Plan.model_validate(values | {"measures": measures}), ()
    except ValidationError:
        return None, (Mistake(None, "方案内容有误，请核对后再保存"),)


def form_of(plan: Plan) -> Form:
    """Return the form with a version in it, to be written anew."""
    pairs: list[tuple[str, str]] = [(name, getattr(plan, name)) for name in TEXTS]
    pairs += [("education", plan.education.value)]
    for name in SEVERAL:
        pairs += [(name, str(code)) for code in getattr(plan, name)]
    if plan.most_minutes:
        pairs.append(("most_minutes", str(plan.most_minutes)))
    if plan.least_pay_fen:
        pairs.append(("least_pay_fen", amount_in_words(plan.least_pay_fen)))
    for number, measure in enumerate(plan.measures):
        said = (measure.kind.value, measure.by.isoformat(), measure.who, measure.words)
        pairs += [(_name(number, part), value) for part, value in zip(PARTS, said, strict=True)]
    return Form(tuple(pairs))


def _name(number: int, part: str) -> str:
    return f"measure-{number}-{part}"


def _texts(form: Form, values: dict[str, Any]) -> Iterable[Mistake]:
    for name, most in TEXTS.items():
        text = form.text(name) or ""
        values[name] = text
        if not text and name in REQUIRED:
            yield Mistake(name, f"请填写{LABELS[name]}")
        elif len(text) > most:
            yield Mistake(name, f"{LABELS[name]}不超过{most}个字")


def _measures(form: Form) -> tuple[list[dict[str, str]], list[Mistake]]:
    found, wrong = [], []
    for number in range(MOST_MEASURES):
        given = {part: form.text(_name(number, part)) for part in PARTS}
        if not any(given[part] for part in ("kind", "by", "words")):
            continue
        row = f"第{number + 1}项措施"
        if given["kind"] not in {kind.value for kind in MeasureKind}:
            wrong.append(Mistake(_name(number, "kind"), f"{row}：请选择做什么"))
        if given["who"] is None or len(given["who"]) > 40:
            wrong.append(Mistake(_name(number, "who"), f"{row}：请写明谁负责，不超过40个字"))
        if given["words"] is not None and len(given["words"]) > 200:
            wrong.append(Mistake(_name(number, "words"), f"{row}：内容不超过200个字"))
        try:
            by = day(given["by"] or "")
        except Unreadable as error:
            by = ""
            wrong.append(Mistake(_name(number, "by"), f"{row}：何日前完成{error.words}"))
        texts = {"kind": given["kind"] or "", "who": given["who"] or "", "words": given["words"] or ""}
        found.append({"by": by, **texts})
    return found, wrong
