"""Typesetting (排版): a form and its data become PDF/A-2b, the same bytes for the same data.

The forms lie in `documents/forms`; what is set into them comes as one JSON value and is never read as Typst.  A
`Typesetter` owns a compiler with its fonts, which takes half a second to make and then a few milliseconds a form.
What the data say is not known here.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from typing import Any

from typst import Compiler, Fonts, TypstError

from casework.errors import CaseworkError

FORMS = Path(__file__).parent / "forms"
FAMILIES = frozenset({"Noto Serif CJK SC", "Noto Sans CJK SC"})
FONT_FOLDERS = ("/usr/share/fonts/opentype/noto", "/usr/share/fonts/noto-cjk", "/usr/share/fonts/google-noto-cjk")
"""Where Debian, Arch and Fedora put Noto CJK."""

EAST_EIGHT = timezone(timedelta(hours=8))
_MISSING = re.compile(r"the text `\"(.+?)\"` could not be displayed")


class FontsMissing(CaseworkError):
    """The fonts of the forms are not on this machine."""

    def __init__(self) -> None:
        super().__init__(
            "fonts_missing",
            "这台机器没有文书所用的中文字体（Noto CJK），不能制作文书。请管理员执行 sh operations/set_up.sh fonts，"
            "或用 WANJIA_FONTS 指明字体目录。",
        )


class CharacterMissing(CaseworkError):
    """A character that no font here can show; the paper is not made, for a name must be printed right."""

    def __init__(self, character: str) -> None:
        code = " ".join(f"U+{ord(c):04X}" for c in character)
        super().__init__(
            "character_missing",
            f"字库里没有“{character}”（{code}），文书不能少字错字，没有制作。请管理员把含这个字的字体放进字体目录后再试。",
        )


class Typesetter:
    """Owns one compiler; several threads may use it, one after another.  `fonts` is the folder of the fonts."""

    def __init__(self, fonts: Path | None = None) -> None:
        self._folders = (str(fonts),) if fonts else FONT_FOLDERS
        self._lock = Lock()
        self._compiler: Compiler | None = None

    def pdf(self, form: str, data: Mapping[str, Any], on: date) -> bytes:
        """Return a form as PDF/A-2b dated `on`; raises `FontsMissing`, `CharacterMissing`."""
        made = self._compile(form, data, on, "pdf")
        assert isinstance(made, bytes)
        return made

    def pictures(self, form: str, data: Mapping[str, Any], on: date) -> list[bytes]:
        """Return the pages of a form as PNG, for looking at."""
        made = self._compile(form, data, on, "png")
        return made if isinstance(made, list) else [made]

    def _compile(self, form: str, data: Mapping[str, Any], on: date, how: Any) -> Any:
        stamp = datetime.combine(on, time(12), EAST_EIGHT)
        given = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
        with self._lock:
            compiler = self._ready()
            try:
                return compiler.compile(
                    FORMS / f"{form}.typ",
                    format=how,
                    sys_inputs=given,
                    pdf_standards="a-2b" if how == "pdf" else [],
                    timestamp=stamp,
                )
            except TypstError as error:
                if found := _MISSING.search(str(error)):
                    raise CharacterMissing(found[1]) from None
                raise

    def _ready(self) -> Compiler:
        if self._compiler is None:
            fonts = Fonts(
                include_system_fonts=False,
                include_embedded_fonts=False,
                font_paths=[folder for folder in self._folders if Path(folder).is_dir()],
            )
            if not set(fonts.families()) >= FAMILIES:
                raise FontsMissing
            self._compiler = Compiler(root=FORMS, font_paths=fonts, ignore_system_fonts=True)
        return self._compiler


Wanted = tuple[str, Mapping[str, Any], date]
"""A form, its data and its date."""


def pdf_batch(wanted: Iterable[Wanted], *, processes: int | None = None, fonts: Path | None = None) -> Iterator[bytes]:
    """Yield many forms as PDF in their order, made by several processes (by default one for each core)."""
    context = get_context("spawn")  # a fork would take over the compiler's threads half alive
    with ProcessPoolExecutor(processes or os.cpu_count() or 1, mp_context=context) as pool:
        yield from pool.map(partial(_one, fonts), wanted, chunksize=16)


def _one(fonts: Path | None, wanted: Wanted) -> bytes:
    return _of_this_process(fonts).pdf(*wanted)


@lru_cache(maxsize=1)
def _of_this_process(fonts: Path | None) -> Typesetter:
    return Typesetter(fonts)
