"""The gateway's end of the owner's connections: it hands the display's socket over.

Jupyter's server holds the owner's websocket. What the browser sends comes through here,
message by message, as with everybody; the pictures go from the display's socket straight
into the websocket. The gateway holds that socket too: it alone writes to it, and cuts it.
What is said: see `frames`.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
from pathlib import Path

from tornado import netutil

from . import frames
from .carrier import Carrier, House, NotCarried
from .frames import FrameError, Frames
from .link import Link

log = logging.getLogger(__name__)


async def serve(house: House, path: Path) -> asyncio.Server:
    """Listen at `path`, for this account alone."""
    listening = netutil.bind_unix_socket(str(path), mode=0o600)
    loop = asyncio.get_running_loop()
    return await loop.create_unix_server(lambda: Handover(house).link, sock=listening)


class Handover:
    """One connection of the owner's."""

    def __init__(self, house: House) -> None:
        self.link = Link(self._heard, self._gone)
        self._house = house
        self._frames = Frames()
        self._carrier: Carrier | None = None
        self._opening: asyncio.Task[None] | None = None
        self._is_welcome = False

    # What Jupyter's server says

    def _heard(self, data: bytes) -> asyncio.Future[None] | None:
        waiting: asyncio.Future[None] | None = None
        try:
            for kind, payload in self._frames.feed(data):
                if kind == frames.HELLO and self._opening is None:
                    self._opening = asyncio.create_task(self._open(*_read_hello(payload)))
                elif self._carrier is None or not self._is_welcome:
                    raise FrameError("something before the greeting")
                else:
                    waiting = self._do(self._carrier, kind, payload) or waiting
        except (FrameError, ValueError, TypeError, KeyError) as error:
            log.warning("Jupyter's server was not understood: %s", error)
            self.link.cut()
        return waiting

    @staticmethod
    def _do(carrier: Carrier, kind: bytes, payload: bytes) -> asyncio.Future[None] | None:
        if kind == frames.RFB:
            return carrier.take(payload)
        if kind == frames.TEXT:
            carrier.talk(payload.decode())
        elif kind == frames.PAINTED:
            painted = json.loads(payload)
            carrier.shown(painted["at"], painted["sent"])
        elif kind == frames.ENDED:
            carrier.display_ended()
        else:
            raise FrameError(f"a frame of an unknown kind, {kind!r}")
        return None

    async def _open(self, desktop: str, ticket: str) -> None:
        try:
            carrier = Carrier(self._house, self, desktop, ticket, reads=False)
        except NotCarried as error:
            self._refuse(error.status, str(error))
            return
        self._carrier = carrier
        display = await carrier.open()
        if display is None:
            return
        try:
            with socket.socket(fileno=os.dup(self.link.fileno())) as own:
                socket.send_fds(own, [frames.frame(frames.WELCOME)], [display.fileno()])
        except OSError as error:
            log.warning("A display could not be handed over: %s", error)
            carrier.end("the display was not handed over")
            return
        self._is_welcome = True

    def _gone(self) -> None:
        if self._carrier is not None:
            self._carrier.leave("closed by the browser")

    def _refuse(self, status: int, reason: str) -> None:
        words = json.dumps({"status": status, "reason": reason})
        self.link.write(frames.frame(frames.REFUSED, words.encode()))
        self.link.close()

    # The carrier's way

    def show(self, data: bytes) -> asyncio.Future[None] | None:
        """Never called: the pictures do not come here."""
        raise NotImplementedError

    def tell(self, line: str) -> None:
        """Send a text."""
        self.link.write(frames.frame(frames.TEXT, line.encode()))

    def cut(self, why: str) -> None:
        """Close at once."""
        if self._is_welcome:
            self.link.cut()
        else:
            self._refuse(503, why)

    def part(self, why: str) -> None:
        """Close in order."""
        log.info("A connection ends: %s", why)
        self.link.close()


def _read_hello(payload: bytes) -> tuple[str, str]:
    hello = json.loads(payload)
    return str(hello["desktop"]), str(hello["ticket"])
