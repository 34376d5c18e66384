"""Kinds of papers (文书种类): how each is called, who seals it, which form it is set in.  Data only."""

from dataclasses import dataclass
from enum import StrEnum


class Sealer(StrEnum):
    """Whose electronic seal a paper carries: the county's, the street office's, or nobody's."""

    COUNTY = "county"
    OFFICE = "office"
    NOBODY = "nobody"


class PaperKind(StrEnum):
    """A kind of paper; its value is also the name of its form in `documents/forms`."""

    APPLICATION = "application"
    SEALED_APPLICATION = "sealed_application"
    REFERRAL = "referral"
    CERTIFIED = "certified"
    REFUSED = "refused"
    EXIT = "exit"
    PUBLICITY = "publicity"
    VISIT = "visit"

    @property
    def looks(self) -> "Looks":
        return _LOOKS[self]

    @property
    def words(self) -> str:
        return _LOOKS[self].words


@dataclass(frozen=True, slots=True)
class Looks:
    """How a kind is called, the character that stands in its numbers, its form, and whose seal it carries."""

    words: str
    character: str
    form: str
    sealed_by: Sealer


_LOOKS = {
    PaperKind.APPLICATION: Looks("认定申请表", "申", "application", Sealer.NOBODY),
    PaperKind.SEALED_APPLICATION: Looks("认定申请表（加盖认定印章）", "表", "application", Sealer.COUNTY),
    PaperKind.REFERRAL: Looks("岗位推荐信", "荐", "referral", Sealer.OFFICE),
    PaperKind.CERTIFIED: Looks("认定通知书", "认", "certified", Sealer.COUNTY),
    PaperKind.REFUSED: Looks("不予认定通知书", "否", "refused", Sealer.COUNTY),
    PaperKind.EXIT: Looks("退出通知书", "退", "exit", Sealer.COUNTY),
    PaperKind.PUBLICITY: Looks("公示", "示", "publicity", Sealer.OFFICE),
    PaperKind.VISIT: Looks("入户走访记录", "访", "visit", Sealer.NOBODY),
}

FORMS_VERSION = 3
"""Raised whenever a form says or shows something else; kept with each paper."""


def number_of(issuer: str, kind: PaperKind, year: int, place: int) -> str:
    """Return the number (文号) of a paper: 220104零援认〔2026〕15号, counted per issuing office, kind and year."""
    return f"{issuer}零援{kind.looks.character}〔{year}〕{place}号"
