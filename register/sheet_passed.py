"""Lines of an imported sheet that are nobody's (不是人员的行): the header printed again, totals, notes under the table.

Such a line is passed over and told among what to mind, never silently.  A line that could be somebody's is left to the
readers of the columns: whatever holds an ID number, or most of one, is somebody's.
"""

import re

from register.sheet_fields import plain_name
from register.survey_cells import Cell

HEADER_AGAIN = "与列名相同，没有作为人员读取"
NOBODY = "是合计、小计、标题或表后的说明，没有作为人员读取"

_SAME_AT_LEAST = 3
_DIGITS_OF_AN_ID = 8
_TOTAL = re.compile(r"(本页|本表|本户|本社区|全村|全街道)?(合|总|小|共|累)计")
_NOTE = re.compile(
    r"(备?注|说明|填表说明|填表(人|单位|日期|时间)?|填报(人|单位|日期|时间)?|审[核批](人|单位)?|复核人?|制表(人|单位|日期)?"
    r"|经办人|负责人|单位负责人|分管领导|主管领导|联系人|联系电话|调查(人|员)|走访人|单位[(（](盖章|公章)[)）]|(单位)?盖章)"
    r"(签[字名]|[(（][^()（）]{1,10}[)）])?[:：].*"
    r"|注[0-9一二三四五六七八九十]*[、.．:：].*"
)
_TITLE = re.compile(r".*[\u3400-\u9fff].*(表|名单|台账|名册|花名册)([(（].*[)）])?")


def passed_over(cells: tuple[Cell, ...], titles: tuple[str, ...], id_place: int) -> str | None:
    """Say why a line is passed over, None when it is somebody's; `id_place` is where the ID number stands."""
    number = cells[id_place].text if id_place < len(cells) else ""
    if len(number) >= _DIGITS_OF_AN_ID and sum(c.isdigit() for c in number) >= _DIGITS_OF_AN_ID:
        return None
    texts = [cell.text for cell in cells if cell.text]
    first = re.sub(r"\s", "", texts[0]) if texts else ""
    if _TOTAL.match(first) or _NOTE.fullmatch(first) or (len(texts) == 1 and _TITLE.fullmatch(first)):
        return NOBODY
    same = sum(
        bool(title) and plain_name(cell.text) == plain_name(title) for cell, title in zip(cells, titles, strict=False)
    )
    return HEADER_AGAIN if same >= _SAME_AT_LEAST else None
