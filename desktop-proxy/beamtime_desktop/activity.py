"""When a person was last active, as Jupyter's server tells JupyterHub and its culler.

Jupyter counts every request to its API as activity. JupyterLab, left open, asks every
few seconds for kernels, sessions, terminals and the folder that it shows: such a server
is never idle. Here only a request that changes something counts, and not one with which
a page keeps its own state. Kernels and terminals count as before. To these come

- what a person did on a desktop: the gateway marks it (`runtime.InputMark`);
- what a person did in the page: it says so at most once a minute, `PresenceHandler`.
"""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import Any

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import ioloop, web

from . import runtime

LOOK_EVERY = 10.0
"""Seconds between two looks at the gateway's mark."""

BY_ITSELF = re.compile(r"/(lab/api/(workspaces|settings)|beamtime(/[a-z-]+)*)(/|$)")
"""What a page also changes with nobody before it: its layout, our own extensions' state."""

_UNCHANGING = {"GET", "HEAD", "OPTIONS"}


class PresenceHandler(APIHandler):
    """`POST {base_url}beamtime/activity`: a person does something in the page."""

    _track_activity = False

    @web.authenticated
    def post(self) -> None:
        """Note it."""
        self.settings["beamtime_page_last_activity"] = datetime.now(timezone.utc)
        self.set_status(204)
        self.finish()


def load(web_app: Any) -> None:
    """Have `web_app` count activity as this module says."""
    settings = web_app.settings
    path = url_path_join(settings["base_url"], "beamtime", "activity")
    web_app.add_handlers(".*$", [(path, PresenceHandler)])
    _count_changes_only()

    def look() -> None:
        at = runtime.InputMark(runtime.path()).last()
        if at is not None:
            moment = datetime.fromtimestamp(at, timezone.utc)
            settings["beamtime_desktop_last_activity"] = moment

    timer = ioloop.PeriodicCallback(look, LOOK_EVERY * 1000)
    timer.start()
    settings["beamtime_desktop_timer"] = timer  # Kept as long as the server.


def is_activity(method: str, path: str) -> bool:
    """Say whether a request to Jupyter's API is a sign of a person."""
    return method not in _UNCHANGING and not BY_ITSELF.search(path)


def _count_changes_only() -> None:
    before = APIHandler.update_api_activity
    if getattr(before, "counts_changes_only", False):
        return

    def update_api_activity(handler: APIHandler) -> None:
        if is_activity(str(handler.request.method), handler.request.path):
            before(handler)

    update_api_activity.counts_changes_only = True  # type: ignore[attr-defined]
    APIHandler.update_api_activity = update_api_activity  # type: ignore[method-assign,assignment]
