"""What a client may say, role by role, and what hostile ones try."""

from __future__ import annotations

import struct

import pytest
from beamtime_desktop.rfb import MAX_CLIPBOARD, RfbError, RfbFilter
from beamtime_desktop.tickets import Role

HELLO = b"RFB 003.008\n\x01\x01"

FORMAT = b"\0" * 20
ENCODINGS = struct.pack(">BxH2i", 2, 2, 0, -223)
PICTURES_ONLY = struct.pack(">BxHi", 2, 1, 0)
REQUEST = struct.pack(">BBHHHH", 3, 1, 0, 0, 10, 10)
KEY = struct.pack(">BBxxI", 4, 1, 0x61)
POINTER = struct.pack(">BBHH", 5, 1, 3, 4)
CUT = struct.pack(">B3xi", 6, 5) + b"hello"
EXTENDED_CUT = struct.pack(">B3xi", 6, -8) + b"\x08\0\0\x01data"
AUTOMATIC_CUTS = [
    struct.pack(">B3xiI", 6, -8, flag << 24 | 1) + b"data"
    # What it can do; give me yours; do you have one; here is mine.
    for flag in (0x01, 0x02, 0x04, 0x10)
]
CONTINUOUS = struct.pack(">BBHHHH", 150, 1, 0, 0, 9, 9)
FENCE = struct.pack(">B3xIB", 248, 1, 3) + b"abc"
XVP = b"\xfa\0\x01\x02"
QEMU = struct.pack(">BBHII", 255, 0, 1, 0x61, 30)


def size(width: int, height: int, screens: int = 1) -> bytes:
    head = struct.pack(">BxHHBx", 251, width, height, screens)
    return head + struct.pack(">IHHHHI", 7, 0, 0, width, height, 0) * screens


LOOKING = [FORMAT, ENCODINGS, REQUEST, CONTINUOUS, FENCE]
INPUT = [KEY, POINTER, CUT, EXTENDED_CUT, QEMU]


def passed(role: Role, message: bytes) -> bytes:
    """Give what goes on of `message`, sent after the handshake and the encodings."""
    rfb = RfbFilter(role)
    rfb.feed(HELLO + ENCODINGS)
    return rfb.feed(message)


@pytest.mark.parametrize(
    ("role", "allowed", "dropped"),
    [
        ("owner", [*LOOKING, *INPUT, size(800, 600)], [XVP]),
        ("control", [*LOOKING, *INPUT], [XVP, size(800, 600)]),
        ("view", LOOKING, [*INPUT, XVP, size(800, 600)]),
    ],
)
def test_passes_on_only_what_the_role_may_send(
    role: Role, allowed: list[bytes], dropped: list[bytes]
) -> None:
    for message in allowed:
        assert passed(role, message) == message
    for message in dropped:
        assert passed(role, message) == b""
    # And nothing shifts: what follows a dropped message is read as it should be.
    assert passed(role, b"".join(dropped) + REQUEST) == REQUEST


@pytest.mark.parametrize(
    ("greeting", "why"),
    [
        (b"RFB 003.003\n", "3.8"),
        (b"GET / HTTP/1", "3.8"),
        (b"RFB 003.008\n\x02", "security"),
    ],
)
def test_ends_on_a_greeting_that_would_shift_what_follows(greeting: bytes, why: str) -> None:
    with pytest.raises(RfbError, match=why):
        RfbFilter("owner").feed(greeting)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(b"\x01", id="a colour map, which only servers may set"),
        pytest.param(b"\x07\0\0\0", id="file transfer of UltraVNC"),
        pytest.param(b"\xfc\0\0\0", id="tight file list"),
        pytest.param(b"\xff\x01\0\0", id="QEMU audio"),
        pytest.param(struct.pack(">BxH", 2, 65535), id="65535 encodings"),
        pytest.param(struct.pack(">B3xI", 6, MAX_CLIPBOARD + 1), id="17 MiB pasted"),
        pytest.param(struct.pack(">B3xi", 6, -(2**31)), id="most negative length"),
        pytest.param(struct.pack(">B3xIB", 248, 0, 65), id="a long fence"),
    ],
)
@pytest.mark.parametrize("role", ["owner", "view"])
def test_ends_on_what_is_unknown_or_too_long(role: Role, message: bytes) -> None:
    with pytest.raises(RfbError):
        passed(role, message)


def test_gives_the_same_whole_or_byte_by_byte() -> None:
    talk = HELLO + b"".join([*LOOKING, *INPUT, XVP, size(640, 480)])
    rfb = RfbFilter("owner")
    piecewise = b"".join(rfb.feed(bytes([byte])) for byte in talk)
    assert piecewise == RfbFilter("owner").feed(talk)
    assert len(piecewise) == len(talk) - len(XVP)


def test_makes_every_connection_a_shared_one() -> None:
    assert RfbFilter("owner").feed(b"RFB 003.008\n\x01\x00") == HELLO


def test_holds_a_size_back_until_encodings_are_known() -> None:
    rfb = RfbFilter("owner")
    assert rfb.feed(HELLO + size(800, 600) + size(801, 601)) == HELLO
    assert rfb.feed(PICTURES_ONLY) == PICTURES_ONLY
    assert rfb.feed(ENCODINGS) == ENCODINGS + size(801, 601)
    assert rfb.feed(ENCODINGS) == ENCODINGS
    # The last ones count.
    assert rfb.feed(PICTURES_ONLY + size(800, 600)) == PICTURES_ONLY


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (size(5120, 5120), size(5120, 5120)),
        (size(16384, 16384), size(5120, 5120)),
        (size(65535, 300, screens=9), size(5120, 300)),
        (size(0, 600), b""),
        (size(800, 600, screens=0), b""),
    ],
)
def test_caps_the_size(asked: bytes, given: bytes) -> None:
    assert passed("owner", asked) == given


def test_hides_the_encoding_that_makes_pointer_messages_ambiguous() -> None:
    assert passed("owner", struct.pack(">BxH2i", 2, 2, -316, -223)) == struct.pack(
        ">BxHi", 2, 1, -223
    )


def test_counts_only_what_a_person_did() -> None:
    count = 0

    def on_input() -> None:
        nonlocal count
        count += 1

    rfb = RfbFilter("owner", on_input)
    rfb.feed(HELLO + b"".join([*LOOKING, size(640, 480)]))
    assert count == 0
    rfb.feed(b"".join(INPUT))
    assert count == len(INPUT)
    # What a browser sends by itself: the clipboard's answers, the pointer that rests.
    rfb.feed(b"".join([*AUTOMATIC_CUTS, POINTER, POINTER]))
    assert count == len(INPUT)
    rfb.feed(struct.pack(">BBHH", 5, 1, 4, 4))
    assert count == len(INPUT) + 1
