"""The command line `wanjia`: which commands there are, and how wrong usage is said in Chinese.

A command is a function (or a `typer.Typer` of several) in a file of its own, named in `COMMANDS`; only the one asked
for is imported, so that a small command starts fast.  It prints results to stdout and messages to stderr, and returns
its exit code or None: 0 done, 2 wrong usage, 3 done with bad rows.  For wrong usage it raises `typer.BadParameter` with
a Chinese message.
"""

import io
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from casework.errors import CaseworkError
from policies.errors import PolicyError

COMMANDS = {
    "assess": "operations.assess:assess",
    "bench": "operations.bench:bench",
    "bench-pages": "operations.bench_pages:bench_pages",
    "bench-papers": "operations.bench_papers:bench_papers",
    "bench-register": "operations.bench_register:bench_register",
    "bench-rules": "operations.bench_rules:bench_rules",
    "calendar": "operations.calendar_command:app",
    "deadline": "operations.deadline:deadline",
    "demo": "operations.demo:demo",
    "docs": "operations.docs:docs",
    "drill": "operations.drill:drill",
    "explain": "operations.explain:explain",
    "first-admin": "operations.first_admin:first_admin",
    "lives": "operations.lives:lives",
    "notice": "operations.notice_command:app",
    "pack": "operations.pack_command:app",
    "rebuild": "operations.rebuild:rebuild_engine",
    "report": "operations.report_command:report",
    "run": "operations.run:run_stack",
    "verify": "operations.verify_command:verify",
    "synth": "operations.synth:synth",
    "what-if": "operations.what_if:what_if",
}
"""Command name → module and function (or Typer).  The target's docstring is what `--help` shows."""

WRONG_USAGE = 2

_HELP_WORDS = (
    ("Usage:", "用法："),
    ("Options:", "选项："),
    ("Arguments:", "参数："),
    ("Commands:", "命令："),
    ("[OPTIONS]", "[选项]"),
    ("COMMAND [ARGS]...", "命令 [参数]…"),
    ("Show this message and exit.", "显示本说明后退出。"),
    ("[required]", "[必填]"),
    ("[default: ", "[默认："),
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_QUOTED = re.compile(r"'([^']*)'|\(([^)]*)\)")


def _in_chinese(text: str) -> str:
    for english, chinese in _HELP_WORDS:
        text = text.replace(english, chinese)
    return text


class _Command(TyperCommand):
    def get_help(self, ctx: Any) -> str:
        return _in_chinese(super().get_help(ctx))


class _Group(TyperGroup):
    def get_help(self, ctx: Any) -> str:
        return _in_chinese(super().get_help(ctx))


def make_app(only: str | None = None) -> typer.Typer:
    """Return the app with one command, or with all of them when `only` is no command's name."""
    app = typer.Typer(
        name="wanjia",
        cls=_Group,
        help="万家灯火：零就业家庭援助个案管理。",
        add_completion=False,
        rich_markup_mode=None,
    )
    app.callback()(_no_own_options)
    for name, target in COMMANDS.items():
        if only in COMMANDS and name != only:
            continue
        module, attribute = target.split(":")
        command = getattr(import_module(module), attribute)
        if isinstance(command, typer.Typer):
            for registered in command.registered_commands:
                registered.cls = _Command
            app.add_typer(command, name=name, cls=_Group)
        else:
            app.command(name, cls=_Command)(command)
    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `wanjia` and leave with its exit code: the console entry point."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; what is wrong is said on stderr in Chinese."""
    app = make_app(arguments[0] if arguments else None)
    try:
        answer = typer.main.get_command(app).main(list(arguments), prog_name="wanjia", standalone_mode=False)
    except (CaseworkError, PolicyError) as error:
        return _say(error.message)
    except typer.Abort:
        return _say("已中止。", code=1)
    except Exception as error:
        words = _usage_words(error)
        if words is None:
            raise
        return _say(words)
    return answer if isinstance(answer, int) else 0


def _no_own_options() -> None:
    """Keep `wanjia` a group even with a single command in it."""


def _say(words: str, *, code: int = WRONG_USAGE) -> int:
    sys.stderr.write(f"{words}\n")
    return code


def _usage_words(error: Exception) -> str | None:
    """Say a usage error of the command-line library in Chinese; None when it is something else.

    The library's error classes are private to it, so they are told apart by name and by the attributes they document.
    """
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if "UsageError" not in kinds:
        return None
    message = str(getattr(error, "message", ""))
    if "NoArgsIsHelpError" in kinds:
        return message
    more = "用 --help 查看用法。"
    name = _parameter_name(error)
    if _CHINESE.search(message):
        return f"{name}：{message}" if name else message
    if "NoSuchOption" in kinds:
        return f"没有选项 {getattr(error, 'option_name', '')}。{more}"
    if "MissingParameter" in kinds:
        return f"缺少{name}。{more}"
    if "BadParameter" in kinds:
        return f"{name} 的值不对：{_expected(message)}。{more}"
    if "BadOptionUsage" in kinds:
        return f"选项 {getattr(error, 'option_name', '')} 的写法不对（缺少值或多给了值）。{more}"
    if message.startswith("No such command"):
        return f"没有命令 {_given(message)}，可用的有：{_available(error)}。"
    if message.startswith("Missing command"):
        return f"请写明命令，可用的有：{_available(error)}。"
    if message.startswith("Got unexpected extra argument"):
        return f"多了参数 {_given(message.replace('(s)', ''))}。{more}"
    return f"用法不对。{more}"


def _expected(message: str) -> str:
    known = (
        ("integer", "应为整数"),
        ("number", "应为数"),
        ("does not exist", "没有这个文件或目录"),
        ("one of", "不在可选范围内"),
    )
    return next((chinese for english, chinese in known if english in message), "写法不对")


def _available(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    if context is None or context.parent is None:
        return "、".join(COMMANDS)
    return "、".join(context.command.commands)


def _parameter_name(error: Exception) -> str:
    hint = getattr(error, "param_hint", None)
    if hint:
        return hint if isinstance(hint, str) else " / ".join(hint)
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    if parameter.param_type_name == "argument":
        return f"参数 {parameter.metavar or str(parameter.name).upper()}"
    return f"选项 {parameter.opts[0]}"


def _given(message: str) -> str:
    """Take what the person typed out of the library's English sentence."""
    found = _QUOTED.search(message)
    return (found[1] or found[2] or "（空）") if found else "写法不对"


if __name__ == "__main__":
    main()
