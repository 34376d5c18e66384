"""`wanjia verify FILE.pdf`: is this paper genuine and untouched (文书验真), from record and keys of this machine.

Exit codes: 0 every file is as it was issued; 1 a file was changed, added to, stripped of its seal or sealed by another
key; 3 nothing was changed as far as can be told, but a file is none of ours; 2 wrong usage.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from casework.times import in_words
from desk.verifying import LARGEST, Verdict, Verified, verify_file
from documents.evidence_store import EvidenceStore
from documents.press import press_of
from documents.seal_configured import SealsWrong
from operations.settings import load_settings
from records.crypto import load_keys
from records.engine import Record

TAMPERED, UNKNOWN = 1, 3


def verify(
    files: Annotated[list[Path], typer.Argument(metavar="FILE.pdf…", help="要验的 PDF 文件，可以写几个。")],
) -> int:
    """核对文书是不是本系统制发的、有没有被改过。退出码：0 属实，1 被改动，3 不是本系统的文书，2 用法不对。"""
    contents = [(path, _read(path)) for path in files]
    settings = load_settings()
    keys = load_keys(settings.key_path)
    try:
        press = press_of(settings.press, keys)
    except SealsWrong as wrong:
        raise typer.BadParameter(str(wrong), param_hint="WANJIA_SEALS_FILE") from None
    record = Record(settings.record_url, keys)
    try:
        evidence = EvidenceStore(settings.evidence, keys)
        found = [(path, verify_file(record, evidence, press, content)) for path, content in contents]
    finally:
        record.close()
    for path, verified in found:
        sys.stdout.write(told(path.name, verified))
    verdicts = [verified.verdict for _, verified in found]
    if any(verdict.tampered for verdict in verdicts):
        return TAMPERED
    return UNKNOWN if any(verdict is not Verdict.GENUINE for verdict in verdicts) else 0


def told(name: str, verified: Verified) -> str:
    """Return what is printed of one file."""
    lines = [f"{name}：{verified.verdict.words}。{verified.verdict.advice}"]
    if (paper := verified.paper) is not None:
        claims = "" if verified.verdict is Verdict.GENUINE else "自称是 "
        seal = "，盖测试印章" if paper.test_seal else "，盖电子印章" if paper.sealed else "，不盖章"
        lines.append(f"  {claims}{paper.kind}，{paper.number}，{in_words(paper.dated)}，{paper.issuer}{seal}")
        if paper.replaced:
            lines.append("  已被新的一份代替，请以新的为准。")
    return "".join(f"{line}\n" for line in lines)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError:
        raise typer.BadParameter(f"{path} 读不出来，请核对文件名和权限。", param_hint="FILE.pdf") from None
    if len(content) > LARGEST:
        raise typer.BadParameter(f"{path} 超过10 MB，不是本系统的文书。", param_hint="FILE.pdf")
    return content
