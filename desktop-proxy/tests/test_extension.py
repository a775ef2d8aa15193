"""The whole server's side as Jupyter runs it: tickets, jupyter-server-proxy, gateway."""

from __future__ import annotations

import fcntl
import os
import signal
from pathlib import Path

import pytest
from beamtime_desktop import runtime
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from .conftest import eventually, marked_processes, within
from .jupyter import Jupyter
from .viewer import Viewer


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


async def test_why_there_is_no_gateway_is_for_the_owner(jupyter: Jupyter) -> None:
    await jupyter.ready()
    path = "beamtime/desktop/problem"
    assert await jupyter.ask("GET", path, "alice") == (200, {"problem": None})
    for other in ("bob", ""):
        assert (await jupyter.ask("GET", path, other))[0] == 403


async def test_the_owner_alone_looks_by_the_owners_way(jupyter: Jupyter) -> None:
    await jupyter.ready()
    wish = {"program": "xterm", "width": 640, "height": 480}
    path = "beamtime-desktop/api/desktops"
    assert (await jupyter.ask("POST", path, "alice", wish, await jupyter.ticket()))[0] == 200

    async def refused(user: str, desktop: str, **more: str) -> int:
        ticket = await jupyter.ticket(desktop)
        query = f"desktop={desktop}&ticket={ticket}"
        url = f"ws://{jupyter.address}beamtime/desktop/ws?{query}"
        headers = {"X-Test-User": user, **more}
        with pytest.raises(HTTPClientError) as error:
            await websocket_connect(HTTPRequest(url, headers=headers))
        code: int = error.value.code
        return code

    assert await refused("bob", "xterm") == 403
    assert await refused("", "xterm") == 403
    assert await refused("alice", "other") == 404
    assert await refused("alice", "xterm", Origin="https://elsewhere.example") == 403


async def test_a_desktop_through_the_proxy(jupyter: Jupyter) -> None:
    await jupyter.ready()
    wish = {"program": "xterm", "width": 640, "height": 480}
    path, ticket = "beamtime-desktop/api/desktops", await jupyter.ticket()
    status, desktop = await jupyter.ask("POST", path, "alice", wish, ticket)
    assert (status, desktop["state"]) == (200, "running")

    url = f"ws://{jupyter.address}beamtime/desktop/ws?desktop=xterm&ticket="
    as_alice = {"X-Test-User": "alice"}
    viewer = Viewer(
        await websocket_connect(HTTPRequest(url + await jupyter.ticket(), headers=as_alice))
    )
    async with within(90):
        await viewer.greet()
        await viewer.until_mostly((0x1E, 0x1E, 0x1E))
        await viewer.type("printf '\\033[41m\\033[2J'\n")
        await viewer.until_mostly((0xCD, 0, 0))

    # What a person did there is activity, at the time at which it was done.
    _, listed = await jupyter.ask("GET", path, "alice")
    last_input = listed["desktops"][0]["lastInput"]

    async def told() -> bool:
        return await jupyter.last_activity() >= last_input[:19]

    await eventually(told, "Jupyter knows of it")
    # Looking on is none, nor is what an open page asks for again and again.
    before = await jupyter.last_activity()
    for each in (path, "api/contents?content=1", "api/kernels", "api/sessions", "api/terminals"):
        assert (await jupyter.ask("GET", each, "alice"))[0] == 200
    async with within(90):
        await viewer.update(incremental=False)
    await jupyter.ticket()
    assert await jupyter.last_activity() == before


async def test_a_person_in_the_page_is_activity(jupyter: Jupyter) -> None:
    await jupyter.ready()
    before = await jupyter.last_activity()
    assert (await jupyter.ask("POST", "beamtime/activity", "", b""))[0] == 403
    assert await jupyter.last_activity() == before
    assert (await jupyter.ask("POST", "beamtime/activity", "alice", b""))[0] == 204
    now = await jupyter.last_activity()
    assert now > before
    # To save a file is, too.
    body = {"type": "file", "format": "text", "content": "x"}
    assert (await jupyter.ask("PUT", "api/contents/notes.txt", "alice", body))[0] == 201
    assert await jupyter.last_activity() > now


@pytest.mark.parametrize("signum", ["SIGTERM", "SIGKILL"])
async def test_nothing_outlives_jupyter(jupyter: Jupyter, signum: str) -> None:
    await jupyter.ready()
    wish = {"program": "xterm", "width": 640, "height": 480}
    path, ticket = "beamtime-desktop/api/desktops", await jupyter.ticket()
    assert (await jupyter.ask("POST", path, "alice", wish, ticket))[0] == 200
    await eventually(lambda: len(marked_processes(jupyter.mark)) >= 5, "all of it runs")
    jupyter.process.send_signal(signal.Signals[signum])
    jupyter.process.wait(60)
    await eventually(lambda: not marked_processes(jupyter.mark), "all have ended")
    patterns = ("beamtime-desktop-*", "jupyter-server-proxy-*")

    def left() -> list[Path]:
        return [each for pattern in patterns for each in jupyter.home.glob(pattern)]

    await eventually(lambda: not left(), "no folder left")


@pytest.mark.parametrize("signum", ["SIGTERM", "SIGKILL"])
async def test_a_killed_gateway_comes_back_and_leaves_nothing(
    jupyter: Jupyter, signum: str
) -> None:
    await jupyter.ready()
    path = "beamtime-desktop/api/desktops"
    assert (await jupyter.ask("GET", path, "alice"))[0] == 200
    # The oldest: a child before its exec has the same words.
    of_gateway = [each for each in marked_processes(jupyter.mark) if "-m beamtime_desktop" in each]
    os.kill(min(int(each.split()[0]) for each in of_gateway), signal.SIGKILL)

    async def answers() -> bool:
        try:
            return (await jupyter.ask("GET", path, "alice"))[0] == 200
        except ConnectionError:
            return False

    await eventually(answers, "the next gateway answers")
    jupyter.process.send_signal(signal.Signals[signum])
    jupyter.process.wait(60)
    await eventually(lambda: not marked_processes(jupyter.mark), "all have ended")
    folders = "beamtime-desktop-*"
    await eventually(lambda: not list(jupyter.home.glob(folders)), "no folder left")


def test_what_killed_servers_left_is_swept(
    private_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "_short_base", lambda: str(private_folder))
    held, left = (private_folder / f"beamtime-desktop-{name}" for name in ("held", "left"))
    for each in (held, left):
        each.mkdir(mode=0o700)
        (each / "lock").touch(mode=0o600)
    with (held / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)  # As its server does while it lives.
        runtime._sweep(private_folder)
    assert held.exists()
    assert not left.exists()
