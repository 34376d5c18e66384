"""Who may open the pages of inspections (核查), and what each of them needs: names of areas, ids in paths."""

from typing import Annotated

from fastapi import Depends, Path

from casework.states import Role
from console.asking import OpenTo
from desk.desk import Caller
from records.engine import Reading
from records.figure_rows import known_areas

READERS = (Role.SUPERVISOR, Role.REVIEWER)
ONLY = (Role.SUPERVISOR,)

Reader = Annotated[Caller, Depends(OpenTo(READERS))]
SubjectInPath = Annotated[str, Path(pattern=r"^[0-9A-Za-z._-]{1,80}$")]
IdInPath = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]

ROOT = "/inspections"


def area_names(work: Reading, codes: set[str]) -> dict[str, str]:
    """Return the names of areas and offices; one without a name goes by its code."""
    return {code: code for code in codes} | known_areas(work, tuple(codes))
