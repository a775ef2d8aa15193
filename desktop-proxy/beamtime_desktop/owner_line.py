"""Jupyter's end of an owner's connection: see `handover`, and `frames` for what is said."""

from __future__ import annotations

import array
import asyncio
import json
import socket
import time
from pathlib import Path
from typing import Protocol

from . import frames
from .frames import Frames
from .link import Link

PATIENCE = 15.0
"""Seconds that the gateway may take to hand a display over."""

REPORT_EVERY = 1.0
"""Seconds between two words to the gateway that pictures went out."""


class LineRefused(Exception):
    """The gateway gives no display. The message is for a person.

    Attributes
    ----------
    status:
        Of HTTP.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class Browser(Protocol):
    """Who looks on."""

    def show(self, data: bytes) -> asyncio.Future[None] | None:
        """Take pictures; give a future for as long as that is slow."""

    def tell(self, line: str) -> None:
        """Take a text."""

    def ended(self, at_once: bool) -> None:
        """Leave; at once if somebody has decided so."""


class OwnerLine:
    """One connection of the owner's. Made by `open`; pictures come once it is `start`ed."""

    def __init__(self, control: socket.socket, display: socket.socket, browser: Browser) -> None:
        self._sockets = control, display
        self._control = Link(self._heard, self._left)
        self._display = Link(self._painted, self._display_ended)
        self._browser = browser
        self._frames = Frames()
        self._sent = self._told = 0
        self._last = 0.0
        self._report: asyncio.TimerHandle | None = None
        self._is_started = self._is_closed = self._has_ended = False

    @classmethod
    async def open(cls, path: Path, desktop: str, ticket: str, browser: Browser) -> OwnerLine:
        """Have the gateway that listens at `path` hand a display over.

        Raises
        ------
        LineRefused
            It does not, or there is no gateway.
        """
        hello = json.dumps({"desktop": desktop, "ticket": ticket}).encode()
        control = socket.socket(socket.AF_UNIX)
        try:
            await asyncio.wait_for(_greet(control, path, hello), PATIENCE)
            return cls(control, _receive(control), browser)
        except (OSError, asyncio.TimeoutError) as error:
            control.close()
            raise LineRefused(503, "The desktop gateway does not answer") from error
        except BaseException:
            control.close()
            raise

    async def start(self) -> None:
        """Let the pictures come."""
        self._is_started = True
        control, display = self._sockets
        await self._control.adopt(control)
        await self._display.adopt(display)
        if self._is_closed:  # Meanwhile.
            self._end()

    def send(self, data: bytes) -> asyncio.Future[None] | None:
        """Pass on RFB of the browser; give a future until which no more should come."""
        return self._control.write(frames.frame(frames.RFB, data))

    def say(self, text: str) -> None:
        """Pass on a text of the browser."""
        self._control.write(frames.frame(frames.TEXT, text.encode()))

    def close(self) -> None:
        """Leave: the browser has."""
        if not self._is_closed:
            self._is_closed = True
            self._end()

    def _end(self) -> None:
        if self._report is not None:
            self._report.cancel()
        for each in (self._display, self._control) if self._is_started else self._sockets:
            each.close()

    def _heard(self, data: bytes) -> None:
        for kind, payload in self._frames.feed(data):
            if kind == frames.TEXT:
                self._browser.tell(payload.decode())

    def _left(self) -> None:
        if not self._is_closed:
            self.close()
            self._browser.ended(at_once=not self._has_ended)

    def _painted(self, data: bytes) -> asyncio.Future[None] | None:
        self._sent += len(data)
        self._last = time.time()
        if self._report is None:
            self._tell_painted()
        return self._browser.show(data)

    def _tell_painted(self) -> None:
        self._told = self._sent
        words = json.dumps({"at": self._last, "sent": self._sent}).encode()
        self._control.write(frames.frame(frames.PAINTED, words))
        loop = asyncio.get_running_loop()
        self._report = loop.call_later(REPORT_EVERY, self._look_again)

    def _look_again(self) -> None:
        self._report = None
        if self._sent != self._told:
            self._tell_painted()

    def _display_ended(self) -> None:
        # The gateway says when the browser is to be left: once the reason is known.
        self._has_ended = True
        self._control.write(frames.frame(frames.ENDED))


async def _greet(control: socket.socket, path: Path, hello: bytes) -> None:
    """Connect, say hello, and wait until there is an answer."""
    control.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(control, str(path))
    await loop.sock_sendall(control, frames.frame(frames.HELLO, hello))
    answered = asyncio.Event()
    loop.add_reader(control, answered.set)
    try:
        await answered.wait()
    finally:
        loop.remove_reader(control)


def _receive(control: socket.socket) -> socket.socket:
    """Read the gateway's answer; give the display's socket that comes with it."""
    room = socket.CMSG_LEN(array.array("i", [0]).itemsize)
    # Not for the kernels that Jupyter's server starts.
    data, ancillary, _, _ = control.recvmsg(65536, room, socket.MSG_CMSG_CLOEXEC)
    handed = [
        socket.socket(fileno=fd)
        for level, kind, content in ancillary
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS)
        for fd in array.array("i", content)
    ]
    kind, payload = next(Frames().feed(data), (b"", b""))
    if kind == frames.WELCOME and len(handed) == 1:
        return handed[0]
    for each in handed:
        each.close()
    if kind == frames.REFUSED:
        words = json.loads(payload)
        raise LineRefused(words["status"], words["reason"])
    raise LineRefused(503, "The desktop gateway does not answer")
