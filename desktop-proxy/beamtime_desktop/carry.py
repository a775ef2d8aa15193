"""Carries RFB between a browser's websocket and the display's unix socket."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import struct
import time

from tornado import iostream, web, websocket

from . import faults
from .company import Company, CompanyError
from .connection import Connection
from .desktop import Desktop
from .desktops import Desktops
from .link import Link
from .pictures import ENCODINGS, PictureFilter
from .rfb import RfbError, RfbFilter
from .run import GREETING_SECONDS, Run
from .tickets import TicketError, TicketOffice

log = logging.getLogger(__name__)

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
        self._link: Link | None = None
        self._patience: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None
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
        # All is ready before the first bytes come: they may come before `connect` ends.
        link = self._link = Link(self._show, self._display_ended)
        try:
            self._connection = self._company.admit(
                self._ticket, self._end_at_once, self._tell, self._changed
            )
        except CompanyError as error:  # Revoked since `prepare`.
            self._end_at_once(str(error))
            return
        try:
            await link.connect(self._run.socket)
        except OSError as error:
            log.warning("Desktop %s: no connection: %s", self._desktop.name, error)
            self._end_at_once("the display does not answer")
            return
        if self._link is None or self._connection is None:
            link.close()  # The browser has left meanwhile.
            return
        self._company.greet(self._connection)
        loop = asyncio.get_running_loop()
        self._patience = loop.call_later(GREETING_SECONDS, self._is_silent)

    def on_message(self, message: str | bytes) -> asyncio.Future[None] | None:
        """Pass on what the browser may send. The next waits until this one went."""
        connection = self._connection
        if self._link is None or connection is None:
            return None  # Closed while this was under way.
        if isinstance(message, str):
            self._talk(message, connection)
            return None
        connection.received += len(message)
        try:
            allowed = self._filter.feed(message)
        except RfbError as error:
            self._refuse(f"the client was refused: {error}")
            return None
        return self._link.write(allowed) if allowed else None

    def on_close(self) -> None:
        """Leave the display; it runs on."""
        self._leave("closed by the browser")

    def _leave(self, why: str) -> None:
        if self._patience is not None:
            self._patience.cancel()
        if self._link is not None:
            link, self._link = self._link, None
            link.close()
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
        if role == "view" and self._filter.role != "view" and self._link is not None:
            self._link.write(self._filter.release())  # Its keys would stay down.
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

    def _show(self, data: bytes) -> asyncio.Future[None] | None:
        """Pass on what the display sends; give a future while the browser is slow."""
        connection, ws = self._connection, self.ws_connection
        if connection is None or ws is None or ws.is_closing():
            return None
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        self._desktop.painted()
        if self._pictures is not None:
            try:
                data = self._pictures.feed(data)
            except RfbError as error:
                self._refuse(str(error))
                return None
        if not data:
            return None
        connection.sent += len(data)
        stream = ws.stream
        if stream is None:
            return None
        try:
            # Tornado's `write_message` makes a task of each.
            sent: asyncio.Future[None] = stream.write(_frame(data))
        except iostream.StreamClosedError:
            return None
        return sent if stream.writing() else None

    def _is_silent(self) -> None:
        self._desktop.problem = faults.SILENT
        self._display_ended()

    def _display_ended(self) -> None:
        if self._link is not None and self._ending is None:
            self._ending = asyncio.create_task(self._close_with_reason())

    async def _close_with_reason(self) -> None:
        # Whoever asks why finds the reason there.
        if self.ws_connection is not None and self._desktop.run is self._run:
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._run.gone.wait(), SETTLE)
        self.close(1001, "the display closed the connection")


def _frame(data: bytes) -> bytes:
    """Give a websocket's binary message of a server: RFC 6455, 5.2."""
    size = len(data)
    if size < 126:
        return struct.pack("!BB", 0x82, size) + data
    if size < 1 << 16:
        return struct.pack("!BBH", 0x82, 126, size) + data
    return struct.pack("!BBQ", 0x82, 127, size) + data
