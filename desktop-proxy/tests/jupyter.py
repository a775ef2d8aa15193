"""A running Jupyter server, with the extension and jupyter-server-proxy."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from .conftest import HERE, eventually


class Jupyter:
    """A running Jupyter server of alice's, under `/user/alice/`."""

    def __init__(self, home: Path, config: str = "jupyter_config.py", **env: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.home = home
        self.address = f"127.0.0.1:{port}/user/alice/"
        self.mark = f"BEAMTIME_TEST={home}"
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyter", "server", "--no-browser"),
                *(f"--port={port}", "--ServerApp.base_url=/user/alice/"),
                f"--config={HERE / config}",
            ],
            env={
                **os.environ,
                "PYTHONPATH": str(HERE.parent),
                "HOME": str(home),
                "TMPDIR": str(home),
                "JUPYTERHUB_USER": "alice",
                "BEAMTIME_TEST": str(home),
                **env,
            },
            cwd=home,
        )

    async def ask(
        self,
        method: str,
        path: str,
        user: str,
        body: object = None,
        ticket: str = "",
        **more: str,
    ) -> tuple[int, Any]:
        """Give the status and the JSON of the answer; `bytes` go as they are."""
        data = body if isinstance(body, bytes) else json.dumps(body)
        request = HTTPRequest(
            f"http://{self.address}{path}",
            method,
            {"X-Test-User": user, "X-Beamtime-Ticket": ticket, **more},
            None if body is None else data,
        )
        response = await AsyncHTTPClient(force_instance=True).fetch(request, raise_error=False)
        try:
            return response.code, json.loads(response.body or b"null")
        except ValueError:
            return response.code, None

    async def ticket(self, desktop: str = "xterm") -> str:
        path = "beamtime/desktop/ticket"
        status, answer = await self.ask("POST", path, "alice", {"desktop": desktop})
        assert status == 200, answer
        ticket: str = answer["ticket"]
        return ticket

    async def last_activity(self) -> str:
        _, status = await self.ask("GET", "api/status", "alice")
        last: str = status["last_activity"]
        return last

    async def ready(self) -> None:
        async def answers() -> bool:
            try:
                return (await self.ask("GET", "api/status", "alice"))[0] in (200, 403)
            except ConnectionRefusedError:
                return False

        await eventually(answers, "Jupyter's server answers", 60)
