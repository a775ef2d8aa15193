"""Starts a program beside a window manager, once that is there.

    python -I -S launch.py SPEC

`SPEC` is JSON: `{"manager": argv, "program": argv, "lead": "manager" | "program"}`; the
one that leads gives the exit status when it ends.

A window that opens while the window manager starts is now and then never shown (one
xterm in twelve with openbox). So the program waits until the window manager has put its
mark on the root window, 2 s at most.

Like `keeper`, it imports nothing but a few modules of the standard library.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys
import time

PATIENCE = 2.0
"""Seconds to wait for a window manager that makes no mark."""

MARK = b"_NET_SUPPORTING_WM_CHECK"
"""Window managers put this on the root window (Extended Window Manager Hints)."""

_INTERN_ATOM, _GET_PROPERTY = 16, 20


class Display:
    """As little of an X11 client as it takes to look at a property."""

    def __init__(self, number: int, cookie: bytes) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(f"/tmp/.X11-unix/X{number}")  # noqa: S108
        self._file = self._socket.makefile("rb")
        name = b"MIT-MAGIC-COOKIE-1"
        sizes = struct.pack("<HHHHxx", 11, 0, len(name), len(cookie))
        self._socket.sendall(b"l\0" + sizes + _padded(name) + _padded(cookie))
        accepted, more = struct.unpack("<B5xH", self._file.read(8))
        body = self._file.read(more * 4)
        if accepted != 1:
            raise ConnectionError("the display refused our cookie")
        vendor, formats = struct.unpack("<16xH3xB", body[:22])
        screens = 32 + len(_padded(b"v" * vendor)) + 8 * formats
        (self._root,) = struct.unpack_from("<I", body, screens)

    def root_has(self, atom: bytes) -> bool:
        """Say whether the root window has the property `atom`."""
        words = 2 + len(_padded(atom)) // 4
        request = struct.pack("<BBHHxx", _INTERN_ATOM, 0, words, len(atom))
        (number,) = struct.unpack("<8xI20x", self._ask(request + _padded(atom)))
        request = struct.pack("<BBHIIIII", _GET_PROPERTY, 0, 6, self._root, number, 0, 0, 1)
        (kind,) = struct.unpack("<8xI20x", self._ask(request))
        return bool(kind)

    def _ask(self, request: bytes) -> bytes:
        self._socket.sendall(request)
        while True:
            reply = self._file.read(32)
            if len(reply) < 32:
                raise ConnectionError("the display closed the connection")
            if reply[0] == 1:
                self._file.read(4 * struct.unpack_from("<I", reply, 4)[0])
                return reply
            if reply[0] == 0:
                raise ConnectionError(f"the display answered with error {reply[1]}")


def wait_for_window_manager(display: Display) -> None:
    """Wait until a window manager is there, or PATIENCE is over."""
    deadline = time.monotonic() + PATIENCE
    while not display.root_has(MARK) and time.monotonic() < deadline:
        time.sleep(0.01)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def main(argv: list[str]) -> None:
    """Start what `argv[1]` describes."""
    spec = json.loads(argv[1])
    manager = subprocess.Popen(spec["manager"])
    with open(os.environ["XAUTHORITY"], "rb") as file:  # noqa: PTH123
        cookie = file.read()[-16:]
    try:
        wait_for_window_manager(Display(int(os.environ["DISPLAY"][1:]), cookie))
    except OSError as error:
        print(f"The window manager was not waited for: {error}", file=sys.stderr)
    if spec["lead"] == "program":
        os.execvp(spec["program"][0], spec["program"])  # noqa: S606
    with subprocess.Popen(spec["program"]):
        status = manager.wait()
        # Ended by a signal: as a shell would say it. The keeper ends the rest.
        os._exit(status if status >= 0 else 128 - status)


if __name__ == "__main__":
    main(sys.argv)
