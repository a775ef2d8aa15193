"""What the viewer asks for: `POST beamtime/hdf5/<operation>`, below the server's base URL.

The body is JSON: `file` (path in the contents API), `path` (in the file) or `paths`, and for
numbers `selection`. A description is answered as JSON; numbers as the array's bytes (little-endian,
C order) with its type and shape in the header `X-Beamtime-Array`. What cannot be read is a
`{"failure": …}` with status 422, in the terms of the viewer's worker/protocol.ts.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from jupyter_server.auth.decorator import authorized
from tornado import web

from ..api import ApiHandler
from ..failures import Failure
from .pool import Pool
from .problems import Problem

ARRAY_HEADER = "X-Beamtime-Array"
PIECE = 256 * 1024

_NEEDS: dict[str, dict[str, type]] = {
    "opening": {},
    "entities": {"paths": list},
    "paths": {"path": str},
    "value": {"path": str, "selection": str},
    "picture": {"path": str, "selection": str, "longest": int},
    "line": {"path": str, "selection": str, "start": int, "stop": int, "points": int},
}
"""What each operation needs besides `file`."""

MOST_POINTS = 100_000
MOST_ENTITIES = 500


class IsThereHandler(ApiHandler):
    """`GET beamtime/hdf5`: whether work can be done here; gets ready for it."""

    def initialize(self, pool: Pool | None) -> None:
        self._pool = pool

    @web.authenticated
    @authorized
    async def get(self) -> None:
        self.finish({"available": self._pool is not None})
        if self._pool is not None:
            await self._pool.warm()


class BesideHandler(ApiHandler):
    """Hands requests to the pool, and its answers back; the loop waits for nothing."""

    def initialize(self, pool: Pool | None) -> None:
        self._pool = pool
        self._work: asyncio.Task[Any] | None = None

    @web.authenticated
    @authorized
    async def post(self, operation: str) -> None:
        if self._pool is None:
            raise Failure("not-found", "This server has no h5py to read HDF5 files with.")
        request = self._request(operation)
        self._work = asyncio.ensure_future(self._pool.ask(request))
        try:
            answer = await self._work
        except Problem as problem:
            self._fail(problem.body)
            return
        except asyncio.CancelledError:
            return  # The reader went away.
        if "failure" in answer.meta:
            self._fail(answer.meta["failure"])
        elif answer.meta["ok"] is None:
            self.set_header("Content-Type", "application/json")
            self.finish(bytes(answer.body))
        else:
            await self._send(answer.meta["ok"], memoryview(answer.body))

    def on_connection_close(self) -> None:
        """Stop work that nobody waits for any more."""
        super().on_connection_close()
        if self._work is not None:
            self._work.cancel()

    async def _send(self, meta: Any, body: memoryview) -> None:
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("Content-Length", str(len(body)))
        self.set_header(ARRAY_HEADER, json.dumps(meta))
        for start in range(0, len(body), PIECE):
            self.write(bytes(body[start : start + PIECE]))
            await self.flush()  # Others have their turn, and a slow reader is waited for.

    def _fail(self, failure: dict[str, Any]) -> None:
        self.set_status(422)
        self.finish(json.dumps({"failure": failure}))

    def _request(self, operation: str) -> dict[str, Any]:
        needs = _NEEDS.get(operation)
        if needs is None:
            raise Failure("not-found", f"There is no {operation}. There are: {', '.join(_NEEDS)}.")
        body = self.get_json_body()
        wanted = {"file": str, **needs}
        if not isinstance(body, dict) or any(
            type(body.get(key)) is not kind for key, kind in wanted.items()
        ):
            form = ", ".join(f"{key} ({kind.__name__})" for key, kind in wanted.items())
            raise Failure("bad-request", f"Send JSON with {form}.")
        request = {key: body[key] for key in wanted}
        if request.get("points", 1) not in range(1, MOST_POINTS + 1):
            raise Failure("bad-request", f"points must be from 1 to {MOST_POINTS}.")
        paths = request.get("paths", [])
        if len(paths) > MOST_ENTITIES or not all(isinstance(path, str) for path in paths):
            raise Failure("bad-request", f"paths must be at most {MOST_ENTITIES} strings.")
        hidden = self.contents_manager.allow_hidden
        return {**request, "operation": operation, "hidden": hidden}
