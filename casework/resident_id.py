"""The resident ID number (居民身份证号码), GB 11643: what it proves about itself, and nothing more.

The place code says where the number was first issued, never where somebody lives today, so nothing here derives a
residence from it, and a code this table does not know is a warning, not an error.  Whether the number belongs to the
person is verification, not arithmetic.  No error carries the number.
"""

import re
from dataclasses import dataclass
from datetime import date

from casework.errors import SaidNo
from casework.household import Sex

CLAUSE = "GB 11643—1999《公民身份号码》"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
EARLIEST_BIRTH = date(1880, 1, 1)
"""Nobody alive was born before; an earlier year is a slip of the pen."""

PROVINCES = frozenset(
    str(code)
    for codes in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66))
    for code in codes
) | {"71", "81", "82", "83", "91"}
"""First two digits by GB/T 2260, with 83 (Taiwan residence permits) and 91 (foreigners' permanent residence)."""


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A number that passed: `number` with a capital X, and the birth date and sex it states."""

    number: str
    birth_date: date
    sex: Sex
    warnings: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Hide the number: a traceback or a log line may show this object."""
        return "ResidentId(***)"


class InvalidResidentId(SaidNo):
    """The number is wrong by itself; `code` is resident_id_length, _characters, _birth_date or _check_digit."""


def check_character(first_seventeen: str) -> str:
    """Return the 18th character for 17 digits (GB 11643: weighted sum modulo 11)."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first_seventeen, strict=True))
    return CHECK_CHARACTERS[total % 11]


def read_resident_id(text: str) -> ResidentId:
    """Return what an 18-character number states; a small x is stored as X.

    Raises `InvalidResidentId` for a wrong length, a character that may not stand there, a date that does not exist
    and a wrong check digit, in this order.  A birth date in the future is for the caller, who knows the day.
    """
    number = text.strip().upper()
    if len(number) != 18:
        detail = "15位旧号码请换成18位" if re.fullmatch(r"[0-9]{15}", number) else "请核对是否漏位或多位"
        raise _invalid("length", f"身份证号应为18位，现为{len(number)}位；{detail}")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise _invalid("characters", "身份证号前17位应为数字，第18位应为数字或X")
    birth_date = _birth_date(number)
    if check_character(number[:17]) != number[17]:
        raise _invalid("check_digit", "身份证号校验码（第18位）不正确，请逐位核对")
    unknown = number[:2] not in PROVINCES
    return ResidentId(
        number=number,
        birth_date=birth_date,
        sex=Sex.MALE if int(number[16]) % 2 else Sex.FEMALE,
        warnings=("身份证号前两位不是已知的省级代码，请留意核对",) if unknown else (),
    )


def _birth_date(number: str) -> date:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        born = date.min
    if born < EARLIEST_BIRTH:
        raise _invalid("birth_date", "身份证号第7至14位不是真实的出生日期，请核对")
    return born


def _invalid(kind: str, message: str) -> InvalidResidentId:
    return InvalidResidentId(f"resident_id_{kind}", message, field="身份证号", clause=CLAUSE)
