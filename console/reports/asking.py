"""What pages of the monthly report ask for: who may read reports, and which month and area an address names."""

import re
from typing import Annotated

from fastapi import Depends, Path

from casework.states import Role
from console.asking import OpenTo
from desk.desk import Caller

EVERYONE = (Role.CASEWORKER, Role.REVIEWER, Role.SUPERVISOR)
COUNTY_AND_ABOVE = (Role.REVIEWER, Role.SUPERVISOR)

Reader = Annotated[Caller, Depends(OpenTo(EVERYONE))]
CountyOrAbove = Annotated[Caller, Depends(OpenTo(COUNTY_AND_ABOVE))]
Month = Annotated[str, Path(pattern=r"^20\d{2}-(0[1-9]|1[0-2])$")]
Area = Annotated[str, Path(pattern=r"^\d{2,12}$")]

_MONTH = re.compile(r"20\d{2}-(0[1-9]|1[0-2])", re.ASCII)


def a_month(given: str | None, otherwise: str) -> str:
    """Return the month an address names; what is none is taken as not said."""
    return given if given and _MONTH.fullmatch(given) else otherwise
