"""Who may open payment lists (发放名册): the county that makes them, and those who watch over it."""

from typing import Annotated

from fastapi import Depends

from casework.states import Role
from console.asking import OpenTo
from desk.desk import Caller

Payer = Annotated[Caller, Depends(OpenTo((Role.REVIEWER, Role.SUPERVISOR)))]
Office = Annotated[Caller, Depends(OpenTo((Role.CASEWORKER, Role.REVIEWER, Role.SUPERVISOR)))]
