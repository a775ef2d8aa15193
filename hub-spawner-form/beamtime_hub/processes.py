"""Finds and ends what a local session has left running, in whatever process group it hides.

Kernels, terminals and desktops leave the process group of the server that started them.
What all of them keep is the environment: a mark in it finds them (Linux only).
"""

import asyncio
import os
import signal
from pathlib import Path

MARK = "BEAMTIME_SESSION"
"""Environment variable that holds the mark of a session's processes."""

GRACE = 5.0
"""Seconds between asking a process to end and ending it."""


def marked(mark: str) -> list[int]:
    """Give the processes that were started with this mark."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
        except OSError:
            continue  # Gone meanwhile, or somebody else's.
        if wanted in environment.split(b"\0"):
            found.append(int(folder.name))
    return found


def carries(pid: int, mark: str) -> bool:
    """Whether a process has the mark: a process number alone may long be somebody else's."""
    try:
        environment = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False
    return f"{MARK}={mark}".encode() in environment.split(b"\0")


async def end_marked(mark: str) -> None:
    """End all processes that have the mark: ask first, insist after `GRACE`."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        deadline = asyncio.get_running_loop().time() + GRACE
        pids = await asyncio.to_thread(marked, mark)
        for pid in pids:
            send(pid, number)
        while pids and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.1)
            pids = await asyncio.to_thread(marked, mark)
        if not pids:
            return


def send(pid: int, number: int) -> None:
    """Send a signal to a process that may be gone."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
