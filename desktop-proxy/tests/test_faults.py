"""What goes wrong is said, and mended where it can be: with the real Xvnc."""

from __future__ import annotations

import errno
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from beamtime_desktop import faults, parts, rendering, runtime

from .conftest import Gateway, eventually, within
from .viewer import Viewer

PAPER = (0x1E, 0x1E, 0x1E)


def display_of(gateway: Gateway) -> int | None:
    found = [each for each in gateway.processes() if "Xtigervnc" in each.split()[1]]
    return min(int(each.split()[0]) for each in found) if found else None


async def kill_display(gateway: Gateway, signum: signal.Signals = signal.SIGKILL) -> None:
    pid = await eventually(lambda: display_of(gateway), "a display is there")
    os.kill(pid, signum)
    await eventually(lambda: display_of(gateway) != pid, "it has ended")


async def told(gateway: Gateway, **wanted: object) -> dict[str, Any]:
    """Wait until the gateway says of the desktop what has these values; give it."""

    async def reached() -> dict[str, Any] | None:
        desktop = await gateway.desktop("xterm")
        return desktop if wanted.items() <= desktop.items() else None

    desktop: dict[str, Any] = await eventually(reached, f"the desktop is {wanted}")
    return desktop


async def test_a_display_that_falls_is_started_again(gateway: Gateway) -> None:
    await gateway.ready()
    await gateway.start()
    await kill_display(gateway)
    fallen = await told(gateway, restarts=1)
    if fallen["state"] == "restarting":  # For a second.
        assert fallen["ended"]["cause"] == "display"
        assert fallen["restart"]["attempt"] == 1
    running = await told(gateway, state="running", restarts=1)
    assert (running["restart"], running["ended"]) == (None, None)
    async with within(90):
        viewer = Viewer(await gateway.connect("xterm", gateway.ticket("xterm")))
        await viewer.greet()
        await viewer.until_mostly(PAPER)


async def test_gives_up_a_display_that_falls_again_and_again(gateway: Gateway) -> None:
    await gateway.ready()
    await gateway.start()
    began = time.monotonic()
    for number in (1, 2):
        await kill_display(gateway)
        await told(gateway, state="running", restarts=number)
    assert time.monotonic() - began >= sum(faults.BACK_OFF[:2])

    # Who asks for it need not wait.
    await kill_display(gateway)
    await told(gateway, restarts=3)
    desktop = await gateway.start()
    assert (desktop["state"], desktop["restarts"]) == ("running", 3)

    await kill_display(gateway)
    ended = (await told(gateway, state="ended"))["ended"]
    assert ended["cause"] == "crash-loop"
    assert ended["reason"].startswith("The display ended 4 times in a row (signal 9, SIGKILL).")
    await eventually(lambda: len(gateway.processes()) == 1, "only the gateway is left")
    # By hand it goes on, with a clean count.
    assert (await gateway.start())["restarts"] == 0


async def test_shutting_down_stops_the_starting_again(gateway: Gateway) -> None:
    await gateway.ready()
    await gateway.start()
    await kill_display(gateway)
    await told(gateway, restarts=1)
    ticket = gateway.ticket("xterm")
    assert (await gateway.ask("DELETE", "api/desktops/xterm", ticket=ticket))[0] == 204
    assert len(gateway.processes()) == 1
    assert (await gateway.ask("GET", "api/desktops"))[1] == {"desktops": []}


async def test_a_display_that_cannot_come_back_says_why(gateway: Gateway, bin_folder: Path) -> None:
    await gateway.ready()
    await gateway.start()
    server = bin_folder / "Xtigervnc"
    server.write_text("#!/bin/sh\necho the fonts are gone >&2\nexit 1\n")
    server.chmod(0o755)
    await kill_display(gateway)
    ended = (await told(gateway, state="ended"))["ended"]
    assert ended["cause"] == "crash-loop"
    assert "the fonts are gone" in ended["output"]


@pytest.fixture
def stopped(gateway: Gateway) -> Iterator[list[int]]:
    """Processes that go on when the test is over."""
    pids: list[int] = []
    yield pids
    for pid in pids:
        os.kill(pid, signal.SIGCONT)


async def test_a_display_that_hangs_is_found_out(gateway: Gateway, stopped: list[int]) -> None:
    await gateway.ready()
    await gateway.start()
    viewer = Viewer(await gateway.connect("xterm", gateway.ticket("xterm")))
    async with within(90):
        await viewer.greet()
        await viewer.until_mostly(PAPER)
    pid = display_of(gateway)
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    stopped.append(pid)
    await viewer.type("x")

    async def problem() -> object:
        return (await gateway.desktop("xterm"))["problem"]

    assert await eventually(problem, "it is said") == faults.SILENT
    os.kill(pid, signal.SIGCONT)
    await viewer.type("y")

    async def well() -> bool:
        return (await problem()) is None

    await eventually(well, "it is well again")


async def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def part() -> parts.Part:
        (found,) = [each for each in parts.check() if each.id == "disk"]
        return found

    assert part().found is not None
    full = os.statvfs_result((4096, 4096, 1000, 100, 0, 1000, 100, 100, 0, 255))
    monkeypatch.setattr(os, "statvfs", lambda _: full)
    assert part().found is None
    assert part().problem.startswith("There is no space left in /")


def test_after_a_full_disk_the_private_folder_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "made"
    monkeypatch.setattr(runtime, "path", lambda: made)
    monkeypatch.setattr(runtime, "_sweep", lambda _: None)

    def full(_: int) -> bytes:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as while_full:
        while_full.setattr(runtime.secrets, "token_bytes", full)
        with pytest.raises(OSError, match="No space"):
            runtime.folder.__wrapped__()
    assert runtime.folder.__wrapped__() == made
    assert len(runtime.read_secret(made)) == runtime.SECRET_BYTES


def test_why_there_is_no_gateway_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "folder", lambda: None)
    monkeypatch.setattr(parts, "full_folders", list)
    assert faults.why_no_gateway() is None
    monkeypatch.setattr(parts, "full_folders", lambda: ["/tmp"])
    assert faults.why_no_gateway() == (
        "There is no space left in /tmp. Remove what you do not need there, then try again."
    )

    monkeypatch.setattr(parts, "full_folders", list)

    def refused() -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), "/tmp/made")

    monkeypatch.setattr(runtime, "folder", refused)
    assert str(faults.why_no_gateway()).startswith(
        "The desktop may not write where it has to (/tmp/made): Read-only file system. Ask"
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [(28, "disk of this machine is full"), (122, "is full"), (13, "may not"), (11, "no more")],
)
def test_says_what_the_machine_refuses(number: int, words: str) -> None:
    error = OSError(number, os.strerror(number), "/tmp/x")
    assert words in faults.why_not_started(error)


def test_says_who_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert rendering.choose(tmp_path).to_json() == {
        "kind": "cpu",
        "title": "llvmpipe (on the processor)",
        "problem": None,
    }
    (tmp_path / "dri").mkdir()
    (tmp_path / "dri/renderD128").touch()
    lacking = rendering.choose(tmp_path)
    assert (lacking.kind, lacking.prefix) == ("cpu", ())
    assert lacking.problem == "There is a GPU, but VirtualGL is not installed."
    (tmp_path / "vglrun").touch(0o755)
    found = rendering.choose(tmp_path)
    assert (found.kind, found.problem) == ("gpu", None)
    assert found.prefix[0] == str(tmp_path / "vglrun")
