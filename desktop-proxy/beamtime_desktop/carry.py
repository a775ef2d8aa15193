"""Carries RFB between a browser's websocket and the display's unix socket."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time

from tornado import iostream, web, websocket

from . import faults
from .company import Company, CompanyError
from .connection import Connection
from .desktop import Desktop
from .desktops import Desktops
from .pictures import ENCODINGS, PictureFilter
from .rfb import RfbError, RfbFilter
from .run import GREETING_SECONDS, Run
from .tickets import TicketError, TicketOffice

log = logging.getLogger(__name__)

CHUNK = 256 * 1024
"""Most bytes of picture in one websocket message."""

SETTLE = 3.0
"""Seconds to wait for the reason when the display closes the connection."""


class CarryHandler(websocket.WebSocketHandler):
    """`GET ws?desktop=NAME&ticket=TICKET`: one connection to one desktop.

    Binary messages are RFB. Text messages are JSON between browser and gateway: from
    the browser `{"type": "ping", "n"}`, answered with `pong`, and `{"type": "size-me"}`;
    to it `sizing`, `people` and `role` (see `company`), once it has sent any: a plain
    VNC client would not understand them.

    When it closes, `GET api/desktops` says whether the desktop still runs, and if not
    why: jupyter-server-proxy passes neither close codes nor reasons on.
    """

    def initialize(self, desktops: Desktops, office: TicketOffice, company: Company) -> None:
        self._desktops = desktops
        self._office = office
        self._company = company
        self._connection: Connection | None = None
        self._server: asyncio.StreamWriter | None = None
        self._pump: asyncio.Task[None] | None = None
        self._talks = False

    def check_origin(self, origin: str) -> bool:
        """Accept any: jupyter-server-proxy has checked it, and a ticket is needed."""
        return True

    def get_compression_options(self) -> None:
        """Compress nothing: pictures come compressed."""

    async def prepare(self) -> None:
        """Refuse before the websocket opens: no ticket, or no such desktop."""
        name = self.get_query_argument("desktop")
        try:
            self._ticket = self._office.take(self.get_query_argument("ticket"), name)
        except TicketError as error:
            raise web.HTTPError(403, reason=str(error)) from error
        desktop = self._desktops.get(name)
        if desktop is None or desktop.state != "running" or desktop.run is None:
            raise web.HTTPError(404, reason="This desktop does not run")
        self._desktop: Desktop = desktop
        self._run: Run = desktop.run
        guest = self._ticket.invitation is not None
        self._filter = RfbFilter("view", self._person_did, ENCODINGS if guest else None)
        self._pictures = PictureFilter(self._may_see_clipboard) if guest else None
        try:
            self._company.check(self._ticket)
        except CompanyError as error:
            raise web.HTTPError(403, reason=str(error)) from error

    async def open(self, *_args: str, **_kwargs: str) -> None:
        """Connect to the display."""
        self.set_nodelay(True)
        try:
            reader, server = await asyncio.open_unix_connection(self._run.socket, limit=CHUNK)
        except OSError as error:
            log.warning("Desktop %s: no connection: %s", self._desktop.name, error)
            self.close(1011, "the display does not answer")
            return
        if self.ws_connection is None or self.ws_connection.is_closing():
            server.close()  # The browser has left meanwhile.
            return
        self._server = server
        try:
            self._connection = self._company.admit(
                self._ticket, self._end_at_once, self._tell, self._changed
            )
        except CompanyError as error:  # Revoked since `prepare`.
            self._end_at_once(str(error))
            return
        self._company.greet(self._connection)
        self._pump = asyncio.create_task(self._carry_pictures(reader))

    async def on_message(self, message: str | bytes) -> None:
        """Pass on what the browser may send. The next waits until this one went."""
        connection = self._connection
        if self._server is None or connection is None:
            return  # Closed while this was under way.
        if isinstance(message, str):
            self._talk(message, connection)
            return
        connection.received += len(message)
        try:
            allowed = self._filter.feed(message)
        except RfbError as error:
            self._refuse(f"the client was refused: {error}")
            return
        if allowed:
            self._server.write(allowed)
            with contextlib.suppress(ConnectionError):
                await self._server.drain()

    def on_close(self) -> None:
        """Leave the display; it runs on."""
        self._leave("closed by the browser")

    def _leave(self, why: str) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._connection is not None:
            connection, self._connection = self._connection, None
            self._company.leave(connection, why)

    def _end_at_once(self, why: str) -> None:
        """Close without waiting for the browser: what it did not read yet is dropped."""
        self._leave(why)
        if self.ws_connection is not None:
            stream: iostream.IOStream | None = getattr(self.ws_connection, "stream", None)
            self.close(1008, why)
            if stream is not None:
                stream.close()

    def _refuse(self, why: str) -> None:
        log.warning("Desktop %s: %s", self._desktop.name, why)
        self._end_at_once(why)

    def _tell(self, line: str) -> None:
        if not self._talks:
            return
        with contextlib.suppress(websocket.WebSocketClosedError):
            self.write_message(line)

    def _changed(self) -> None:
        """Follow what the owner, or the owner's absence, has changed."""
        if self._connection is None:
            return
        role = self._company.role_now(self._connection)
        self._filter.may_size = self._company.may_size(self._connection)
        if role == "view" and self._filter.role != "view" and self._server is not None:
            self._server.write(self._filter.release())  # Its keys would stay down.
        self._filter.role = role

    def _talk(self, message: str, connection: Connection) -> None:
        try:
            said = json.loads(message)
            kind = said["type"]
        except (ValueError, TypeError, KeyError, RecursionError):
            self._refuse("the client was refused: a text message that is not understood")
            return
        is_first, self._talks = not self._talks, True
        if kind == "ping":
            self._tell(json.dumps({"type": "pong", "n": said.get("n")}))
        elif kind == "size-me":
            self._company.take_sizing(connection)
        if is_first:
            self._company.tell(connection)

    def _person_did(self) -> None:
        if self._connection is not None:
            self._connection.last_input = time.time()
        self._desktop.touched()

    def _may_see_clipboard(self) -> bool:
        connection = self._connection
        return connection is not None and self._company.role_now(connection) != "view"

    async def _carry_pictures(self, reader: asyncio.StreamReader) -> None:
        # One message under way at a time: a slow browser stops the reading, hence the
        # display, and what has come meanwhile goes as one message.
        patience: float | None = GREETING_SECONDS
        try:
            while data := await asyncio.wait_for(reader.read(CHUNK), patience):
                patience = None
                self._desktop.painted()
                if self._pictures is not None:
                    data = self._pictures.feed(data)
                if self._connection is None:
                    return
                self._connection.sent += len(data)
                if data:
                    await self.write_message(data, binary=True)
        except asyncio.TimeoutError:
            self._desktop.problem = faults.SILENT
        except RfbError as error:
            self._refuse(str(error))
        except (websocket.WebSocketClosedError, ConnectionError):
            pass
        # Whoever asks why finds the reason there.
        if self.ws_connection is not None and self._desktop.run is self._run:
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._run.gone.wait(), SETTLE)
        self.close(1001, "the display closed the connection")
