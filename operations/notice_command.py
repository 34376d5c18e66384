"""`wanjia notice`: the notices of this release and what each looks like when it arrives (通知预览).

`preview` reads the record only when a case is named; nothing is sent.  Exit codes: 0 shown, 2 no such notice or case.
"""

import sys
from typing import Annotated

import typer

from casework.errors import CaseworkError
from desk.previews import Previewed, previewed, previews
from notifications.catalog import NOTICES
from operations.settings import Settings, load_settings
from records.case_files import last_event
from records.crypto import load_keys
from records.engine import Record

app = typer.Typer(help="通知：有哪些、到达时是什么样子。", no_args_is_help=True)


@app.command("list")
def list_notices() -> int:
    """列出全部通知：代码、标题、发给谁、渠道、短信条数。"""
    for shown in previews(load_settings().wanjia_sms_sign):
        about = shown.preview
        goes = "；".join(f"{who}（{how}）" for who, how in about.goes)
        parts = f"{about.parts}条" if about.by_sms else "不发短信"
        sys.stdout.write(f"{about.name}\t{about.title}\t{goes}\t{parts}\n")
    return 0


@app.command("preview")
def preview_notice(
    name: Annotated[str, typer.Argument(metavar="NAME", help="通知代码，见 wanjia notice list。")],
    case_id: Annotated[str | None, typer.Option("--case", metavar="ID", help="用这户个案的用词（已脱敏）。")] = None,
) -> int:
    """显示一条通知到达时的样子：内容、签名、条数、渠道、发给谁。"""
    settings = load_settings()
    if name not in NOTICES:
        raise CaseworkError("notice_unknown", f"没有名为 {name} 的通知，全部通知见 wanjia notice list。")
    shown = previewed(name, sign=settings.wanjia_sms_sign) if case_id is None else _of_case(settings, name, case_id)
    sys.stdout.write("".join(f"{line}\n" for line in lines_of(shown)))
    return 0


def lines_of(shown: Previewed) -> tuple[str, ...]:
    """Return a preview as the command line shows it."""
    about = shown.preview
    size = f"{about.parts}条（{about.units}字）" if about.by_sms else "不发短信，只在站内显示"
    return (
        f"{about.title}（{about.name}）",
        "发给：" + "；".join(f"{who}——{how}" for who, how in about.goes),
        f"短信条数：{size}",
        f"用词：{shown.words_of}",
        *((f"这次发给：{'、'.join(shown.told)}",) if shown.told else ()),
        "",
        about.text if about.by_sms else about.in_app,
    )


def _of_case(settings: Settings, name: str, case_id: str) -> Previewed:
    record = Record(settings.record_url, load_keys(settings.key_path))
    try:
        with record.read() as work:
            if last_event(work, case_id) is None:
                raise CaseworkError("case_unknown", f"档案里没有个案 {case_id}，请核对编号。")
            return previewed(name, work, case_id, settings.wanjia_sms_sign)
    finally:
        record.close()
