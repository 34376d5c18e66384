"""Rules of the contingency plan (即时援助预案): its steps start by themselves on certification.  N16, J17."""

from casework.case import Case
from casework.commands.hardship import CompleteContingencyStep
from casework.errors import NotYourStep, SaidNo
from casework.explanation import Fact, Why
from casework.ruling import Ruling, Setting
from casework.states import Role
from policies.schema import Policy


def codes(policy: Policy) -> tuple[str, ...]:
    """Return the codes of the plan's steps, in its order: what a certification opens."""
    return tuple(step.code for step in policy.contingency.steps.value)


def role_of(kind: str, about: str | None, policy: Policy) -> Role | None:
    """Return whose step of the plan this is; None for every other kind of task."""
    step = policy.contingency.step(about or "") if kind == "contingency_step" else None
    return Role(step.role) if step else None


def title_of(kind: str, about: str | None, policy: Policy) -> str | None:
    """Return what the locality calls this step of its plan; None for every other kind of task."""
    step = policy.contingency.step(about or "") if kind == "contingency_step" else None
    return step.words if step else None


def complete_contingency_step(case: Case, command: CompleteContingencyStep, setting: Setting) -> Ruling:
    """One open step of the plan is done, by the role that the plan names."""
    task = next((t for t in case.tasks_of("contingency_step") if t.about == command.step), None)
    if task is None:
        raise SaidNo("plan_step_not_open", "预案没有这一待办步骤，或已完成，请按待办中的步骤代码填写。", field="step")
    if command.by.role not in (task.role, Role.SUPERVISOR):
        raise NotYourStep("plan_step_of_another", f"预案的这一步由{task.role.words}完成，督导人员可以代为登记。")
    step = setting.policy.contingency.step(command.step)
    words = (step.words if step else None) or task.title or command.step
    left = [t.title or t.about or "" for t in case.tasks_of("contingency_step") if t is not task]
    why = Why(
        rule="contingency.step_done",
        says=f"即时援助预案完成一步：{words}。" + ("" if left else "预案各步已全部完成。"),
        facts=(Fact(label="尚未完成", value="、".join(left) or "无"),),
        clause=step.basis if step else setting.policy.contingency.steps.basis,
    )
    return Ruling(case, why, about=command.step)
