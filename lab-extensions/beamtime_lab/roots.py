"""Which real folders may be read through this server."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


class Roots:
    """The folders below which files may be given, once every link is resolved.

    Parameters
    ----------
    root
        Jupyter's own root folder.
    data_roots
        The site's folders of experiments' data.
    """

    def __init__(self, root: Path, data_roots: Iterable[Path]) -> None:
        self.root = root
        self._data_roots = tuple(data_roots)
        self._linked: set[Path] = set()

    def add_linked(self, target: Path) -> None:
        """Remember a resolved folder that a link of ours leads to."""
        self._linked.add(target)

    def linked(self) -> list[str]:
        """Give the folders that links of ours lead to."""
        return [str(target) for target in self._linked]

    def is_data(self, real: Path) -> bool:
        """Whether a resolved path lies in the site's data; blocks on the file system."""
        return any(real.is_relative_to(resolved(root)) for root in self._data_roots)

    def below(self, real: Path) -> Path | None:
        """Give the part of a resolved path below the innermost root that holds it.

        Returns
        -------
        `None` if no root holds it. Blocks on the file system.
        """
        roots = (resolved(root) for root in (self.root, *self._data_roots, *self._linked))
        parts = [real.relative_to(root) for root in roots if real.is_relative_to(root)]
        return min(parts, key=lambda part: len(part.parts), default=None)


def resolved(path: Path) -> Path:
    """Resolve every link; what does not exist is taken as it stands."""
    return Path(os.path.realpath(path))
