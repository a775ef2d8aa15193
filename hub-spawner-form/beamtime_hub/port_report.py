"""Takes the port that a started session reports, and the news that its job is ending. No more.

batchspawner's own handler at `/api/batchspawner` sets any attribute of the spawner that a job
names, `batch_query_cmd` among them, which the hub then runs in a shell. It is registered when
batchspawner is imported, before `extra_handlers`: so ours takes its very place.
"""

import hashlib
import json
import secrets
from typing import Any, Literal

import batchspawner  # noqa: F401 - registers the handler that we replace
from jupyterhub.apihandlers import APIHandler, default_handlers
from jupyterhub.user import User
from tornado import web

PATH = r"/api/batchspawner"


class PortReportHandler(APIHandler):
    """`POST {"port": 40123}`, later `POST {"ended": 0}`, with the session's own token."""

    @web.authenticated
    def post(self) -> None:
        """Note what the session whose token is shown reports."""
        what, value = read_report(self.get_json_body())
        spawner = self._reporting_spawner()
        if what == "port" and is_starting(spawner):
            spawner.port = value
            told = getattr(spawner, "port_was_reported", None)
        elif what == "ended":
            # Nothing is believed: it makes the hub look at Slurm earlier, once for each job.
            told = getattr(spawner, "end_was_reported", None)
        else:
            raise _refused()
        if told is not None:
            told()
        self.set_status(201)
        self.finish(json.dumps({"message": "Noted"}))

    def _reporting_spawner(self) -> Any:
        token = self.get_auth_token() or ""
        if isinstance(self.current_user, User):
            for spawner in self.current_user.spawners.values():
                if _is_own(spawner, token):
                    return spawner
        raise _refused()


def is_starting(spawner: Any) -> bool:
    """Whether a session waits for its port, perhaps since before the hub was restarted."""
    interrupted = spawner._check_pending and getattr(spawner, "was_starting", False)
    return spawner.pending == "spawn" or bool(interrupted)


def _refused() -> web.HTTPError:
    return web.HTTPError(403, "This is not the token of a session that is being started.")


def hash_of(token: str) -> str:
    """Give what is kept of a session's token, by which it is known again.

    The token is random and long, so a plain hash of it tells nothing.
    """
    return hashlib.sha256(token.encode()).hexdigest() if token else ""


def _is_own(spawner: Any, token: str) -> bool:
    # After a restart of the hub, only the hash is known.
    own = hash_of(spawner.api_token or "") or getattr(spawner, "token_hash", "")
    return bool(own) and secrets.compare_digest(own, hash_of(token))


def read_report(body: object) -> tuple[Literal["port", "ended"], int]:
    """Read the body of a report.

    Raises
    ------
    tornado.web.HTTPError
        400 unless it is an object with an integer `port` from 1 to 65535 or an integer
        `ended` from 0 to 255, and nothing else.
    """
    if isinstance(body, dict) and len(body) == 1:
        [(key, value)] = body.items()
        if isinstance(value, int) and not isinstance(value, bool):
            if key == "port" and 0 < value < 65536:
                return "port", value
            if key == "ended" and 0 <= value < 256:
                return "ended", value
    raise web.HTTPError(
        400,
        'A report is {"port": <integer from 1 to 65535>} or {"ended": <exit status>}, '
        "nothing else.",
    )


def install_port_handler() -> None:
    """Put our handler into the place of batchspawner's. Does no harm when called again."""
    kept = [entry for entry in default_handlers if entry[0] != PATH]
    default_handlers[:] = [*kept, (PATH, PortReportHandler)]
