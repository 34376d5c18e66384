"""Applications still being written (配图用的草稿), for the pictures of intake: full, just begun, a colleague's,
one that names somebody of an open case, and one that was handed in."""

from datetime import UTC, datetime

from casework.resident_id import check_character
from desk.draft_answers import Answers
from records.drafts import DraftKind, Whose, became_case, start_draft
from records.engine import Record

Pages = dict[str, dict[str, str]]

_WORK = {"status": "登记失业", "capacity": "有", "willing": "yes"}


def begin_drafts(record: Record, office: str, mine: str, colleague: str, *, case_id: str, taken: str) -> dict[str, str]:
    """Put the drafts on record; return them by name.  `taken` is the ID number of somebody in an open case."""
    now = datetime.now(UTC)
    kept: dict[str, tuple[str, Pages]] = {
        "draft": (mine, _household("赵演练", "19850614", "冯演练", "19861103")),
        "draft_begun": (mine, {"person/m1": {"name": "周演练"}}),
        "draft_of_colleague": (colleague, _household("吴演练", "19790221", "郑演练", "19801209")),
        "draft_known": (mine, _household("王演练", "19880107", "陈演练", "19870520", taken)),
        "draft_done": (mine, _household("褚演练", "19900311", "卫演练", "19910830")),
    }
    named = {}
    with record.write() as work:
        for name, (owner, pages) in kept.items():
            draft = start_draft(work, Whose(DraftKind.DESK, owner, office), Answers(pages).content, now)
            named[name] = draft.draft_id
            if name == "draft_done":
                became_case(work, draft, case_id, now)
    return named


def _household(husband: str, his: str, wife: str, hers: str, her_number: str | None = None) -> Pages:
    first = {"name": husband, "id_number": _number(his, 31), "phone": "19900008001", "hukou": "城镇", "marital": "已婚"}
    second = {
        "name": wife, "id_number": her_number or _number(hers, 42), "relation": "配偶", "booklet": "A",
        "cohabiting": "yes", "hukou": "城镇", "marital": "已婚",
    }  # fmt: skip
    home = {"community": "向阳社区", "address": "铁西区演练街66号"}
    return {"person/m1": first, "work/m1": _WORK, "home": home, "person/m2": second, "work/m2": _WORK}


def _number(born: str, order: int) -> str:
    first = f"220302{born}{order:03d}"
    return first + check_character(first)
