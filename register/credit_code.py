"""The unified social credit code of an employer (统一社会信用代码, GB 32100): 18 signs with a check sign.  Pure.

Only the form and the check are looked at; whether such an employer exists is for the registry of enterprises to say.
"""

import re

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_FORM = re.compile(f"[{_SIGNS}]{{2}}[0-9]{{6}}[{_SIGNS}]{{10}}")


def normal_code(given: str) -> str:
    """Return a code without blanks and hyphens, in capitals."""
    return given.replace(" ", "").replace("-", "").upper()


def check_sign(first: str) -> str:
    """Return the 18th sign for the first 17."""
    total = sum(weight * _SIGNS.index(sign) for weight, sign in zip(_WEIGHTS, first, strict=True))
    return _SIGNS[-total % 31]


def credit_code_fault(code: str) -> str | None:
    """Return what is wrong with a code, or None."""
    if len(code) != 18:
        return f"统一社会信用代码应为18位，现为{len(code)}位"
    if not _FORM.fullmatch(code):
        return "统一社会信用代码只用数字和大写字母（不用I、O、S、V、Z），第3至8位是数字"
    if check_sign(code[:17]) != code[17]:
        return "统一社会信用代码的末位校验不对，请逐位核对"
    return None
