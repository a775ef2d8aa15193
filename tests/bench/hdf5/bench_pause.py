"""A server extension that tells the longest pause of the server's event loop.

``GET /bench/pause?watch=1`` begins to look; ``GET /bench/pause`` ends that, and gives it in ms.
To look takes processor time, which other figures are about.
"""

from __future__ import annotations

import asyncio
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from tornado import web

TICK = 0.002
"""Seconds between two looks at the clock."""


class Pause:
    """The longest time for which the loop did nothing else."""

    def __init__(self) -> None:
        self._longest = 0.0
        self._watching: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Look at the clock from now on."""
        self._longest = 0.0
        self._watching = asyncio.create_task(self._watch())

    def end(self) -> float:
        """Look no more; give the longest pause in seconds."""
        if self._watching is not None:
            self._watching.cancel()
        return self._longest

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            before = loop.time()
            await asyncio.sleep(TICK)
            self._longest = max(self._longest, loop.time() - before - TICK)


class PauseHandler(JupyterHandler):
    """Begins to look, or ends it and gives the longest pause."""

    def initialize(self, pause: Pause) -> None:
        """Take what is watched."""
        self._pause = pause

    @web.authenticated
    async def get(self) -> None:
        """Answer with the number."""
        if self.get_argument("watch", ""):
            self._pause.begin()
        else:
            self.finish(str(self._pause.end() * 1000))


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "bench_pause"}]


def _load_jupyter_server_extension(app: ServerApp) -> None:
    settings: dict[str, Any] = app.web_app.settings
    route = url_path_join(settings["base_url"], "bench/pause")
    app.web_app.add_handlers(".*$", [(route, PauseHandler, {"pause": Pause()})])
