"""Idle means idle: through a hub's proxy, with a picture that never rests and Lab's polling.

What a culler does is read `last_activity` of the hub's REST API; so does this.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

from .conftest import HERE, end_marked, eventually, within
from .viewer import Viewer

PROBE = "probe-" * 6
POLLED = (
    "api/kernels",
    "api/sessions",
    "api/terminals",
    "api/contents?content=1&hash=0",
    "lab/api/settings",
    "beamtime-desktop/api/desktops",
    "beamtime-desktop/api/ping",
)
"""What an open Lab with a desktop tab asks for, again and again."""

TICKING = "#!/bin/sh\nexec /usr/bin/xterm \"$@\" -e sh -c 'while :; do date +%N; sleep 0.1; done'\n"


class Hub:
    """A running hub on ports of its own."""

    def __init__(self, home: Path, bin_folder: Path) -> None:
        ports = []
        sockets = [socket.socket() for _ in range(3)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
            ports.append(each.getsockname()[1])
        for each in sockets:
            each.close()
        self.address = f"127.0.0.1:{ports[0]}"
        self.mark = f"BEAMTIME_TEST={home}"
        env = {
            **os.environ,
            "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
            "BEAMTIME_TEST": str(home),
            "BEAMTIME_TEST_HOME": str(home),
            "BEAMTIME_TEST_PORTS": " ".join(map(str, ports)),
        }
        words = [sys.executable, "-m", "jupyterhub", f"--config={HERE / 'hub_config.py'}"]
        self.process = subprocess.Popen(words, env=env, cwd=home)

    async def ask(
        self, method: str, path: str, token: str, body: object = None, ticket: str = ""
    ) -> tuple[int, Any]:
        request = HTTPRequest(
            f"http://{self.address}/{path}",
            method,
            {"Authorization": f"token {token}", "X-Beamtime-Ticket": ticket},
            None if body is None else json.dumps(body),
            request_timeout=60,
            allow_nonstandard_methods=True,
        )
        response = await AsyncHTTPClient(force_instance=True).fetch(request, raise_error=False)
        try:
            return response.code, json.loads(response.body or b"null")
        except ValueError:
            return response.code, None

    async def server(self) -> dict[str, Any]:
        _, user = await self.ask("GET", "hub/api/users/ada", PROBE)
        server: dict[str, Any] = user["servers"].get("", {})
        return server

    async def last_activity(self) -> str:
        """Give when the hub believes the server was last active."""
        last: str = (await self.server())["last_activity"]
        return last

    async def told(self, token: str) -> str | None:
        """Give that time, if it is what the server itself knows; else the report is on its way."""
        _, status = await self.ask("GET", "user/ada/api/status", token)
        last = await self.last_activity()
        return last if last[:19] == status["last_activity"][:19] else None


@pytest.fixture
def hub(bin_folder: Path) -> Iterator[Hub]:
    """A hub whose xterm ticks."""
    assert shutil.which("node"), "node is not on the PATH: the hub's proxy runs on it"
    (bin_folder / "xterm").write_text(TICKING)
    (bin_folder / "xterm").chmod(0o755)
    home = Path(tempfile.mkdtemp(prefix="bt-"))
    hub = Hub(home, bin_folder)
    yield hub
    # Nobody needs an orderly end: another test is about ends.
    hub.process.kill()
    hub.process.wait(60)
    end_marked(hub.mark)
    shutil.rmtree(home, ignore_errors=True)


async def test_an_untouched_desktop_is_idle_and_one_in_use_is_not(hub: Hub) -> None:
    async def answers() -> bool:
        try:
            return (await hub.ask("GET", "hub/api/", PROBE))[0] == 200
        except OSError:
            return False

    await eventually(answers, "the hub answers", 90)
    assert (await hub.ask("POST", "hub/api/users/ada", PROBE))[0] == 201
    assert (await hub.ask("POST", "hub/api/users/ada/server", PROBE))[0] in (201, 202)

    async def ready() -> object:
        return (await hub.server()).get("ready")

    await eventually(ready, "ada's server is ready", 120)
    _, made = await hub.ask("POST", "hub/api/users/ada/tokens", PROBE, {"note": "ada"})
    token = made["token"]

    async def ticket() -> str:
        path, body = "user/ada/beamtime/desktop/ticket", {"desktop": "xterm"}
        status, answer = await hub.ask("POST", path, token, body)
        assert status == 200, answer
        text: str = answer["ticket"]
        return text

    wish = {"program": "xterm", "width": 640, "height": 480}
    path = "user/ada/beamtime-desktop/api/desktops"
    status, answer = await hub.ask("POST", path, token, wish, await ticket())
    assert status == 200, answer
    url = f"ws://{hub.address}/user/ada/beamtime/desktop/ws?desktop=xterm&ticket={await ticket()}"
    headers = {"Authorization": f"token {token}"}
    viewer = Viewer(await websocket_connect(HTTPRequest(url, headers=headers)))
    pictures = 0

    async def look_on() -> None:
        nonlocal pictures
        await viewer.greet()
        while True:
            await viewer.update()
            pictures += 1

    looking = asyncio.create_task(look_on())
    await eventually(lambda: pictures > 3, "the desktop ticks", 60)
    # Starting it was activity. From now on nobody touches anything.
    before = await eventually(lambda: hub.told(token), "the hub knows what the server knows", 60)
    seen = pictures
    async with within(120):
        while pictures < seen + 40:  # Some 4 s; the hub and the server report every second.
            for each in POLLED:
                assert (await hub.ask("GET", f"user/ada/{each}", token))[0] in (200, 204), each
    assert await eventually(lambda: hub.told(token), "both still agree", 60) == before

    # A person presses one key.
    await viewer.type("a")

    async def later() -> bool:
        return await hub.last_activity() > before

    await eventually(later, "the hub knows of it", 60)
    looking.cancel()
