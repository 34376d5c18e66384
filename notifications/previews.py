"""What a notice looks like when it arrives (通知预览): its text, signed, its parts, how and to whom it goes."""

from collections.abc import Mapping
from dataclasses import dataclass

from casework.events import Channel
from casework.notices import channels_of
from casework.states import Role
from notifications.catalog import Notice, Recipient
from notifications.rendering import DEFAULT_SIGN, carrier_template, numbered_template, render, signed
from notifications.sample_words import sample_words
from notifications.sms_parts import code_units, count_parts
from notifications.words import words_from

DOER_CHANNELS = "站内；办理人是帮扶责任人时另发短信"


@dataclass(frozen=True, slots=True)
class Preview:
    """One notice as it arrives.  `parts` and `units` are those of the text message; 0 when it is in-app alone.

    `goes` says for each addressee how it is told; the templates are what an office registers with its carriers.
    """

    name: str
    title: str
    goes: tuple[tuple[str, str], ...]
    text: str
    in_app: str
    parts: int
    units: int
    aliyun_template: str
    tencent_template: str

    @property
    def by_sms(self) -> bool:
        return self.parts > 0


def preview(notice: Notice, words: Mapping[str, str] | None = None, sign: str = "") -> Preview:
    """Return a notice as it arrives with these words (default: samples).

    Raises `WordsWrong` when they are not the notice's.
    """
    body = render(notice, words_from(notice.words, words or sample_words(notice)))
    text = signed(sign or DEFAULT_SIGN, body)
    by_sms = any(Channel.SMS in channels for _, channels in channels_by_recipient(notice))
    return Preview(
        name=notice.name,
        title=notice.title,
        goes=tuple((who.words, _said(notice, who)) for who in notice.recipients),
        text=text,
        in_app=body,
        parts=count_parts(text) if by_sms else 0,
        units=code_units(text) if by_sms else 0,
        aliyun_template=carrier_template(notice) if by_sms else "",
        tencent_template=numbered_template(notice) if by_sms else "",
    )


ROLES: dict[Recipient, Role | None] = {
    Recipient.APPLICANT: None,
    Recipient.VISITOR: None,
    Recipient.FORMER_HELPER: Role.HELPER,
    Recipient.FORMER_OFFICE: Role.SUPERVISOR,
    Recipient.DOER: Role.HELPER,
}
"""The role behind a recipient that is none itself; whoever does a task may be a helper, and is then told both ways."""


def channels_by_recipient(notice: Notice) -> tuple[tuple[Recipient, tuple[Channel, ...]], ...]:
    """Return how each recipient of a notice is told."""
    return tuple((who, channels_of(notice.name, _role(who))) for who in notice.recipients)


def _role(who: Recipient) -> Role | None:
    return ROLES[who] if who in ROLES else Role(who.value)


def _said(notice: Notice, who: Recipient) -> str:
    if who is Recipient.DOER:
        return DOER_CHANNELS
    channels = dict(channels_by_recipient(notice))[who]
    return "＋".join(channel.words for channel in channels)
