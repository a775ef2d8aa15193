"""How Xvnc is started: on unix sockets only, for this account only."""

from __future__ import annotations

import functools
import os
import secrets
import struct
import subprocess
from pathlib import Path

from .rfb import MAX_CLIPBOARD

_FAMILY_WILD = 0xFFFF

UPDATES_PER_SECOND = 167
"""How often TigerVNC sends what has changed at most. After a rest it holds the first change
back for half of the time between two: 2 ms, and 8 with its own 60. See ADR 0015."""


def command(server: str, folder: Path, name: str, width: int, height: int) -> list[str]:
    """Give the words that start the display, all but its number.

    Parameters
    ----------
    server:
        Path of an Xvnc: TigerVNC's or TurboVNC's.
    folder:
        Private folder: `rfb` becomes the socket, `xauth` is the cookie's file.
    width, height:
        Size of the picture, pixels.
    """
    words = [
        *(server, "-rfbunixpath", str(folder / "rfb"), "-rfbunixmode", "0600"),
        *("-geometry", f"{width}x{height}", "-depth", "24", "-dpi", "96"),
        *("-auth", str(folder / "xauth"), "-nolisten", "tcp", "-noreset"),
        *("-desktop", name, "-SecurityTypes", "None"),
    ]
    if kind(server) == "TurboVNC":
        return [*words, "-alwaysshared", "-maxclipboard", str(MAX_CLIPBOARD)]
    return [
        *(*words, "-rfbport", "-1", "-AlwaysShared", "-MaxCutText", f"{MAX_CLIPBOARD}"),
        *("-FrameRate", f"{UPDATES_PER_SECOND}"),
    ]


def write_cookie(folder: Path) -> None:
    """Write `xauth`: whoever can read it (0600) may use the display, nobody else.

    It is good for any display number, so it is there before Xvnc has chosen one.
    """
    fields = (b"", b"", b"MIT-MAGIC-COOKIE-1", secrets.token_bytes(16))
    entry = struct.pack(">H", _FAMILY_WILD) + b"".join(
        struct.pack(">H", len(field)) + field for field in fields
    )
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(folder / "xauth", flags, 0o600), "wb") as file:
        file.write(entry)


def environment(folder: Path) -> dict[str, str]:
    """Give what a program's environment needs, beside the display's number."""
    run = folder / "run"
    run.mkdir(mode=0o700)
    return {
        "XAUTHORITY": str(folder / "xauth"),
        "XDG_RUNTIME_DIR": str(run),
        "XDG_SESSION_TYPE": "x11",
    }


NOT_INHERITED = (
    "DBUS_SESSION_BUS_ADDRESS",
    "SESSION_MANAGER",
    "WAYLAND_DISPLAY",
    "XDG_SESSION_ID",
)
"""Variables that name another session than the one on this display."""


@functools.cache
def kind(server: str) -> str:
    """Say whose Xvnc it is: `TigerVNC` or `TurboVNC`."""
    if Path(server).name == "Xtigervnc":  # As Debian calls it; asking takes 50 ms.
        return "TigerVNC"
    done = subprocess.run([server, "-version"], capture_output=True, timeout=10, check=False)
    return "TurboVNC" if b"TurboVNC" in done.stdout + done.stderr else "TigerVNC"
