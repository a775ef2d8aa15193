"""What Jupyter's server does for the desktops: tickets, files, and knowing who is there.

    POST {base_url}beamtime/desktop/ticket         {"desktop": NAME} -> {"ticket": TEXT}
    GET  {base_url}beamtime/desktop/ws             see `owner_socket`
    GET  {base_url}beamtime/desktop/problem        {"problem": TEXT | null}: why there is no gateway
    PUT  {base_url}beamtime/desktop/files/NAME     see `uploads`
    POST {base_url}beamtime/activity               see `activity`

All but the last are for the server's owner alone.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.base.handlers import APIHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from tornado import web

from . import activity, faults, runtime, tickets
from .desktops import NAME
from .owner import require_owner
from .owner_socket import OwnerSocket
from .uploads import UploadHandler


class TicketHandler(APIHandler):
    """Gives a ticket to the owner, and to nobody else."""

    _track_activity = False

    @web.authenticated
    def post(self) -> None:
        """Give a ticket."""
        desktop = self._desktop()
        ticket = tickets.Ticket(desktop, require_owner(self))
        secret = runtime.read_secret(runtime.folder())
        self.finish({"ticket": tickets.mint(secret, ticket)})

    def _desktop(self) -> str:
        body = self.get_json_body()
        name = body.get("desktop") if isinstance(body, dict) else None
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise web.HTTPError(400, "The request names no desktop.")
        return name


class ProblemHandler(APIHandler):
    """Says why the gateway cannot be started, which is not there to say it."""

    _track_activity = False

    @web.authenticated
    def get(self) -> None:
        """Look for the usual reason: no place to write."""
        require_owner(self)
        self.finish({"problem": faults.why_no_gateway()})


def load(server_app: ServerApp) -> None:
    """Add the handlers to Jupyter's server."""
    web_app: Any = server_app.web_app
    below = url_path_join(web_app.settings["base_url"], "beamtime", "desktop")
    web_app.add_handlers(
        ".*$",
        [
            (url_path_join(below, "ticket"), TicketHandler),
            (url_path_join(below, "ws"), OwnerSocket),
            (url_path_join(below, "problem"), ProblemHandler),
            (url_path_join(below, "files", "([^/]+)"), UploadHandler),
        ],
    )
    activity.load(web_app)
