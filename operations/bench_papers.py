"""`wanjia bench-papers`: how many papers are typeset and sealed a second, written into `docs/benchmarks.md`.

Every kind that one drill's case gives, in turns, each with another name, address and code: nothing is set twice.
"""

import os
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from casework.case import Case
from casework.explanation import Why
from casework.times import SHANGHAI
from documents.contents import CaseTold, Data, Person, Place, contents
from documents.offers import Offer, offers_of
from documents.press import Settings, press_of
from documents.seal_port import SealWanted
from documents.typesetting import Typesetter, pdf_batch
from operations.docs import between
from operations.drill_file import read_drill
from operations.drill_player import DrillPlayer
from operations.drill_pure import PureBackend
from policies.packs import load_pack
from records.crypto import Keys

MARK = "papers"
ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "benchmarks.md"
DRILL = ROOT / "drills" / "049-warned-then-exited.toml"
ON = date(2026, 12, 1)
OFFICE_NAME = "铁西区公共就业服务中心"
WHY = Why(rule="exits.refused_referrals", says="决定退出", facts=(), clause="办法第三条")


@dataclass(frozen=True, slots=True)
class Figures:
    """Papers a second: typeset by one process, by all processors, sealed by one.

    Seconds of the processor for a form and a seal, bytes before and after the seal, peak memory in MB.
    """

    alone: float
    together: float
    sealed: float
    form_cpu: float
    seal_cpu: float
    plain_bytes: int
    sealed_bytes: int
    own_peak: int
    child_peak: int


def bench_papers(
    count: Annotated[int, typer.Option(min=20, max=100_000, help="制作多少份。")] = 1000,
    out: Annotated[Path, typer.Option(help="写入哪个文件（两个标记之间）。")] = DOCUMENT,
) -> int:
    """测速：每秒制作多少份文书、盖多少个章。"""
    figures = measure(count)
    text = out.read_text(encoding="utf-8") if out.exists() else ""
    out.write_text(between(text, MARK, table(figures, count)), encoding="utf-8")
    typer.echo(table(figures, count))
    return 0


def measure(count: int) -> Figures:
    """Typeset so many papers twice over and seal a fifth of them; starting processes and compilers counts too."""
    wanted = list(varied(count))
    typesetter = Typesetter()
    began, busy = time.perf_counter(), time.process_time()
    made = [typesetter.pdf(*one) for one in wanted]
    alone, form_cpu = time.perf_counter() - began, time.process_time() - busy
    began = time.perf_counter()
    assert sum(1 for _ in pdf_batch(wanted)) == count
    together = time.perf_counter() - began
    some = made[: max(1, count // 5)]
    with tempfile.TemporaryDirectory() as folder:
        seals = press_of(Settings(Path(folder)), Keys(bytes(32))).seals
        seals.seal(SealWanted("warm-up", "220302", OFFICE_NAME, some[0]))
        began, busy = time.perf_counter(), time.process_time()
        done = [seals.seal(SealWanted("paper", "220302", OFFICE_NAME, pdf)) for pdf in some]
        sealed, seal_cpu = time.perf_counter() - began, time.process_time() - busy
    return Figures(
        alone=count / alone,
        together=count / together,
        sealed=len(some) / sealed,
        form_cpu=form_cpu / count,
        seal_cpu=seal_cpu / len(some),
        plain_bytes=sum(map(len, made)) // count,
        sealed_bytes=sum(map(len, done)) // len(done),
        own_peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        child_peak=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    )


def varied(count: int) -> Iterator[tuple[str, Data, date]]:
    """Yield forms with their data, no two alike."""
    backend = PureBackend()
    given: dict[str, tuple[Offer, Case]] = {}
    for _ in DrillPlayer(read_drill(DRILL), backend).play():
        if backend.case is not None:
            given |= {offer.key: (offer, backend.case) for offer in offers_of(backend.case)}
    kinds, policy = list(given.values()), load_pack("jilin-2021", on=ON)
    for number in range(count):
        offer, case = kinds[number % len(kinds)]
        name = f"{chr(0x4E00 + number % 8000)}{chr(0x5000 + number * 7 % 8000)}"
        told = CaseTold(
            case=case,
            policy=policy,
            people={f"M{n}": Person(name, f"220302{number:012d}", "19900000001") for n in range(1, 31)},
            address=f"向阳街{number}号",
            community="向阳社区",
            office=Place("第四街道公共就业服务站", "0434-1"),
            issuer=Place(OFFICE_NAME, "0434-2"),
            decision=WHY,
        )
        code = f"{number:012d}"
        data = contents(offer, told, ON) | {"number": f"第{number}号", "code": code, "mark": f"wanjia-paper/{code}"}
        yield offer.kind.looks.form, data, ON


def table(figures: Figures, count: int) -> str:
    """Return the figures as Markdown."""
    today = datetime.now(UTC).astimezone(SHANGHAI).date()
    rows = [
        ("Forms a second before the seal, one process", f"{figures.alone:,.0f}"),
        (f"Forms a second before the seal, {os.cpu_count()} processes", f"{figures.together:,.0f}"),
        ("Seals a second, one process (local PAdES, EC P-256)", f"{figures.sealed:,.0f}"),
        (
            "Processor time of a form, of a seal",
            f"{figures.form_cpu * 1000:.1f} and {figures.seal_cpu * 1000:.1f} ms",
        ),
        ("A form, before and after the seal", f"{figures.plain_bytes // 1000} and {figures.sealed_bytes // 1000} kB"),
        (
            "Peak memory of the process, of each further one (fonts mapped)",
            f"{figures.own_peak} and {figures.child_peak} MB",
        ),
    ]
    lines = [
        f"Measured on {today} by `wanjia bench-papers --count {count}`, {os.cpu_count()} processors; starting the "
        "compilers and processes is counted.\n",
        "| Papers | |",
        "|---|---:|",
        *(f"| {name} | {value} |" for name, value in rows),
    ]
    return "\n".join(lines)
