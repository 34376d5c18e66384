"""What `wanjia pack` prints of cases: whom a new policy would change and how, and what became of an adoption."""

from collections.abc import Callable

from casework.times import in_words
from desk.policies import Affected, Impact
from desk.policy_runs import Adopted
from policies.schema import Policy
from records.policy_orders import Order

SHOWN = 30
"""How many cases of a kind are listed one by one."""


def impact_lines(found: Impact) -> tuple[str, ...]:
    """Say which open cases would change, which keep something by the old rule, and the totals."""
    policy = found.policy
    lines = [f"{policy.label}　{policy.name}，自{in_words(policy.effective_from)}起施行。"]
    if not found.looked_at:
        return (*lines, "没有等待改用它的未结束个案。")
    lines += _listed("日期或判断会改变", found.changing, lambda c: c.moves)
    lines += _listed("照旧办法不变的时限", found.keeping, lambda c: c.keeps)
    lines += _listed("不能改用", found.refusing, lambda c: (c.refused or "",))
    same = found.looked_at - len(found.changing) - len(found.refusing)
    lines.append("")
    lines.append(
        f"共{found.looked_at}户：日期或判断会改变{len(found.changing)}户，"
        f"不变{same}户，不能改用{len(found.refusing)}户。什么也没有写入。"
    )
    return tuple(lines)


def _listed(title: str, cases: tuple[Affected, ...], words: Callable[[Affected], tuple[str, ...]]) -> list[str]:
    if not cases:
        return []
    lines = ["", f"{title}（{len(cases)}户）："]
    lines += [f"  {each.case_id}　{each.state}　{'；'.join(words(each))}" for each in cases[:SHOWN]]
    return [*lines, f"  …… 另有{len(cases) - SHOWN}户"] if len(cases) > SHOWN else lines


def adopted_lines(outcome: Adopted, waiting: int) -> tuple[str, ...]:
    """Say what became of an adoption."""
    lines = [
        f"决定第{outcome.number}号：采用 {outcome.label}",
        f"  已改用　{outcome.done}户",
        f"  无需改用　{outcome.passed_over}户",
        f"  没有改成　{len(outcome.failed)}户",
    ]
    lines += [f"    {case_id}　{why}" for case_id, why in list(outcome.failed.items())[:SHOWN]]
    if waiting:
        lines.append(f"还有{waiting}户没有改用，再次执行本命令即接着办理。")
    return tuple(lines)


def order_lines(orders: tuple[Order, ...]) -> tuple[str, ...]:
    """List the orders, the last first."""
    if not orders:
        return ("还没有采用过新版本的办法。",)
    return tuple(
        f"第{o.number}号　{o.label}　{o.ordered_by}　{o.ordered_at:%Y-%m-%d %H:%M}（UTC）　"
        f"{o.area or '全部地区'}　已改用{o.done}户，没有改成{o.failed}户，等待{o.waiting}户"
        for o in orders
    )


def version_lines(policies: tuple[Policy, ...]) -> tuple[str, ...]:
    """List the packs and their versions."""
    return tuple(f"{p.label}　{p.name}　自{in_words(p.effective_from)}起施行　沿用{p.parent or '无'}" for p in policies)
