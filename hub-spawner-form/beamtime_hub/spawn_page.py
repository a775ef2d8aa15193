"""The hub's spawn page for somebody who asks twice, from two tabs.

JupyterHub answers the second request with a bare error page, or, if both come at once, with
"Unhandled error". The session that is being started is what was asked for: show that.
"""

import time
from typing import Any

from jupyterhub import handlers
from jupyterhub.handlers.pages import SpawnHandler as HubSpawnHandler
from jupyterhub.scopes import needs_scope

from .links import LinkedForm


class SpawnHandler(LinkedForm, HubSpawnHandler):
    """`POST /spawn`, once for each session."""

    @needs_scope("servers")
    async def _post(self, user_name: str, server_name: str, display_name: str) -> None:
        user = self.find_user(user_name)
        spawner: Any = user.spawners.get(server_name) if user is not None else None
        if spawner is not None and (spawner.pending == "spawn" or spawner.ready):
            spawner.asked_again_at = time.monotonic()
            self.redirect(self._get_pending_url(user, server_name))
            return
        if spawner is None or getattr(spawner, "is_asked_for", None) is None:
            await super()._post(user_name, server_name, display_name)
            return
        if spawner.is_asked_for:  # By a request that has not got as far as the hub's own mark.
            spawner.asked_again_at = time.monotonic()
            self.redirect(self._get_pending_url(user, server_name))
            return
        spawner.is_asked_for = True
        try:
            await super()._post(user_name, server_name, display_name)
        finally:
            spawner.is_asked_for = False


def install_spawn_handler(*, start_by_link: bool) -> None:
    """Put our handler into the place of the hub's. Does no harm when called again.

    Parameters
    ----------
    start_by_link
        Whether a link starts a session, as in JupyterHub, or only fills the form.
    """
    SpawnHandler.start_by_link = start_by_link
    handlers.default_handlers[:] = [
        (entry[0], SpawnHandler, *entry[2:]) if entry[1] is HubSpawnHandler else entry
        for entry in handlers.default_handlers
    ]
