"""The desktops of one user's server: named, started, ended, with the reason kept."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Literal

from . import display, keeper, parts
from .programs import Program

log = logging.getLogger(__name__)

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
MOST = 16
"""Most desktops of one server, ended ones included."""

PATIENCE = keeper.GRACE + 5.0
"""Seconds after which a keeper that does not end is ended by force."""


class DesktopError(Exception):
    """It cannot be done. The message is shown to the user as it is."""


@dataclass(frozen=True)
class Ended:
    """Why a desktop ended: see `keeper` for `cause` and `status`."""

    at: float
    cause: str
    status: int | None
    reason: str
    output: list[str]


@dataclass
class Desktop:
    """One display with one program on it.

    Attributes
    ----------
    since:
        When its state last changed, seconds since the epoch.
    last_input:
        When a person last pressed a key or moved the pointer on it, seconds since the
        epoch; None before the first time. What counts as a person: `rfb.INPUT`.
    """

    name: str
    program: Program
    width: int
    height: int
    folder: Path
    since: float = field(default_factory=time.time)
    state: Literal["starting", "running", "ended"] = "starting"
    ended: Ended | None = None
    last_input: float | None = None
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once it runs, or has ended without ever running."""
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once it has ended and none of its processes is left."""
    _keeper: asyncio.subprocess.Process | None = None
    _pids: list[int] = field(default_factory=list)
    _watch: asyncio.Task[None] | None = None

    @property
    def socket(self) -> Path:
        """Where the display speaks RFB."""
        return self.folder / "rfb"

    async def start(self) -> None:
        """Start it, and wait until it runs or has failed to."""
        server = parts.find_display_server()
        if server is None:
            raise DesktopError("No Xvnc is installed on this machine.")
        display.write_cookie(self.folder)
        size = (self.width, self.height)
        spec = {
            "folder": str(self.folder),
            "display": display.command(server, self.folder, self.name, *size),
            "session": self.program.session(),
            "env": display.environment(self.folder),
        }
        env = {k: v for k, v in os.environ.items() if k not in display.NOT_INHERITED}
        self._keeper = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", keeper.__file__, json.dumps(spec)),
            env=env,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        self._watch = asyncio.create_task(self._follow(self._keeper))
        await self.settled.wait()

    async def end(self) -> None:
        """End it, and wait until none of its processes is left."""
        if self._keeper is None or self._keeper.stdin is None:
            return
        self._keeper.stdin.close()
        try:
            await asyncio.wait_for(self.gone.wait(), PATIENCE)
        except asyncio.TimeoutError:
            log.warning("The keeper of desktop %s did not end: killed.", self.name)
            with contextlib.suppress(ProcessLookupError):
                self._keeper.kill()
            await self.gone.wait()

    def touched(self) -> None:
        """Note that a person did something on it."""
        self.last_input = time.time()

    def to_json(self) -> dict[str, object]:
        """Give it as `GET api/desktops` does."""
        ended = self.ended and {
            "at": _iso(self.ended.at),
            "cause": self.ended.cause,
            "status": self.ended.status,
            "reason": self.ended.reason,
            "output": self.ended.output,
        }
        return {
            "name": self.name,
            "program": {"id": self.program.id, "title": self.program.title},
            "state": self.state,
            "since": _iso(self.since),
            "geometry": {"width": self.width, "height": self.height},
            "lastInput": self.last_input and _iso(self.last_input),
            "ended": ended,
        }

    async def _follow(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            event = json.loads(line)
            if event["event"] == "running":
                self._pids = event["pids"]
                self._become("running")
            else:
                self._ended(event["cause"], event["status"], event["output"])
        status = await process.wait()
        if self.ended is None:  # The keeper itself was killed.
            self._kill_rest()
            self._ended("keeper", status, [])
        self.gone.set()

    def _kill_rest(self) -> None:
        for pid in self._pids:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _become(self, state: Literal["running", "ended"]) -> None:
        self.state = state
        self.since = time.time()
        self.settled.set()

    def _ended(self, cause: str, status: int | None, output: list[str]) -> None:
        reason = _reason(self.program.title, cause, status)
        self.ended = Ended(time.time(), cause, status, reason, output)
        self._become("ended")


class Desktops:
    """All desktops of one server.

    Parameters
    ----------
    folder:
        Private folder, in which each gets one of its own.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._by_name: dict[str, Desktop] = {}

    def all(self) -> list[Desktop]:
        """Give all of them, the oldest first."""
        return list(self._by_name.values())

    def get(self, name: str) -> Desktop | None:
        """Give the one of that name, None if there is none."""
        return self._by_name.get(name)

    async def open(self, name: str, program: Program, width: int, height: int) -> Desktop:
        """Give the running desktop `name`; start it if it has ended or is new.

        Raises
        ------
        DesktopError
            Too many desktops, or another program has that name.
        """
        there = self._by_name.get(name)
        if there is not None and there.state != "ended":
            if there.program.id != program.id:
                raise DesktopError(
                    f"Desktop {name} runs {there.program.title}. "
                    "Shut it down first, or choose another name."
                )
            await there.settled.wait()
            return there
        if there is None and len(self._by_name) >= MOST:
            raise DesktopError(f"You have {MOST} desktops already. Shut one down first.")
        folder = Path(tempfile.mkdtemp(dir=self._folder, prefix=""))
        desktop = Desktop(name, program, width, height, folder)
        self._by_name[name] = desktop
        try:
            await desktop.start()
        except BaseException:
            del self._by_name[name]
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return desktop

    async def remove(self, name: str) -> bool:
        """End the desktop `name` and forget it; say whether there was one."""
        desktop = self._by_name.get(name)
        if desktop is None:
            return False
        await desktop.end()
        if self._by_name.get(name) is desktop:
            del self._by_name[name]
        return True

    async def end_all(self) -> None:
        """End all of them."""
        await asyncio.gather(*(desktop.end() for desktop in self.all()))


def _iso(at: float) -> str:
    moment = datetime.fromtimestamp(at, timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _reason(title: str, cause: str, status: int | None) -> str:
    how = "" if status is None else f" (exit status {status})"
    # A shell, and dbus-run-session, give 128 more than the signal's number.
    number = -status if status and status < 0 else (status or 0) - 128
    if number in set(signal.Signals):
        how = f" (signal {number}, {signal.Signals(number).name})"
    return {
        "closed": f"{title} was closed.",
        "failed": f"{title} ended with an error{how}.",
        "display": f"The display ended{how}, and {title} with it.",
        "start": (
            f"The display did not start{how}."
            if how
            else f"The display did not start within {keeper.START_TIMEOUT:.0f} s."
        ),
        "told": "The desktop was shut down.",
        "keeper": f"The program that looks after the desktop was killed{how}.",
    }[cause]
