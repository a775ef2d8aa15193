"""The gateway's JSON API. Paths are below `{base_url}beamtime-desktop/`.

    GET    api/desktops          {"desktops": [Desktop]}
    POST   api/desktops          {name?, program?, width, height, …} -> Desktop
    DELETE api/desktops/NAME     204
    GET    api/ping              204: what a round trip takes
    GET    api/programs          {"programs": [Program], "parts": [Part]}
    GET    api/programs/ID/icon  its picture

`Desktop` is `Desktop.to_json`, `Part` is `Part.to_json`, `Program` is `programs.to_json`;
with what a program is opened (file, folder, experiment, mode): `applications.opening`.
What changes something needs a ticket of the owner for that desktop in the header
`X-Beamtime-Ticket`. A failure is `{"code", "message"}`, the message being for a person.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any, ClassVar

from tornado import web

from . import programs
from .applications import opening
from .applications.opening import OpeningError
from .applications.program import Program
from .company import Company
from .desktop import Desktop, DesktopError
from .desktops import NAME, Desktops
from .rfb import MAX_SIDE
from .tickets import TicketError, TicketOffice

TICKET_HEADER = "X-Beamtime-Ticket"
SMALLEST = 240
"""Shortest side of a desktop, pixels."""

_CODES = {400: "bad-request", 403: "forbidden", 404: "not-found", 409: "bad-request"}


class Refused(web.HTTPError):
    """The request is refused, with a sentence for the user."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(status, message)
        self.words = message


class JsonHandler(web.RequestHandler):
    """Answers JSON, failures included."""

    def initialize(self, desktops: Desktops, office: TicketOffice, company: Company) -> None:
        self.desktops = desktops
        self.office = office
        self.company = company

    def set_default_headers(self) -> None:
        """Say that answers are JSON, and not to be kept."""
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Write a failure."""
        error = kwargs.get("exc_info", (None, None))[1]
        words = "The desktop gateway failed. Its reason is in your session's log."
        if isinstance(error, Refused):
            words = error.words
        elif status_code < 500:
            words = "The desktop gateway does not know this request. Reload the page."
        self.finish({"code": _CODES.get(status_code, "internal"), "message": words})

    def describe(self, desktop: Desktop) -> dict[str, object]:
        """Give a desktop as JSON, with how many are connected to it."""
        return {**desktop.to_json(), "connections": len(self.company.of(desktop.name))}

    def read_object(self) -> dict[str, Any]:
        """Give the request's body, a JSON object.

        Raises
        ------
        Refused
            It is none.
        """
        try:
            body = json.loads(self.request.body or b"{}")
        except (ValueError, RecursionError) as error:
            raise Refused(400, "The request is not JSON.") from error
        if not isinstance(body, dict):
            raise Refused(400, "The request is not a JSON object.")
        return body

    def require_owner(self, desktop: str) -> None:
        """Take the request's ticket.

        Raises
        ------
        Refused
            It has none, or none of the owner for that desktop.
        """
        text = self.request.headers.get(TICKET_HEADER, "")
        try:
            ticket = self.office.take(text, desktop)
        except TicketError as error:
            raise Refused(403, str(error)) from error
        if ticket.invitation is not None:
            raise Refused(403, "Only the owner of this desktop may do that.")


class DesktopsHandler(JsonHandler):
    """`api/desktops`: all of them; a new one."""

    _looks: ClassVar[set[asyncio.Task[None]]] = set()
    """Kept until they are done: the loop itself keeps no task."""

    def get(self) -> None:
        """List them."""
        for each in self.desktops.all():
            if each.is_suspect():
                self._looks.add(look := asyncio.create_task(each.look_at_display()))
                look.add_done_callback(self._looks.discard)
        self.finish({"desktops": [self.describe(each) for each in self.desktops.all()]})

    async def post(self) -> None:
        """Start one, or give the one of that name that runs already."""
        catalogue: programs.Programs = self.settings["programs"]
        wish = self.read_object()
        name, program, width, height = _read_wish(wish, await catalogue.all())
        self.require_owner(name)
        try:
            opened = opening.read(wish, catalogue.root)
        except OpeningError as error:
            raise Refused(409, str(error)) from error
        missing = await asyncio.to_thread(programs.missing, program, opened)
        if missing:
            raise Refused(409, " ".join(missing))

        def session() -> list[str]:
            return programs.session(program, opened)

        try:
            desktop = await self.desktops.open(name, program, width, height, session)
        except DesktopError as error:
            raise Refused(409, str(error)) from error
        self.finish(self.describe(desktop))


class DesktopHandler(JsonHandler):
    """`api/desktops/NAME`: one of them."""

    async def delete(self, name: str) -> None:
        """End it."""
        self.require_owner(name)
        if not await self.desktops.remove(name):
            raise Refused(404, f"There is no desktop {name}.")
        self.company.forget(name)
        self.set_status(204)


class PingHandler(JsonHandler):
    """`api/ping`: nothing, as fast as it goes."""

    def get(self) -> None:
        """Answer."""
        self.set_status(204)


def _read_wish(wish: dict[str, Any], known: dict[str, Program]) -> tuple[str, Program, int, int]:
    unknown = wish.keys() - {"name", "program", "width", "height", *opening.KEYS}
    if unknown:
        raise Refused(400, f"Not known: {', '.join(sorted(unknown))}.")
    program = known.get(str(wish.get("program", programs.DEFAULT)))
    if program is None:
        raise Refused(400, f"There is no program {wish['program']} in this session.")
    name = wish.get("name", program.id)
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise Refused(400, "A desktop's name has 1 to 32 lower-case letters, digits and dashes.")
    return name, program, _side(wish, "width"), _side(wish, "height")


def _side(wish: dict[str, Any], key: str) -> int:
    value = wish.get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refused(400, f"{key} must be a whole number of pixels.")
    return max(SMALLEST, min(MAX_SIDE, value))
