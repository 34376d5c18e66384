"""The people of a drill on the server (演练中的人): made up around the written facts, with numbers nobody was issued.

The place code 220000 and phones of the range 199 0000 … are reserved for this; birth date and sex are as written.
"""

from secrets import randbelow

from casework.household import Household, Member, Sex
from casework.resident_id import check_character
from operations.api_client import Json
from operations.drill_file import DrillFileWrong

SURNAMES = "赵钱孙李周吴郑王"
LAST_SERIAL = 999


def synthetic_id(member: Member) -> str:
    """Return a valid number of the place code 220000 that nobody was issued, with this birth date and sex."""
    serial = 2 * randbelow(LAST_SERIAL // 2) + (1 if member.sex is Sex.MALE else 2)
    number = f"220000{member.birth_date:%Y%m%d}{serial:03d}"
    return number + check_character(number)


def typed_in(member: Member, place: int) -> Json:
    """Return a member as the application form asks for one; birth date and sex are in the number."""
    facts = member.model_dump(mode="json", exclude={"member_id", "sex", "birth_date", "left_on"})
    surname = SURNAMES[place % len(SURNAMES)]
    return {"name": f"{surname}演练", "id_number": synthetic_id(member), "phone": f"1990008{place:04d}"} | facts


def check_ids(household: Household) -> None:
    """Raise `DrillFileWrong` when the server would number the members otherwise."""
    for place, member in enumerate(household.members, 1):
        if member.member_id != f"M{place}":
            raise DrillFileWrong(f"在真实服务上演练时，第{place}名成员的 id 须为 M{place}（由系统按顺序编号）。")
