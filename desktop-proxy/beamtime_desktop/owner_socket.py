"""The websocket through which the owner looks at a desktop.

    GET {base_url}beamtime/desktop/ws?desktop=NAME&ticket=TICKET

Binary messages are RFB; for text messages see `carrier.Carrier`. When it closes,
`GET api/desktops` of the gateway says whether the desktop still runs, and if not why.
"""

from __future__ import annotations

import asyncio
import contextlib

from jupyter_server.auth.decorator import ws_authenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from tornado import web, websocket

from . import runtime, websockets
from .owner import require_owner
from .owner_line import LineRefused, OwnerLine
from .websockets import PING_SECONDS


class OwnerSocket(WebSocketMixin, websocket.WebSocketHandler, JupyterHandler):
    """One connection of the owner's to one desktop. Counts as nobody's activity."""

    _line: OwnerLine
    ping_interval = ping_timeout = PING_SECONDS
    """Tornado's own pings; the mixin's are of milliseconds."""

    def set_default_headers(self) -> None:
        """Set none: they are for pages."""

    def get_compression_options(self) -> None:
        """Compress nothing: pictures come compressed."""

    @ws_authenticated
    async def get(self, *_args: str, **_kwargs: str) -> None:
        """Refuse before the websocket opens: not the owner, no ticket, no such desktop."""
        require_owner(self)
        name, ticket = (self.get_query_argument(each) for each in ("desktop", "ticket"))
        path = runtime.handover_path(runtime.path())
        try:
            self._line = await OwnerLine.open(path, name, ticket, self)
        except LineRefused as error:
            raise web.HTTPError(error.status, str(error), reason=str(error)) from error
        try:
            await super().get()  # As long as the connection lasts.
        finally:
            self._line.close()

    async def open(self, *_args: str, **_kwargs: str) -> None:
        """Let the pictures come."""
        self.set_nodelay(True)
        await self._line.start()

    def on_message(self, message: str | bytes) -> asyncio.Future[None] | None:
        """Pass on what the browser sends. The next waits until this one went."""
        if isinstance(message, bytes):
            return self._line.send(message)
        self._line.say(message)
        return None

    def on_close(self) -> None:
        """Leave the desktop; it runs on."""
        self._line.close()

    # The line's browser

    def show(self, data: bytes) -> asyncio.Future[None] | None:
        """Send pictures."""
        return websockets.send_binary(self, data)

    def tell(self, line: str) -> None:
        """Send a text."""
        with contextlib.suppress(websocket.WebSocketClosedError):
            self.write_message(line)

    def ended(self, at_once: bool) -> None:
        """Leave the browser."""
        if at_once:
            websockets.end_at_once(self, "the connection was ended")
        else:
            self.close(1001, "the display closed the connection")
