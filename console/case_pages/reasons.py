"""Why somebody looks at personal data (查看事由): the usual reasons to choose from, or another in words."""

from collections.abc import Mapping

from casework.states import Role
from console.forms import Form, Mistake

OTHER = "other"
LEAST, MOST = 4, 200

REASONS: Mapping[Role, tuple[str, ...]] = {
    Role.CASEWORKER: ("核对申请材料", "电话联系本户", "办理就业失业登记", "核对拒绝岗位或退出的证据", "入户摸底走访"),
    Role.REVIEWER: ("县级复核", "调查异议", "决定退出前核实", "联网比对结果核实", "入户摸底走访"),
    Role.HELPER: ("电话联系本户，推荐岗位", "上门走访", "按月回访", "陪同面试或办理上岗手续"),
}


def choices(role: Role) -> tuple[tuple[str, str], ...]:
    """Return what a role may choose from; the last is a reason of its own."""
    return (*((reason, reason) for reason in REASONS.get(role, ())), (OTHER, "其他事由（请写明）"))


def reason_in(form: Form, role: Role) -> tuple[str, tuple[Mistake, ...]]:
    """Return the reason that was given, or what is wrong with it."""
    chosen, own = form.text("chosen"), form.text("reason")
    if chosen in REASONS.get(role, ()):
        return chosen, ()
    if chosen != OTHER and own is None:
        return "", (Mistake("chosen", "请选择查看事由，或选“其他事由”并写明"),)
    if own is None or len(own) < LEAST:
        return "", (Mistake("reason", f"请写明查看事由，至少{LEAST}个字"),)
    if len(own) > MOST or not own.isprintable():
        return "", (Mistake("reason", f"查看事由不超过{MOST}个字，写在一行内"),)
    return own, ()
