"""How a person's name is written down (姓名的写法): as on the ID card, whatever blanks and dots were typed.  Pure.

People set two characters apart to line up a form (张　三), and type the dot of a minority name (间隔号) in many ways;
the ID card has neither blanks nor any dot but U+00B7.  How names are compared and looked for is not here.
"""

import re

_HAN = r"[〇\u3400-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff]"
_DOT = re.compile(rf"(?<={_HAN})\s*[·•‧∙⋅・･．.]\s*(?={_HAN})")
_BLANK = re.compile(rf"(?<={_HAN})\s+|\s+(?={_HAN})")


def person_name(typed: str) -> str:
    """Return a name as it is kept: 张　三 is 张三, 买买提．吐尔逊 is 买买提·吐尔逊; Latin names keep their blanks."""
    return _BLANK.sub("", _DOT.sub("·", typed.strip()))
