"""One connection to a display: who it is, what it may do, and when it ends.

By what way it goes to the browser is another matter: see `carry` and `handover`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from dataclasses import dataclass
from typing import Protocol

from . import faults
from .company import Company, CompanyError
from .connection import Connection
from .desktop import Desktop
from .desktops import Desktops
from .link import Link
from .pictures import ENCODINGS, PictureFilter
from .rfb import RfbError, RfbFilter
from .run import GREETING_SECONDS, Run
from .tickets import Ticket, TicketError, TicketOffice

log = logging.getLogger(__name__)

SETTLE = 3.0
"""Seconds to wait for the reason when the display closes the connection."""


class NotCarried(Exception):
    """There will be no connection. The message is shown to a person as it is.

    Attributes
    ----------
    status:
        Of HTTP.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True)
class House:
    """What the connections of one gateway share."""

    desktops: Desktops
    office: TicketOffice
    company: Company

    def take(self, name: str, text: str) -> tuple[Ticket, Desktop, Run]:
        """Take a ticket for the desktop `name`; give what it opens.

        Raises
        ------
        NotCarried
            It is not good, the desktop does not run, or the bearer may not come now.
        """
        try:
            ticket = self.office.take(text, name)
        except TicketError as error:
            raise NotCarried(403, str(error)) from error
        desktop = self.desktops.get(name)
        if desktop is None or desktop.state != "running" or desktop.run is None:
            raise NotCarried(404, "This desktop does not run")
        try:
            self.company.check(ticket)
        except CompanyError as error:
            raise NotCarried(403, str(error)) from error
        return ticket, desktop, desktop.run


class Way(Protocol):
    """How a connection goes to the browser."""

    def show(self, data: bytes) -> asyncio.Future[None] | None:
        """Send pictures; give a future for as long as the browser is slow to take them."""

    def tell(self, line: str) -> None:
        """Send a text."""

    def cut(self, why: str) -> None:
        """Close at once: what the browser did not read yet is dropped."""

    def part(self, why: str) -> None:
        """Close once the browser has all that was sent."""


class Carrier:
    """One connection.

    Text messages are JSON between browser and gateway: from the browser
    `{"type": "ping", "n"}`, answered with `pong`, and `{"type": "size-me"}`; to it
    `sizing`, `people` and `role` (see `company`), once it has sent any: a plain VNC
    client would not understand them.

    Parameters
    ----------
    reads:
        Whether the pictures pass through here. They must for a guest: what the display
        sends is filtered too.

    Raises
    ------
    NotCarried
        The ticket opens nothing; or is a guest's, and pictures would not pass here.
    """

    def __init__(self, house: House, way: Way, name: str, ticket: str, reads: bool = True) -> None:
        self._company = house.company
        self._way = way
        self._ticket, self._desktop, self._run = house.take(name, ticket)
        guest = self._ticket.invitation is not None
        if guest and not reads:
            raise NotCarried(403, "This way is for the owner of the desktop alone")
        self._filter = RfbFilter("view", self._person_did, ENCODINGS if guest else None)
        self._pictures = PictureFilter(self._may_see_clipboard) if guest else None
        self._reads = reads
        self._connection: Connection | None = None
        self._link: Link | None = None
        self._patience: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None
        self._talks = False

    async def open(self) -> Link | None:
        """Connect to the display; give that connection, None if there is none."""
        # All is ready before the first bytes come: they may come before `connect` ends.
        link = self._link = Link(self._show if self._reads else None, self.display_ended)
        try:
            self._connection = self._company.admit(
                self._ticket, self.end, self._tell, self._changed
            )
        except CompanyError as error:  # Revoked since the ticket was taken.
            self.end(str(error))
            return None
        try:
            await link.connect(self._run.socket)
        except OSError as error:
            log.warning("Desktop %s: no connection: %s", self._desktop.name, error)
            self.end("the display does not answer")
            return None
        if self._link is None or self._connection is None:
            link.close()  # The browser has left meanwhile.
            return None
        self._company.greet(self._connection)
        loop = asyncio.get_running_loop()
        self._patience = loop.call_later(GREETING_SECONDS, self._is_silent)
        return link

    def take(self, data: bytes) -> asyncio.Future[None] | None:
        """Pass on what the browser may send; give a future until which no more should come."""
        connection = self._connection
        if self._link is None or connection is None:
            return None  # Closed while this was under way.
        connection.received += len(data)
        try:
            allowed = self._filter.feed(data)
        except RfbError as error:
            self.refuse(f"the client was refused: {error}")
            return None
        return self._link.write(allowed) if allowed else None

    def talk(self, message: str) -> None:
        """Do what the browser asks of the gateway."""
        connection = self._connection
        if connection is None:
            return
        try:
            said = json.loads(message)
            kind = said["type"]
        except (ValueError, TypeError, KeyError, RecursionError):
            self.refuse("the client was refused: a text message that is not understood")
            return
        is_first, self._talks = not self._talks, True
        if kind == "ping":
            self._tell(json.dumps({"type": "pong", "n": said.get("n")}))
        elif kind == "size-me":
            self._company.take_sizing(connection)
        if is_first:
            self._company.tell(connection)

    def shown(self, at: float, sent: int) -> None:
        """Note that pictures have gone to the browser, `sent` bytes in all."""
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        self._desktop.painted(at)
        if self._connection is not None:
            self._connection.sent = sent

    def leave(self, why: str) -> None:
        """Leave the display; it runs on."""
        if self._patience is not None:
            self._patience.cancel()
        if self._link is not None:
            link, self._link = self._link, None
            link.close()
        if self._connection is not None:
            connection, self._connection = self._connection, None
            self._company.leave(connection, why)

    def end(self, why: str) -> None:
        """Leave the display and the browser at once."""
        if self._link is not None:
            self._link.cut()
        self.leave(why)
        self._way.cut(why)

    def refuse(self, why: str) -> None:
        """End it because of what the browser sent."""
        log.warning("Desktop %s: %s", self._desktop.name, why)
        self.end(why)

    def display_ended(self) -> None:
        """Leave the browser once it is known why the display has closed the connection."""
        if self._link is not None and self._ending is None:
            self._ending = asyncio.create_task(self._close_with_reason())

    def _tell(self, line: str) -> None:
        if self._talks:
            self._way.tell(line)

    def _changed(self) -> None:
        """Follow what the owner, or the owner's absence, has changed."""
        if self._connection is None:
            return
        role = self._company.role_now(self._connection)
        self._filter.may_size = self._company.may_size(self._connection)
        if role == "view" and self._filter.role != "view" and self._link is not None:
            self._link.write(self._filter.release())  # Its keys would stay down.
        self._filter.role = role

    def _person_did(self) -> None:
        if self._connection is not None:
            self._connection.last_input = time.time()
        self._desktop.touched()

    def _may_see_clipboard(self) -> bool:
        connection = self._connection
        return connection is not None and self._company.role_now(connection) != "view"

    def _show(self, data: bytes) -> asyncio.Future[None] | None:
        connection = self._connection
        if connection is None:
            return None
        if self._pictures is not None:
            try:
                data = self._pictures.feed(data)
            except RfbError as error:
                self.refuse(str(error))
                return None
        self.shown(time.time(), connection.sent + len(data))
        return self._way.show(data) if data else None

    def _is_silent(self) -> None:
        self._desktop.problem = faults.SILENT
        self.display_ended()

    async def _close_with_reason(self) -> None:
        # Whoever asks why finds the reason there.
        if self._desktop.run is self._run:
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._run.gone.wait(), SETTLE)
        self._way.part("the display closed the connection")
