"""Who looked on, typed, was invited: lines in a file of the user's own."""

from __future__ import annotations

import json
import logging
import os
import time
from collections import deque
from pathlib import Path

log = logging.getLogger(__name__)

LONGEST = 1024 * 1024
"""Bytes after which the file is put aside; the one before it is then forgotten."""

SHOWN = 500
"""Most lines of one answer."""


class Audit:
    """Appends to the file, and reads from it.

    A file that cannot be written stops nobody: the lines of this gateway's life are
    kept in memory too, and the reason is logged.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._recent: deque[dict[str, object]] = deque(maxlen=SHOWN)
        self._recent.extend(_read(path))

    def note(self, event: str, desktop: str, **more: object) -> None:
        """Write one line down, with the time."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        line = {"at": moment, "event": event, "desktop": desktop, **more}
        self._recent.append(line)
        try:
            self._append(json.dumps(line) + "\n")
        except OSError as error:
            log.warning("The audit line %s is not in %s: %s", line, self._path, error)

    def events(self, desktop: str) -> list[dict[str, object]]:
        """Give the last lines of one desktop, the newest last."""
        return [line for line in self._recent if line.get("desktop") == desktop]

    def _append(self, line: str) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if self._path.exists() and self._path.stat().st_size > LONGEST:
            self._path.replace(self._path.with_suffix(".1.jsonl"))
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        with os.fdopen(os.open(self._path, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(line)


def default_path() -> Path:
    """Give the file of this account: see the XDG base directories."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "beamtime" / "desktop-audit.jsonl"


def _read(path: Path) -> list[dict[str, object]]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    lines = []
    for line in text.splitlines()[-SHOWN:]:
        try:
            value = json.loads(line)
        except ValueError:
            continue  # Cut short when the machine stopped.
        if isinstance(value, dict):
            lines.append(value)
    return lines
