"""Data for every form, filled to the brim, and a seal that lives in a folder of its own."""

from datetime import date
from pathlib import Path
from typing import Any

from documents.seal_keys import MadeKeys
from documents.seal_local import LocalSeal
from documents.seal_picture import SealPictures
from documents.typesetting import Typesetter
from tests.conftest import KEYS

ON = date(2026, 9, 18)
OFFICE, OFFICE_NAME = "220104", "长春市朝阳区公共就业服务中心"
TYPESETTER = Typesetter()
CODE = "7K2M9QXR4T0B"

_SELF = {"name": "张䶮", "id_number": "220104198001010017", "phone": "13800000000", "sex": "男"}
_MEMBER = _SELF | {
    "member_id": "M1",
    "relation": "本人",
    "hukou": "城镇",
    "status": "登记失业",
    "capacity": "有",
    "wish": "有",
}


def data(**more: Any) -> dict[str, Any]:
    """Return data that every form can be set from."""
    return {
        "title": "文书",
        "issuer": OFFICE_NAME,
        "phone": "0431-00000001",
        "mark": f"wanjia-paper/{CODE}",
        "number": "220104零援认〔2026〕15号",
        "code": "7K2M-9QXR-4T0B",
        "date": "2026年9月18日",
        "household_word": "零就业家庭",
        "policy": {"citation": "《关于进一步做好零就业家庭认定和援助工作的通知》（吉人社函〔2021〕102号）"},
        "office": {"name": "南湖街道公共就业服务所", "phone": "0431-00000002"},
        "applicant": _SELF,
        "person": _SELF,
        "members": [_MEMBER, _MEMBER | {"member_id": "M2", "name": "欧阳娜娜", "relation": "配偶", "sex": "女"}],
        "applied_on": "2026年9月1日",
        "case_id": "220104001-2026-00001",
        "certified_on": "2026年9月18日",
        "address": "某街1号3单元501室",
        "community": "南湖社区",
        "helped": ["张䶮", "欧阳娜娜"],
        "promise_due": "2026年10月23日",
        "promise_provisional": False,
        "decided_on": "2026年9月18日",
        "effective_on": "2026年9月30日",
        "reason": "查实有经营性收入",
        "facts": [["提出日期", "2026年9月1日"]],
        "clause": "吉人社函〔2021〕102号第三条第（二）项",
        "remedy": "",
        "revoked": False,
        "appeal_by": "2026年9月29日",
        "appeal_provisional": False,
        "at_once": False,
        "vacancy": {
            "employer": "某某物业公司",
            "title": "保洁员",
            "place": "某小区物业办公室",
            "hours": "早八点至晚五点",
            "contact": "李经理",
            "until": "2026年9月30日",
        },
        "pay": "2,300.00",
        "referred_on": "2026年9月20日",
        "guaranteed": False,
        "masked_name": "张*",
        "people": 2,
        "posted_on": "2026年9月3日",
        "ends_on": "2026年9月8日",
        "length": "3个工作日",
        "provisional": False,
        "visited_on": "2026年9月2日",
        "visitor": "王芳",
        "met": ["张䶮"],
        "policies": True,
        "posts": False,
        "services": True,
        "note": "情况属实。",
        "opinions": [["受理机构初审意见", "初审通过。"], ["公示情况", "无异议。"], ["县级复核认定意见", "复核通过。"]],
        "sealed": True,
    } | more


def local_seal(folder: Path) -> LocalSeal:
    """Return a seal with keys of its own."""
    return LocalSeal(MadeKeys(folder / "seals", KEYS), SealPictures(folder / "pictures", TYPESETTER))
