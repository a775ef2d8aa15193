"""Which parts of a desktop this machine has, and how to get those that it lacks."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

TURBOVNC = "/opt/TurboVNC/bin"
"""Where TurboVNC's packages put it, outside of PATH."""

LEAST_SPACE = 1024**2
"""Bytes that must be free where a desktop writes."""

VIRTUALGL = "/opt/VirtualGL/bin"
"""Where VirtualGL's packages put it, outside of PATH."""

WINDOW_MANAGERS: dict[str, list[str]] = {
    "openbox": ["openbox"],
    # Its compositor triples the time from a key to the picture.
    "xfwm4": ["xfwm4", "--compositor=off"],
    "marco": ["marco", "--no-composite"],
    "icewm": ["icewm"],
    "fluxbox": ["fluxbox"],
    "jwm": ["jwm"],
}
"""Command of each, the preferred first."""


@dataclass(frozen=True)
class Part:
    """A part that was looked for.

    Attributes
    ----------
    id, title:
        Its key, and its name for a person.
    found:
        The program that was found, a name as typed; None if there is none.
    needed:
        Whether no desktop starts without it.
    problem:
        What is missing, one sentence.
    get:
        How an administrator gets it: shell commands with a comment.
    """

    id: str
    title: str
    found: str | None
    needed: bool
    problem: str
    get: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "title": self.title,
            "found": self.found,
            "needed": self.needed,
            "problem": self.problem,
            "get": list(self.get),
        }

    def sentence(self) -> str:
        """Say in one line what is missing and how to get it."""
        command = self.get[0].partition("#")
        return f"{self.problem} Get it: {command[0].strip()} ({command[2].strip()})."


def check() -> list[Part]:
    """Look for all parts, in the order in which a person wants to read of them."""
    full = full_folders()
    return [
        Part(
            "display",
            "Display (Xvnc)",
            _name(find_display_server()),
            True,
            "None of Xtigervnc, Xvnc and TurboVNC is installed.",
            (
                "apt install tigervnc-standalone-server  # Debian, Ubuntu",
                "dnf install tigervnc-server-minimal     # Alma, Rocky, Fedora",
                "module load turbovnc                    # or among your modules",
            ),
        ),
        Part(
            "keyboard",
            "Keyboard (xkbcomp)",
            _name(find("xkbcomp")),
            True,
            "xkbcomp, which the display needs for its keyboard, is not installed.",
            (
                "apt install x11-xkb-utils  # Debian, Ubuntu",
                "dnf install xkbcomp        # Alma, Rocky, Fedora",
            ),
        ),
        Part(
            "sockets",
            "Place for its socket",
            _socket_folder(),
            True,
            "The display cannot make its socket in /tmp/.X11-unix.",
            ("install -d -m 1777 /tmp/.X11-unix  # as root, on this machine",),
        ),
        Part(
            "disk",
            "Space for its files",
            None if full else str(LEAST_SPACE // 1024**2) + " MiB or more",
            True,
            f"There is no space left in {' and '.join(full)}.",
            ("df -h /tmp ~  # shows it; remove what you do not need",),
        ),
        Part(
            "window-manager",
            "Window manager",
            find_window_manager(),
            False,
            "No window manager is installed: windows have no frames.",
            (
                "apt install openbox  # Debian, Ubuntu",
                "dnf install openbox  # Fedora; Alma, Rocky: from EPEL",
            ),
        ),
        Part(
            "dbus",
            "Messages (D-Bus)",
            _name(find("dbus-run-session")),
            False,
            "dbus-run-session is not installed: some programs do not start.",
            (
                "apt install dbus-daemon  # Debian, Ubuntu",
                "dnf install dbus-daemon  # Alma, Rocky, Fedora",
            ),
        ),
    ]


def find(program: str) -> str | None:
    """Give the path of a program, None if it is not installed."""
    return shutil.which(program)


def find_display_server() -> str | None:
    """Give the path of the Xvnc to use, None if there is none."""
    return find("Xtigervnc") or find("Xvnc") or shutil.which("Xvnc", path=TURBOVNC)


def find_virtualgl() -> str | None:
    """Give the path of vglrun, None if VirtualGL is not installed."""
    return find("vglrun") or shutil.which("vglrun", path=VIRTUALGL)


def find_window_manager() -> str | None:
    """Give the name of the window manager to use, a key of WINDOW_MANAGERS."""
    return next((name for name in WINDOW_MANAGERS if find(name)), None)


def _name(path: str | None) -> str | None:
    if path is None:
        return None
    return "TurboVNC" if path.startswith(TURBOVNC) else Path(path).name


def full_folders() -> list[str]:
    """Give those of the folders that a desktop writes to that have no space left."""
    full = []
    for folder in (tempfile.gettempdir(), str(Path.home())):
        try:
            space = os.statvfs(folder)
        except OSError:
            continue
        if space.f_bavail * space.f_frsize < LEAST_SPACE or space.f_favail == 0 < space.f_files:
            full.append(folder)
    return full


def _socket_folder() -> str | None:
    folder = Path("/tmp/.X11-unix")  # noqa: S108 -- where X11 clients look
    if folder.exists():
        return str(folder) if os.access(folder, os.W_OK | os.X_OK) else None
    return str(folder) if os.access(folder.parent, os.W_OK | os.X_OK) else None
