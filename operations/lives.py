"""`wanjia lives`: many random lives on the pure rules, with what was tried and how it ended.

The lives are made in `random_lives.py`; what must always hold of them is checked by the model test.
"""

import time
from collections import Counter
from typing import Annotated

import typer

from casework.commands import OF_PEOPLE
from casework.states import State
from operations.random_lives import random_lives
from policies.calendars import load_calendar
from policies.packs import load_pack, pack_ids


def lives(
    count: Annotated[int, typer.Option(min=1, max=1_000_000, help="多少户。")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="随机数起点：同一起点得到同样的个案。")] = 0,
) -> int:
    """随机个案：在规则上随意办理许多户，统计办了什么、被拒绝了什么、到了哪个状态。"""
    began = time.perf_counter()
    policies = [load_pack(pack_id) for pack_id in pack_ids()]
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    ends: Counter[State] = Counter()
    events = 0
    tell = typer.progressbar(random_lives(count, policies, load_calendar(), seed=seed), length=count, label="随机个案")
    with tell as progress:
        for life in progress:
            assert life.case is not None
            ends[life.case.state] += 1
            events += len(life.events)
            for tried in life.tried:
                (done if tried.event else refused)[tried.command.trigger if tried.event else str(tried.no)] += 1
    seconds = time.perf_counter() - began
    steps = sum(done.values()) + sum(refused.values())
    typer.echo(
        f"{count}户，试办{steps}步：办成{sum(done.values())}步，按规则拒绝{sum(refused.values())}步；"
        f"连同到期事项共{events}件事；{seconds:.1f}秒，每秒{(steps + events) / seconds:.0f}次判断。"
    )
    typer.echo("结束时的状态：" + "，".join(f"{state.words}{ends[state]}户" for state in State))
    never = [trigger for trigger in OF_PEOPLE if not done[trigger]]
    typer.echo(f"没有办成过的步骤：{'、'.join(never) or '无'}")
    return 0
