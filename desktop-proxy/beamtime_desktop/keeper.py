"""Owns the processes of one desktop: starts them, and leaves none behind.

The gateway runs this file as a program of its own, with nothing imported but the
standard library (`python -I -S keeper.py SPEC`), so that it starts in some 20 ms.
It adopts what its children leave behind (PR_SET_CHILD_SUBREAPER), hence daemons
that a program forked off are found and ended too. It ends everything when

- the program, or the display, ends;
- its standard input reaches its end: the gateway is gone, however it went;
- it gets SIGTERM, SIGINT or SIGHUP.

`SPEC` is JSON: `{"folder", "display": argv, "session": argv, "env": {…}}`. `folder`
is removed at the end. Events go to standard output, one JSON object a line:

    {"event": "running", "display": ":3", "pids": [101, 104]}
    {"event": "ended", "cause": "closed", "status": 0, "output": ["…"]}

`cause` is one of `closed` (the program ended well), `failed` (it did not), `display`
(the display ended under it), `start` (the display never came up) and `told` (the
gateway said so or is gone). `status` is an exit status, or minus a signal's number.
"""

# ruff: noqa: PTH123, PTH208
# (pathlib would take a third of the time to start)

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

START_TIMEOUT = 15.0
"""Seconds that a display may take to come up."""

GRACE = 2.0
"""Seconds that a program has to save its work after SIGTERM."""

OUTPUT_BYTES = 8192
"""How much of what a program wrote is kept: the last of it."""

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(signum: int) -> None:
    """Have the kernel send this process `signum` when its parent ends."""
    _libc.prctl(_PR_SET_PDEATHSIG, signum, 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends."""
    _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants(root: int) -> list[int]:
    """Give the process ids below `root`, zombies left out."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat", "rb") as file:
                # The name, in parentheses, may hold anything: split after the last one.
                state, ppid = file.read().rpartition(b")")[2].split()[:2]
        except OSError:
            continue  # It ended meanwhile.
        if state != b"Z":
            children.setdefault(int(ppid), []).append(int(entry))

    def below(pid: int) -> Iterator[int]:
        for child in children.get(pid, []):
            yield child
            yield from below(child)

    return list(below(root))


