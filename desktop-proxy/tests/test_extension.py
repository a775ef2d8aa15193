"""The whole server's side as Jupyter runs it: tickets, jupyter-server-proxy, gateway."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

from .conftest import HERE, eventually, marked_processes, within
from .viewer import Viewer


class Jupyter:
    """A running Jupyter server of alice's, under `/user/alice/`."""

    def __init__(self, home: Path) -> None:
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
                f"--config={HERE / 'jupyter_config.py'}",
            ],
            env={
                **os.environ,
                "PYTHONPATH": str(HERE.parent),
                "HOME": str(home),
                "TMPDIR": str(home),
                "JUPYTERHUB_USER": "alice",
                "BEAMTIME_TEST": str(home),
            },
            cwd=home,
        )

    async def ask(
        self, method: str, path: str, user: str, body: object = None, ticket: str = ""
    ) -> tuple[int, Any]:
        request = HTTPRequest(
            f"http://{self.address}{path}",
            method,
            {"X-Test-User": user, "X-Beamtime-Ticket": ticket},
            None if body is None else json.dumps(body),
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

    async def ready(self) -> None:
        async def answers() -> bool:
            try:
                return (await self.ask("GET", "api/status", "alice"))[0] == 200
            except ConnectionRefusedError:
                return False

        await eventually(answers, "Jupyter's server answers", 60)


@pytest.fixture
def jupyter(private_folder: Path) -> Iterator[Jupyter]:
    jupyter = Jupyter(private_folder)
    yield jupyter
    jupyter.process.terminate()
    jupyter.process.wait(30)
    for pid in marked_processes(jupyter.mark):
        os.kill(int(pid.split()[0]), signal.SIGKILL)


async def test_the_owner_alone_gets_tickets(jupyter: Jupyter) -> None:
    await jupyter.ready()
    path, body = "beamtime/desktop/ticket", {"desktop": "main"}
    assert (await jupyter.ask("POST", path, "alice", body))[0] == 200
    # Somebody with whom the server was shared, and somebody who is not signed in.
    status, answer = await jupyter.ask("POST", path, "bob", body)
    assert (status, answer["message"]) == (403, "This desktop is alice's. Ask alice to let you in.")
    assert (await jupyter.ask("POST", path, "", body))[0] == 403
    for nonsense in ({}, [], {"desktop": "../x"}, {"desktop": 1}):
        assert (await jupyter.ask("POST", path, "alice", nonsense))[0] == 400


async def test_a_desktop_through_the_proxy(jupyter: Jupyter) -> None:
    await jupyter.ready()
    wish = {"program": "xterm", "width": 640, "height": 480}
    path, ticket = "beamtime-desktop/api/desktops", await jupyter.ticket()
    status, desktop = await jupyter.ask("POST", path, "alice", wish, ticket)
    assert (status, desktop["state"]) == (200, "running")

    url = f"ws://{jupyter.address}beamtime-desktop/ws?desktop=xterm&ticket="
    as_alice = {"X-Test-User": "alice"}
    viewer = Viewer(
        await websocket_connect(HTTPRequest(url + await jupyter.ticket(), headers=as_alice))
    )
    async with within(20):
        await viewer.greet()
        await viewer.until_mostly((0x1E, 0x1E, 0x1E))
        await viewer.type("printf '\\033[41m\\033[2J'\n")
        await viewer.until_mostly((0xCD, 0, 0))

    # Watching a desktop is not activity: else the idle culler never fires.
    _, status_before = await jupyter.ask("GET", "api/status", "alice")
    await jupyter.ask("GET", path, "alice")
    _, status_after = await jupyter.ask("GET", "api/status", "alice")
    assert status_after["last_activity"] == status_before["last_activity"]


@pytest.mark.parametrize("signum", ["SIGTERM", "SIGKILL"])
async def test_nothing_outlives_jupyter(jupyter: Jupyter, signum: str) -> None:
    await jupyter.ready()
    wish = {"program": "xterm", "width": 640, "height": 480}
    path, ticket = "beamtime-desktop/api/desktops", await jupyter.ticket()
    assert (await jupyter.ask("POST", path, "alice", wish, ticket))[0] == 200
    assert len(marked_processes(jupyter.mark)) >= 5
    jupyter.process.send_signal(signal.Signals[signum])
    jupyter.process.wait(30)
    await eventually(lambda: not marked_processes(jupyter.mark), "all have ended")
    left = list(jupyter.home.glob("beamtime-desktop-*"))
    await eventually(lambda: not any(folder.exists() for folder in left), "no folder left")
