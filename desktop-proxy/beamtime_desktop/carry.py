"""Carries a desktop over a websocket of the gateway's own: the way for guests.

Each picture is a message twice: from here to jupyter-server-proxy, and from there to the
browser. The owner's pictures take a shorter way, see `handover`.
"""

from __future__ import annotations

import asyncio
import contextlib

from tornado import web, websocket

from . import websockets
from .carrier import Carrier, House, NotCarried


class CarryHandler(websocket.WebSocketHandler):
    """`GET ws?desktop=NAME&ticket=TICKET`: one connection to one desktop.

    Binary messages are RFB; for text messages see `Carrier`. When it closes, `GET
    api/desktops` says whether the desktop still runs, and if not why:
    jupyter-server-proxy passes neither close codes nor reasons on.
    """

    def initialize(self, house: House) -> None:
        self._house = house

    def check_origin(self, origin: str) -> bool:
        """Accept any: jupyter-server-proxy has checked it, and a ticket is needed."""
        return True

    def get_compression_options(self) -> None:
        """Compress nothing: pictures come compressed."""

    async def prepare(self) -> None:
        """Refuse before the websocket opens: no ticket, or no such desktop."""
        name, ticket = (self.get_query_argument(each) for each in ("desktop", "ticket"))
        try:
            self._carrier = Carrier(self._house, self, name, ticket)
        except NotCarried as error:
            raise web.HTTPError(error.status, reason=str(error)) from error

    async def open(self, *_args: str, **_kwargs: str) -> None:
        """Connect to the display."""
        self.set_nodelay(True)
        await self._carrier.open()

    def on_message(self, message: str | bytes) -> asyncio.Future[None] | None:
        """Pass on what the browser may send. The next waits until this one went."""
        if isinstance(message, bytes):
            return self._carrier.take(message)
        self._carrier.talk(message)
        return None

    def on_close(self) -> None:
        """Leave the display; it runs on."""
        self._carrier.leave("closed by the browser")

    # The carrier's way

    def show(self, data: bytes) -> asyncio.Future[None] | None:
        """Send pictures."""
        return websockets.send_binary(self, data)

    def tell(self, line: str) -> None:
        """Send a text."""
        with contextlib.suppress(websocket.WebSocketClosedError):
            self.write_message(line)

    def cut(self, why: str) -> None:
        """Close at once."""
        websockets.end_at_once(self, why)

    def part(self, why: str) -> None:
        """Close once the browser has all."""
        self.close(1001, why)
