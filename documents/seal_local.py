"""The local seal (本机印章): a PAdES signature with the visible red seal, made with an EC key of the office.

Not a statutory electronic seal (GB/T 38540, SM2), which only an official platform makes: see `seal_http.py`.  Until a
real key is configured, every seal says 测试印章.
"""

from collections.abc import Mapping
from io import BytesIO

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.seal_keys import MadeKeys, SealKey
from documents.seal_picture import REAL, TEST, SealPictures
from documents.seal_port import BOTTOM, RIGHT, SIDE, SealWanted

A4_WIDTH = 595.28
BOX = (
    round(A4_WIDTH - RIGHT - SIDE),
    round(BOTTOM),
    round(A4_WIDTH - RIGHT),
    round(BOTTOM + SIDE),
)
FIELD = "Seal"
ROOM = 8192
"""Bytes kept for the signature: enough for a chain of certificates."""


class LocalSeal:
    """Owns no state: keys and pictures are given.  `real` are the configured keys by office or area code."""

    def __init__(self, made: MadeKeys, pictures: SealPictures, real: Mapping[str, SealKey] | None = None) -> None:
        self._made = made
        self._pictures = pictures
        self._real = real or {}

    def only_for_trying(self, office: str) -> bool:
        return office not in self._real

    def seal(self, wanted: SealWanted) -> bytes:
        """Return the PDF with the office's seal on its last page."""
        real = self._real.get(wanted.office)
        key = real or self._made.of(wanted.office, wanted.office_name)
        picture = self._pictures.of(wanted.office_name, REAL if real else TEST)
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple([asn1_x509.Certificate.load(one) for one in key.chain])
        signer = signers.SimpleSigner(
            signing_cert=asn1_x509.Certificate.load(key.certificate),
            signing_key=asn1_keys.PrivateKeyInfo.load(key.key),
            cert_registry=store,
        )
        writer = IncrementalPdfFileWriter(BytesIO(wanted.pdf))
        pages = writer.root["/Pages"]["/Count"]
        fields.append_signature_field(
            writer, fields.SigFieldSpec(FIELD, on_page=int(pages) - 1, box=BOX, readable_field_name="电子印章")
        )
        about = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            name=wanted.office_name,
            certify=True,
            docmdp_permissions=fields.MDPPerm.NO_CHANGES,
            subfilter=fields.SigSeedSubFilter.PADES,
        )
        style = StaticStampStyle.from_pdf_file(str(picture), border_width=0, background_opacity=1.0)
        sealed = signers.PdfSigner(about, signer, stamp_style=style).sign_pdf(writer, bytes_reserved=ROOM)
        return bytes(sealed.getvalue())

    def known_certificates(self) -> tuple[bytes, ...]:
        """Return those of the configured keys and of every made one: old test seals stay known."""
        return (*(key.certificate for key in self._real.values()), *self._made.certificates())
