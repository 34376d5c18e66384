"""What Alibaba Cloud's SMS error codes mean for one message: never, later, or nobody knows.

Only a code that condemns this very message (its number, its words) ends it.  A code about the office's account, sign,
template or key keeps the message for later: once somebody has put it right, the notice goes out.
"""

from datetime import timedelta

from notifications.gateways.port import Refused, Unavailable, Unknown

_NEVER = {
    "isv.MOBILE_NUMBER_ILLEGAL": "手机号码格式不正确，请核对后重新登记。",
    "isv.MOBILE_COUNT_OVER_LIMIT": "收件号码数量超限。",
    "isv.DOMESTIC_NUMBER_NOT_SUPPORTED": "该短信模板不支持境内号码。",
    "isv.INVALID_PARAMETERS": "短信参数不合法。",
    "isv.INVALID_JSON_PARAM": "短信用词格式不合法。",
    "isv.TEMPLATE_MISSING_PARAMETERS": "短信模板缺少用词。",
    "isv.TEMPLATE_PARAMS_ILLEGAL": "短信用词不符合模板要求。",
    "isv.PARAM_LENGTH_LIMIT": "短信用词过长。",
    "isv.PARAM_NOT_SUPPORT_URL": "短信用词中不能有网址。",
    "isv.BLACK_KEY_CONTROL_LIMIT": "短信用词含运营商禁用的字词。",
}
_LIMITED = {
    "isv.BUSINESS_LIMIT_CONTROL": timedelta(hours=1),
    "isv.DAY_LIMIT_CONTROL": timedelta(hours=2),
    "isv.MONTH_LIMIT_CONTROL": timedelta(hours=12),
}
_AMBIGUOUS = frozenset({"isp.SYSTEM_ERROR", "isp.GATEWAY_ERROR", "isp.UNKNOWN", "InternalError"})


def meaning(code: str) -> Refused | Unavailable | Unknown:
    """Return the outcome that an error code stands for; an unknown code keeps the message for later."""
    if code in _NEVER:
        return Refused(code, _NEVER[code])
    if code in _AMBIGUOUS:
        return Unknown(code)
    return Unavailable(code, _LIMITED.get(code, timedelta()))
