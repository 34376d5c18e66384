"""The public's phone codes (手机验证码): sent at once, limited by phone and address, tried a few times.

The code itself goes to the phone and nowhere else: no page shows it, no log holds it, the record keeps a digest.
"""

from datetime import datetime
from secrets import randbelow, token_urlsafe
from unicodedata import normalize

from pydantic import TypeAdapter, ValidationError

from casework.errors import CaseworkError, SaidNo
from desk.desk import Desk, off_loop
from desk.errors import TooManyTries
from desk.intake_form import Mobile
from desk.throttle import network_of
from notifications.at_once import AtOnce, send_at_once
from records.phone_codes import (
    LIVES,
    PhoneVisit,
    ask_about,
    end_visit,
    keep_code,
    phone_visit,
    room_for_code,
    try_code,
)

MOBILE: TypeAdapter[str] = TypeAdapter(Mobile)
_TO = "网上办事"
LENGTH = 6


class TooManyCodes(TooManyTries):
    """This phone or this address has asked for too many codes within the hour."""

    def __init__(self) -> None:
        super().__init__()
        self.code = "too_many_codes"
        self.message = "这个手机号或这台设备所在的网络一小时内要的验证码太多，请过一小时再试，或到受理窗口办理。"


class CodeNotSent(CaseworkError):
    """No gateway took the message."""

    def __init__(self) -> None:
        super().__init__("code_not_sent", "短信暂时发不出去，请过几分钟再试，或到受理窗口办理。", field="phone")


def mobile(typed: str | None) -> str:
    """Return a mobile number as typed, without blanks; raises `SaidNo` (phone_wrong)."""
    try:
        return MOBILE.validate_python(typed or "")
    except ValidationError:
        raise SaidNo("phone_wrong", "请填写11位手机号，以1开头。", field="phone") from None


async def send_code(desk: Desk, phone: str, address: str, about: str | None, now: datetime) -> str:
    """Send a code to a phone and return the token of the browser that may type it.

    Raises `TooManyCodes` or `CodeNotSent`.  It says nothing of whether anybody knows the phone or the number.
    """
    token, code = token_urlsafe(24), f"{randbelow(10**LENGTH):0{LENGTH}d}"
    async with desk.turn("phone codes"):
        await off_loop(_keep, desk, token, code, phone, address, about, now)
    words = {"code": code, "minutes": str(LIVES.seconds // 60)}
    sent = desk.gateways is not None and await off_loop(
        send_at_once,
        desk.gateways,
        AtOnce(f"code/{token_urlsafe(12)}", "phone_code", _TO, phone, words),
        now,
        desk.sign,
    )
    if not sent:
        raise CodeNotSent
    return token


def _keep(desk: Desk, token: str, code: str, phone: str, address: str, about: str | None, now: datetime) -> None:
    with desk.record.write() as work:
        network = network_of(address)
        if not room_for_code(work, phone, network, now):
            raise TooManyCodes
        keep_code(work, token=token, code=code, phone=phone, address=network, about=about, now=now)


def check_code(desk: Desk, token: str, code: str, now: datetime) -> None:
    """Let the visitor in, or raise `SaidNo` (code_short, code_wrong, code_over); what is no code counts as no try."""
    digits = "".join(c for c in normalize("NFKC", code) if c.isascii() and c.isdigit())
    if len(digits) != LENGTH:
        raise SaidNo("code_short", f"请填写短信里的{LENGTH}位数字验证码。", field="code")
    with desk.record.write() as work:
        outcome = try_code(work, token, digits, now)
    if outcome == "over":
        raise SaidNo("code_over", "验证码已失效（超过10分钟，或输错5次），请重新获取。", field="code")
    if outcome != "right":
        said = f"验证码不对，还可以再试{outcome}次。请核对最近一条短信里的{LENGTH}位数字。"
        raise SaidNo("code_wrong", said, field="code")


def visit(desk: Desk, token: str, now: datetime) -> PhoneVisit | None:
    """Return the visit of a browser, or None when it is over."""
    with desk.record.read() as work:
        return phone_visit(work, token, now)


def turn_to(desk: Desk, token: str, about: str) -> None:
    """Remember which number the visitor asks about."""
    with desk.record.write() as work:
        ask_about(work, token, about)


def leave(desk: Desk, token: str) -> None:
    """End the visit."""
    with desk.record.write() as work:
        end_visit(work, token)
