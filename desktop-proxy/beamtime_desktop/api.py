"""The gateway's JSON API. Paths are below `{base_url}beamtime-desktop/`.

    GET    api/desktops          {"desktops": [Desktop]}
    POST   api/desktops          {name?, program?, width, height} -> Desktop
    DELETE api/desktops/NAME     204
    GET    api/programs          {"programs": [{id, title, missing}], "parts": [Part]}

`Desktop` is `Desktop.to_json`, `Part` is `Part.to_json`. What changes something needs
a ticket of the owner for that desktop in the header `X-Beamtime-Ticket`. A failure is
`{"code", "message"}`, the message being for a person.
"""

from __future__ import annotations

import json
from typing import Any

from tornado import web

from . import parts
from .desktops import NAME, DesktopError, Desktops
from .programs import DEFAULT, PROGRAMS, Program
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

    def initialize(self, desktops: Desktops, office: TicketOffice) -> None:
        self.desktops = desktops
        self.office = office

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
        if ticket.role != "owner":
            raise Refused(403, "Only the owner of this desktop may do that.")


class DesktopsHandler(JsonHandler):
    """`api/desktops`: all of them; a new one."""

    def get(self) -> None:
        """List them."""
        self.finish({"desktops": [each.to_json() for each in self.desktops.all()]})

    async def post(self) -> None:
        """Start one, or give the one of that name that runs already."""
        name, program, width, height = _read_wish(self.request.body)
        self.require_owner(name)
        missing = program.missing()
        if missing:
            raise Refused(409, " ".join(missing))
        try:
            desktop = await self.desktops.open(name, program, width, height)
        except DesktopError as error:
            raise Refused(409, str(error)) from error
        self.finish(desktop.to_json())


class DesktopHandler(JsonHandler):
    """`api/desktops/NAME`: one of them."""

    async def delete(self, name: str) -> None:
        """End it."""
        self.require_owner(name)
        if not await self.desktops.remove(name):
            raise Refused(404, f"There is no desktop {name}.")
        self.set_status(204)


class ProgramsHandler(JsonHandler):
    """`api/programs`: what can be started, and what is missing for the rest."""

    def get(self) -> None:
        """List them."""
        found = parts.check()
        programs = [
            {"id": each.id, "title": each.title, "missing": each.missing(found)}
            for each in PROGRAMS.values()
        ]
        checked = [part.to_json() for part in found]
        self.finish({"programs": programs, "parts": checked})


def _read_wish(body: bytes) -> tuple[str, Program, int, int]:
    try:
        wish = json.loads(body or b"{}")
    except ValueError as error:
        raise Refused(400, "The request is not JSON.") from error
    if not isinstance(wish, dict):
        raise Refused(400, "The request is not a JSON object.")
    unknown = wish.keys() - {"name", "program", "width", "height"}
    if unknown:
        raise Refused(400, f"Not known: {', '.join(sorted(unknown))}.")
    program = PROGRAMS.get(str(wish.get("program", DEFAULT)))
    if program is None:
        raise Refused(400, f"There is no program {wish['program']}.")
    name = wish.get("name", program.id)
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise Refused(400, "A desktop's name has 1 to 32 lower-case letters, digits and dashes.")
    return name, program, _side(wish, "width"), _side(wish, "height")


def _side(wish: dict[str, Any], key: str) -> int:
    value = wish.get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refused(400, f"{key} must be a whole number of pixels.")
    return max(SMALLEST, min(MAX_SIDE, value))
