"""One end of a unix socket, with as little work for each picture as it takes."""

from __future__ import annotations

import asyncio
import contextlib
import socket as sockets
from collections.abc import Callable
from pathlib import Path

ROOM = 256 * 1024
"""How much is read at once, bytes."""


class Link(asyncio.BufferedProtocol):
    """One connection.

    Callbacks and not streams: a task and three futures for each piece of a picture
    took as long as all the rest of the way. One buffer for all that is read: without,
    asyncio asks the system for memory, and gives it back, for each message of ten bytes.

    Parameters
    ----------
    on_data:
        Takes what the other end sends; may give a future, until which nothing more is
        read: a slow browser stops the display. None: somebody else reads.
    on_end:
        Called once it is over, by whichever end.
    """

    def __init__(
        self,
        on_data: Callable[[bytes], asyncio.Future[None] | None] | None,
        on_end: Callable[[], None],
    ) -> None:
        self._on_data = on_data
        self._on_end = on_end
        self._transport: asyncio.Transport | None = None
        self._room: asyncio.Future[None] | None = None
        self._buffer = memoryview(bytearray(ROOM))

    async def connect(self, socket: str | Path) -> None:
        """Connect to a unix socket.

        Raises
        ------
        OSError
            Nobody listens there.
        """
        loop = asyncio.get_running_loop()
        await loop.create_unix_connection(lambda: self, str(socket))

    async def adopt(self, socket: sockets.socket) -> None:
        """Be the end of a unix socket that is connected."""
        socket.setblocking(False)
        await asyncio.get_running_loop().create_unix_connection(lambda: self, sock=socket)

    def fileno(self) -> int:
        """Give the socket's file descriptor.

        Raises
        ------
        OSError
            It has ended.
        """
        if self._transport is None:
            raise OSError("the connection has ended")
        fd: int = self._transport.get_extra_info("socket").fileno()
        return fd

    def write(self, data: bytes) -> asyncio.Future[None] | None:
        """Send; give a future until which no more should be sent, or None."""
        if self._transport is not None:
            self._transport.write(data)
        return self._room

    def close(self) -> None:
        """End it, once the other end has what was sent to it."""
        if self._transport is not None:
            self._transport.close()

    def cut(self) -> None:
        """End it at once, also for another process that holds this end too."""
        if self._transport is not None:
            with contextlib.suppress(OSError):  # The other end was faster.
                self._transport.get_extra_info("socket").shutdown(sockets.SHUT_RDWR)
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if self._on_data is None:
            # Not before asyncio begins to read, which is the next thing that it does; but
            # before it can have read.
            asyncio.get_running_loop().call_soon(transport.pause_reading)

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        assert self._on_data is not None
        waiting = self._on_data(bytes(self._buffer[:nbytes]))
        if waiting is not None and self._transport is not None:
            self._transport.pause_reading()
            waiting.add_done_callback(self._read_on)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self.resume_writing()
        self._on_end()

    def pause_writing(self) -> None:
        self._room = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        room, self._room = self._room, None
        if room is not None and not room.done():
            room.set_result(None)

    def _read_on(self, _: asyncio.Future[None]) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()
