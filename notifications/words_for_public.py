"""The words (用词) of what goes at once to somebody who stands at the public's door without an account."""

from dataclasses import dataclass

from notifications.words import NoticeWords, Words


@dataclass(frozen=True, slots=True)
class PhoneCode(Words):
    """The only message about nothing: it goes to a phone before anything is known of whose it is."""

    code: str
    minutes: int


@dataclass(frozen=True, slots=True)
class ObjectionAnswered(NoticeWords):
    """`case_no` is the receipt number; what was answered is read with the phone's code, never in a message."""


@dataclass(frozen=True, slots=True)
class ApplicationReturned(NoticeWords):
    """`case_no` is the receipt number; `counted` places are to be corrected."""

    counted: int
