"""`wanjia pack`: check a policy, compare two, try one on the open cases, and adopt it.

`check`, `diff` and `list` read files only; `impact` reads the record; `adopt` needs the engine.  Exit codes: 0 done,
2 wrong usage or a policy that cannot be used, 3 done, but some cases still wait.
"""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer

from casework.times import in_words, local_date
from desk.policies import impact as tried
from desk.policies import order_adoption
from desk.policy_runs import adopt as carry_out
from operations.over_cases import engine, opened, ordered_by, progress_of, say
from operations.pack_words import adopted_lines, impact_lines, order_lines, version_lines
from operations.settings import Settings
from policies.errors import PolicyError
from policies.pack_check import check as checked
from policies.pack_check import check_lines, policy_named
from policies.pack_diff import diff_lines
from policies.packs import load_pack, pack_ids, policy_of, versions_of
from policies.schema import Policy
from records.engine import Record
from records.policy_orders import orders, waiting_for

NOT_ALL = 3
WRONG = 2
"""Who adopts a policy at the command line when no account is named."""

app = typer.Typer(help="办法：检查、对照、试算影响、采用新版本。", no_args_is_help=True)

Named = "文件路径，或办法编号，可带版本，如 jilin-2021@2"
By = Annotated[str | None, typer.Option("--by", metavar="账号", help="决定采用的管理员账号，记入每户经过。")]


@app.command("list")
def list_packs() -> int:
    """列出所有办法和版本。"""
    say(version_lines(tuple(policy_of(file) for pack_id in pack_ids() for file in versions_of(pack_id))))
    return 0


@app.command("check")
def check(pack: Annotated[str, typer.Argument(metavar="FILE|ID", help=Named)]) -> int:
    """检查一份办法：能否使用，每一项有无依据；错误逐条写明文件、行号、项目和改法。

    退出码：0 可以使用（可能有提示）；2 有错误。
    """
    found = checked(pack)
    say(check_lines(found))
    return WRONG if found.errors else 0


@app.command("diff")
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help=Named)],
    after: Annotated[str, typer.Argument(metavar="B", help=Named)],
) -> int:
    """对照两份办法：逐项说明改了什么，原来和新的依据各是什么。"""
    say(diff_lines(policy_named(before), policy_named(after)))
    return 0


@app.command("impact")
def impact(
    before: Annotated[str, typer.Argument(metavar="A", help=f"个案现行的办法：{Named}")],
    after: Annotated[str, typer.Argument(metavar="B", help=f"拟采用的办法：{Named}")],
    area: Annotated[str | None, typer.Option("--area", metavar="代码", help="只看这一地区的个案。")] = None,
) -> int:
    """试算：A 的未结束个案改用 B 后，哪些日期或判断会改变、怎样改变。什么也不写入。"""
    _, record = opened()
    try:
        say(_impact(record, policy_named(after), area=area, before=policy_named(before)))
    finally:
        record.close()
    return 0


@app.command("adopt")
def adopt(
    pack: Annotated[str, typer.Argument(metavar="B", help=Named)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只试算影响，不改任何个案。")] = False,
    area: Annotated[str | None, typer.Option("--area", metavar="代码", help="只改这一地区的个案。")] = None,
    by: By = None,
) -> int:
    """让未结束的个案改用新版本（从旧兼从优）；中断后再次执行即接着办理，已改用的跳过。

    退出码：0 全部改用；2 办法不能使用，什么也没改；3 有个案没有改成。
    """
    found = checked(pack)
    if found.errors or found.policy is None:
        say(check_lines(found))
        return WRONG
    policy = found.policy
    settings, record = opened()
    try:
        account = ordered_by(record, by)
        if dry_run:
            say(_impact(record, policy, area=area))
            return 0
        _require_in_force(policy, settings)
        say(_not_installed(policy))
        number = order_adoption(record, policy, by=account, area=area, now=datetime.now(UTC))
        return _adopted(settings, record, number, policy, area)
    finally:
        record.close()


@app.command("orders")
def list_orders() -> int:
    """列出历次采用决定：谁、何时、哪个版本、办到哪里。"""
    _, record = opened()
    try:
        with record.read() as work:
            say(order_lines(orders(work)))
    finally:
        record.close()
    return 0


def _impact(record: Record, policy: Policy, *, area: str | None, before: Policy | None = None) -> tuple[str, ...]:
    with progress_of("试算个案") as told:
        return impact_lines(tried(record, policy, datetime.now(UTC), told, area=area, before=before))


def _adopted(settings: Settings, record: Record, number: int, policy: Policy, area: str | None) -> int:
    async def run() -> int:
        with progress_of("改用新办法") as told:
            cases = await engine(settings)
            outcome = await carry_out(record, cases, number, clock=lambda: datetime.now(UTC), progress=told)
        with record.read() as work:
            waiting = len(waiting_for(work, policy, area))
        say(adopted_lines(outcome, waiting))
        return NOT_ALL if waiting else 0

    return asyncio.run(run())


def _require_in_force(policy: Policy, settings: Settings) -> None:
    if local_date(datetime.now(UTC)) < policy.effective_from and not settings.wanjia_drill:
        raise PolicyError(
            "policy_not_in_force",
            f"{policy.label} 自{in_words(policy.effective_from)}起施行，到那一天才能采用；现在可以用 --dry-run 试算。",
        )


def _not_installed(policy: Policy) -> tuple[str, ...]:
    """Say so when new applications would not be opened under what is being adopted."""
    try:
        installed = load_pack(policy.label) == policy
    except PolicyError:
        installed = False
    if installed:
        return ()
    return (f"请留意：policies/packs 中没有 {policy.label}，新受理的申请仍按已装入的版本；请把文件放进去。",)
