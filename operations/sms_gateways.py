"""The gateways that the settings name, built for the worker: the only place where carriers meet the settings."""

import time
from datetime import UTC, datetime
from secrets import token_hex
from types import MappingProxyType

from notifications.gateways.aliyun import AliyunGateway, AliyunSettings
from notifications.gateways.aliyun_signature import AccessKey
from notifications.gateways.failover import Gateways, Limits
from notifications.gateways.file import FileGateway
from notifications.gateways.port import SmsGateway
from notifications.gateways.tencent import TencentGateway, TencentSettings
from notifications.gateways.tencent_signature import SecretKey
from notifications.rendering import words_in_order
from operations.settings import Settings


def gateways_of(settings: Settings) -> Gateways:
    """Return the gateways in use, the preferred one first; the caller closes them."""
    named = [(carrier, _gateway(carrier, settings)) for carrier in settings.sms_carriers]
    return Gateways(named, clock=time.monotonic, limits=Limits(rest=settings.wanjia_sms_rest_seconds))


def _gateway(carrier: str, settings: Settings) -> SmsGateway:
    if carrier == "aliyun":
        return AliyunGateway(
            AliyunSettings(
                key=AccessKey(settings.wanjia_aliyun_access_key_id, settings.aliyun_secret),
                templates=MappingProxyType(settings.wanjia_aliyun_template_codes),
                endpoint=settings.wanjia_aliyun_endpoint,
                parameters_in="query",  # as the vendor's own SDK does; see docs/decisions/0008
            ),
            clock=lambda: datetime.now(UTC),
            nonce=lambda: token_hex(16),
        )
    if carrier == "tencent":
        return TencentGateway(
            TencentSettings(
                key=SecretKey(settings.wanjia_tencent_key_id, settings.tencent_secret),
                app_id=settings.wanjia_tencent_app_id,
                templates=MappingProxyType(settings.wanjia_tencent_template_ids),
                endpoint=settings.wanjia_tencent_endpoint,
                region=settings.wanjia_tencent_region,
            ),
            clock=lambda: datetime.now(UTC),
            order_of=words_in_order,
        )
    return FileGateway(settings.wanjia_home)
