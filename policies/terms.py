"""What a locality's number is made of: a value with its basis (依据), and a length of time (时限).

No number lives here; numbers are in `packs/*.toml`.
"""

import re
from enum import StrEnum
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_serializer, model_validator

INTERNAL = "内部规定"
"""A basis that begins so is the office's own rule, found in no document; screens label such limits 内部时限."""

_LENGTH = re.compile(r"(?P<count>[1-9][0-9]{0,3})(?P<unit>wd|d|mo)", re.ASCII)

T = TypeVar("T")


class Frozen(BaseModel):
    """Frozen data that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Unit(StrEnum):
    """The unit of a length, as the packs write it."""

    WORKING_DAYS = "wd"
    CALENDAR_DAYS = "d"
    MONTHS = "mo"


_WORDS = {Unit.WORKING_DAYS: "个工作日", Unit.CALENDAR_DAYS: "日", Unit.MONTHS: "个月"}


class Length(Frozen):
    """A length of time, written "3wd", "20d" or "1mo"; how it is counted is in `casework/working_days.py`."""

    count: int = Field(ge=1, le=9999)
    unit: Unit

    @model_validator(mode="before")
    @classmethod
    def _from_words(cls, raw: Any) -> Any:
        if not isinstance(raw, str):
            return raw
        found = _LENGTH.fullmatch(raw)
        if found is None:
            raise ValueError("时限应写作 3wd（工作日）、20d（日）或 1mo（月），数目至少为 1")
        return {"count": int(found["count"]), "unit": found["unit"]}

    @model_serializer
    def _to_words(self) -> str:
        return str(self)

    def __str__(self) -> str:
        return f"{self.count}{self.unit.value}"

    @property
    def words(self) -> str:
        """The length as people read it: 3个工作日, 20日, 1个月."""
        return f"{self.count}{_WORDS[self.unit]}"

    @classmethod
    def parse(cls, text: str) -> "Length":
        """Read "3wd", "20d" or "1mo"; anything else is a pydantic ValidationError."""
        return cls.model_validate(text)


class Term(Frozen, Generic[T]):
    """One value of a policy with its basis: the document and clause, or 内部规定 with the reason."""

    value: T
    basis: Annotated[str, Field(min_length=4, max_length=300)]

    @property
    def internal(self) -> bool:
        """Say whether the value is the office's own rule and must be shown as 内部规定."""
        return self.basis.startswith(INTERNAL)
