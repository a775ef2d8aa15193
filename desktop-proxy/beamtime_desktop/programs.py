"""The programs that can be opened with a window in this session."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path

from . import parts
from .applications import catalogue, icons
from .applications.command_line import plain
from .applications.opening import Opening
from .applications.program import Program
from .sessions import words

DEFAULT = "xterm"

_GET_XTERM = "apt install xterm (Debian, Ubuntu), dnf install xterm (Alma, Rocky)"

BUILT_IN = (
    Program(
        "xterm",
        "Terminal window (xterm)",
        plain(words.FULL_TERMINAL),
        get=_GET_XTERM,
        keywords=("shell", "console"),
        source="built-in",
    ),
    Program(
        "desktop",
        "Desktop",
        comment="A full desktop with menus, for programs with many windows",
        get=_GET_XTERM,
        mode="desktop",
        keywords=("xfce", "openbox"),
        source="built-in",
    ),
)


class Programs:
    """Finds the programs anew whenever it is asked: files come and go.

    Parameters
    ----------
    root:
        Jupyter's root folder, below which its contents API names files.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._last: dict[str, Program] = {}

    async def all(self) -> dict[str, Program]:
        """Give all of them by id, without holding up the pictures meanwhile."""
        self._last = await asyncio.to_thread(catalogue.read_all, BUILT_IN)
        return self._last

    async def last(self) -> dict[str, Program]:
        """Give them as they were found last: the files are not read for each icon."""
        return self._last or await self.all()

    async def describe(self) -> dict[str, object]:
        """Give the answer to `GET api/programs`."""
        found = await self.all()

        def describe() -> dict[str, object]:
            checked = parts.check()
            return {
                "programs": [to_json(each, checked) for each in found.values()],
                "parts": [part.to_json() for part in checked],
            }

        return await asyncio.to_thread(describe)


def missing(program: Program, opening: Opening) -> list[str]:
    """Give a sentence for each thing that is missing to start it; empty if nothing is."""
    return words.missing(program, parts.check(), words.mode_of(program, opening))


def session(program: Program, opening: Opening) -> list[str]:
    """Give the words that start it, with what belongs to a desktop around it."""
    return words.session(program, opening)


def icon_of(program: Program, env: Mapping[str, str] = os.environ) -> Path | None:
    """Give the file of its picture, None if it has none that a browser shows."""
    return icons.find(program.icon, env) if program.icon else None


def to_json(program: Program, checked: list[parts.Part]) -> dict[str, object]:
    """Give it as `GET api/programs` does."""
    icon = icon_of(program)
    problem = program.problem
    return {
        "id": program.id,
        "title": program.title,
        "comment": program.comment,
        "missing": words.missing(program, checked, program.mode),
        "problem": problem and vars(problem),
        "icon": icon and f"api/programs/{program.id}/icon?v={_version(icon)}",
        "mode": program.mode,
        "tile": program.tile,
        "listed": program.listed,
        "source": program.source,
        "categories": list(program.categories),
        "keywords": list(program.keywords),
        "extensions": list(program.extensions),
        "mimetypes": list(program.mimetypes),
    }


def _version(path: Path) -> str:
    try:
        return f"{path.stat().st_mtime_ns:x}"
    except OSError:
        return "0"
