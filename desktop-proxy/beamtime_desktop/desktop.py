"""One desktop: a display with a program on it, started again when the display falls."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Literal

from . import display, faults, parts, rendering
from .applications.program import Program
from .run import End, Run, make_folder

log = logging.getLogger(__name__)

LOOK_AFTER, LOOK_EVERY = 3.0, 10.0
"""Seconds without a picture after a person's input before the display is tried, and
between two such tries."""

State = Literal["starting", "running", "restarting", "ended"]


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

    def to_json(self) -> dict[str, object]:
        return {
            "at": iso(self.at),
            "cause": self.cause,
            "status": self.status,
            "reason": self.reason,
            "output": self.output,
        }


@dataclass
class Desktop:
    """A display with a program on it. When the display falls, it is started again.

    Attributes
    ----------
    folder:
        Where each life of the display gets a folder of its own.
    session:
        Gives the words that start the program.
    since:
        When its state last changed, seconds since the epoch.
    ended:
        Why it ended, or why it is being started again.
    falls:
        How often the display fell without anybody's wish since it last ran steadily.
    last_input:
        When a person last pressed a key or moved the pointer on it, seconds since the
        epoch; None before the first time. What counts as a person: `rfb.INPUT`.
    problem:
        What is wrong although it runs, a sentence; None if nothing is known.
    """

    name: str
    program: Program
    width: int
    height: int
    folder: Path
    session: Callable[[], list[str]]
    on_input: Callable[[], None] = lambda: None
    since: float = field(default_factory=time.time)
    state: State = "starting"
    ended: Ended | None = None
    falls: int = 0
    next_start: float | None = None
    last_input: float | None = None
    problem: str | None = None
    renderer: rendering.Renderer = field(default_factory=rendering.choose)
    server: str = ""
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once it runs, or has ended without ever running."""
    _run: Run | None = None
    _again: asyncio.Task[None] | None = None
    _told: bool = False
    _last_paint: float = 0.0
    _last_look: float = 0.0

    @property
    def run(self) -> Run | None:
        """The life of its display that there is now, or was last."""
        return self._run

    async def start(self) -> None:
        """Start it, and wait until it runs or has failed to.

        Raises
        ------
        DesktopError
            There is no Xvnc, or no room, or the machine refuses.
        """
        server = parts.find_display_server()
        if server is None:
            raise DesktopError("No Xvnc is installed on this machine.")
        self.server = display.kind(server)
        words = [*self.renderer.prefix, *self.session()]
        run: Run | None = None
        try:
            run = Run(make_folder(self.folder), self._runs, self._ends)
            self._run = run
            await run.start(server, self.name, (self.width, self.height), words)
        except OSError as error:
            if run is not None:
                shutil.rmtree(run.folder, ignore_errors=True)
            raise DesktopError(faults.why_not_started(error)) from error

    async def start_now(self) -> None:
        """Start a desktop that is to be started again later: somebody waits for it.

        Raises
        ------
        DesktopError
            As `start`.
        """
        if self._again is not None:
            self._again.cancel()
        if self._run is not None:
            await self._run.gone.wait()
        if self.state == "restarting":
            await self._try_again()

    async def end(self) -> None:
        """End it, and wait until none of its processes is left."""
        self._told = True
        if self._again is not None:
            self._again.cancel()
        if self._run is not None:
            await self._run.end()
        if self.state == "restarting":
            self._end("told", None, [])

    def touched(self) -> None:
        """Note that a person did something on it."""
        self.last_input = time.time()
        self.on_input()

    def painted(self, at: float) -> None:
        """Note that the display sent something, `at` seconds since the epoch."""
        self.problem = None
        self._last_paint = at

    def is_suspect(self) -> bool:
        """Say whether a person did something on which the display sent nothing.

        That is no fault yet: a moved pointer alone need not paint.
        """
        now, last = time.time(), self.last_input
        if self.state != "running" or last is None or now - self._last_look < LOOK_EVERY:
            return False
        return last > self._last_paint and now - last > LOOK_AFTER

    async def look_at_display(self) -> None:
        """Find out whether the display answers; `problem` then says so."""
        run = self._run
        self._last_look = time.time()
        if run is not None and self.state == "running":
            greets = await run.greets()
            if run is self._run and self.state == "running":
                self.problem = None if greets else faults.SILENT

    def to_json(self) -> dict[str, object]:
        """Give it as `GET api/desktops` does."""
        return {
            "name": self.name,
            "program": {"id": self.program.id, "title": self.program.title},
            "state": self.state,
            "since": iso(self.since),
            "geometry": {"width": self.width, "height": self.height},
            "lastInput": self.last_input and iso(self.last_input),
            "ended": self.ended and self.ended.to_json(),
            "restarts": self.falls,
            "restart": self.next_start
            and {
                "attempt": self.falls,
                "most": len(faults.BACK_OFF),
                "next": iso(self.next_start),
            },
            "renderer": self.renderer.to_json(),
            "server": self.server,
            "problem": self.problem,
        }

    def _runs(self) -> None:
        self.next_start = None
        self.ended = None
        self._become("running")

    def _ends(self, end: End) -> None:
        ran_for = time.time() - self.since
        may_go_on = self.state == "running" or self.falls > 0
        if end.cause not in faults.FALLS | {"start"} or self._told or not may_go_on:
            self._end(end.cause, end.status, end.output)
            return
        if self.state == "running" and ran_for >= faults.STEADY:
            self.falls = 0
        self.falls += 1
        if self.falls > len(faults.BACK_OFF):
            self._end("crash-loop", end.status, end.output)
            return
        self._note_end(end.cause, end.status, end.output)
        wait = faults.BACK_OFF[self.falls - 1]
        self.next_start = time.time() + wait
        self._become("restarting")
        self._again = asyncio.create_task(self._start_again(wait))

    async def _start_again(self, wait: float) -> None:
        if self._run is not None:
            await self._run.gone.wait()
        await asyncio.sleep(wait)
        with contextlib.suppress(DesktopError):
            await self._try_again()

    async def _try_again(self) -> None:
        self.next_start = None
        self._become("starting")
        try:
            await self.start()
        except DesktopError as error:
            log.warning("Desktop %s was not started again: %s", self.name, error)
            self.ended = Ended(time.time(), "start", None, str(error), [])
            self._become("ended")
            raise

    def _end(self, cause: str, status: int | None, output: list[str]) -> None:
        self._note_end(cause, status, output)
        self.next_start = None
        self._become("ended")

    def _note_end(self, cause: str, status: int | None, output: list[str]) -> None:
        reason = faults.why_ended(self.program.title, cause, status)
        self.ended = Ended(time.time(), cause, status, reason, output)

    def _become(self, state: State) -> None:
        self.state = state
        self.problem = None
        self.since = time.time()
        self.settled.set()


def iso(at: float) -> str:
    """Write seconds since the epoch as a UTC instant."""
    moment = datetime.fromtimestamp(at, timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
