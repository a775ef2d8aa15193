"""The list of links that are ours: ``Experiments/.beamtime.json``."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path


class Manifest:
    """Which links below ``Experiments/`` were made by us, and what they led to.

    Only these are ever replaced. A missing or damaged file is an empty list: then all
    that is there belongs to somebody else and stays.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / ".beamtime.json"

    def read(self) -> dict[str, dict[str, str]]:
        """Give, for each slug, the experiment's `key` and the targets of `raw` and `processed`."""
        try:
            links = json.loads(self._file.read_text("utf-8"))["links"]
            return {
                slug: {name: value for name, value in entry.items() if isinstance(value, str)}
                for slug, entry in links.items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def write(self, links: dict[str, dict[str, str]]) -> None:
        """Replace the list in one step, so that a reader never meets half of it."""
        handle, name = tempfile.mkstemp(prefix=".beamtime-", dir=self._file.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump({"version": 1, "links": links}, stream, indent=2)
            Path(name).replace(self._file)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
