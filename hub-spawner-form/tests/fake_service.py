"""The Beamtime service as far as the hub sees it: its two sockets, with answers to order.

Run as a program, it is the hub's managed service, as the bundle is in earnest.
"""

import asyncio
import json
import os
import signal
from collections.abc import Callable
from typing import Any
from urllib.parse import urlparse

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_unix_socket
from tornado.web import Application, RequestHandler

PLAN: dict[str, Any] = {
    "ok": True,
    "batch": {
        "partition": "cpu",
        "nprocs": "4",
        "memory": "8000M",
        "runtime": "04:00:00",
        "gres": "",
    },
    "modules": [],
    "experiments": [
        {
            "key": "embedded:e1",
            "slug": "MA-5127-BX11",
            "title": """Grains, "quoted", 'single' & $HOME""",
            "dataPath": "/data/MA-5127",
        }
    ],
    "summary": "4 cores of cpu for 4 hours",
}
FORM = {"cluster": "as it is </script><!--"}
PAGE = {"items": [], "asOf": "2026-11-21T12:00:00Z", "problems": []}

Answer = Callable[[dict[str, Any]], tuple[int, Any]]


class FakeService:
    """Gives the answers it was told to give, and notes what it was asked."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.answers: dict[str, Answer] = {
            "plan": lambda query: (200, PLAN),
            "form": lambda query: (200, FORM),
            "experiments": lambda query: (200, PAGE),
            "jobs": lambda query: (200, {"asOf": None, "jobs": {}}),
        }
        self.delay: asyncio.Event | None = None
        service = self

        class Internal(RequestHandler):
            async def post(self, what: str) -> None:
                query = json.loads(self.request.body)
                service.asked.append((what, query))
                if service.delay is not None:
                    await service.delay.wait()
                status, answer = service.answers[what](query)
                self.set_status(status)
                self.finish(answer if isinstance(answer, str) else json.dumps(answer))

        self._server = HTTPServer(Application([(r"/internal/v1/([\w/]+)", Internal)]))

    def start(self) -> None:
        self._server.add_socket(bind_unix_socket(self.path, 0o600))

    async def stop(self) -> None:
        self._server.stop()  # The socket's file stays: nobody listens there, as after a crash.
        await self._server.close_all_connections()

    @property
    def plans(self) -> list[dict[str, Any]]:
        return [query for what, query in self.asked if what == "plan"]


async def main() -> None:
    """Serve until the hub says stop. Partition `closed` is refused."""
    config = json.loads(os.environ["BEAMTIME_CONFIG"])
    environment = config["policy"]["environments"][0]
    service = FakeService(config["socket"])

    def plan(query: dict[str, Any]) -> tuple[int, Any]:
        if query["options"]["partition"] == "closed":
            message = "closed is closed (down)."
            return 200, {"ok": False, "errors": [{"field": "partition", "message": message}]}
        own = query["options"].get("environment_path")
        if own:
            return 200, {**PLAN, "environmentPath": own, "custom": True}
        return 200, {**PLAN, "environmentPath": environment["path"]}

    service.answers["plan"] = plan
    service.answers["form"] = lambda query: (200, {**FORM, "caller": query["caller"]})
    for what in ("presets", "presets/keep", "presets/forget"):
        # Not the contract's answer: the test looks at what was asked.
        service.answers[what] = lambda query: (200, query)
    service.answers["experiments"] = lambda query: (200, {**PAGE, "query": query["query"]})
    service.start()
    url = urlparse(os.environ["JUPYTERHUB_SERVICE_URL"])
    HTTPServer(Application([])).listen(url.port or 80, url.hostname or "127.0.0.1")
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    await stopped.wait()


if __name__ == "__main__":
    asyncio.run(main())
