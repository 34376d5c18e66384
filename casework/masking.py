"""How a person is shown to those who need not know the whole (脱敏): one function for each kind of datum.

Every board, text message, export, page and log that shows part of a name, phone or ID number calls these, so that two
places never show different parts which could be put together.  Nothing here decides who may see the whole.
"""

STAR = "*"


def mask_name(name: str) -> str:
    """Return the first character of a name and one star, whatever its length: 张三 → 张*, 欧阳娜娜 → 欧*.

    The number of stars is fixed so that the length of the name is not told.  An empty name gives one star.
    """
    return name.strip()[:1] + STAR


def household_label(applicant_name: str) -> str:
    """Return how a text message calls a household: the applicant's masked name and 家庭, as in 张*家庭."""
    return f"{mask_name(applicant_name)}家庭"


def mask_phone(phone: str) -> str:
    """Return a mobile number as 138****5678; of any other number only the last two digits are shown.

    For people inside the office who must recognise a number.  On a public board no phone is shown at all.
    """
    digits = phone.strip()
    if len(digits) == 11 and digits.isascii() and digits.isdigit():
        return digits[:3] + STAR * 4 + digits[7:]
    return STAR * 4 + digits[-2:] if len(digits) > 4 else STAR * 4


def mask_id(id_number: str) -> str:
    """Return the first six characters and the last of a resident ID number (公民身份号码), the rest starred.

    About 1.46 million people share such a mask, against 1,462 for the common "first six and last four".  A text that is
    not 15 or 18 characters long is starred whole.  Do not show sex or age beside it.
    """
    number = id_number.strip()
    if len(number) not in (15, 18):
        return STAR * len(number)
    return number[:6] + STAR * (len(number) - 7) + number[-1]
