"""A community may be read by anybody: a name that leads to a door is refused, one that only sounds so is not."""

import pytest

from casework.place_names import as_known, names_a_door


@pytest.mark.parametrize(
    "place",
    [
        "向阳街12号楼3单元",
        "向阳社区3号楼",
        "向阳社区三单元",
        "向阳街99号",
        "向阳街十二号",
        "8栋",
        "二层东门",
        "４０１室",
        "向阳13812345678",
        "站前路18号向阳社区",
        "向阳小区12-3-401",
        "向阳小区３＃２０１",
    ],
)
def test_a_door_or_a_number_is_found(place: str) -> None:
    assert names_a_door(place)


@pytest.mark.parametrize(
    "place",
    [
        "向阳社区",
        "三门社区",
        "二道门社区",
        "五号街社区",
        "7号村",
        "建设街五号社区",
        "第十二社区",
        "一二三社区",
        "八层塔社区",
    ],
)
def test_a_place_called_so_may_stand(place: str) -> None:
    assert not names_a_door(place)


def test_a_community_is_called_as_it_is_known_already() -> None:
    known = ("北二　社区（东）", "向阳社区")
    assert as_known("北二 社区(东)", known) == "北二　社区（东）"
    assert as_known("向　阳社区", known) == "向阳社区"
    assert as_known("第２ 社区", known) == "第2社区"
