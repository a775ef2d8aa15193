"""A gateway as it runs for a user: a process of its own, with the real Xvnc."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from beamtime_desktop.tickets import Ticket, mint
from tornado.httpclient import HTTPRequest
from tornado.netutil import Resolver
from tornado.simple_httpclient import SimpleAsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

HERE = Path(__file__).parent
SECRET = b"s" * 32


class UnixResolver(Resolver):  # type: ignore[misc]
    """Connects to a unix socket, whatever the host's name."""

    def initialize(self, path: Path) -> None:
        self._path = str(path)

    async def resolve(self, *_: Any, **__: Any) -> list[tuple[int, Any]]:
        import socket

        return [(socket.AF_UNIX, self._path)]


async def eventually(condition: Callable[[], Any], what: str, seconds: float = 60.0) -> Any:
    """Wait until `condition`, plain or async, gives something true, and give it."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if inspect.isawaitable(value):
            value = await value
        if value:
            return value
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def within(seconds: float) -> AsyncIterator[None]:
    """Fail if what is inside takes longer (`asyncio.timeout` of Python 3.11)."""
    task = asyncio.current_task()
    assert task is not None
    timer = asyncio.get_running_loop().call_later(seconds, task.cancel)
    try:
        yield
    except asyncio.CancelledError:
        pytest.fail(f"not within {seconds} s")
    finally:
        timer.cancel()


def marked_processes(mark: str) -> list[str]:
    """Give number and command line of all processes with `mark` in their environment.

    Daemons that left their parents and sessions are found as well.
    """
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            marked = mark.encode() in (entry / "environ").read_bytes().split(b"\0")
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ")
        except OSError:
            continue
        if marked and words:
            found.append(f"{entry.name} {words.decode()}")
    return found


def end_marked(mark: str) -> None:
    """End all processes with `mark` in their environment; some end by themselves meanwhile."""
    deadline = time.monotonic() + 30
    while (left := marked_processes(mark)) and time.monotonic() < deadline:
        for each in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(each.partition(" ")[0]), signal.SIGKILL)
        time.sleep(0.02)


class Gateway:
    """A running gateway and what a test asks of it."""

    def __init__(self, folder: Path, env: dict[str, str], parent: int) -> None:
        self.folder = folder
        self.socket = folder / "gateway" / "socket"
        self.mark = f"BEAMTIME_TEST={uuid.uuid4()}"
        name, _, value = self.mark.partition("=")
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "beamtime_desktop"),
                *("--socket", str(self.socket), "--folder", str(folder)),
                *("--parent", str(parent)),
            ],
            env={**env, name: value, "PYTHONPATH": str(HERE.parent)},
            cwd=folder,
        )

    @property
    def resolver(self) -> UnixResolver:
        return UnixResolver(path=self.socket)

    async def ready(self) -> None:
        async def answers() -> bool:
            try:
                return (await self.ask("GET", "api/desktops"))[0] == 200
            except OSError:  # No socket yet, or nobody listening at it yet.
                return False

        await eventually(answers, "the gateway answers")

    def processes(self) -> list[str]:
        """Give the processes that ever came from this gateway."""
        return marked_processes(self.mark)

    def ticket(self, desktop: str, who: str = "ada", invitation: str | None = None) -> str:
        return mint(SECRET, Ticket(desktop, who, invitation))

    async def ask(
        self, method: str, path: str, body: object = None, ticket: str | None = None
    ) -> tuple[int, Any]:
        """Give the status and the JSON of the answer."""
        response = await SimpleAsyncHTTPClient(force_instance=True, resolver=self.resolver).fetch(
            HTTPRequest(
                f"http://gateway/{path}",
                method,
                {"X-Beamtime-Ticket": ticket} if ticket else None,
                None if body is None else json.dumps(body),
                request_timeout=40,
            ),
            raise_error=False,
        )
        return response.code, json.loads(response.body) if response.body else None

    async def start(self, program: str = "xterm") -> dict[str, Any]:
        """Start a desktop of the name of its program, 640 x 480 pixels."""
        wish = {"program": program, "width": 640, "height": 480}
        ticket = self.ticket(program)
        status, desktop = await self.ask("POST", "api/desktops", wish, ticket)
        assert status == 200, desktop
        assert isinstance(desktop, dict)
        return desktop

    async def desktop(self, name: str) -> dict[str, Any]:
        _, answer = await self.ask("GET", "api/desktops")
        found = [each for each in answer["desktops"] if each["name"] == name]
        assert len(found) == 1, answer
        desktop: dict[str, Any] = found[0]
        return desktop

    async def ended(self, name: str) -> dict[str, Any]:
        """Wait until the desktop has ended, and give why."""

        async def why() -> object:
            return (await self.desktop(name))["ended"]

        ended: dict[str, Any] = await eventually(why, f"{name} has ended")
        return ended

    async def connect(self, desktop: str, ticket: str) -> WebSocketClientConnection:
        return await websocket_connect(
            f"ws://gateway/ws?desktop={desktop}&ticket={ticket}",
            resolver=self.resolver,
        )

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(60)


@pytest.fixture
def private_folder() -> Iterator[Path]:
    """A private folder of a short path, with a secret in it."""
    folder = Path(tempfile.mkdtemp(prefix="bt-"))
    (folder / "secret").write_bytes(SECRET)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    """A folder of programs that a test may add to; it comes first in PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


@pytest.fixture
def new_gateway(
    private_folder: Path, bin_folder: Path, tmp_path: Path
) -> Iterator[Callable[..., Gateway]]:
    """Make gateways; whatever is left of them afterwards is ended."""
    made: list[Gateway] = []

    def make(path: str | None = None, parent: int | None = None, **variables: str) -> Gateway:
        default = f"{bin_folder}{os.pathsep}{os.environ['PATH']}"
        env = {
            **os.environ,
            "PATH": default if path is None else path,
            "HOME": str(tmp_path),
            **variables,
        }
        made.append(Gateway(private_folder, env, parent or os.getpid()))
        return made[-1]

    yield make
    for gateway in made:
        gateway.end()
        end_marked(gateway.mark)


@pytest.fixture
def gateway(new_gateway: Callable[..., Gateway]) -> Gateway:
    """A running gateway."""
    return new_gateway()


@pytest.fixture
def jupyter(private_folder: Path) -> Iterator[Any]:
    """A running Jupyter server of alice's, as `tests.jupyter.Jupyter`."""
    from .jupyter import Jupyter

    jupyter = Jupyter(private_folder)
    yield jupyter
    jupyter.process.terminate()
    jupyter.process.wait(60)
    end_marked(jupyter.mark)
