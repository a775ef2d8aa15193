"""What a display may say to a guest: an allow-list over RFB's server messages.

A display sends its clipboard to whoever is connected, and gives it to whoever asks. So
the stream to a guest is cut into messages, and those of the clipboard go on only while
the guest may type. That takes the length of every rectangle, hence a guest may ask for
`ENCODINGS` only, those whose lengths are known, and for 4 bytes a pixel. What is not
known ends the connection. The owner's stream is not looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Generator

from .rfb import NO_SECURITY, VERSION, RfbError

RAW, COPY, TIGHT, ZRLE = 0, 1, 7, 16
DESKTOP_SIZE, LAST_RECT, CURSOR, LED = -223, -224, -239, -261
QEMU_KEYS, DESKTOP_NAME, EXTENDED_SIZE = -258, -307, -308
_FENCE_SUPPORT, _CONTINUOUS_SUPPORT, _EXTENDED_CLIPBOARD = -312, -313, -0x3F5E1A32

ENCODINGS = frozenset(
    {
        *(RAW, COPY, TIGHT, ZRLE, DESKTOP_SIZE, LAST_RECT, CURSOR, LED),
        *(QEMU_KEYS, DESKTOP_NAME, EXTENDED_SIZE),
        *(_FENCE_SUPPORT, _CONTINUOUS_SUPPORT, _EXTENDED_CLIPBOARD),
        *range(-32, -22),  # JPEG's quality, 0 to 9
        *range(-256, -246),  # compression, 0 to 9
    }
)

UPDATE, COLOUR_MAP, BELL, CUT_TEXT = 0, 1, 2, 3
END_OF_CONTINUOUS, FENCE = 150, 248

PIXEL = 4
TIGHT_PIXEL = 3
"""Bytes a pixel: tight packing leaves out the one that is not used."""

_TIGHT_FILL, _TIGHT_JPEG, _TIGHT_FILTERED = 8, 9, 4
_TIGHT_COPY, _TIGHT_PALETTE, _TIGHT_GRADIENT = 0, 1, 2

Steps = Generator[int, bytes, None]
"""Asks for so many bytes, to read them; minus so many, to let them pass unread."""


class PictureFilter:
    """Cuts what a display sends into messages, and passes on what a guest may see.

    Parameters
    ----------
    may_see_clipboard:
        Asked when a message with the clipboard begins.
    """

    def __init__(self, may_see_clipboard: Callable[[], bool]) -> None:
        self._may_see_clipboard = may_see_clipboard
        self._buffer = bytearray()
        self._is_secret = False
        self._steps = self._talk()
        self._wanted = next(self._steps)

    def feed(self, data: bytes) -> bytes:
        """Take bytes from the display; give those that go on to the guest.

        Raises
        ------
        RfbError
            The display sent what is not understood.
        """
        self._buffer += data
        out = bytearray()
        while self._buffer or not self._wanted:
            if self._wanted < 0:
                passed = min(-self._wanted, len(self._buffer))
                self._take(passed, out)
                self._wanted += passed
                if self._wanted:
                    break
                self._wanted = self._steps.send(b"")
            elif len(self._buffer) < self._wanted:
                break
            else:
                # Whether it goes on is known only when it was looked at.
                seen = bytes(self._buffer[: self._wanted])
                following = self._steps.send(seen)
                self._take(self._wanted, out)
                self._wanted = following
        return bytes(out)

    def _take(self, count: int, out: bytearray) -> None:
        if not self._is_secret:
            out += self._buffer[:count]
        del self._buffer[:count]

    def _talk(self) -> Steps:
        if (yield 12) != VERSION:
            raise RfbError("the display does not speak RFB 3.8")
        (count,) = yield 1
        if NO_SECURITY not in (yield count):
            raise RfbError("the display wants a password")
        if (yield 4) != bytes(4):
            raise RfbError("the display refuses the connection")
        head = yield 24
        if head[4:8] != b"\x20\x18\x00\x01":
            raise RfbError("the display has other than 24 bits of colour")
        yield -_number(head[20:])
        while True:
            yield from self._message((yield 1)[0])

    def _message(self, kind: int) -> Steps:
        if kind == UPDATE:
            yield from _update()
        elif kind == COLOUR_MAP:
            yield -6 * _number((yield 5)[3:])
        elif kind == CUT_TEXT:
            self._is_secret = not self._may_see_clipboard()
            # Negative: the extended clipboard.
            yield -abs(int.from_bytes((yield 7)[3:], "big", signed=True))
            self._is_secret = False
        elif kind == FENCE:
            yield -(yield 8)[7]
        elif kind not in (BELL, END_OF_CONTINUOUS):
            raise RfbError(f"unknown message {kind} of the display")


def _update() -> Steps:
    # 65535 rectangles: as many as come before the one that says it is the last.
    for _ in range(_number((yield 3)[1:])):
        head = yield 12
        width, height, encoding = struct.unpack_from(">HHi", head, 4)
        if encoding == LAST_RECT:
            return
        yield from _rectangle(width, height, encoding)


def _rectangle(width: int, height: int, encoding: int) -> Steps:
    if encoding == RAW:
        yield -width * height * PIXEL
    elif encoding == COPY:
        yield -4
    elif encoding == TIGHT:
        yield from _tight(width, height)
    elif encoding in (ZRLE, DESKTOP_NAME):
        yield -_number((yield 4))
    elif encoding == CURSOR:
        yield -(width * height * PIXEL + (width + 7) // 8 * height)
    elif encoding == LED:
        yield -1
    elif encoding == EXTENDED_SIZE:
        yield -16 * (yield 4)[0]
    elif encoding not in (DESKTOP_SIZE, QEMU_KEYS):
        raise RfbError(f"unknown rectangle {encoding} of the display")


def _tight(width: int, height: int) -> Steps:
    kind = (yield 1)[0] >> 4
    if kind == _TIGHT_FILL:
        yield -TIGHT_PIXEL
        return
    if kind == _TIGHT_JPEG:
        yield -(yield from _compact())
        return
    if kind > 7:
        raise RfbError(f"unknown tight rectangle {kind} of the display")
    size = width * height * TIGHT_PIXEL
    if kind & _TIGHT_FILTERED:
        (named,) = yield 1
        if named == _TIGHT_PALETTE:
            colours = (yield 1)[0] + 1
            yield -colours * TIGHT_PIXEL
            size = ((width + 7) // 8 if colours == 2 else width) * height
        elif named not in (_TIGHT_COPY, _TIGHT_GRADIENT):
            raise RfbError(f"unknown tight filter {named} of the display")
    # So little is not compressed.
    yield -(size if size < 12 else (yield from _compact()))


def _compact() -> Generator[int, bytes, int]:
    """Read a number of 7, 14 or 22 bits, the lowest first."""
    number = 0
    for shift in (0, 7, 14):
        (byte,) = yield 1
        number |= (byte if shift == 14 else byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return number


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")
