"""`wanjia drill`: play a written scenario and say in Chinese where it differs.  Playing is in `drill_player.py`."""

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from casework.commands import COMMANDS
from casework.times import SHANGHAI
from operations.drill_file import ABSENCE, REACH, WAIT, DrillFileWrong, read_drill
from operations.drill_player import Backend, DrillPlayer, Played
from operations.drill_pure import PureBackend

WRONG_FILE, DIFFERS = 2, 1


def drill(
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", help="演练文件，写法见 docs/drills.md。")],
    server: Annotated[bool, typer.Option("--server", help="在真实服务上演练；不写则只用规则演练。")] = False,
) -> int:
    """演练：按日期逐步办理一户，核对每一步的结果；不符时指出差别。"""
    try:
        written = read_drill(file)
        backend: Backend = import_module("operations.drill_server").ServerBackend() if server else PureBackend()
        typer.echo(f"演练：{written.title}（办法 {written.pack}）")
        for played in DrillPlayer(written, backend).play():
            _tell(played)
            if played.wrong:
                typer.echo(f"演练不符：第{played.step.number}步。", err=True)
                for line in played.wrong:
                    typer.echo(f"  · {line}", err=True)
                return DIFFERS
    except DrillFileWrong as error:
        typer.echo(f"{file.name}：{error}", err=True)
        return WRONG_FILE
    typer.echo(f"演练相符，共{len(written.steps)}步。")
    return 0


def _tell(played: Played) -> None:
    for due in played.outcome.fallen_due:
        when = due.at.astimezone(SHANGHAI)
        typer.echo(f"    {when:%Y-%m-%d %H:%M}  时限：{COMMANDS[due.trigger].title}。{due.why.says}")
    step = played.step
    title = {WAIT: "等待", REACH: "按常规办到", ABSENCE: "登记请假与代办人"}.get(step.do) or COMMANDS[step.do].title
    no = played.outcome.said_no
    says = no.message if no else played.outcome.receipts[-1].why.says if played.outcome.receipts else ""
    mark = "×" if played.wrong else "✓"
    typer.echo(f"{mark} {step.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}  {title}。{'不予办理：' if no else ''}{says}")
