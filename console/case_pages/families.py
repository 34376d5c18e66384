"""Which part of the work a step or a task belongs to (认定、援助、回访、退出), read from the tables of rows."""

from collections.abc import Mapping

from casework.rows.assistance import ASSISTANCE
from casework.rows.counting import COUNTING
from casework.rows.eliminations import ELIMINATIONS
from casework.rows.employment import EMPLOYMENT
from casework.rows.exits import EXITS
from casework.rows.household import HOUSEHOLD
from casework.rows.life import LIFE
from casework.rows.monitoring import MONITORING
from casework.rows.objections import OBJECTIONS
from casework.rows.promise import HARDSHIP, PROMISE
from casework.rows.recognition import RECOGNITION
from casework.rows.transfer import TRANSFER
from casework.rows.verification import VERIFICATION
from casework.step import Step
from casework.tasks import TASK_KINDS

FAMILIES: tuple[tuple[str, tuple[Step, ...]], ...] = (
    ("认定", RECOGNITION),
    ("核查", VERIFICATION),
    ("异议和回避", OBJECTIONS),
    ("帮扶", ASSISTANCE),
    ("拒绝和联系", COUNTING),
    ("承诺", PROMISE),
    ("特别困难", HARDSHIP),
    ("就业和回访", EMPLOYMENT),
    ("消除", ELIMINATIONS),
    ("退出", EXITS),
    ("家庭变动", HOUSEHOLD),
    ("转移", TRANSFER),
    ("重点监控", MONITORING),
    ("时限", LIFE),
)
"""What buttons stand under, in order."""

PART_OF_FAMILY: Mapping[str, str] = {
    **dict.fromkeys(("认定", "核查", "异议和回避", "重点监控"), "认定"),
    **dict.fromkeys(("帮扶", "拒绝和联系", "承诺", "特别困难", "家庭变动", "转移", "时限"), "援助"),
    **dict.fromkeys(("就业和回访", "消除"), "回访"),
    "退出": "退出",
}
PARTS = ("认定", "援助", "回访", "退出")
"""What tasks stand under, in order."""


def _families() -> dict[str, str]:
    found: dict[str, str] = {}
    for words, rows in FAMILIES:
        for row in rows:
            found.setdefault(row.trigger, words)
    return found


FAMILY: Mapping[str, str] = _families()
"""trigger → what its button stands under."""

PART: Mapping[str, str] = {kind: PART_OF_FAMILY[FAMILY[about.steps[0]]] for kind, about in TASK_KINDS.items()}
"""kind of task → what it stands under: the part of the step that ends it as it was meant."""
