"""Names of places that anybody may read (社区名称): a community goes on the publicity board, a door never does.

Source: 吉人社函〔2021〕102号, publicity in the community; what is masked there stands in scenario 93.
"""

import re
import unicodedata
from collections.abc import Iterable

_DIGITS = r"[0-9０-９]+"
_NUMBER = r"[0-9０-９一二三四五六七八九十百]+"
_PLACE = r"社区|村|屯|街|路|胡同|庄|寨|营|店|镇|乡|沟|岗|井|桥|委"
_DOOR = re.compile(
    rf"{_NUMBER} *(号楼|楼|栋|幢|单元|室)"  # a building or a room
    rf"|{_NUMBER} *(号|层|门)(?!.{{0,4}}({_PLACE}))"  # a door, unless a place is called so: 三门社区, 五号街社区
    rf"|(街|路|巷|弄|胡同) *{_DIGITS} *号"  # a door, whatever comes after it: 站前路18号向阳社区
    rf"|{_DIGITS} *[-－—–#＃] *{_DIGITS}"  # building, entrance, room: 12-3-401
    r"|[0-9０-９]{5,}"  # a telephone, a certificate, digits of an ID number
)

ONLY_THE_COMMUNITY = "会在公示栏公开，只写到社区（村），不要写门牌、楼栋或号码"


def names_a_door(place: str) -> bool:
    """Say whether a name of a community leads to a door or holds a number of somebody's."""
    return _DOOR.search(place) is not None


def community_name(typed: str) -> str:
    """Return a community's name as it is kept, of one width and without blanks: one typed otherwise is no other one."""
    return "".join(unicodedata.normalize("NFKC", typed).split())


def as_known(typed: str, known: Iterable[str]) -> str:
    """Return a community's name as it is known already, however it is typed now; a new one as it is kept."""
    name = community_name(typed)
    return next((one for one in known if community_name(one) == name), name)
