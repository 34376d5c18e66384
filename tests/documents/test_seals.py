"""Seals: what was sealed is told from what was changed, and a platform that fails fails in words, sealing once."""

from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest

from documents.seal_check import SealState, look_at
from documents.seal_configured import SealsWrong, read_seals
from documents.seal_http import PlatformSeal, PlatformSettings
from documents.seal_keys import MadeKeys
from documents.seal_local import LocalSeal
from documents.seal_picture import SealPictures
from documents.seal_port import SealAnswerWrong, SealRefused, SealUnavailable, SealWanted
from tests.conftest import KEYS
from tests.documents.made_papers import CODE, OFFICE, OFFICE_NAME, ON, TYPESETTER, data, local_seal
from tests.documents.seal_platform import SealPlatform

PDF = TYPESETTER.pdf("certified", data(), ON)
WANTED = SealWanted("paper-1", OFFICE, OFFICE_NAME, PDF)


@pytest.fixture(scope="module")
def seal(tmp_path_factory: pytest.TempPathFactory) -> LocalSeal:
    return local_seal(tmp_path_factory.mktemp("seals"))


@pytest.fixture(scope="module")
def sealed(seal: LocalSeal) -> bytes:
    return seal.seal(WANTED)


def test_a_seal_is_added_to_the_paper_and_holds(seal: LocalSeal, sealed: bytes) -> None:
    assert sealed.startswith(PDF)
    found = look_at(sealed, seal.known_certificates())
    assert (found.state, found.marks) == (SealState.WHOLE, (CODE,))
    assert "测试印章".encode() in b"".join(seal.known_certificates())


def test_every_changed_byte_of_what_was_sealed_is_noticed(seal: LocalSeal, sealed: bytes) -> None:
    known = seal.known_certificates()
    hole = sealed.index(b"/Contents <", len(PDF))
    for place in (*range(9, len(PDF), 2003), len(PDF) + 5, hole - 40, len(sealed) - 9):
        changed = bytearray(sealed)
        changed[place] ^= 1
        assert look_at(bytes(changed), known).state in (SealState.CHANGED, SealState.NONE), place


def test_additions_stripping_and_other_keys_are_told_apart(seal: LocalSeal, sealed: bytes, tmp_path: Path) -> None:
    known = seal.known_certificates()
    assert look_at(sealed + b"\n1 0 obj <</A 1>> endobj\n%%EOF\n", known).state is SealState.ADDED
    assert look_at(PDF, known).state is SealState.NONE
    assert look_at(local_seal(tmp_path).seal(WANTED), known).state is SealState.OTHER
    assert look_at(sealed[: len(sealed) - 100], known).state is SealState.CHANGED


def test_a_signature_moved_to_another_paper_does_not_hold(seal: LocalSeal, sealed: bytes) -> None:
    other = seal.seal(SealWanted("paper-2", OFFICE, OFFICE_NAME, TYPESETTER.pdf("certified", data(address="别处"), ON)))
    at, there = sealed.index(b"/Contents <", len(PDF)), other.index(b"/Contents <", 1000)
    moved = other[:there] + sealed[at : at + 16000] + other[there + 16000 :]
    assert look_at(moved, seal.known_certificates()).state is SealState.CHANGED


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"/ByteRange [0 1 2 3]",
        b"/ByteRange [0 10 5 3] <00>",
        b"/ByteRange [0 21 25 3]<00>xxx",
        b"/ByteRange [0 999999999 999999999 9]" * 1000,
        b"wanjia-paper/7K2M9QXR4T0BX",
    ],
)
def test_what_is_no_paper_is_none(content: bytes) -> None:
    found = look_at(content, ())
    assert found.state in (SealState.NONE, SealState.CHANGED)
    assert found.marks == ()


def der(tag: int, body: bytes) -> bytes:
    length = len(body)
    size = bytes([length]) if length < 128 else bytes([0x83]) + length.to_bytes(3, "big")
    return bytes([tag]) + size + body


def crowded(certificates: int) -> bytes:
    """A PDF that names one signature eight times, in which the signer is looked for among very many certificates."""
    sha, name = der(0x30, bytes.fromhex("0609608648016503040201")), der(0x30, b"")
    of_key = der(0x30, bytes.fromhex("06082a8648ce3d040302"))
    signer = der(0x30, b"\x02\x01\x01" + der(0x30, name + b"\x02\x01\x07") + sha + of_key + der(4, b"x" * 64))
    other = der(0x30, der(0x30, b"\xa0\x03\x02\x01\x02\x02\x01\x08" + of_key + name))
    data = der(0x30, bytes.fromhex("06092a864886f70d010701"))
    signed = b"\x02\x01\x01" + der(0x31, sha) + data + der(0xA0, other * certificates) + der(0x31, signer)
    whole = der(0x30, bytes.fromhex("06092a864886f70d010702") + der(0xA0, der(0x30, signed)))
    file = b"%PDF-1.7 <" + whole.hex().encode() + b">"
    return file + b"".join(b"/ByteRange [0 9 %d %d]" % (len(file), n) for n in range(1, 9))


@pytest.mark.parametrize("certificates", [50, 150_000])
def test_a_signature_that_goes_on_and_on_is_not_read(certificates: int) -> None:
    content, began = crowded(certificates), process_time()
    assert look_at(content, (b"x",)).state is SealState.CHANGED
    assert process_time() - began < 1.5


def test_what_is_typed_to_be_searched_for_ever_is_searched_once() -> None:
    began = process_time()
    for content in (b"/ByteRange" + b" " * 5_000_000, b"/ByteRange [ 123456789 " * 200_000, b"wanjia-paper/" * 400_000):
        assert look_at(content, ()).state is SealState.NONE
    assert process_time() - began < 5


