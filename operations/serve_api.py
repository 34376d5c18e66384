"""The process people speak to: settings in, API and console out, uvicorn around them.

The only place where the API meets the settings: `api/app.py` knows no environment, it gets one `ApiConfig`; the pages
of `console/app.py` live on the same desk.
"""

import gc
import os
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from typing import Any

import uvicorn
from temporalio.client import Client

from api.app import ApiConfig, create_app
from connectors.configured import read_connectors
from console.app import with_console
from desk.case_client import CaseClient
from operations.first_admin import code_file
from operations.liveness import INSTANCE_VARIABLE
from operations.readiness import INSTANCE_HEADER
from operations.settings import Settings, load_settings
from operations.sms_gateways import gateways_of
from workflows.payload_codec import data_converter

Message = MutableMapping[str, Any]
App = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]


def api_of(settings: Settings) -> App:
    """Build the app of these settings.  A new setting of the API is handed over here and nowhere else."""

    async def connect(key: bytes) -> CaseClient:
        """Make the engine's client without waiting for the engine: reading works while it is away."""
        client = await Client.connect(
            settings.engine_address,
            namespace=settings.temporal_namespace,
            data_converter=data_converter(key),
            lazy=True,
        )
        return CaseClient(client)

    app = create_app(
        ApiConfig(
            database_url=settings.record_url,
            key_file=settings.key_path,
            connect=connect,
            clock=lambda: datetime.now(UTC),
            first_code_file=code_file(settings),
            evidence=settings.evidence,
            press=settings.press,
            drill=settings.wanjia_drill,
            receipt_token=settings.receipt_token,
            connectors=read_connectors(settings.wanjia_connectors_file),
            gateways=gateways_of(settings),
            sms_sign=settings.wanjia_sms_sign,
        )
    )
    return with_instance(with_console(app), os.environ.get(INSTANCE_VARIABLE, ""))


def with_instance(app: App, token: str) -> App:
    """Name this start in each answer, so that the supervisor knows its own child from a stranger on the port."""
    header = (INSTANCE_HEADER.lower().encode("ascii"), token.encode("ascii"))

    async def marked(scope: Message, receive: Callable[[], Awaitable[Message]], send: Any) -> None:
        async def send_marked(message: Message) -> None:
            if token and message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), header]
            await send(message)

        await app(scope, receive, send_marked)

    return marked


def main() -> None:
    """Serve until SIGTERM.  No access log: addresses carry case numbers, and the record keeps its own audit.

    What has been imported stays for good; looking through it again for what may go took a tenth of a page's time.
    """
    settings = load_settings()
    app = api_of(settings)
    gc.collect()
    gc.freeze()
    uvicorn.run(
        app,
        host=settings.wanjia_api_host,
        port=settings.wanjia_api_port,
        ws="none",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=8,
    )


if __name__ == "__main__":
    main()
