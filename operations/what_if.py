"""`wanjia what-if`: many lives decided under one policy and under another; what would have come out otherwise.

For an office that thinks about a new version of its pack.  Open cases of the record are looked at by `wanjia pack
impact`; here whole lives are decided from their application on.
"""

import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from operations.random_lives import random_lives
from operations.stored_lives import Decided, decided, store, stored
from policies.calendars import load_calendar
from policies.packs import load_pack
from policies.schema import Policy


@dataclass(slots=True)
class Comparison:
    """What so many lives came to under two policies."""

    lives: int = 0
    decisions: int = 0
    otherwise: int = 0
    seconds: float = 0.0
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)

    @property
    def per_second(self) -> float:
        return self.decisions / self.seconds if self.seconds else 0.0


def what_if(
    a: Annotated[str, typer.Argument(metavar="办法A", help="现行办法的编号。")],
    b: Annotated[str, typer.Argument(metavar="办法B", help="拟用办法的编号或文件中的版本。")],
    count: Annotated[int, typer.Option(min=1, max=1_000_000, help="多少户随机个案。")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="随机数起点。")] = 0,
) -> int:
    """假如改用另一办法：同样的家庭、同样的办理，分别按两个办法判断，比较结果。"""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lives.jsonl.gz"
        store(path, random_lives(count, [load_pack(a)], load_calendar(), seed=seed))
        found = compare(path, load_pack(a), load_pack(b), show=count)
    typer.echo(f"{found.lives}户，{found.decisions}次判断，{found.seconds:.1f}秒，每秒{found.per_second:.0f}次。")
    typer.echo(f"结果不同的：{found.otherwise}户")
    for what in sorted(found.before.keys() | found.after.keys()):
        typer.echo(f"  {what}：{a} {found.before[what]}，{b} {found.after[what]}")
    return 0


def compare(path: Path, before: Policy, after: Policy, *, show: int = 0) -> Comparison:
    """Decide every stored life under both policies; seconds are of the processor, without reading the file."""
    calendar = load_calendar()
    found = Comparison()
    with typer.progressbar(stored(path), length=show or None, label="逐户判断", hidden=not show) as lives:
        for life in lives:
            began = time.process_time()
            one, other = decided(life, before, calendar), decided(life, after, calendar)
            found.seconds += time.process_time() - began
            found.lives += 1
            found.decisions += one.decisions + other.decisions
            found.otherwise += _came_to(one) != _came_to(other)
            found.before.update(_came_to(one))
            found.after.update(_came_to(other))
    return found


def _came_to(life: Decided) -> tuple[str, ...]:
    """Say what a life came to, in the words of the list."""
    case = life.case
    said = [f"结束时{case.state.words}", *(["承诺曾超期"] if life.overdue else [])]
    if case.exit is not None:
        said.append(f"退出：{case.exit.reason.words}")
    if case.eliminated_on is not None:
        said.append("已消除")
    return tuple(said)
