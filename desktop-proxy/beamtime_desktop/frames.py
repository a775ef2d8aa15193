"""What Jupyter's server and the gateway say to each other about one connection.

    frame = kind (1 byte), length (4 bytes, big end first), payload

From Jupyter's server, the first one being `HELLO`:

    HELLO    {"desktop", "ticket"}
    RFB      what the browser sends to the display
    TEXT     what it sends to the gateway, JSON: see `carrier`
    PAINTED  {"at": seconds since the epoch, "sent": bytes so far}: pictures have gone out
    ENDED    nothing: the display has closed its socket

From the gateway, the first one being `WELCOME` or `REFUSED`:

    WELCOME  nothing; with it, as ancillary data, the display's socket to read from
    REFUSED  {"status": of HTTP, "reason"}
    TEXT     for the browser

When either closes the connection, the other leaves the display and the browser.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from .rfb import MAX_CLIPBOARD

HELLO, RFB, TEXT, PAINTED, ENDED = b"h", b"r", b"t", b"p", b"e"
WELCOME, REFUSED = b"w", b"n"

LONGEST = MAX_CLIPBOARD + 65536
"""Longest payload, bytes."""

_HEAD = struct.Struct(">cI")


class FrameError(Exception):
    """What came is no frame."""


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """Write a frame."""
    return _HEAD.pack(kind, len(payload)) + payload


class Frames:
    """Cuts a stream into frames."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Take bytes; give kind and payload of each frame that is whole now.

        Raises
        ------
        FrameError
            One is longer than any may be.
        """
        self._buffer += data
        while len(self._buffer) >= _HEAD.size:
            kind, size = _HEAD.unpack_from(self._buffer)
            if size > LONGEST:
                raise FrameError(f"a frame of {size} bytes")
            end = _HEAD.size + size
            if len(self._buffer) < end:
                return
            payload = bytes(self._buffer[_HEAD.size : end])
            del self._buffer[:end]
            yield kind, payload
