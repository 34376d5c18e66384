"""What was typed into a form (表单), and what is wrong with it: plain values, kept as typed.

A page with mistakes is shown again (422) with everything typed, the mistakes on top, each a link to its field.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from starlette.datastructures import FormData, UploadFile

from casework.errors import CaseworkError

KEY = "request_key"
"""The hidden field that makes a second click, a reload or the back button the same request (Idempotency-Key)."""

_A_KEY = re.compile(r"[\x21-\x7e]{8,120}")
_OURS = (KEY, "csrf")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to correct: the field's name in the form (None: the form as a whole), and what to do, in Chinese."""

    field: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one posted form, in order; the same name may come several times.

    U+0000 is left out: no key types it, and PostgreSQL keeps it in no text.
    """

    pairs: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, UploadFile], ...] = ()

    @classmethod
    def of(cls, posted: FormData) -> "Form":
        texts = ((name, value) for name, value in posted.multi_items() if isinstance(value, str))
        pairs = tuple((name.replace("\0", ""), value.replace("\0", "")) for name, value in texts)
        files = tuple((n, v) for n, v in posted.multi_items() if isinstance(v, UploadFile) and v.filename)
        return cls(pairs, files)

    @classmethod
    def with_values(cls, values: Mapping[str, Any]) -> "Form":
        """Return a form that shows these values, for a page that is opened with something in it."""
        return cls(tuple((name, str(value)) for name, value in values.items() if value is not None))

    def text(self, name: str) -> str | None:
        """Return what stands in a field, without the blanks around it; None when it is empty or not there."""
        value = next((value.strip() for key, value in self.pairs if key == name), "")
        return value or None

    def typed(self, name: str) -> str:
        """Return a field exactly as typed, to show it again."""
        return next((value for key, value in self.pairs if key == name), "")

    def many(self, name: str) -> tuple[str, ...]:
        """Return every value of a field (check boxes)."""
        return tuple(value for key, value in self.pairs if key == name and value)

    def ticked(self, name: str, value: str) -> bool:
        return (name, value) in self.pairs

    def file(self, name: str) -> UploadFile | None:
        return next((file for key, file in self.files if key == name), None)

    @property
    def key(self) -> str:
        """The request key of the form; one that was tampered with is replaced, so it stands for nothing."""
        found = self.typed(KEY)
        return found if _A_KEY.fullmatch(found) else new_key()

    @property
    def again(self) -> tuple[tuple[str, str], ...]:
        """Everything typed, to be carried along as hidden fields."""
        return tuple((name, value) for name, value in self.pairs if name not in _OURS)


def with_lost_files(form: object, mistakes: Sequence[Mistake]) -> tuple[Mistake, ...]:
    """Return the mistakes, and of each file that was chosen that it must be chosen anew: no browser gives it twice."""
    told = {mistake.field for mistake in mistakes}
    files = form.files if isinstance(form, Form) and mistakes else ()
    lost = dict.fromkeys(name for name, _ in files if name not in told)
    return (*mistakes, *(Mistake(name, "刚才选的文件没有保存，请再选一次") for name in lost))


ON_PAGES = {
    "engine_unavailable": "办理引擎暂时连接不上，提交没有得到确认。请保留页面，过一两分钟再次提交，不会重复办理。",
    "record_unavailable": "记录库暂时连接不上，没有保存。请保留页面，过一两分钟再次提交，不会重复办理。",
    "accepted_not_recorded": "已受理，正在写入记录。请稍等片刻，在这一页再次提交，就能看到结果，不会重复办理。",
    "idempotency_key_reused": "这张表已经提交过另一份内容。请先查看是否已经办理；要另办一次的，重新打开表格填写。",
}
"""What errors say to whoever sees a page, where their own words are for programs, which repeat a request's key."""


def words_of(error: CaseworkError) -> str:
    """Return what an error says on a page."""
    return ON_PAGES.get(error.code, error.message)


def new_key() -> str:
    """Return the request key of a form that is shown for the first time."""
    return uuid4().hex


def mistakes_of(error: CaseworkError, fields: Sequence[str] = ()) -> tuple[Mistake, ...]:
    """Return what a typed error asks to correct; a field the page does not have is said of the form as a whole."""
    field = error.field if error.field in fields or not fields else None
    return (Mistake(field, words_of(error)),)
