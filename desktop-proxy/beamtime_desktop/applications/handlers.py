"""`api/programs`: what can be opened, and the programs' pictures."""

from __future__ import annotations

import asyncio
from typing import Any

from .. import programs
from ..api import JsonHandler, Refused
from ..programs import Programs
from . import icons

LARGEST_ICON = 512 * 1024
"""Bytes; some of Debian's SVG icons have 100 kB."""


class ProgramsHandler(JsonHandler):
    """`api/programs`: what can be started, and what is missing for the rest."""

    async def get(self) -> None:
        """List them."""
        catalogue: Programs = self.settings["programs"]
        self.finish(await catalogue.describe())


class IconHandler(JsonHandler):
    """`api/programs/ID/icon`: the program's picture."""

    async def get(self, program_id: str) -> None:
        """Send it. In a page of its own an SVG could run scripts: that is switched off."""
        catalogue: Programs = self.settings["programs"]
        program = (await catalogue.last()).get(program_id)
        path = await asyncio.to_thread(programs.icon_of, program) if program else None
        if path is None or path.stat().st_size > LARGEST_ICON:
            raise Refused(404, "This program has no picture.")
        self.set_header("Content-Type", icons.TYPES[path.suffix])
        self.set_header("Content-Security-Policy", "default-src 'none'; sandbox")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "private, max-age=86400")
        self.finish(await asyncio.to_thread(path.read_bytes))


def routes(shared: dict[str, Any]) -> list[tuple[str, type[JsonHandler], dict[str, Any]]]:
    """Give the handlers with their paths."""
    return [
        (r"/api/programs", ProgramsHandler, shared),
        (r"/api/programs/([a-z0-9-]+)/icon", IconHandler, shared),
    ]
