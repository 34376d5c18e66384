"""How a name may be looked for (姓名的写法): its characters, its pinyin and its initials, normalised.  Pure.

Dictionaries read surnames like words: 仇 is Qiu as a surname, 查 Zha, 单 Shan.  Such surnames have a table here; people
who type the everyday reading find them too.  Of a given name every reading is kept.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, product

from pypinyin import Style, pinyin

SHORTEST_BEGINNING = 2
MOST_OF_ONE = 3
"""Readings kept of one character, the commonest first."""

MOST_READINGS = 36
"""Spellings kept of one name: three characters with all their readings are within."""


def _table(text: str) -> dict[str, list[str]]:
    """Read "name reading reading, …"."""
    return {name: readings for name, *readings in (one.split() for one in text.split(","))}


_SURNAMES = _table(
    """
    仇 qiu, 查 zha, 解 xie, 曾 zeng, 单 shan, 区 ou, 任 ren, 盖 ge gai, 朴 piao, 华 hua, 纪 ji, 宁 ning,
    召 shao, 洗 xian, 员 yun, 秘 bi mi, 么 yao, 折 she, 黑 he hei, 牟 mu mou, 尉 wei yu, 隗 kui wei, 能 nai,
    种 chong, 翟 zhai di, 覃 qin tan, 缪 miao, 乐 yue le, 那 na, 曲 qu, 万 wan, 石 shi, 车 che, 沈 shen,
    祭 zhai, 繁 po, 燕 yan, 过 guo, 应 ying, 谌 chen, 郗 xi chi, 莘 shen xin, 都 du, 干 gan, 句 gou, 角 jue,
    柏 bai bo, 乜 nie, 相 xiang, 要 yao, 占 zhan, 少 shao, 盛 sheng, 卜 bu, 葛 ge, 哈 ha, 逄 pang, 宓 mi fu,
    行 xing, 长 chang, 尹 yin, 藏 zang
    """
)
_COMPOUND = _table(
    """
    尉迟 yu chi, 万俟 mo qi, 长孙 zhang sun, 单于 chan yu, 澹台 tan tai, 夏侯 xia hou, 拓跋 tuo ba,
    乐正 yue zheng, 令狐 ling hu, 濮阳 pu yang, 欧阳 ou yang, 诸葛 zhu ge, 上官 shang guan, 司马 si ma,
    皇甫 huang fu, 呼延 hu yan, 独孤 du gu, 宇文 yu wen, 公孙 gong sun, 慕容 mu rong, 东方 dong fang,
    端木 duan mu, 司徒 si tu, 南宫 nan gong, 赫连 he lian, 钟离 zhong li, 申屠 shen tu, 公冶 gong ye,
    鲜于 xian yu, 百里 bai li
    """
)

_SEPARATORS = re.compile(r"[\s·•・.．\-'’]+")


@dataclass(frozen=True, slots=True)
class Spellings:
    """What a name is found by: its beginnings (the whole name among them), its pinyin and its initials."""

    beginnings: frozenset[str]
    pinyin: frozenset[str]
    initials: frozenset[str]


def normal_name(name: str) -> str:
    """Return a name as it is compared: one width, without blanks and dots, small letters."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", name)).casefold()


def normal_pinyin(text: str) -> str:
    """Return pinyin as it is compared: without blanks and tones, ü as v however it is typed."""
    plain = unicodedata.normalize("NFD", _SEPARATORS.sub("", text).casefold()).replace("u\u0308", "v")
    letters = "".join(c for c in plain if c.isascii() and c.isalpha())
    return letters.replace("lyu", "lv").replace("nyu", "nv")


def spellings(name: str) -> Spellings:
    """Return what a name may be looked for by."""
    plain = normal_name(name)
    beginnings = {plain, *(plain[:n] for n in range(SHORTEST_BEGINNING, len(plain)))}
    ways = list(islice(product(*_readings(plain)), MOST_READINGS))
    return Spellings(
        beginnings=frozenset(beginnings),
        pinyin=_said(normal_pinyin("".join(way)) for way in ways),
        initials=_said("".join(part[0] for part in way if part) for way in ways),
    )


def _said(found: Iterable[str]) -> frozenset[str]:
    return frozenset(one for one in found if one)


def _readings(name: str) -> list[list[str]]:
    """Return the readings of each character, the likeliest first; what has none is left out."""
    if name[:2] in _COMPOUND:
        return [*([part] for part in _COMPOUND[name[:2]]), *_of_each(name[2:])]
    if name[:1] in _SURNAMES:
        own = dict.fromkeys((*_SURNAMES[name[0]], *_of_one(name[0])[:1]))
        return [list(own), *_of_each(name[1:])]
    return _of_each(name)


def _of_each(text: str) -> list[list[str]]:
    return [readings for character in text if (readings := _of_one(character))]


def _of_one(character: str) -> list[str]:
    """Return the commonest readings of a character; a letter is its own."""
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="default")[0]
    plain = (normal_pinyin(one) for one in found)
    return list(dict.fromkeys(one for one in plain if one))[:MOST_OF_ONE]
