"""As little of an X11 client as it takes to look at windows, and to arrange one.

Like `keeper`, it imports nothing but a few modules of the standard library.
"""

# ruff: noqa: PTH123
# (pathlib would take a third of the time to start)

from __future__ import annotations

import os
import socket
import struct

_INTERN_ATOM, _GET_PROPERTY, _CHANGE_PROPERTY, _SEND_EVENT = 16, 20, 18, 25
_CHANGE_ATTRIBUTES = 2
_CLIENT_MESSAGE, PROPERTY_NOTIFY = 33, 28
_EVENT_MASK, PROPERTY_CHANGE = 1 << 11, 1 << 22
_SUBSTRUCTURE = (1 << 19) | (1 << 20)


class Display:
    """A connection to the display that the environment names."""

    def __init__(self) -> None:
        with open(os.environ["XAUTHORITY"], "rb") as file:
            cookie = file.read()[-16:]
        number = int(os.environ["DISPLAY"].partition(":")[2].partition(".")[0])
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(f"/tmp/.X11-unix/X{number}")  # noqa: S108
        self._file = self._socket.makefile("rb")
        self._atoms: dict[bytes, int] = {}
        self._events: list[bytes] = []
        name = b"MIT-MAGIC-COOKIE-1"
        sizes = struct.pack("<HHHHxx", 11, 0, len(name), len(cookie))
        self._socket.sendall(b"l\0" + sizes + _padded(name) + _padded(cookie))
        accepted, more = struct.unpack("<B5xH", self._read(8))
        body = self._read(more * 4)
        if accepted != 1:
            raise ConnectionError("the display refused our cookie")
        vendor, formats = struct.unpack("<16xH3xB", body[:22])
        screens = 32 + len(_padded(b"v" * vendor)) + 8 * formats
        (self.root,) = struct.unpack_from("<I", body, screens)

    def atom(self, name: bytes) -> int:
        """Give the number of a name."""
        if name not in self._atoms:
            words = 2 + len(_padded(name)) // 4
            request = struct.pack("<BBHHxx", _INTERN_ATOM, 0, words, len(name))
            (number,) = struct.unpack_from("<I", self._ask(request + _padded(name)), 8)
            self._atoms[name] = number
        return self._atoms[name]

    def numbers(self, window: int, name: bytes) -> tuple[int, ...]:
        """Give the property `name` of a window: 32 bit numbers; none if it has none."""
        request = struct.pack("<BBHIIIII", _GET_PROPERTY, 0, 6, window, self.atom(name), 0, 0, 1024)
        reply = self._ask(request)
        size, count = reply[1], struct.unpack_from("<I", reply, 16)[0]
        return struct.unpack_from(f"<{count}I", reply, 32) if size == 32 else ()

    def set_numbers(self, window: int, name: bytes, kind: bytes, numbers: list[int]) -> None:
        """Set a property of a window."""
        self._socket.sendall(
            struct.pack(
                f"<BBHIIIB3xI{len(numbers)}I",
                *(_CHANGE_PROPERTY, 0, 6 + len(numbers), window, self.atom(name)),
                *(self.atom(kind), 32, len(numbers), *numbers),
            )
        )

    def say_to_manager(self, window: int, name: bytes, numbers: list[int]) -> None:
        """Send the window manager a message about a window."""
        event = struct.pack("<BBHII5I", _CLIENT_MESSAGE, 32, 0, window, self.atom(name), *numbers)
        header = struct.pack("<BBHII", _SEND_EVENT, 0, 11, self.root, _SUBSTRUCTURE)
        self._socket.sendall(header + event)

    def watch_properties(self, window: int) -> None:
        """Have an event sent whenever a property of the window changes."""
        self._socket.sendall(
            struct.pack("<BBHIII", _CHANGE_ATTRIBUTES, 0, 4, window, _EVENT_MASK, PROPERTY_CHANGE)
        )

    def next_changed(self) -> int:
        """Wait for a property to change, and give its name's number.

        Raises
        ------
        ConnectionError
            The display has ended.
        """
        while True:
            event = self._events.pop(0) if self._events else self._read(32)
            if event[0] & 0x7F == PROPERTY_NOTIFY:
                return int(struct.unpack_from("<I", event, 8)[0])

    def _ask(self, request: bytes) -> bytes:
        self._socket.sendall(request)
        while True:
            reply = self._read(32)
            if reply[0] == 1:
                return reply + self._read(4 * struct.unpack_from("<I", reply, 4)[0])
            if reply[0] == 0 and reply[10] == request[0]:
                # Of a window that has just gone, mostly.
                return b"\1\0" + bytes(30)
            if reply[0] != 0:
                self._events.append(reply)

    def _read(self, count: int) -> bytes:
        data = self._file.read(count)
        if len(data) < count:
            raise ConnectionError("the display closed the connection")
        return data


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)
