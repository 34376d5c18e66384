"""What Tencent Cloud's SMS error codes mean for one message: never, later, or nobody knows.

As with the other vendor, only a code that condemns this very message ends it; a code about the account, the sign, the
template or the key keeps the message for later.
"""

from datetime import timedelta

from notifications.gateways.port import Refused, Unavailable, Unknown

_NEVER = {
    "InvalidParameterValue.IncorrectPhoneNumber": "手机号码格式不正确，请核对后重新登记。",
    "FailedOperation.PhoneNumberInBlacklist": "该号码已退订或在运营商免打扰名单中，请人工联系。",
    "FailedOperation.ContainSensitiveWord": "短信用词含运营商禁用的字词。",
    "InvalidParameterValue.TemplateParameterFormatError": "短信用词不符合模板要求。",
    "InvalidParameterValue.TemplateParameterLengthLimit": "短信用词过长。",
    "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter": "短信用词中不能有网址。",
    "InvalidParameterValue.ContentLengthLimit": "短信内容过长。",
    "UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber": "收件号码不合要求。",
}
_LIMITED = {
    "LimitExceeded.DeliveryFrequencyLimit": timedelta(minutes=10),
    "LimitExceeded.PhoneNumberThirtySecondLimit": timedelta(minutes=2),
    "LimitExceeded.PhoneNumberOneHourLimit": timedelta(hours=1),
    "LimitExceeded.PhoneNumberDailyLimit": timedelta(hours=2),
    "LimitExceeded.PhoneNumberSameContentDailyLimit": timedelta(hours=2),
    "LimitExceeded.AppDailyLimit": timedelta(hours=2),
    "LimitExceeded.DailyLimit": timedelta(hours=2),
}


def meaning(code: str) -> Refused | Unavailable | Unknown:
    """Return the outcome that an error code stands for; an unknown code keeps the message for later."""
    if code in _NEVER:
        return Refused(code, _NEVER[code])
    if code.startswith("InternalError"):
        return Unknown(code)
    return Unavailable(code, _LIMITED.get(code, timedelta()))
