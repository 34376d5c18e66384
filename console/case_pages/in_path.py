"""The number of a case in an address, and who of the staff may open which page of it."""

from typing import Annotated

from fastapi import Depends, Path

from api.people import LOOKERS
from casework.states import Role
from console.asking import CASE_PATH, OpenTo
from desk.desk import Caller

WATCHERS = (Role.CASEWORKER, Role.REVIEWER, Role.SUPERVISOR)
"""Who may see who looked at personal data: those who answer for the office, the county and the area."""

COMPARERS = (Role.CASEWORKER, Role.REVIEWER)
HANDLERS = (Role.CASEWORKER, Role.REVIEWER, Role.SUPERVISOR)
"""Who sees to messages that did not arrive, as over the API."""

CaseInPath = Annotated[str, Path(pattern=CASE_PATH)]
Looker = Annotated[Caller, Depends(OpenTo(LOOKERS))]
Watcher = Annotated[Caller, Depends(OpenTo(WATCHERS))]
Comparer = Annotated[Caller, Depends(OpenTo(COMPARERS))]
Handler = Annotated[Caller, Depends(OpenTo(HANDLERS))]