class Keeper:
    """The loop: watches pipes and children until the desktop has ended."""

    def __init__(self, display: list[str], session: list[str], env: dict[str, str]) -> None:
        self._display_argv = display
        self._session_argv = session
        self._env = {**os.environ, **env}
        self._selector = selectors.DefaultSelector()
        self._output = {"display": b"", "session": b""}
        self._display: subprocess.Popen[bytes] | None = None
        self._session: subprocess.Popen[bytes] | None = None
        self._number = b""
        self._cause: tuple[str, int | None] | None = None

    def run(self) -> None:
        """Start the desktop, wait until it has ended, and end what is left of it."""
        adopt_orphans()
        self._watch_signals()
        self._on_readable(0, self._gateway_spoke)
        try:
            self._watch()
        except OSError as error:  # A program that cannot be run at all.
            self._output["display"] += str(error).encode()
            self._cause = ("start", None)
        self._find_deeper_cause()
        self._drain()
        self._tell_end(*(self._cause or ("told", None)))
        self._end_all()

    def _watch(self) -> None:
        self._start_display()
        deadline = time.monotonic() + START_TIMEOUT
        while self._cause is None:
            waiting = self._session is None
            left = deadline - time.monotonic() if waiting else None
            if left is not None and left <= 0:
                self._cause = ("start", None)
                break
            for key, _ in self._selector.select(left):
                key.data()
            self._reap()

    # What can happen

    def _gateway_spoke(self) -> None:
        if not os.read(0, 4096):
            self._selector.unregister(0)
            self._cause = self._cause or ("told", None)

    def _told_to_end(self, *_: object) -> None:
        self._cause = self._cause or ("told", None)

    def _reap(self) -> None:
        while True:
            try:
                pid, raw = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            status = os.waitstatus_to_exitcode(raw)
            if self._session and pid == self._session.pid:
                self._session.returncode = status
                cause = "closed" if status == 0 else "failed"
                self._cause = self._cause or (cause, status)
            elif self._display and pid == self._display.pid:
                self._display.returncode = status
                if self._session is None:
                    self._cause = self._cause or ("start", status)
                elif self._cause is None or self._cause[0] == "failed":
                    self._cause = ("display", status)

    def _find_deeper_cause(self) -> None:
        """Give a display that ended the time to show: programs fail just before it."""
        deadline = time.monotonic() + 0.3
        while self._cause and self._cause[0] == "failed" and time.monotonic() < deadline:
            time.sleep(0.01)
            self._reap()

    # Starting

    def _watch_signals(self) -> None:
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(signum, self._told_to_end)
        self._on_readable(reader, lambda: _read_all(reader))

    def _on_readable(self, fd: int, then: Callable[[], object]) -> None:
        self._selector.register(fd, selectors.EVENT_READ, then)

    def _start_display(self) -> None:
        reader, writer = os.pipe()
        argv = [*self._display_argv, "-displayfd", str(writer)]
        self._display = self._spawn("display", argv, pass_fds=(writer,))
        os.close(writer)
        os.set_blocking(reader, False)
        self._on_readable(reader, lambda: self._display_wrote(reader))

    def _display_wrote(self, fd: int) -> None:
        # Number and newline come apart: closing before the newline ends Xvnc.
        data = _read_all(fd)
        self._number += data
        if data and not self._number.endswith(b"\n"):
            return
        self._selector.unregister(fd)
        os.close(fd)
        if self._number.endswith(b"\n") and self._cause is None:
            display = f":{int(self._number)}"
            self._env["DISPLAY"] = display
            self._session = self._spawn("session", self._session_argv)
            assert self._display is not None
            pids = [self._display.pid, self._session.pid]
            _tell({"event": "running", "display": display, "pids": pids})

    def _spawn(
        self, source: str, argv: list[str], pass_fds: tuple[int, ...] = ()
    ) -> subprocess.Popen[bytes]:
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        # Each in a session of its own: a script's `kill 0` must not reach us.
        process = subprocess.Popen(
            argv,
            env=self._env,
            stdin=subprocess.DEVNULL,
            stdout=writer,
            stderr=writer,
            pass_fds=pass_fds,
            start_new_session=True,
            preexec_fn=lambda: die_with_parent(signal.SIGKILL),
        )
        os.close(writer)
        self._on_readable(reader, lambda: self._wrote(source, reader))
        return process

    def _wrote(self, source: str, fd: int) -> None:
        data = _read_all(fd)
        if not data:
            self._selector.unregister(fd)
            os.close(fd)
        self._output[source] = (self._output[source] + data)[-OUTPUT_BYTES:]

    # Ending

    def _drain(self) -> None:
        """Take what was written just before the end."""
        for key, _ in self._selector.select(0):
            if key.fd != 0:
                key.data()

    def _tell_end(self, cause: str, status: int | None) -> None:
        source = "display" if cause in ("display", "start") else "session"
        lines = self._output[source].decode(errors="replace").splitlines()
        _tell({"event": "ended", "cause": cause, "status": status, "output": lines})

    def _end_all(self) -> None:
        """End all descendants: first the programs, then the display, then by force."""
        display = self._display.pid if self._display else 0

        def programs() -> list[int]:
            return [pid for pid in descendants(os.getpid()) if pid != display]

        self._signal(programs, signal.SIGTERM, GRACE)
        self._signal(lambda: descendants(os.getpid()), signal.SIGTERM, 1.0)
        while self._signal(lambda: descendants(os.getpid()), signal.SIGKILL, 1.0):
            pass  # More may have been forked since the list was made.

    def _signal(self, pids: Callable[[], list[int]], signum: int, patience: float) -> bool:
        """Send `signum` and wait; say whether any is left after `patience` seconds."""
        for pid in pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signum)
        deadline = time.monotonic() + patience
        while pids():
            self._reap()
            if time.monotonic() > deadline:
                return True
            time.sleep(0.01)
        self._reap()
        return False


def _read_all(fd: int) -> bytes:
    try:
        return os.read(fd, 65536)
    except BlockingIOError:
        return b""


def _tell(event: dict[str, object]) -> None:
    with contextlib.suppress(BrokenPipeError):  # Nobody is left to tell.
        os.write(1, (json.dumps(event) + "\n").encode())


def main(argv: list[str]) -> None:
    """Run the desktop that `argv[1]` describes."""
    spec = json.loads(argv[1])
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    try:
        Keeper(spec["display"], spec["session"], spec["env"]).run()
    finally:
        import shutil

        shutil.rmtree(spec["folder"], ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv)
