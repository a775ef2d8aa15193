"""Takes the port that a started session reports, and nothing else.

batchspawner's own handler at `/api/batchspawner` sets any attribute of the spawner that a job
names, `batch_query_cmd` among them, which the hub then runs in a shell. It is registered when
batchspawner is imported, before `extra_handlers`: so ours takes its very place.
"""

import json
import secrets
from typing import Any

import batchspawner  # noqa: F401 - registers the handler that we replace
from jupyterhub.apihandlers import APIHandler, default_handlers
from jupyterhub.user import User
from tornado import web

PATH = r"/api/batchspawner"


class PortReportHandler(APIHandler):
    """`POST {"port": 40123}` with the session's own token."""

    @web.authenticated
    def post(self) -> None:
        """Note the port of the session whose token is shown."""
        port = read_port(self.get_json_body())
        spawner = self._reporting_spawner()
        spawner.port = port
        self.set_status(201)
        self.finish(json.dumps({"message": "Port noted"}))

    def _reporting_spawner(self) -> Any:
        token = self.get_auth_token() or ""
        if isinstance(self.current_user, User):
            for spawner in self.current_user.spawners.values():
                own = spawner.api_token
                if own and secrets.compare_digest(own.encode(), token.encode()):
                    if spawner.pending == "spawn":
                        return spawner
                    break
        raise web.HTTPError(403, "This is not the token of a session that is being started.")


def read_port(body: object) -> int:
    """Read the body of a report.

    Raises
    ------
    tornado.web.HTTPError
        400 unless it is an object with an integer `port` from 1 to 65535 and nothing else.
    """
    if isinstance(body, dict) and set(body) == {"port"}:
        port = body["port"]
        if isinstance(port, int) and not isinstance(port, bool) and 0 < port < 65536:
            return port
    raise web.HTTPError(400, 'A report is {"port": <integer from 1 to 65535>}, nothing else.')


def install_port_handler() -> None:
    """Put our handler into the place of batchspawner's. Does no harm when called again."""
    kept = [entry for entry in default_handlers if entry[0] != PATH]
    default_handlers[:] = [*kept, (PATH, PortReportHandler)]
