"""The programs that can be started with a window, and how."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass

from . import launch, parts


@dataclass(frozen=True)
class Program:
    """A program on a desktop of its own.

    Attributes
    ----------
    id, title:
        Its key, and its name for a person.
    words:
        What starts it. The first is the program that must be installed.
    get:
        How an administrator gets that program: shell commands.
    is_desktop:
        Whether the window manager is what it is about: it is then needed, and the
        desktop ends with it. Otherwise it ends when the program ends.
    """

    id: str
    title: str
    words: tuple[str, ...]
    get: str
    is_desktop: bool = False

    def missing(self, checked: list[parts.Part] | None = None) -> list[str]:
        """Give a sentence for each thing that is missing; empty if it can start."""
        needed = {"window-manager"} if self.is_desktop else set()
        lacking = [
            part.sentence()
            for part in (parts.check() if checked is None else checked)
            if part.found is None and (part.needed or part.id in needed)
        ]
        if parts.find(self.words[0]) is None:
            lacking.append(f"{self.words[0]} is not installed. Get it: {self.get}.")
        return lacking

    def session(self) -> list[str]:
        """Give the words that start it, with what belongs to a desktop around it."""
        words = list(self.words)
        manager = parts.find_window_manager()
        if manager:
            spec = {
                "manager": parts.WINDOW_MANAGERS[manager],
                "program": words,
                "lead": "manager" if self.is_desktop else "program",
            }
            words = [sys.executable, "-I", "-S", launch.__file__, json.dumps(spec)]
        if parts.find("dbus-run-session"):
            words = ["dbus-run-session", "--", *words]
        return words


_LOOK = ("-fa", "Monospace", "-fs", "11", "-bg", "#1e1e1e", "-fg", "#e4e4e4")
# xterm now and then waits in vain for the window manager's answer to its wish for a
# size: 5 s, if not told otherwise.
_PATIENCE = ("-xrm", "*wmTimeout: 200")
_GET_XTERM = "apt install xterm (Debian, Ubuntu), dnf install xterm (Alma, Rocky)"

PROGRAMS: dict[str, Program] = {
    program.id: program
    for program in (
        Program(
            "xterm",
            "Terminal window (xterm)",
            ("xterm", "-fullscreen", *_PATIENCE, *_LOOK),
            _GET_XTERM,
        ),
        Program(
            "desktop",
            "Desktop",
            ("xterm", *_PATIENCE, *_LOOK),
            _GET_XTERM,
            is_desktop=True,
        ),
    )
}
"""By id."""

DEFAULT = "xterm"
