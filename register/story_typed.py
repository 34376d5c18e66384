"""What people type into a story (标题、点评) and would tell whose it is (真实信息核对): also parts of a value.  Pure.

The story itself is written from facts and checked for whole values (`story_check.py`).  A person who knows the case
also writes 桂兰, 老欧阳, 北二, 吉达, 尾号002X, 9月18日, 47岁 or what somebody said word by word.  Better one harmless
word too many refused than one household known: the refusal says the kind, and never the value.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from unicodedata import normalize

from register.story_check import Originals, found_in

LEAST = 2
"""Names of one character stand in too many words to be looked for; the one who publishes reads the whole."""

COMPOUND = (
    *("欧阳", "诸葛", "司马", "上官", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙", "司徒"),
    *("司空", "端木", "独孤", "南宫", "西门", "呼延", "轩辕", "濮阳", "淳于", "单于", "太史", "申屠", "公羊", "赫连"),
)
EVERYDAY = "于时"
"""Family names that make a common word with 小 before them (小于、小时)."""
TITLES = "某|大姐|大哥|大爷|大妈|大娘|大叔|大婶|阿姨|姐|哥|嫂|叔|婶|师傅|女士|先生|老太|老汉|家大|家小|家的"
_PLACE = re.compile(r"(?<=[省市区县州旗镇乡])|(?<=街道)")
_PLACE_ENDS = re.compile(r"(社区|居委会|居民委员会|村委会|村民委员会|街道|小区|胡同|[省市区县镇乡村街路巷])$")
_GENERIC = re.compile(
    r"有限责任|股份|有限|公司|集团|分公司|总公司|物业|服务|管理|家政|保洁|商贸|贸易|餐饮|食品|超市|商场|商店|酒店|宾馆|"
    r"饭店|医院|学校|幼儿园|工厂|加工|制造|建筑|工程|科技|发展|实业|经营|中心|合作社|店|厂|部"
)
_NAMED = re.compile(
    r"[\u4e00-\u9fff]{2}(?:小学|中学|高中|大学|学院|学校|幼儿园|医院|公司|工厂|超市|饭店|酒店|商场|市场|小区|大厦)"
)
_CN = "一二三四五六七八九十"
_PARTS_OF_YEAR = re.compile(
    rf"(?<!\d)(\d{{1,2}})[月/](\d{{1,2}})(?![\d/])|(?<![{_CN}])([{_CN}]{{1,2}})月([{_CN}]{{1,3}})[日号]", re.ASCII
)
_AGE = re.compile(r"(?<!\d)(\d{1,3})周?岁(?!以上|以下|及|至|到)")
_YUAN = re.compile(r"(?<![\d.])(\d[\d,，]*)(?:\.(\d{1,2}))?(?:元|块)")
_BORN = re.compile(r"(?<!\d)(\d{4}|\d{2})年(?:出)?生|出生于(\d{4})")
_PLAIN = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_ROOMS = re.compile(r"\d+号楼|\d+(?:栋|幢|单元|室|组|门)", re.ASCII)
COPIED = 10
"""So many characters in a row that also stand in a text of the case were not written anew."""


def found_in_typed(text: str, originals: Originals) -> tuple[str, ...]:
    """Return the kinds of originals that stand in what somebody typed, whole or in part, however it is spaced."""
    known = _plainly_too(originals)
    plain = _plainly(text)
    forms = dict.fromkeys((text, plain, _SPACES.sub("", plain)))
    return tuple(dict.fromkeys(kind for form in forms for kind in _found_in(form, known)))


def _plainly(text: str) -> str:
    return _INVISIBLE.sub("", normalize("NFKC", text))


def _plainly_too(originals: Originals) -> Originals:
    """Return the originals also as they read: an address kept in full width is typed in half width."""

    def both(values: frozenset[str]) -> frozenset[str]:
        return values | {_SPACES.sub("", _plainly(value)) for value in values}

    return replace(
        originals,
        names=both(originals.names),
        numbers=both(originals.numbers),
        places=both(originals.places),
        employers=both(originals.employers),
        accounts=both(originals.accounts),
        texts=both(originals.texts),
    )


def _found_in(text: str, originals: Originals) -> tuple[str, ...]:
    kinds = list(found_in(text, originals, least=LEAST))
    checks = (
        ("姓名", _person(text, originals)),
        ("社区、住址或机构", any(part in text for place in originals.places for part in _stems(place))),
        ("用人单位", any(part in text for name in originals.employers for part in _core(name, originals))),
        ("工作人员", any(part in text for name in originals.accounts for part in _given(name))),
        ("证件号或电话", any(_alone(part, text) for number in originals.numbers for part in _fragments(number))),
        ("日期", _day_of_year(text, originals.days)),
        ("年龄", _age(text, originals.days)),
        ("金额", any(fen and fen in originals.fen for fen in _amounts(text))),
        ("个案中填写的文字", _copied(text, originals.texts)),
    )
    return tuple(dict.fromkeys((*kinds, *(kind for kind, there in checks if there))))


def _person(text: str, originals: Originals) -> bool:
    """A given name, or a family name as one addresses somebody: 桂兰, 老欧阳, 张大姐."""
    for name in originals.names:
        if any(part in text for part in _given(name)):
            return True
        family = _family(name)
        before = "老阿" if family in EVERYDAY else "老小阿"
        if family and re.search(rf"(?:[{before}]{re.escape(family)}|{re.escape(family)}(?:{TITLES}))", text):
            return True
    return False


def _family(name: str) -> str:
    if not name or not "\u4e00" <= name[0] <= "\u9fff":
        return ""
    return name[:2] if name[:2] in COMPOUND and len(name) > LEAST else name[0]


def _given(name: str) -> Iterator[str]:
    """桂兰 of 欧阳桂兰; of a name in parts, every part."""
    parts = [part for part in re.split(r"[·•・.\s]+", name) if len(part) >= LEAST]
    if len(parts) > 1:
        yield from parts
    family = _family(name)
    if family and len(name) - len(family) >= LEAST:
        yield name[len(family) :]


def _stems(place: str) -> Iterator[str]:
    """铁西 and 地直 of 铁西区地直街道, 北二 of 北二社区, 12号楼 and 401室 of 北二小区12号楼3单元401室."""
    yield from _ROOMS.findall(place)
    for part in filter(None, _PLACE.split(place)):
        stem = _PLACE_ENDS.sub("", part)
        if len(stem) >= LEAST and not stem.isdigit():
            yield stem


def _core(employer: str, originals: Originals) -> Iterator[str]:
    """吉达 of 四平吉达物业服务有限公司: what is left without the trade, and without a place it begins with."""
    for part in filter(None, _GENERIC.sub(" ", employer).split()):
        stem = part
        for place in sorted((s for p in originals.places for s in _stems(p)), key=len, reverse=True):
            stem = stem.removeprefix(place)
        yield from {each for each in (part, stem, stem[2:] if len(stem) > LEAST + 1 else "") if len(each) >= LEAST}


def _fragments(number: str) -> Iterator[str]:
    """The last four of a number, and of an ID number the place and the day of birth."""
    if len(number) >= 8:
        yield number[-4:]
    if len(number) == 18:
        yield from (number[:6], number[6:14], number[10:14])


def _alone(part: str, text: str) -> bool:
    return re.search(rf"(?<![0-9A-Za-z]){re.escape(part)}(?![0-9A-Za-z年])", text, re.IGNORECASE) is not None


def _day_of_year(text: str, days: frozenset[date]) -> bool:
    """9月18日 or 九月十八日 without its year, and the year somebody was born."""
    known = {(day.month, day.day) for day in days}
    for month, day, spelled, spelled_day in _PARTS_OF_YEAR.findall(text):
        if month and (int(month), int(day)) in known:
            return True
        if spelled and (_number(spelled), _number(spelled_day)) in known:
            return True
    years = {day.year for day in days}
    return any(int(y) in years or 1900 + int(y) in years for found in _BORN.findall(text) for y in found if y)


def _age(text: str, days: frozenset[date]) -> bool:
    """An age that one of the days of birth makes in the years of the case."""
    newest = max((day.year for day in days), default=0)
    ages = {newest - day.year - less for day in days for less in (0, 1, 2) if day.year <= newest - LEAST}
    return any(int(age) in ages for age in _AGE.findall(text))


def _amounts(text: str) -> Iterator[int]:
    for whole, cents in _YUAN.findall(text):
        yield int(re.sub(r"[,，]", "", whole)) * 100 + int((cents or "0").ljust(2, "0"))


def _copied(text: str, texts: frozenset[str]) -> bool:
    """Say whether a run of characters, or the name of a school or a firm, was taken over from the case's texts."""
    plain = _PLAIN.sub("", text)
    runs = {plain[at : at + COPIED] for at in range(len(plain) - COPIED + 1)}
    named = set(_NAMED.findall(text))
    for each in texts:
        there = _PLAIN.sub("", each)
        if any(there[at : at + COPIED] in runs for at in range(len(there) - COPIED + 1)):
            return True
        if any(name in each for name in named):
            return True
    return False


def _number(spelled: str) -> int:
    tens, ten, ones = spelled.rpartition("十")
    digits = "零一二三四五六七八九"
    return (digits.find(tens) if tens else 1) * 10 * bool(ten) + (digits.find(ones) if ones else 0)
