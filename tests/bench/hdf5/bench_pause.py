"""A server extension that tells the longest pause of the server's event loop.

``GET /bench/pause`` gives it in ms, since it was asked last.
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
        self.longest = 0.0

    async def watch(self) -> None:
        """Look at the clock for as long as the server runs."""
        loop = asyncio.get_running_loop()
        while True:
            before = loop.time()
            await asyncio.sleep(TICK)
            self.longest = max(self.longest, loop.time() - before - TICK)


class PauseHandler(JupyterHandler):
    """Gives the longest pause and begins anew."""

    def initialize(self, pause: Pause) -> None:
        """Take what is watched."""
        self._pause = pause

    @web.authenticated
    def get(self) -> None:
        """Answer with the number."""
        longest, self._pause.longest = self._pause.longest, 0.0
        self.finish(str(longest * 1000))


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "bench_pause"}]


def _load_jupyter_server_extension(app: ServerApp) -> None:
    pause = Pause()
    settings: dict[str, Any] = app.web_app.settings
    route = url_path_join(settings["base_url"], "bench/pause")
    app.web_app.add_handlers(".*$", [(route, PauseHandler, {"pause": pause})])

    async def start() -> None:
        settings["bench_pause"] = asyncio.create_task(pause.watch())

    app.io_loop.add_callback(start)
