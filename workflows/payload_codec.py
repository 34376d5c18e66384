"""The codec of everything that Temporal stores: compressed, then sealed with AES-256-GCM.

Payloads carry ids and facts, never names; what the rules know of a member (birth date, status) is still nobody's
business, so the engine's store holds it sealed.  The key is derived by the caller from the key file.
"""

import os
import zlib
from collections.abc import Iterable, Sequence

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter, PayloadCodec

ENCODING = b"binary/wanjia-sealed-1"
_NONCE = 12


class SealingCodec(PayloadCodec):
    """Seals each payload with a fresh nonce.  An unsealed one (an operator's own, from the engine's tools) passes."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._sealed(p) for p in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return list(self._opened(payloads))

    def _sealed(self, payload: Payload) -> Payload:
        nonce = os.urandom(_NONCE)
        plain = zlib.compress(payload.SerializeToString(), 1)
        return Payload(metadata={"encoding": ENCODING}, data=nonce + self._aead.encrypt(nonce, plain, ENCODING))

    def _opened(self, payloads: Sequence[Payload]) -> Iterable[Payload]:
        for payload in payloads:
            if payload.metadata.get("encoding") != ENCODING:
                yield payload
                continue
            nonce, sealed = payload.data[:_NONCE], payload.data[_NONCE:]
            yield Payload.FromString(zlib.decompress(self._aead.decrypt(nonce, sealed, ENCODING)))


def data_converter(key: bytes) -> DataConverter:
    """Return the one data converter of client, worker and tests: pydantic shapes, sealed payloads."""
    from dataclasses import replace

    return replace(pydantic_data_converter, payload_codec=SealingCodec(key))
