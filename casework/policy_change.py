"""The rule of a changed policy (办法修订): 从旧兼从优, every term that matters to the case is looked at and told (A36).

What is done stays done.  A running clock keeps its day unless the new rule is better for the citizen; what is counted
against the household is judged by the rule of the day of each event (`former_terms.py`).  How each clock fares is in
`policy_effects.py`.
"""

from dataclasses import replace

from casework.case import Case
from casework.clocks import Clock
from casework.commands.policy_change import AdoptPolicy
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.former_terms import ended
from casework.policy_effects import EFFECTS
from casework.policy_effects_exits import A36
from casework.ruling import Ruling, Setting
from casework.times import in_words
from policies.schema import Policy


def adopt_policy(case: Case, command: AdoptPolicy, setting: Setting) -> Ruling:
    """Move the case to a later version of its policy, or to its successor (A36, scenario 87)."""
    old, new = setting.replaced_policy or setting.policy, setting.policy
    _check(case, old, new, setting)
    case = case.model_copy(update={"former_terms": (*case.former_terms, ended(old, new, setting.today))})
    setting = replace(setting, former=case.former_terms)
    facts = [
        Fact(label="办法", value=f"{old.label} → {new.label}"),
        Fact(label="新办法施行日期", value=in_words(new.effective_from)),
        Fact(label="新办法依据", value=new.citation),
    ]
    if command.ordered_by is not None:
        facts.append(Fact(label="决定采用人", value=command.ordered_by))
    clocks: list[Clock] = []
    said: list[str] = []
    for effect in EFFECTS:
        done = effect(case, old, setting)
        case = done.case
        clocks += done.clocks
        said += done.said
        facts += done.facts
    why = Why(
        rule="policy.adopted",
        says=f"办法由{old.label}改为{new.label}，已办结的不变，进行中的时限从旧兼从优：{'；'.join(said) or '无变化'}。",
        facts=tuple(facts),
        clause=A36,
    )
    update = {"pack_id": new.pack_id, "pack_version": new.version, "pack_hash": new.short_hash}
    return Ruling(case.model_copy(update=update), why, moved=tuple(clocks))


def _check(case: Case, old: Policy, new: Policy, setting: Setting) -> None:
    """Only forwards, only within the locality, and only from the day on which the new one holds."""
    if new.label == old.label:
        raise SaidNo("policy_unchanged", f"本户已适用办法{new.label}，无需重复办理。", field="policy")
    if new.pack_id != old.pack_id and new.replaces != old.pack_id:
        raise SaidNo(
            "policy_of_another_place",
            f"办法{new.label}不是{old.pack_id}的新版本，也没有声明取代它（replaces），不能用于本户。",
            field="policy",
        )
    if new.effective_from <= old.effective_from:
        raise SaidNo(
            "policy_older",
            f"办法{new.label}自{in_words(new.effective_from)}起施行，不晚于本户现行的{old.label}"
            f"（{in_words(old.effective_from)}），不能往回改。",
            field="policy",
        )
    if setting.today < new.effective_from:
        raise SaidNo(
            "policy_not_in_force",
            f"办法{new.label}自{in_words(new.effective_from)}起施行，在此之前不能采用。",
            field="policy",
        )
