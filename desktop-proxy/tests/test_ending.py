"""However it ends, nothing is left: tried with kill -9 on each of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Gateway, eventually

DAEMON = """#!/bin/sh
# A program that leaves a daemon behind, in a session of its own, that ignores SIGTERM.
setsid sh -c 'trap "" TERM HUP; touch "$HOME/daemon"; while :; do sleep 60; done' &
exec /usr/bin/xterm "$@"
"""


@pytest.fixture
def daemon(bin_folder: Path, tmp_path: Path) -> Path:
    """Makes xterm leave a stubborn daemon; the file that is there once it runs."""
    xterm = bin_folder / "xterm"
    xterm.write_text(DAEMON)
    xterm.chmod(0o755)
    return tmp_path / "daemon"


def python(code: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)


async def pid_of(gateway: Gateway, word: str, at: int = 1) -> int:
    """Wait for the process whose name has `word` in it; a child before its exec has it too."""

    def found() -> list[int]:
        each_has = (each.split() for each in gateway.processes())
        return [int(words[0]) for words in each_has if word in " ".join(words[at : at + 1])]

    return min(await eventually(found, f"{word} runs"))


async def nothing_left(gateway: Gateway) -> None:
    await eventually(lambda: not gateway.processes(), f"all ended, {gateway.processes()}")
    await eventually(lambda: not list(gateway.folder.glob("*/rfb")), "folders removed")


@pytest.mark.parametrize("signum", ["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"])
async def test_the_gateway_ends(gateway: Gateway, daemon: Path, signum: str) -> None:
    await gateway.ready()
    await gateway.start()
    await eventually(daemon.exists, "the daemon runs")
    gateway.process.send_signal(signal.Signals[signum])
    status = gateway.process.wait(60)
    assert status == (-9 if signum == "SIGKILL" else 0)
    await nothing_left(gateway)


async def test_jupyter_is_killed(new_gateway: Callable[..., Gateway], daemon: Path) -> None:
    jupyter = python("input()")
    gateway = new_gateway(parent=jupyter.pid)
    await gateway.ready()
    await gateway.start()
    await eventually(daemon.exists, "the daemon runs")
    jupyter.kill()
    jupyter.wait()
    gateway.process.wait(60)
    await nothing_left(gateway)
    # Nobody else would remove the secret and the socket.
    assert not gateway.folder.exists()


async def test_jupyter_was_gone_before_we_looked(
    new_gateway: Callable[..., Gateway],
) -> None:
    jupyter = python("")
    jupyter.wait()
    gateway = new_gateway(parent=jupyter.pid)
    assert gateway.process.wait(60) == 0


async def test_the_program_ends(gateway: Gateway, daemon: Path) -> None:
    await gateway.ready()
    await gateway.start()
    await eventually(daemon.exists, "the daemon runs")
    os.kill(await pid_of(gateway, "/usr/bin/xterm"), signal.SIGKILL)
    await eventually(lambda: len(gateway.processes()) == 1, "only the gateway is left")
    ended = await gateway.ended("xterm")
    assert "(signal 9, SIGKILL)" in ended["reason"]


async def test_the_display_ends(gateway: Gateway, daemon: Path) -> None:
    await gateway.ready()
    await gateway.start()
    await eventually(daemon.exists, "the daemon runs")
    os.kill(await pid_of(gateway, "Xtigervnc"), signal.SIGSEGV)
    await eventually(lambda: len(gateway.processes()) == 1, "only the gateway is left")
    assert (await gateway.ended("xterm"))["cause"] == "display"


async def test_the_keeper_is_killed(gateway: Gateway) -> None:
    await gateway.ready()
    await gateway.start()
    os.kill(await pid_of(gateway, "keeper.py", at=4), signal.SIGKILL)
    await eventually(lambda: len(gateway.processes()) == 1, "only the gateway is left")
    assert (await gateway.ended("xterm"))["cause"] == "keeper"


def test_a_folder_that_others_can_open_is_refused(
    new_gateway: Callable[..., Gateway], private_folder: Path
) -> None:
    private_folder.chmod(0o755)
    assert new_gateway().process.wait(60) == 2
