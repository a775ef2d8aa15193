"""Carries RFB between a browser's websocket and the display's unix socket."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from tornado import web, websocket

from .desktops import Desktop, Desktops
from .rfb import RfbError, RfbFilter
from .tickets import TicketError, TicketOffice

log = logging.getLogger(__name__)

CHUNK = 256 * 1024
"""Most bytes of picture in one websocket message."""

SETTLE = 3.0
"""Seconds to wait for the reason when the display closes the connection."""


class CarryHandler(websocket.WebSocketHandler):
    """`GET ws?desktop=NAME&ticket=TICKET`: one viewer of one desktop.

    When it closes, `GET api/desktops` says whether the desktop still runs, and if not
    why: jupyter-server-proxy passes neither close codes nor reasons on.
    """

    def initialize(self, desktops: Desktops, office: TicketOffice) -> None:
        self._desktops = desktops
        self._office = office
        self._server: asyncio.StreamWriter | None = None
        self._pump: asyncio.Task[None] | None = None

    def check_origin(self, origin: str) -> bool:
        """Accept any: jupyter-server-proxy has checked it, and a ticket is needed."""
        return True

    def get_compression_options(self) -> None:
        """Compress nothing: pictures come compressed."""

    async def prepare(self) -> None:
        """Refuse before the websocket opens: no ticket, or no such desktop."""
        name = self.get_query_argument("desktop")
        try:
            ticket = self._office.take(self.get_query_argument("ticket"), name)
        except TicketError as error:
            raise web.HTTPError(403, reason=str(error)) from error
        if ticket.role == "view":
            # What the display sends holds the owner's clipboard: not filtered yet.
            raise web.HTTPError(403, reason="Looking on is not possible yet")
        desktop = self._desktops.get(name)
        if desktop is None or desktop.state != "running":
            raise web.HTTPError(404, reason="This desktop does not run")
        self._desktop: Desktop = desktop
        self._filter = RfbFilter(ticket.role, desktop.touched)

    async def open(self, *_args: str, **_kwargs: str) -> None:
        """Connect to the display."""
        self.set_nodelay(True)
        try:
            reader, self._server = await asyncio.open_unix_connection(
                self._desktop.socket, limit=CHUNK
            )
        except OSError as error:
            log.warning("Desktop %s: no connection: %s", self._desktop.name, error)
            self.close(1011, "the display does not answer")
            return
        self._pump = asyncio.create_task(self._carry_pictures(reader))

    async def on_message(self, message: str | bytes) -> None:
        """Pass on what the browser may send. The next waits until this one went."""
        if self._server is None or isinstance(message, str):
            self.close(1003, "only binary messages are understood")
            return
        try:
            allowed = self._filter.feed(message)
        except RfbError as error:
            log.warning("Desktop %s: client refused: %s", self._desktop.name, error)
            self.close(1008, str(error))
            return
        if allowed:
            self._server.write(allowed)
            with contextlib.suppress(ConnectionError):
                await self._server.drain()

    def on_close(self) -> None:
        """Leave the display; it runs on."""
        if self._server is not None:
            self._server.close()

    async def _carry_pictures(self, reader: asyncio.StreamReader) -> None:
        # One message under way at a time: a slow browser stops the reading, hence the
        # display, and what has come meanwhile goes as one message.
        with contextlib.suppress(websocket.WebSocketClosedError, ConnectionError):
            while data := await reader.read(CHUNK):
                await self.write_message(data, binary=True)
        # Whoever asks why finds the reason there.
        if self.ws_connection is not None and self._desktop.state == "running":
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._desktop.gone.wait(), SETTLE)
        self.close(1001, "the display closed the connection")
