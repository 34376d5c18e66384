"""`docs/scenarios.md`: every worked case with the drills and tests that show it; made by `wanjia docs`.

A drill names its scenarios in its file, a test in its name: `test_scenario_22_…`, `test_58_and_59_…`.
"""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"^\s*(?:async )?def (test_(?:scenarios?_)?([0-9]+(?:_(?:and_)?[0-9]+)*)_\w+)", re.MULTILINE)


def scenarios() -> dict[int, str]:
    """Return number → sentence, in order."""
    lines = (ROOT / "drills" / "scenarios.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(" ", 1) for line in lines if line and not line.startswith("#"))
    return {int(number): words for number, words in rows}


def shown_by() -> dict[int, list[str]]:
    """Return number → the drills and tests that name it."""
    found: dict[int, list[str]] = {}
    for path in sorted((ROOT / "drills").glob("*.toml")):
        for number in tomllib.loads(path.read_text(encoding="utf-8")).get("scenarios", []):
            found.setdefault(number, []).append(path.relative_to(ROOT).as_posix())
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for name, numbers in NAMED.findall(path.read_text(encoding="utf-8")):
            for number in re.findall(r"[0-9]+", numbers):
                found.setdefault(int(number), []).append(f"{path.relative_to(ROOT).as_posix()}::{name}")
    return found


def scenario_page() -> str:
    """Return the page."""
    known, shown = scenarios(), shown_by()
    covered = sum(number in shown for number in known)
    lines = [
        "<!-- 本文件由 wanjia docs 生成，请勿手改。 -->\n",
        "# 情形\n",
        f"办案中会遇到的情形，各有演练或测试：{covered}／{len(known)}。演练用 `wanjia drill 文件` 重放。\n",
        "| 编号 | 情形 | 演练 | 测试 |",
        "|---:|---|---|---|",
    ]
    for number, words in known.items():
        paths = shown.get(number, [])
        drills = "、".join(f"[{Path(p).stem}](../{p})" for p in paths if "::" not in p)
        tests = "、".join(f"`{p}`" for p in paths if "::" in p)
        lines.append(f"| {number} | {words} | {drills or '—'} | {tests or '—'} |")
    return "\n".join(lines) + "\n"
