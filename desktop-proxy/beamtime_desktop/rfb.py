"""What a browser may say to a desktop: an allow-list over RFB's client messages.

The lengths of all messages are known, so the stream is cut into messages, and only
those go on that the role allows. A message that is not known ends the connection:
its length is not known either, and what follows could be read in two ways.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from .tickets import Role

MAX_SIDE = 5120
"""Longest side of a desktop, pixels. Xvnc obeys 16384 x 16384, which is 1 GiB."""

MAX_CLIPBOARD = 16 * 1024 * 1024
"""Longest clipboard, bytes; Xvnc is told the same."""

MAX_ENCODINGS = 512
MAX_FENCE = 64

VERSION = b"RFB 003.008\n"
NO_SECURITY = b"\x01"

SET_PIXEL_FORMAT, SET_ENCODINGS, UPDATE_REQUEST = 0, 2, 3
KEY, POINTER, CUT_TEXT = 4, 5, 6
CONTINUOUS_UPDATES, FENCE, XVP, SET_SIZE, QEMU = 150, 248, 250, 251, 255

LOOKING = {SET_PIXEL_FORMAT, SET_ENCODINGS, UPDATE_REQUEST, CONTINUOUS_UPDATES, FENCE}
INPUT = {KEY, POINTER, CUT_TEXT, QEMU}
"""A person did this. All else a viewer sends by itself."""

ALLOWED: dict[Role, set[int]] = {
    "view": LOOKING,
    "control": LOOKING | INPUT,
    "owner": LOOKING | INPUT | {SET_SIZE},
}

_FIXED = {
    SET_PIXEL_FORMAT: 20,
    UPDATE_REQUEST: 10,
    KEY: 8,
    POINTER: 6,
    CONTINUOUS_UPDATES: 10,
    XVP: 4,
}

_EXTENDED_MOUSE_BUTTONS = -316
"""An encoding that makes pointer messages 6 or 7 bytes long, if the server has it.
We cannot see whether it has, so neither side is told of it."""

_SIZE_ENCODINGS = {-223, -308}
"""What a client says that understands a new size. TigerVNC 1.12 crashes on the wish for
a size of one that last said neither: such a wish is held back."""

_CLIPBOARD_NOTIFY = 1 << 27
"""The extended clipboard's message that a person copied something. Its others are
answers that a client gives by itself."""


class RfbError(Exception):
    """The client said what it may not. The message says what."""


class RfbFilter:
    """Cuts what a client sends into messages, and passes on those that it may send.

    Parameters
    ----------
    role:
        What the client may do. It may change at any time, between two messages.
    on_input:
        Called once for every message that a person caused.
    encodings:
        The encodings that it may ask for; None for all whose messages are understood.
    """

    def __init__(
        self,
        role: Role,
        on_input: Callable[[], None] = lambda: None,
        encodings: frozenset[int] | None = None,
    ) -> None:
        self.role: Role = role
        self.may_size = True
        """Whether an owner's sizes go on: one connection of a desktop at a time."""
        self._on_input = on_input
        self._encodings = encodings
        self._held = Held()
        self._buffer = bytearray()
        self._greeting = [(12, self._version), (1, self._security), (1, self._shared)]
        self._can_size = False
        self._held_size = b""

    def feed(self, data: bytes) -> bytes:
        """Take bytes from the client; give those that go on to the server.

        Raises
        ------
        RfbError
            The client sent a message that is unknown, or longer than allowed.
        """
        self._buffer += data
        out = bytearray()
        while self._buffer:
            length = self._greeting[0][0] if self._greeting else self._length()
            if length is None or len(self._buffer) < length:
                break
            message = bytes(self._buffer[:length])
            del self._buffer[:length]
            out += self._greet(message) if self._greeting else self._filter(message)
        return bytes(out)

    def _greet(self, message: bytes) -> bytes:
        return self._greeting.pop(0)[1](message)

    @staticmethod
    def _version(message: bytes) -> bytes:
        # In version 3.3 the client says nothing of security: all would be off by one.
        if message != VERSION:
            raise RfbError("RFB 3.8 is wanted")
        return message

    @staticmethod
    def _security(message: bytes) -> bytes:
        if message != NO_SECURITY:
            raise RfbError("security type 1 (None) is wanted")
        return message

    @staticmethod
    def _shared(_: bytes) -> bytes:
        return b"\x01"  # Nobody throws the others out.

    def _length(self) -> int | None:
        """Give the first message's length; None when it takes more bytes to know."""
        have = self._buffer
        kind = have[0]
        if kind in _FIXED:
            return _FIXED[kind]
        if kind == SET_ENCODINGS and len(have) >= 4:
            count = int.from_bytes(have[2:4], "big")
            return _at_most(MAX_ENCODINGS, count, "encodings") * 4 + 4
        if kind == CUT_TEXT and len(have) >= 8:
            # Negative: the extended clipboard.
            size = abs(int.from_bytes(have[4:8], "big", signed=True))
            return _at_most(MAX_CLIPBOARD, size, "bytes of clipboard") + 8
        if kind == FENCE and len(have) >= 9:
            return _at_most(MAX_FENCE, have[8], "bytes in a fence") + 9
        if kind == SET_SIZE and len(have) >= 8:
            return 8 + 16 * have[6]
        if kind == QEMU and len(have) >= 2:
            if have[1] != 0:
                raise RfbError(f"unknown QEMU message {have[1]}")
            return 12
        if kind not in (SET_ENCODINGS, CUT_TEXT, FENCE, SET_SIZE, QEMU):
            raise RfbError(f"unknown message {kind}")
        return None

    def release(self) -> bytes:
        """Give what lets go of all keys and buttons that the client holds down."""
        return self._held.release()

    def _filter(self, message: bytes) -> bytes:
        kind = message[0]
        if kind not in ALLOWED[self.role]:
            return b""
        if kind in INPUT and self._held.is_new(message):
            self._on_input()
        if kind == SET_PIXEL_FORMAT and self._encodings is not None:
            _require_true_colour(message)
        if kind == SET_ENCODINGS:
            allowed = self._allowed_encodings(message)
            self._can_size = bool(_SIZE_ENCODINGS & set(_encodings(allowed)))
            held, self._held_size = self._held_size, b""
            return allowed + self._sized(held)
        if kind == SET_SIZE:
            if not self.may_size:
                return b""
            return self._sized(_capped(message))
        return message

    def _sized(self, message: bytes) -> bytes:
        if self._can_size:
            return message
        self._held_size = message
        return b""

    def _allowed_encodings(self, message: bytes) -> bytes:
        allowed = [
            encoding
            for encoding in _encodings(message)
            if encoding != _EXTENDED_MOUSE_BUTTONS
            and (self._encodings is None or encoding in self._encodings)
        ]
        return struct.pack(f">BxH{len(allowed)}i", SET_ENCODINGS, len(allowed), *allowed)


