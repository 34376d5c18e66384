"""`wanjia docs`: documents made from the tables (状态表、词汇表、流程图、演练步骤), and a check that they are fresh.

The words come from `casework`; nothing is written here that a table says already.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from casework.commands import COMMANDS, OF_PEOPLE, Deadline
from casework.glossary import GLOSSARY
from casework.guards import GUARD_WORDS
from casework.starting import CLOCK_WORDS
from casework.states import Role, State
from casework.table import TABLE, Step
from casework.tasks import TASK_KINDS
from notifications.catalog import NOTICES
from operations.notice_docs import notices_page
from operations.scenario_page import scenario_page
from operations.sheet_docs import sheets_page

ROOT = Path(__file__).parents[1]
MADE = "<!-- 本文件由 wanjia docs 生成，请勿手改。 -->\n"
STALE = 1


def docs(check: Annotated[bool, typer.Option("--check", help="只检查是否最新，不写文件。")] = False) -> int:
    """生成文档：状态表、词汇表、README 的流程图、演练的步骤表。"""
    stale = [name for name in DOCUMENTS if not _fresh(name)]
    if check:
        for name in stale:
            typer.echo(f"{name} 不是最新，请运行 wanjia docs。", err=True)
        return STALE if stale else 0
    for name in stale:
        path = ROOT / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(DOCUMENTS[name](_text(path)), encoding="utf-8")
        typer.echo(f"已写 {name}。", err=True)
    return 0


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _fresh(name: str) -> bool:
    before = _text(ROOT / name)
    return DOCUMENTS[name](before) == before


def between(text: str, mark: str, content: str) -> str:
    """Return the text with what stands between two marks replaced; the marks are added at the end if missing."""
    begin, end = f"<!-- {mark}:begin -->", f"<!-- {mark}:end -->"
    made = f"{begin}\n{content.strip()}\n{end}"
    head, found, rest = text.partition(begin)
    if not found:
        return f"{text.rstrip()}\n\n{made}\n"
    return head + made + rest.partition(end)[2]


def flow() -> str:
    """Return the diagram of the table in Mermaid."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in TABLE:
        if row.target is None:
            continue
        for source in [s.value for s in row.source] or ["[*]"]:
            if source != row.target.value:
                arrows.setdefault((source, row.target.value), []).append(COMMANDS[row.trigger].title)
    lines = ["```mermaid", "stateDiagram-v2", "    direction LR"]
    lines += [f"    {state.value}: {state.words}" for state in State]
    for (source, target), titles in arrows.items():
        lines.append(f"    {source} --> {target}: {'／'.join(dict.fromkeys(titles))}")
    return "\n".join([*lines, "    exited --> [*]", "```"])


def state_table() -> str:
    """Return the whole step table, grouped by state."""
    parts = [
        MADE,
        "# 状态表\n",
        "一户总在七个状态之一。下表由步骤表（`casework/table.py`）生成：表里没有的步骤不能办理。",
        "同一步骤有几行时，从上到下取第一个条件成立的一行。“依据”是需求登记册和决定的编号，办理时的说明另附文件条款。\n",
        flow() + "\n",
        _group("申请之前", [row for row in TABLE if not row.source]),
    ]
    for state in State:
        parts.append(_group(f"{state.words}（`{state.value}`）", [row for row in TABLE if state in row.source]))
    return "\n".join(parts).rstrip() + "\n"


def _group(title: str, rows: list[Step]) -> str:
    if not rows:
        return f"## {title}\n\n没有下一步。\n"
    head = "| 步骤 | 名称 | 谁办理 | 条件 | 转到 | 待办 | 时限 | 通知 | 依据 |\n|---|---|---|---|---|---|---|---|---|"
    return f"## {title}\n\n{head}\n" + "\n".join(map(_row, rows)) + "\n"


def _row(row: Step) -> str:
    cells = (
        f"`{row.trigger}`",
        COMMANDS[row.trigger].title,
        "、".join(_who(row, role) for role in row.who),
        GUARD_WORDS[row.guard] if row.guard else "",
        row.target.words if row.target else "不变",
        _changes(("开", row.opens), ("结", row.closes), words=lambda kind: TASK_KINDS[kind].words),
        _changes(("起", row.starts), ("止", row.stops), words=lambda kind: CLOCK_WORDS[kind]),
        "、".join(NOTICES[name].title for name in row.notices),
        row.clause,
    )
    return f"| {' | '.join(cells)} |"


def _who(row: Step, role: Role) -> str:
    if role is not Role.SYSTEM:
        return role.words
    return "到时自动" if issubclass(COMMANDS[row.trigger], Deadline) else "系统"


def _changes(*changes: tuple[str, tuple[str, ...]], words: Callable[[str], str]) -> str:
    return "；".join(f"{verb}：{'、'.join(map(words, kinds))}" for verb, kinds in changes if kinds)


def glossary() -> str:
    """Return the words of the trade."""
    rows = "\n".join(f"| {e.code} | {e.screen} | {e.meaning} |" for e in GLOSSARY)
    return f"{MADE}\n# 词汇表\n\n一词一义：代码用左栏，界面用中栏。\n\n| 代码 | 中文 | 含义 |\n|---|---|---|\n{rows}\n"


def drill_steps() -> str:
    """Return every step a person may take with its fields, for `docs/drills.md`."""
    lines = ["| 步骤 | 名称 | `with` 的各项（* 必填） |", "|---|---|---|"]
    for trigger in OF_PEOPLE:
        kind = COMMANDS[trigger]
        hidden = ("command_id", "by", "task_id", "offline", "case_id", "office", "household")
        fields = [
            f"`{name}`{'*' if about.is_required() else ''}" + (f" {about.description}" if about.description else "")
            for name, about in kind.model_fields.items()
            if name not in hidden
        ]
        lines.append(f"| `{trigger}` | {kind.title} | {'；'.join(fields) or '无'} |")
    return "\n".join(lines)


DOCUMENTS: dict[str, Callable[[str], str]] = {
    "docs/state-table.md": lambda _: state_table(),
    "docs/scenarios.md": lambda _: scenario_page(),
    "docs/glossary.md": lambda _: glossary(),
    "docs/sheets.md": lambda _: MADE + sheets_page(),
    "docs/notices.md": lambda _: f"{MADE}\n{notices_page()}",
    "docs/drills.md": lambda text: between(text, "steps", drill_steps()),
    "README.md": lambda text: between(text, "flow", flow()),
}
"""File → what it should say, given what it says now."""