def test_a_file_full_of_marks_is_not_asked_about_each() -> None:
    content = b" ".join(b"wanjia-paper/%012d" % n for n in range(10_000))
    assert len(look_at(content, ()).marks) == 4


@pytest.mark.parametrize(
    "name", ["延边朝鲜族自治州延吉市人力资源和社会保障局公共就业和人才服务中心", "长" * 60, "Ａ局" * 9]
)
def test_an_office_with_a_long_name_seals_too(seal: LocalSeal, tmp_path: Path, name: str) -> None:
    long = local_seal(tmp_path)
    found = look_at(long.seal(SealWanted("paper-1", OFFICE, name, PDF)), long.known_certificates())
    assert found.state is SealState.WHOLE


def test_made_keys_are_kept_encrypted_and_each_office_has_its_own(tmp_path: Path) -> None:
    keys = MadeKeys(tmp_path, KEYS)
    first, again, other = keys.of("220104", "甲"), keys.of("220104", "甲"), keys.of("220105", "乙")
    assert first == again != other
    assert first.key not in (tmp_path / "220104.key").read_bytes()
    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}
    assert set(keys.certificates()) == {first.certificate, other.certificate}


@pytest.fixture
def platform(seal: LocalSeal) -> Iterator[SealPlatform]:
    server = SealPlatform(seal, token="k")
    yield server
    server.stop()


def at(platform: SealPlatform, seal: LocalSeal, **more: object) -> PlatformSeal:
    known = {"certificates": seal.known_certificates(), "token": "k", "timeout": 30} | more
    return PlatformSeal(PlatformSettings(platform.url, **known), wait=lambda _: None)  # type: ignore[arg-type]


def test_the_platform_seals_what_it_is_sent(platform: SealPlatform, seal: LocalSeal, sealed: bytes) -> None:
    client = at(platform, seal)
    done = client.seal(WANTED)
    assert look_at(done, seal.known_certificates()).state is SealState.WHOLE
    assert platform.keys == ["paper-1"]
    assert platform.asked[0]["place"] == {"page": "last", "right_mm": 42, "bottom_mm": 33, "side_mm": 42}
    client.close()


@pytest.mark.parametrize("modes", [["503", "429", "ok"], ["hang_up", "ok"], ["slow", "ok"]])
def test_what_did_not_arrive_is_asked_again_and_sealed_once(
    platform: SealPlatform, seal: LocalSeal, sealed: bytes, modes: list[str]
) -> None:
    platform.modes = modes
    client = at(platform, seal, timeout=2 if "slow" in modes else 30)
    assert client.seal(WANTED).startswith(PDF)
    assert set(platform.keys) == {"paper-1"}
    assert len(platform.made) == 1
    client.close()


@pytest.mark.parametrize(
    ("mode", "error", "asked"),
    [
        ("503", SealUnavailable, 3),
        ("hang_up", SealUnavailable, 3),
        ("403", SealRefused, 1),
        ("302", SealRefused, 1),
        ("nonsense", SealAnswerWrong, 1),
        ("unsealed", SealAnswerWrong, 1),
        ("another", SealAnswerWrong, 1),
        ("misdirected", SealAnswerWrong, 1),
    ],
)
def test_a_platform_that_fails_fails_in_words(
    platform: SealPlatform, seal: LocalSeal, sealed: bytes, mode: str, error: type[Exception], asked: int
) -> None:
    platform.made["another"] = seal.seal(SealWanted("x", OFFICE, OFFICE_NAME, TYPESETTER.pdf("visit", data(), ON)))
    platform.modes = [mode]
    client = at(platform, seal)
    with pytest.raises(error) as said:
        client.seal(WANTED)
    assert "没有制发" in str(said.value)
    assert len(platform.asked) == asked
    client.close()


def test_a_seal_by_a_key_that_is_not_the_platforms_is_refused(
    platform: SealPlatform, seal: LocalSeal, sealed: bytes, tmp_path: Path
) -> None:
    client = at(platform, seal, certificates=())
    with pytest.raises(SealAnswerWrong):
        client.seal(WANTED)
    client.close()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[platform]\nurl='http://seal.example'\ncertificates='x'", "platform.url"),
        ("[keys.220104]\nkey='no'\ncertificate='no'", "220104"),
        ("[key]", "key"),
        ("=", "TOML"),
    ],
)
def test_a_wrong_configuration_is_named(tmp_path: Path, text: str, says: str) -> None:
    place = tmp_path / "seals.toml"
    place.write_text(text, encoding="utf-8")
    with pytest.raises(SealsWrong) as said:
        read_seals(place, MadeKeys(tmp_path, KEYS), SealPictures(tmp_path, TYPESETTER))
    assert says in str(said.value)


def test_a_configured_key_seals_for_its_office_without_the_word_test(tmp_path: Path) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization

    made = MadeKeys(tmp_path / "other", KEYS).of(OFFICE, "真")
    private = serialization.load_der_private_key(made.key, None)
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    (tmp_path / "k.pem").write_bytes(private.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    (tmp_path / "c.pem").write_bytes(x509.load_der_x509_certificate(made.certificate).public_bytes(pem))
    (tmp_path / "seals.toml").write_text(
        f"[keys.{OFFICE}]\nkey='{tmp_path}/k.pem'\ncertificate='{tmp_path}/c.pem'\n", encoding="utf-8"
    )
    keys = MadeKeys(tmp_path / "made", KEYS)
    service = read_seals(tmp_path / "seals.toml", keys, SealPictures(tmp_path / "p", TYPESETTER))
    assert not service.only_for_trying(OFFICE)
    assert service.only_for_trying("220199")
    assert look_at(service.seal(WANTED), [made.certificate]).state is SealState.WHOLE
    assert not keys.certificates()
