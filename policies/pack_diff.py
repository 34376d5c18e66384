"""What changes from one policy to another (办法对照), in words: old and new value, and the basis of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from policies.schema import Policy
from policies.term_words import GROUPS, called, groups_of, in_words
from policies.terms import Term


@dataclass(frozen=True, slots=True)
class Difference:
    """One term that reads otherwise; `before` or `after` is None where only one of the two has it."""

    key: str
    before: Term[Any] | None
    after: Term[Any] | None

    @property
    def group(self) -> str:
        return self.key.partition(".")[0]

    @property
    def value_changes(self) -> bool:
        """Say whether the value itself changes, not only the document that it stands on."""
        return (self.before and self.before.value) != (self.after and self.after.value)

    @property
    def words(self) -> str:
        """The change as people read it: 承诺期限：20个工作日 → 15个工作日."""
        old, new = (in_words(self.key, term.value if term else None) for term in (self.before, self.after))
        return (
            f"{called(self.key)}：{old} → {new}" if self.value_changes else f"{called(self.key)}：{old}，只有依据不同"
        )


HEAD = {
    "name": "名称",
    "citation": "文件",
    "effective_from": "施行日期",
    "parent": "沿用",
    "areas": "适用地区",
    "replaces": "取代",
}


def terms_of(policy: Policy) -> Iterator[tuple[str, Term[Any] | None]]:
    """Yield every term of a policy with its key, in reading order; None where the policy has none."""
    for group in groups_of(policy):
        terms: BaseModel = getattr(policy, group)
        for name in type(terms).model_fields:
            yield f"{group}.{name}", getattr(terms, name)


def differences(old: Policy, new: Policy) -> tuple[Difference, ...]:
    """Return the terms that read otherwise, those of one group together."""
    before, after = dict(terms_of(old)), dict(terms_of(new))
    keys = [*before, *(key for key in after if key not in before)]
    return tuple(Difference(k, before.get(k), after.get(k)) for k in keys if before.get(k) != after.get(k))


def heads(old: Policy, new: Policy) -> tuple[str, ...]:
    """Return what the policies say of themselves differently."""
    return tuple(
        f"{words}：{_said(getattr(old, name))} → {_said(getattr(new, name))}"
        for name, words in HEAD.items()
        if getattr(old, name) != getattr(new, name)
    )


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(str(each) for each in value) or "无"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value) if value is not None else "无"


def diff_lines(old: Policy, new: Policy) -> tuple[str, ...]:
    """Return the whole comparison in lines for a person."""
    lines = [f"{old.label}　{old.name}", f"{new.label}　{new.name}", ""]
    lines += heads(old, new)
    found = differences(old, new)
    if not found:
        return (*lines, "各项条款完全相同。")
    changed = [d for d in found if d.value_changes]
    lines.append(
        f"改动{len(changed)}项" + (f"，另有{len(found) - len(changed)}项只改依据" if len(found) > len(changed) else "")
    )
    group = ""
    for each in found:
        if each.group != group:
            group = each.group
            lines += ["", f"【{GROUPS.get(group, group)}】"]
        lines.append(f"  {each.words}")
        lines.append(f"    原依据：{each.before.basis if each.before else '（没有这一项）'}")
        lines.append(f"    新依据：{each.after.basis if each.after else '（没有这一项）'}")
    return tuple(lines)
