"""Jupyter's server gives tickets for the desktops to the server's owner.

`POST {base_url}beamtime/desktop/ticket` with `{"desktop": NAME}` answers
`{"ticket": TEXT}`. See `tickets`.
"""

from __future__ import annotations

import json
import os
from typing import Any

from jupyter_server.base.handlers import APIHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from tornado import web

from . import runtime, tickets
from .desktops import NAME


class TicketHandler(APIHandler):
    """Gives a ticket to the owner, and to nobody else."""

    @web.authenticated
    def post(self) -> None:
        """Give a ticket."""
        desktop = self._desktop()
        owner = os.environ.get("JUPYTERHUB_USER")
        # Someone whom the server was shared with is signed in too, under another name.
        if owner and self.current_user.username != owner:
            raise web.HTTPError(403, f"This desktop is {owner}'s. Ask {owner} to let you in.")
        ticket = tickets.Ticket(desktop, "owner")
        secret = runtime.read_secret(runtime.folder())
        self.finish({"ticket": tickets.mint(secret, ticket)})

    def _desktop(self) -> str:
        try:
            body = json.loads(self.request.body)
        except ValueError:
            body = None
        name = body.get("desktop") if isinstance(body, dict) else None
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise web.HTTPError(400, "The request names no desktop.")
        return name


def load(server_app: ServerApp) -> None:
    """Add the handler to Jupyter's server."""
    web_app: Any = server_app.web_app
    path = url_path_join(web_app.settings["base_url"], "beamtime", "desktop", "ticket")
    web_app.add_handlers(".*$", [(path, TicketHandler)])
