"""Cells of an imported sheet brought to the words the rules know (写法归一), and what was read as what.

Only what can be meant in one way is changed (`sheet_words.py`; days, numbers and phones by their shape), and every
change is counted for the preview: nothing is guessed silently.  A line keeps its cells as they stand for the sheet of
errors; whether a cell may be taken is for the readers of the columns.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from casework.household import Capacity, Hukou, Marital, Relation, Track, WorkStatus
from register.sheet_fields import CERTIFIED_ON, EXITED_ON
from register.sheet_words import HEAD, HEADED_BY, NOTHING, READ_AS, UNCLEAR
from register.survey_cells import Cell
from register.survey_columns import BOOKLET, HOUSEHOLD, NAME, OFFICE, PHONE, RELATION, RESIDENT_ID, SURVEYED_ON

Tidy = Callable[[Cell], Cell]

_CANONICAL: Mapping[str, frozenset[str]] = {
    "与申请人关系": frozenset(Relation),
    "户口性质": frozenset(Hukou),
    "婚姻状况": frozenset(Marital),
    "共同生活": frozenset("是否"),
    "劳动能力": frozenset({*Capacity, "有劳动能力", "部分丧失劳动能力", "完全丧失劳动能力"}),
    "就业愿望": frozenset("有无"),
    "就业失业状态": frozenset(WorkStatus),
    "职工类型": frozenset(Track),
    "享受低保": frozenset("是否"),
    "享受失业保险": frozenset("是否"),
}
_MONEY = ("月收入", "经营性收入", "投资性收入")
_DAYS = (SURVEYED_ON, CERTIFIED_ON, EXITED_ON)
_MONTH_IS_ENOUGH = (CERTIFIED_ON, EXITED_ON)
_QUOTES = "'\"`´‘’“”＇＂"
_HIDDEN = "\u200b\u200c\u200d\u2060\ufeff\u202a\u202c\u202d\u200e\u200f"
_INVISIBLE = dict.fromkeys(map(ord, _HIDDEN))
_FORMS = {ord("\u3000"): " ", ord("\u00a0"): " ", **{0xFF01 + n: 0x21 + n for n in range(94)}, **_INVISIBLE}
"""Full-width forms as plain ones; nothing else is folded: a 户编号 of ① is not 1."""
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff〇 ]+")
_FULL_DAY = re.compile(
    r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})[日号]?)(?: 0?0:00(?::00)?)?"
)
_RUN_TOGETHER = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})|年([0-9]{1,2})月份?)")
_AMOUNT = re.compile(r"[¥￥]?([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]{1,9}(?:\.[0-9]{1,2})?)(?:元|元/月)?")


@dataclass(frozen=True, slots=True, order=True)
class ReadAs:
    """One way of writing that was read as something else: the field, the writing, what it was read as."""

    field: str
    written: str
    read: str


def tidy_of(field: str, title: str = "") -> Tidy | None:
    """Return how cells of a field are cleaned; None when they are taken as they stand.

    `title` is how the sheet calls the column: 户主 is somebody only in a column that tells of the 户主.
    """
    if field in READ_AS:
        return _words(field, {HEAD: HEADED_BY} if field == RELATION and HEAD in title else {})
    if field in _DAYS:
        return lambda cell: _day(cell, month=field in _MONTH_IS_ENOUGH)
    if field in _MONEY:
        return _money
    return {RESIDENT_ID: _number, PHONE: _phone, NAME: _name, HOUSEHOLD: _code, BOOKLET: _code, OFFICE: _code}.get(
        field
    )


def read_as(field: str, before: Cell, after: Cell) -> ReadAs:
    """Return what was read as what, for the preview: closed words as they are, personal data never."""
    if field in READ_AS:
        return ReadAs(field, before.text, after.text)
    if field in _DAYS:
        return ReadAs(field, _shape(before.text), "年-月" if len(after.text) == 7 else "年-月-日")
    if field in _MONEY:
        return ReadAs(
            field,
            "无" if before.text in NOTHING else "带货币符号、千位逗号或“元”",
            "0" if before.text in NOTHING else "数字",
        )
    if field == PHONE and not after.text:
        return ReadAs(field, "无、—、/等", "空")
    return ReadAs(field, "带空格、横线、全角字符或+86" if field == PHONE else "带空格、引号、全角字符", "去掉后读取")


def _words(field: str, here: Mapping[str, str]) -> Tidy:
    canonical, known = _CANONICAL[field], {**READ_AS[field], **here}
    unclear = {written: why for written, why in UNCLEAR.get(field, {}).items() if written not in here}

    def tidy(cell: Cell) -> Cell:
        if cell.text in canonical or cell.fault:
            return cell
        text = _plain(cell.text)
        if text in canonical:
            return Cell(text)
        if text in unclear:
            return Cell(cell.text, unclear[text])
        read = known.get(text) or known.get(re.sub(r"\s", "", text))
        return cell if read is None else Cell(read)

    return tidy


def _day(cell: Cell, *, month: bool) -> Cell:
    text = cell.text
    if cell.fault or cell.serial is not None or (len(text) == 10 and text[4] == text[7] == "-"):
        return cell
    text = _plain(text)
    if match := _FULL_DAY.fullmatch(text):
        return _iso(cell, match[1], match[3] or match[5], match[4] or match[6])
    if match := _RUN_TOGETHER.fullmatch(text):
        return _iso(cell, match[1], match[2], match[3])
    if match := _MONTH.fullmatch(text):
        number = int(match[2] or match[3])
        if not 1 <= number <= 12:
            return cell
        if month:
            return Cell(f"{match[1]}-{number:02d}")
        return Cell(cell.text, "只有年月，没有日；请写全，如 2026-11-20")
    if re.fullmatch(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{1,4}", text):
        return Cell(cell.text, "看不出哪个是年、月、日；请写作 2026-11-20")
    if re.fullmatch(r"[0-9]{5}", text):
        return Cell(cell.text, "是日期序号，看不出从哪天起算；请把该列设为日期格式或写作 2026-11-20")
    return cell


def _iso(cell: Cell, year: str, month: str, day: str) -> Cell:
    try:
        found = date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return Cell(cell.text, "不是真实存在的日期")
    return cell if found == cell.text else Cell(found)


def _money(cell: Cell) -> Cell:
    if cell.fault or (cell.text.isdigit() and cell.text.isascii()):
        return cell
    if cell.text in ("无", "没有", "无收入"):
        return Cell("0")
    match = _AMOUNT.fullmatch(_plain(cell.text).replace(" ", ""))
    return cell if match is None else _changed(cell, match[1].replace(",", ""))


def _number(cell: Cell) -> Cell:
    if cell.fault or (cell.text.isascii() and cell.text.isalnum()):
        return cell
    return _changed(cell, re.sub(rf"[\s{_QUOTES}]", "", _plain(cell.text)))


def _phone(cell: Cell) -> Cell:
    if cell.fault or (len(cell.text) == 11 and cell.text.isascii() and cell.text.isdigit()):
        return cell
    if cell.text in NOTHING:
        return Cell("")
    text = re.sub(rf"[\s{_QUOTES}-]", "", re.sub(r"[‐-―－]", "-", _plain(cell.text)))
    return _changed(cell, re.sub(r"^(?:\+|00)86(?=1[0-9]{10}$)", "", text))


def _name(cell: Cell) -> Cell:
    if cell.fault or (cell.text.isprintable() and not any(c.isspace() for c in cell.text)):
        return cell
    text = re.sub(r"[\s\u3000\u00a0]+", " ", cell.text.translate(_INVISIBLE)).strip()
    if _HAN.fullmatch(text):
        text = text.replace(" ", "")
    return _changed(cell, text)


def _code(cell: Cell) -> Cell:
    if cell.fault or (cell.text.isascii() and cell.text.isalnum()):
        return cell
    return _changed(cell, _plain(cell.text).strip(_QUOTES).strip())


def _plain(text: str) -> str:
    """Return a text without hidden characters, full-width forms as plain ones."""
    return text.translate(_FORMS).strip()


def _changed(cell: Cell, text: str) -> Cell:
    return cell if text == cell.text else Cell(text, serial=cell.serial)


def _shape(text: str) -> str:
    """Return how a day is written, by an example and without saying which: 2019年12月1日 is 2026年03月5日."""
    plain = _plain(text)
    if plain.isdigit():
        return "20260305"
    parts = iter(("3", "5", "0", "0", "0"))
    return re.sub(r"[0-9]+", lambda n: "2026" if len(n[0]) == 4 else next(parts, "0").zfill(len(n[0])), plain)[:30]
