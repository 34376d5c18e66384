"""`wanjia run`: the embedded stack in the foreground, until Ctrl-C, SIGTERM or the death of a child.

Says where to look, in drill mode (演练方式) who may log in, and otherwise how the first administrator is made.
Exit codes: 0 stopped on request, 1 a child died, 2 a setting or a port must be changed first.
"""

import asyncio
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from operations.children import ChildDied
from operations.drill_home import settle_mode
from operations.embedded_stack import EmbeddedStack, MakeChildren, project_children
from operations.ports import PortTaken
from operations.settings import Settings, SettingsError, load_settings


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account that exists in drill mode only, so its password may be shown."""

    login: str
    password: str
    role: str


@dataclass(frozen=True, slots=True)
class AccountNews:
    """What the greeting says of accounts: the demo's, or that there are none yet."""

    demo: Sequence[DemoAccount] = ()
    none_yet: bool = False


AskAccounts = Callable[[Settings], AccountNews]


def no_accounts_known(_: Settings) -> AccountNews:
    """The greeting of a stack whose record nobody asks."""
    return AccountNews()


def run(
    settings: Settings | None = None,
    *,
    make_children: MakeChildren = project_children,
    ask_accounts: AskAccounts = no_accounts_known,
) -> int:
    """Run the stack until it is told to stop; return the exit code."""
    try:
        chosen = settle_mode(settings or load_settings(), _say)
        return asyncio.run(_serve(chosen, make_children, ask_accounts))
    except (SettingsError, PortTaken) as error:
        _complain(str(error))
        return 2
    except ChildDied as error:
        _complain(str(error))
        return 1


def run_stack() -> int:
    """启动整套系统（流程引擎、办理进程、接口），按 Ctrl-C 停下。"""
    from operations.account_news import account_news  # it needs the shapes of this file

    return run(ask_accounts=account_news)


async def _serve(settings: Settings, make_children: MakeChildren, ask_accounts: AskAccounts) -> int:
    stack = EmbeddedStack(settings, make_children=make_children, say=_say)
    told = asyncio.Event()

    def tell() -> None:
        if told.is_set():  # asked a second time: do not wait for anybody
            stack.kill()
        told.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, tell)
    life = asyncio.create_task(_live(stack, ask_accounts))
    stop = asyncio.create_task(told.wait())
    try:
        await asyncio.wait({life, stop}, return_when=asyncio.FIRST_COMPLETED)
        if life.done():
            await life
        _say("正在停下……")
        return 0
    finally:
        for task in (life, stop):
            task.cancel()
        await asyncio.gather(life, stop, return_exceptions=True)
        await stack.stop()
        _say("已全部停下。")


async def _live(stack: EmbeddedStack, ask_accounts: AskAccounts) -> None:
    await stack.start()
    _say(greeting(stack.settings, ask_accounts(stack.settings)))
    await stack.until_death()


def greeting(settings: Settings, news: AccountNews) -> str:
    """Say where everything is.  Passwords appear in drill mode only, whatever the news say."""
    api = settings.api_url
    engine = (
        f"使用已有的服务器 {settings.temporal_address}"
        if settings.temporal_address
        else f"http://127.0.0.1:{settings.wanjia_ui_port}"
    )
    lines = [
        "",
        f"办理台网页：{api}/（工作人员登录；群众从同一地址看公示、申请、查询）",
        f"接口说明：{api}/api/v1/openapi.json",
        f"流程引擎网页：{engine}",
        f"数据目录：{settings.wanjia_home}",
    ]
    if settings.wanjia_sms_gateway == "file":
        lines.append(f"短信不真发，写在：{settings.inbox}")
    if settings.wanjia_drill:
        lines.append("演练方式：不要录入真实的人。")
        lines += [f"  {each.role}：{each.login} / {each.password}" for each in news.demo]
        if news.demo:
            lines.append("  全部演练账号见数据目录里的 demo-accounts.txt，密码相同。")
    elif news.none_yet:
        lines.append(
            "还没有账号。另开一个终端，用 .venv/bin/wanjia first-admin 生成一次性代码，再在网页上建立第一个管理员。"
        )
    lines.append("按 Ctrl-C 停下。")
    return "\n".join(lines)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _complain(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(run())
