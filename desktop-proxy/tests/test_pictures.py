"""What a display says to a guest: real pictures go on as they are, the clipboard does not."""

from __future__ import annotations

import asyncio
import random
import struct
import sys
from pathlib import Path

import pytest
from beamtime_desktop.pictures import ENCODINGS, PictureFilter
from beamtime_desktop.rfb import RfbError

from .conftest import HERE, Gateway, within

HELLO = b"RFB 003.008\n" + b"\x01\x01" + bytes(4)
FORMAT = bytes.fromhex("20 18 00 01 00ff 00ff 00ff 10 08 00 000000")
INIT = struct.pack(">HH", 640, 480) + FORMAT + struct.pack(">I", 4) + b"name"
GREETING = HELLO + INIT
CUT = struct.pack(">B3xi", 3, 6) + b"secret"
EXTENDED_CUT = struct.pack(">B3xi", 3, -8) + b"\x10\0\0\x01data"
BELL = b"\x02"


def update(*rectangles: bytes, count: int | None = None) -> bytes:
    return struct.pack(">BxH", 0, len(rectangles) if count is None else count) + b"".join(
        rectangles
    )


def rectangle(encoding: int, payload: bytes = b"", width: int = 10, height: int = 3) -> bytes:
    return struct.pack(">HHHHi", 1, 2, width, height, encoding) + payload


PICTURES = [
    update(rectangle(0, b"\x03" * 120), rectangle(1, b"\0\1\0\2")),
    update(rectangle(7, b"\x80abc")),  # One colour.
    update(rectangle(7, b"\x90\x85\x01" + b"j" * 133)),  # JPEG of 133 bytes.
    update(rectangle(7, b"\x00\x05zlib!")),
    update(rectangle(7, b"\x40\x01\x01" + b"p" * 6 + b"b" * 6)),  # 2 colours, uncompressed.
    update(rectangle(7, b"\x40\x01\x07" + b"p" * 24 + b"\x03zzz")),  # 8 colours.
    update(rectangle(7, b"\x60\x02\x81\x80\x01" + b"z" * 16385)),  # Gradient, 3 bytes of length.
    update(rectangle(7, b"\x00abc", 1, 1)),  # So little that it is not compressed.
    update(rectangle(16, struct.pack(">I", 5) + b"zrle!")),
    update(rectangle(-239, b"c" * 120 + b"m" * 6), rectangle(-223)),
    update(rectangle(-307, struct.pack(">I", 2) + b"hi"), rectangle(-261, b"\1"), rectangle(-258)),
    update(rectangle(-308, b"\1\0\0\0" + bytes(16))),
    update(rectangle(1, b"\0\0\0\0"), rectangle(-224), count=0xFFFF),
    BELL,
    b"\x96",
    struct.pack(">B3xIB", 248, 1, 3) + b"abc",
    struct.pack(">BxHH", 1, 0, 2) + b"c" * 12,
]


@pytest.mark.parametrize("may_see", [True, False])
def test_passes_all_but_a_secret_clipboard(may_see: bool) -> None:
    talk = GREETING + CUT.join(PICTURES) + EXTENDED_CUT + BELL
    wanted = GREETING + b"".join(PICTURES) + BELL
    for size in (1, 7, len(talk)):
        pictures = PictureFilter(lambda: may_see)
        pieces = [talk[at : at + size] for at in range(0, len(talk), size)]
        given = b"".join(pictures.feed(piece) for piece in pieces)
        assert given == (talk if may_see else wanted)


def test_follows_a_role_that_changes() -> None:
    may_see = False
    pictures = PictureFilter(lambda: may_see)
    pictures.feed(GREETING)
    assert pictures.feed(CUT[:10]) == b""
    may_see = True  # In the midst of a message that began when it was secret.
    assert pictures.feed(CUT[10:] + BELL) == BELL
    assert pictures.feed(CUT) == CUT


@pytest.mark.parametrize(
    "talk",
    [
        pytest.param(b"RFB 003.003\n", id="another version"),
        pytest.param(b"RFB 003.008\n\x01\x02", id="a password"),
        pytest.param(b"RFB 003.008\n\x01\x01\0\0\0\1", id="a refusal"),
        pytest.param(GREETING.replace(b"\x20\x18", b"\x10\x10"), id="16 bits a pixel"),
        pytest.param(GREETING + b"\x04", id="an unknown message"),
        pytest.param(GREETING + update(rectangle(5)), id="hextile"),
        pytest.param(GREETING + update(rectangle(7, b"\xa0")), id="tight PNG"),
        pytest.param(GREETING + update(rectangle(7, b"\x40\x03")), id="a tight filter"),
    ],
)
def test_ends_on_what_is_not_understood(talk: bytes) -> None:
    with pytest.raises(RfbError):
        PictureFilter(lambda: True).feed(talk)


JPEG = b"\xff\xd8\xff"
# Without fences: whoever says to know them has to answer them, or gets no more pictures.
_LOSSLESS = sorted(
    e for e in ENCODINGS - {-312, -313} if not -32 <= e <= -23 and not -256 <= e <= -247
)


@pytest.mark.parametrize(
    "encodings",
    [
        pytest.param([7, *_LOSSLESS], id="tight"),
        pytest.param([7, *_LOSSLESS, -32 + 4, -256 + 3], id="tight with JPEG"),
        pytest.param([16, *_LOSSLESS], id="zrle"),
        pytest.param([0, *_LOSSLESS], id="raw"),
    ],
)
async def test_understands_what_the_real_xvnc_sends(
    gateway: Gateway, bin_folder: Path, encodings: list[int]
) -> None:
    xterm = bin_folder / "xterm"
    xterm.write_text(f"#!/bin/sh\nexec {sys.executable} {HERE / 'paint_noise.py'}\n")
    xterm.chmod(0o755)
    await gateway.ready()
    await gateway.start()
    (rfb,) = gateway.folder.glob("*/rfb")
    reader, writer = await asyncio.open_unix_connection(rfb)
    writer.write(b"RFB 003.008\n\x01\x01")
    writer.write(struct.pack(f">BxH{len(encodings)}i", 2, len(encodings), *encodings))
    area = struct.pack(">HHHH", 0, 0, 640, 480)
    sizes, with_jpeg = random.Random(1), -32 + 4 in encodings
    pictures, came, went = PictureFilter(lambda: True), bytearray(), bytearray()
    has_jpeg = False
    async with within(90):
        while len(came) < 300_000 or (with_jpeg and not has_jpeg):
            # What did not change is sent without loss, hence not as JPEG.
            writer.write(struct.pack(">BB", 3, with_jpeg) + area)
            data = await reader.read(65536)
            assert data, "Xvnc closed the connection"
            came += data
            has_jpeg = has_jpeg or JPEG in data
            while data:
                size = sizes.choice([1, 5, 100, 65536])
                went += pictures.feed(data[:size])
                data = data[size:]
    writer.close()
    # All but what it has not fully seen yet, which is never more than a head.
    assert came.startswith(went)
    assert len(came) - len(went) < 1024
