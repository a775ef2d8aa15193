"""A window in which something moves: 60 pictures a second, each of 200 x 200 new pixels.

As little of an X11 client as that takes; the same for both sides of the benchmark.
"""

from __future__ import annotations

import os
import random
import re
import socket
import struct
import sys
import time
from pathlib import Path

SIDE = 200
FRAMES_PER_SECOND = 60
ROWS_AT_ONCE = 100
CREATE_WINDOW, MAP_WINDOW, CREATE_GC, PUT_IMAGE, GET_INPUT_FOCUS = 1, 8, 55, 72, 43


def cookie() -> bytes:
    """Give the display's cookie: the last entry of the authority file ends with it."""
    path = os.environ.get("XAUTHORITY") or Path.home() / ".Xauthority"
    data = Path(path).read_bytes()
    number = os.environ["DISPLAY"].rpartition(":")[2].partition(".")[0].encode()
    found, at = b"", 0
    while at < len(data):
        at += 2
        fields = []
        for _ in range(4):
            (length,) = struct.unpack_from(">H", data, at)
            fields.append(data[at + 2 : at + 2 + length])
            at += 2 + length
        if fields[1] in (b"", number):
            found = fields[3]
    return found


def connect() -> tuple[socket.socket, int, int]:
    """Give the connection, the root window, and the first id that is ours."""
    match = re.search(r":(\d+)", os.environ["DISPLAY"])
    assert match
    display = socket.socket(socket.AF_UNIX)
    display.connect(f"/tmp/.X11-unix/X{match[1]}")
    name, secret = b"MIT-MAGIC-COOKIE-1", cookie()
    display.sendall(
        b"l\0"
        + struct.pack("<HHHHxx", 11, 0, len(name), len(secret))
        + name.ljust(20, b"\0")
        + secret
    )
    head = receive(display, 8)
    body = receive(display, struct.unpack_from("<H", head, 6)[0] * 4)
    if head[0] != 1:
        sys.exit(f"The display refused: {body!r}")
    base, vendor, formats = struct.unpack_from("<4xI8xH3xB", body)
    (root,) = struct.unpack_from("<I", body, 32 + (vendor + 3) // 4 * 4 + 8 * formats)
    return display, root, base


def receive(display: socket.socket, count: int) -> bytes:
    """Read exactly `count` bytes."""
    data = b""
    while len(data) < count:
        more = display.recv(count - len(data))
        if not more:
            sys.exit("The display closed the connection.")
        data += more
    return data


def main() -> None:
    """Paint until the display ends."""
    display, root, base = connect()
    window, gc = base, base + 1
    geometry = struct.pack("<IIhhHHHHI", window, root, 60, 60, SIDE, SIDE, 0, 1, 0)
    # Override-redirect: no window manager has a say.
    display.sendall(
        struct.pack("<BBH", CREATE_WINDOW, 0, 9)
        + geometry
        + struct.pack("<II", 1 << 9, 1)
        + struct.pack("<BBHI", MAP_WINDOW, 0, 2, window)
        + struct.pack("<BBHIII", CREATE_GC, 0, 4, gc, window, 0)
    )
    noise = random.Random(1).randbytes(SIDE * SIDE * 8)
    frame = 0
    due = time.monotonic()
    while True:
        at = frame * 4 * 37 % (SIDE * SIDE * 4)
        for top in range(0, SIDE, ROWS_AT_ONCE):
            start = at + top * SIDE * 4
            rows = noise[start : start + ROWS_AT_ONCE * SIDE * 4]
            display.sendall(
                struct.pack("<BBHII", PUT_IMAGE, 2, 6 + len(rows) // 4, window, gc)
                + struct.pack("<HHhhBBH", SIDE, ROWS_AT_ONCE, 0, top, 0, 24, 0)
                + rows
            )
        # A question, so that we never run ahead of the display.
        display.sendall(struct.pack("<BBH", GET_INPUT_FOCUS, 0, 1))
        receive(display, 32)
        frame += 1
        due = max(due + 1 / FRAMES_PER_SECOND, time.monotonic() - 1 / FRAMES_PER_SECOND)
        time.sleep(max(0.0, due - time.monotonic()))


if __name__ == "__main__":
    main()
