"""A small VNC viewer: enough of RFB to see what is painted, and to type."""

from __future__ import annotations

import json
import struct
from collections import Counter
from typing import Any

from tornado.websocket import WebSocketClientConnection

RETURN = 0xFF0D


class Viewer:
    """Speaks RFB 3.8 over a websocket; raw pictures only."""

    def __init__(self, ws: WebSocketClientConnection) -> None:
        self._ws = ws
        self._buffer = b""
        self.width = self.height = 0
        self.pixels = bytearray()
        self.clipboards: list[bytes] = []
        self.said: list[Any] = []
        """What the gateway has said beside the pictures."""

    async def _read(self, count: int) -> bytes:
        while len(self._buffer) < count:
            await self._receive()
        data, self._buffer = self._buffer[:count], self._buffer[count:]
        return data

    async def _receive(self) -> None:
        message = await self._ws.read_message()
        if message is None:
            raise EOFError("the gateway closed the connection")
        if isinstance(message, str):
            self.said.append(json.loads(message))
        else:
            self._buffer += message

    async def send(self, data: bytes) -> None:
        await self._ws.write_message(data, binary=True)

    async def greet(self) -> None:
        """Shake hands, up to the size of the picture."""
        assert await self._read(12) == b"RFB 003.008\n"
        await self.send(b"RFB 003.008\n")
        (count,) = await self._read(1)
        assert 1 in await self._read(count)
        await self.send(b"\x01")
        assert await self._read(4) == bytes(4)
        await self.send(b"\x00")  # Not shared: the gateway makes it shared.
        head = await self._read(24)
        self.width, self.height = struct.unpack(">HH", head[:4])
        await self._read(struct.unpack(">I", head[20:])[0])
        self.pixels = bytearray(self.width * self.height * 4)
        await self.send(struct.pack(">BxHi", 2, 1, 0))

    async def update(self, incremental: bool = True) -> None:
        """Ask for what has changed, and wait until something has."""
        area = (0, 0, self.width, self.height)
        await self.send(struct.pack(">BBHHHH", 3, incremental, *area))
        while True:
            (kind,) = await self._read(1)
            if kind == 0:
                break
            await self._aside(kind)
        (count,) = struct.unpack(">xH", await self._read(3))
        for _ in range(count):
            x, y, w, h, encoding = struct.unpack(">HHHHi", await self._read(12))
            if encoding == -308:
                await self._read(16 * (await self._read(4))[0])
            if encoding in (-223, -308):
                if (w, h) != (self.width, self.height):
                    self.width, self.height = w, h
                    self.pixels = bytearray(w * h * 4)
                continue
            assert encoding == 0
            rows = await self._read(w * h * 4)
            for row in range(h):
                at = ((y + row) * self.width + x) * 4
                self.pixels[at : at + w * 4] = rows[row * w * 4 : (row + 1) * w * 4]

    async def _aside(self, kind: int) -> None:
        assert kind in (2, 3), kind  # A bell, or the clipboard.
        if kind == 3:
            (size,) = struct.unpack(">3xi", await self._read(7))
            self.clipboards.append(await self._read(abs(size)))

    async def until_clipboard(self) -> bytes:
        """Wait until the clipboard has come; give its text, or its extended message."""
        while not self.clipboards:
            await self._aside((await self._read(1))[0])
        return self.clipboards.pop(0)

    def close(self) -> None:
        """Leave."""
        self._ws.close()

    async def until_closed(self) -> None:
        """Read on until the gateway closes the connection."""
        while await self._ws.read_message() is not None:
            pass

    async def talk(self, line: object) -> None:
        """Send a text message, JSON, beside RFB."""
        await self._ws.write_message(json.dumps(line))

    async def until_said(self, **what: object) -> dict[str, Any]:
        """Wait until the gateway says what has these values; give it."""
        while True:
            while self.said:
                line: dict[str, Any] = self.said.pop(0)
                if what.items() <= line.items():
                    return line
            await self._receive()

    def colours(self) -> Counter[tuple[int, int, int]]:
        """Count the pixels of each colour (red, green, blue)."""
        data = self.pixels
        return Counter(zip(data[2::4], data[1::4], data[0::4], strict=True))

    async def until_mostly(self, colour: tuple[int, int, int]) -> None:
        """Watch until more than half of the picture has `colour`."""
        await self.update(incremental=False)
        while self.colours()[colour] * 2 < self.width * self.height:
            await self.update()

    async def type(self, text: str) -> None:
        """Press and release the keys of `text`; newline is Return."""
        for letter in text:
            key = RETURN if letter == "\n" else ord(letter)
            for down in (1, 0):
                await self.send(struct.pack(">BBxxI", 4, down, key))
