"""With what a program is opened: a file, an experiment, a folder to start in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .program import Mode, Program

KEYS = ("file", "folder", "experiment", "mode")
EXPERIMENTS = "Experiments"
"""Folder of Jupyter's root in which the experiments of a session are linked."""


class OpeningError(Exception):
    """It cannot be opened with that. The message is shown to the user as it is."""


@dataclass(frozen=True)
class Opening:
    """Paths are absolute. `mode` is None for the program's own wish."""

    file: Path | None = None
    folder: Path | None = None
    experiment: Path | None = None
    mode: Mode | None = None

    def places(self) -> dict[str, str | None]:
        """Give what can be put into a command line."""
        found: dict[str, str | None] = {
            "file": str(self.file) if self.file else None,
            "url": self.file.as_uri() if self.file else None,
            "experiment": str(self.experiment) if self.experiment else None,
        }
        for name in ("raw", "processed"):
            below = self.experiment / name if self.experiment else None
            found[name] = str(below) if below and below.is_dir() else None
        return found

    def start_folder(self, program: Program, wished: str | None) -> Path:
        """Give where `program` starts: as it says (`wished`), as asked, or beside the file."""
        candidates = [
            Path(wished).expanduser() if wished else None,
            self.folder,
            self.file.parent if self.file else None,
        ]
        found = (each for each in candidates if each and each.is_dir())
        return next(found, Path.home())


def read(wish: Mapping[str, Any], root: Path) -> Opening:
    """Read the KEYS of `wish`; paths in it are relative to `root`, Jupyter's root folder.

    Raises
    ------
    OpeningError
        One is not what it should be, or is not there.
    """
    for key in KEYS:
        if not isinstance(wish.get(key, ""), str | None) or "\0" in (wish.get(key) or ""):
            raise OpeningError(f"{key} must be text.")
    mode = wish.get("mode")
    if mode not in (None, "window", "desktop"):
        raise OpeningError("mode must be window or desktop.")
    file = _path(wish.get("file"), root)
    if file and not file.exists():
        raise OpeningError(f"There is no file {wish['file']}. It may have been moved or deleted.")
    folder = _path(wish.get("folder"), root)
    if folder and not folder.is_dir():
        raise OpeningError(f"There is no folder {wish['folder']}.")
    experiment = _experiment(wish.get("experiment"), [file, folder], root)
    return Opening(file, folder, experiment, mode)


def _path(text: str | None, root: Path) -> Path | None:
    return root / text if text else None


def _experiment(name: str | None, paths: list[Path | None], root: Path) -> Path | None:
    base = root / EXPERIMENTS
    if name:
        found = base / name.removeprefix(f"{EXPERIMENTS}/")
        if found.parent != base or not found.is_dir():
            raise OpeningError(
                f"The experiment {name} is not in this session. Open it there first."
            )
        return found
    for path in paths:
        if path and path.is_relative_to(base) and path != base:
            return base / path.relative_to(base).parts[0]
    return None
