"""The processes beside the data, as the Jupyter server sees them."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import json
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .problems import Problem
from .wire import HEAD_SIZE, Answer, head, head_of

log = logging.getLogger(__name__)

DEADLINE = 30.0
"""Seconds after which a process that has not answered is killed."""

IDLE = 300.0
"""Seconds after which a process that nobody needs ends."""

MOST = 2
"""Most processes: one that hangs must not hold up the other tabs."""

MOST_WAITING = 32

CALM_NICE = 5
"""Kernels go first."""


def is_there() -> bool:
    """Whether what the processes need is installed."""
    return importlib.util.find_spec("h5py") is not None


class Pool:
    """Starts processes when they are needed, kills those that hang.

    Parameters
    ----------
    root, data_roots
        Folders in which files may be read, links resolved.
    linked
        Gives the folders that links of ours lead to, now.
    """

    def __init__(
        self,
        root: Path,
        data_roots: tuple[Path, ...],
        linked: Callable[[], list[str]],
        *,
        deadline: float = DEADLINE,
        idle: float = IDLE,
    ) -> None:
        self._setup = {"root": str(root), "dataRoots": [str(each) for each in data_roots]}
        self._linked = linked
        self._deadline = deadline
        self._idle = idle
        self._turns = asyncio.Semaphore(MOST)
        self._free: list[_Process] = []
        self._waiting = 0

    async def ask(self, request: dict[str, Any]) -> Answer:
        """Have a request done; see `work.do` for its keys.

        Cancelling it kills the process: what it reads may take long.

        Raises
        ------
        Problem
            `crashed` if the process died, `unreadable` if it was too slow or too much waits.
        """
        if self._waiting >= MOST_WAITING:
            raise Problem("unreadable", detail="Too much is read at the same time. Try again.")
        self._waiting += 1
        try:
            async with self._turns:
                return await self._ask(request)
        finally:
            self._waiting -= 1

    async def warm(self) -> None:
        """Start a process for the first request, which takes a good part of a second."""
        if not self._free and not self._turns.locked():
            async with self._turns:
                process = await _Process.start(self._setup)
                self._keep(process)

    async def close(self) -> None:
        """End the processes that wait."""
        ending, self._free = self._free, []
        for process in ending:
            process.end()
            await process.ended()

    async def _ask(self, request: dict[str, Any]) -> Answer:
        process = self._free.pop() if self._free else await _Process.start(self._setup)
        process.wanted()
        try:
            answer = await asyncio.wait_for(
                process.ask({**request, "linked": self._linked()}), self._deadline
            )
        except asyncio.TimeoutError:
            process.end()
            seconds = f"{self._deadline:.0f} s"
            raise Problem("unreadable", detail=f"Reading took longer than {seconds}.") from None
        except _Died as death:
            process.end()
            log.warning("The process beside the data died at %s: %s", request["file"], death)
            raise Problem("crashed", detail=str(death)) from death
        except BaseException:
            process.end()
            raise
        self._keep(process)
        return answer

    def _keep(self, process: _Process) -> None:
        self._free.append(process)
        process.idle_for(self._idle, lambda: self._drop(process))

    def _drop(self, process: _Process) -> None:
        if process in self._free:
            self._free.remove(process)
            process.end()


class _Died(Exception):
    """The process ended instead of answering."""


class _Process:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None and process.stdout is not None
        self._process = process
        self._in = process.stdin
        self._out = process.stdout
        self._timer: asyncio.TimerHandle | None = None

    @classmethod
    async def start(cls, setup: dict[str, Any]) -> _Process:
        # Numerical libraries would start a thread for each core, and map memory for it.
        env = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        process = cls(
            await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", __package__ or ""),
                env=env,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
        )
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process._process.pid, CALM_NICE)
        await process._send(setup)
        return process

    async def ask(self, request: dict[str, Any]) -> Answer:
        try:
            await self._send(request)
            length, rest = head_of(await self._out.readexactly(HEAD_SIZE))
            text = await self._out.readexactly(length)
            body = await self._out.readexactly(rest)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise _Died(f"exit status {await self._process.wait()}") from error
        return Answer(json.loads(text), body)

    def end(self) -> None:
        self.wanted()
        self._in.close()
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def ended(self) -> None:
        await self._process.wait()

    def wanted(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def idle_for(self, seconds: float, then: Callable[[], None]) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, then)

    async def _send(self, meta: dict[str, Any]) -> None:
        self._in.write(head(meta))
        await self._in.drain()