class Held:
    """The keys and buttons that a client holds down, and where its pointer is."""

    def __init__(self) -> None:
        self._keys: dict[bytes, bytes] = {}
        self._pointer = b""

    def is_new(self, message: bytes) -> bool:
        """Note a message of `INPUT`; say whether a person caused it.

        Browsers repeat the pointer's place when something moves under it.
        """
        kind = message[0]
        if kind == POINTER:
            moved, self._pointer = message != self._pointer, message
            return moved
        if kind == CUT_TEXT:
            size, flags = struct.unpack_from(">iI", message.ljust(12, b"\0"), 4)
            return size >= 0 or bool(flags & _CLIPBOARD_NOTIFY)
        up, name = _key_up(message)
        if message == up:
            self._keys.pop(name, None)
        else:
            self._keys[name] = up
        return True

    def release(self) -> bytes:
        """Give the messages that let go of all, and forget it."""
        out = b"".join(self._keys.values())
        self._keys.clear()
        if self._pointer and self._pointer[1]:
            self._pointer = self._pointer[:1] + b"\0" + self._pointer[2:]
            out += self._pointer
        return out


def _key_up(message: bytes) -> tuple[bytes, bytes]:
    """Give the message that lets go of a key, and what names that key."""
    if message[0] == KEY:
        return message[:1] + b"\0" + message[2:], message[:1] + message[4:]
    return message[:2] + b"\0\0" + message[4:], message[:1] + message[4:]


def _require_true_colour(message: bytes) -> None:
    """Refuse a picture of other than 4 bytes a pixel: see `pictures`."""
    bits, depth, _, true, red, green, blue = struct.unpack_from(">BBBBHHH", message, 4)
    if (bits, depth, bool(true), red, green, blue) != (32, 24, True, 255, 255, 255):
        raise RfbError("pictures of 32 bits a pixel, 24 of them colour, are wanted")


def _encodings(message: bytes) -> list[int]:
    return [encoding for (encoding,) in struct.iter_unpack(">i", message[4:])]


def _at_most(most: int, value: int, what: str) -> int:
    if value > most:
        raise RfbError(f"{value} {what} are more than {most}")
    return value


def _capped(message: bytes) -> bytes:
    """Give a size within the limits; nothing for one that makes no sense."""
    width, height, screens = struct.unpack(">xxHHBx", message[:8])
    if not (width and height and screens):
        return b""
    if max(width, height) <= MAX_SIDE:
        return message
    width, height = min(width, MAX_SIDE), min(height, MAX_SIDE)
    (screen,) = struct.unpack(">I", message[8:12])
    size = struct.pack(">BxHHBx", SET_SIZE, width, height, 1)
    return size + struct.pack(">IHHHHI", screen, 0, 0, width, height, 0)
