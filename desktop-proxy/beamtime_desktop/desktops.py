"""The desktops of one user's server, by name."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

from .applications.program import Program
from .desktop import Desktop, DesktopError

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
MOST = 16
"""Most desktops of one server, ended ones included."""


class Desktops:
    """All desktops of one server.

    Parameters
    ----------
    folder:
        Private folder, in which each gets one of its own.
    on_input:
        Called whenever a person did something on one of them.
    """

    def __init__(self, folder: Path, on_input: Callable[[], None] = lambda: None) -> None:
        self._folder = folder
        self._on_input = on_input
        self._by_name: dict[str, Desktop] = {}

    def all(self) -> list[Desktop]:
        """Give all of them, the oldest first."""
        return list(self._by_name.values())

    def get(self, name: str) -> Desktop | None:
        """Give the one of that name, None if there is none."""
        return self._by_name.get(name)

    async def open(
        self,
        name: str,
        program: Program,
        width: int,
        height: int,
        session: Callable[[], list[str]],
    ) -> Desktop:
        """Give the running desktop `name`; start it if it has ended or is new.

        Raises
        ------
        DesktopError
            Too many desktops, another program has that name, or it cannot be started.
        """
        there = self._by_name.get(name)
        if there is not None and there.state != "ended":
            if there.program.id != program.id:
                raise DesktopError(
                    f"Desktop {name} runs {there.program.title}. "
                    "Shut it down first, or choose another name."
                )
            await there.settled.wait()
            if there.state == "restarting":
                await there.start_now()
            return there
        if there is None and len(self._by_name) >= MOST:
            raise DesktopError(f"You have {MOST} desktops already. Shut one down first.")
        desktop = Desktop(name, program, width, height, self._folder, session, self._on_input)
        self._by_name[name] = desktop
        try:
            await desktop.start()
        except BaseException:
            del self._by_name[name]
            desktop.settled.set()
            raise
        return desktop

    async def remove(self, name: str) -> bool:
        """End the desktop `name` and forget it; say whether there was one."""
        desktop = self._by_name.get(name)
        if desktop is None:
            return False
        await desktop.end()
        if self._by_name.get(name) is desktop:
            del self._by_name[name]
        return True

    async def end_all(self) -> None:
        """End all of them."""
        await asyncio.gather(*(desktop.end() for desktop in self.all()))
