"""One life of a display: from its start until none of its processes is left."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from . import display, keeper

log = logging.getLogger(__name__)

PATIENCE = keeper.GRACE + 5.0
"""Seconds after which a keeper that does not end is ended by force."""

GREETING_SECONDS = 10.0
"""Seconds within which a display that is well greets whoever connects."""


@dataclass(frozen=True)
class End:
    """How a life ended: see `keeper` for `cause` and `status`.

    `output` is what the program, or the display, wrote last.
    """

    cause: str
    status: int | None
    output: list[str]


@dataclass
class Run:
    """One display with its programs.

    Attributes
    ----------
    folder:
        Private folder of this life alone; removed at its end.
    on_running, on_end:
        Called once the program is started, and once it is known why all ended.
        Processes may be left until `gone` is set.
    """

    folder: Path
    on_running: Callable[[], None]
    on_end: Callable[[End], None]
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once it runs, or has ended without ever running."""
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    _keeper: asyncio.subprocess.Process | None = None
    _pids: list[int] = field(default_factory=list)
    _watch: asyncio.Task[None] | None = None
    _has_ended: bool = False

    @property
    def socket(self) -> Path:
        """Where the display speaks RFB."""
        return self.folder / "rfb"

    async def start(
        self, server: str, name: str, size: tuple[int, int], session: list[str]
    ) -> None:
        """Start it, and wait until it runs or has failed to.

        Raises
        ------
        OSError
            Its folder cannot be written, or no process can be started.
        """
        display.write_cookie(self.folder)
        spec = {
            "folder": str(self.folder),
            "display": display.command(server, self.folder, name, *size),
            "session": session,
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
            log.warning("The keeper of a desktop in %s did not end: killed.", self.folder)
            with contextlib.suppress(ProcessLookupError):
                self._keeper.kill()
            await self.gone.wait()

    async def greets(self) -> bool:
        """Say whether the display answers a new connection."""
        try:
            reader, writer = await asyncio.open_unix_connection(self.socket)
        except OSError:
            return False
        try:
            await asyncio.wait_for(reader.readexactly(12), GREETING_SECONDS / 2)
        except (OSError, EOFError, asyncio.TimeoutError):
            return False
        finally:
            writer.close()
        return True

    async def _follow(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            event = json.loads(line)
            if event["event"] == "running":
                self._pids = event["pids"]
                self.on_running()
                self.settled.set()
            else:
                self._end(End(event["cause"], event["status"], event["output"]))
        status = await process.wait()
        if not self._has_ended:  # The keeper itself was killed.
            self._kill_rest()
            self._end(End("keeper", status, []))
        self.gone.set()

    def _end(self, end: End) -> None:
        self._has_ended = True
        self.on_end(end)
        self.settled.set()

    def _kill_rest(self) -> None:
        for pid in self._pids:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)


def make_folder(below: Path) -> Path:
    """Make the private folder of a new life.

    Raises
    ------
    OSError
        It cannot be made.
    """
    return Path(tempfile.mkdtemp(dir=below, prefix=""))
