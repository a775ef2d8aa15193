"""Opening HDF5 files, and following their links, within the allowed folders.

HDF5 follows external links, virtual datasets' sources and external raw storage by itself,
wherever they lead: a file that somebody sends can name any other, a FIFO that never answers,
or itself without end. So links are followed here, and the rest is checked before HDF5 sees it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import h5py

from ..failures import Failure
from ..opened import open_file
from ..roots import Roots
from .problems import Problem

MOST_LINKS = 16
"""Longest chain of links, as in HDF5 itself."""

MOST_SOURCES = 10_000
"""Most files of one virtual dataset that are checked."""


@dataclass(frozen=True)
class Target:
    """Where something really stands: `at` is an absolute path in `file`."""

    file: h5py.File
    at: str


class Library:
    """The files that one request opens; all are closed with it."""

    def __init__(self, roots: Roots, *, hidden: bool = False) -> None:
        self._roots = roots
        self._hidden = hidden
        self._files: dict[str, h5py.File] = {}

    @contextmanager
    def reading(self, path: str) -> Iterator[h5py.File]:
        """Open the file at a path of the contents API.

        Raises
        ------
        Problem
            `missing`, `forbidden`, `not-hdf5`, or `unreadable` with HDF5's own words.
        """
        try:
            yield self._open_below(path)
        finally:
            for file in self._files.values():
                file.close()
            self._files.clear()

    def find(self, file: h5py.File, at: str) -> Target:
        """Follow soft and external links to where `at` really stands, as far as they lead."""
        return self._follow(Target(file, at), 0)

    def check_storage(self, dataset: h5py.Dataset) -> None:
        """Refuse a dataset whose bytes lie in a place that may not be read, or in itself.

        Raises
        ------
        Problem
            `forbidden` or `unreadable`, naming the file.
        """
        self._check_storage(dataset, [])

    def _open_below(self, path: str) -> h5py.File:
        try:
            opened = open_file(path, self._roots, hidden=self._hidden)
        except Failure as failure:
            kind = "missing" if failure.code == "not-found" else "forbidden"
            raise Problem(kind, file=path) from failure
        try:
            real = str(Path(f"/proc/self/fd/{opened.descriptor}").readlink())
            return self._open_real(real, path)
        finally:
            opened.close()

    def _open_real(self, real: str, name: str) -> h5py.File:
        if real not in self._files:
            if not h5py.is_hdf5(real):
                raise Problem("not-hdf5", netcdf3=False)
            self._files[real] = _open(real, name)
        return self._files[real]

    def _open_named(self, name: str, beside: h5py.File) -> h5py.File:
        """Open the file that a link in `beside` names."""
        return self._open_real(self._allowed(_folder(beside) / name, name), name)

    def _allowed(self, path: Path, name: str) -> str:
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError, ValueError) as error:
            raise Problem("missing", file=name) from error
        below = self._roots.below(real)
        if below is None or not real.is_file():
            raise Problem("forbidden", file=name)
        if not self._hidden and any(part.startswith(".") for part in below.parts):
            raise Problem("forbidden", file=name)
        return str(real)

    def _follow(self, start: Target, followed: int) -> Target:
        at = ""
        names = [name for name in start.at.split("/") if name not in ("", ".")]
        for index, name in enumerate(names):
            here = f"{at}/{name}"
            link = start.file.get(here, getlink=True) if _has_link(start.file, here) else None
            if isinstance(link, (h5py.SoftLink, h5py.ExternalLink)):
                if followed >= MOST_LINKS:
                    raise Problem("unreadable", detail=f"{here} is a link that leads in a circle.")
                rest = "/".join(names[index + 1 :])
                target = self._target(start.file, at, link)
                return self._follow(Target(target.file, f"{target.at}/{rest}"), followed + 1)
            at = here
        return Target(start.file, at or "/")

    def _target(self, file: h5py.File, group: str, link: h5py.SoftLink) -> Target:
        if isinstance(link, h5py.ExternalLink):
            return Target(self._open_named(link.filename, file), link.path)
        at = link.path if link.path.startswith("/") else f"{group}/{link.path}"
        return Target(file, at)

    def _check_storage(self, dataset: h5py.Dataset, above: list[tuple[str, str]]) -> None:
        here = (dataset.file.filename, dataset.name)
        if here in above or len(above) >= MOST_LINKS:
            raise Problem("unreadable", detail=f"{dataset.name} is made of itself.")
        folder = _folder(dataset.file)
        for name, _, _ in dataset.external or []:
            self._allowed(folder / name, name)
        if not dataset.is_virtual:
            return
        sources = {(source.file_name, source.dset_name) for source in dataset.virtual_sources()}
        if len(sources) > MOST_SOURCES or any("%" in file + path for file, path in sources):
            # `%b` stands for any number of files.
            raise Problem("unreadable", detail=f"{dataset.name} is made of too many files.")
        for name, path in sources:
            self._check_source(dataset, name, path, [*above, here])

    def _check_source(
        self, dataset: h5py.Dataset, name: str, path: str, above: list[tuple[str, str]]
    ) -> None:
        file = dataset.file
        if name != ".":
            # The places at which HDF5 looks, in its order; one that is not there is left out.
            folder = _folder(file)
            places = [folder / name, folder / Path(name).name]
            there = [place for place in places if os.path.lexists(place)]
            if not there:
                raise Problem("missing", file=name)
            allowed = [self._allowed(place, name) for place in there]
            file = self._open_real(allowed[0], name)
        source = self._follow(Target(file, path), 0)
        if source.file is not file:
            raise Problem("unreadable", detail=f"{name}{path} is a link to another file.")
        there_at = source.file.get(source.at)
        if isinstance(there_at, h5py.Dataset):
            self._check_storage(there_at, above)


def _open(real: str, name: str) -> h5py.File:
    # A beamline's writer may have it open, or want to: no locks.
    try:
        return h5py.File(real, "r", locking=False)
    except OSError as error:
        problem = error
    # Only what is being written is opened as such: on a file that is cut short, it hangs.
    if "write" in str(problem) or "SWMR" in str(problem):
        with contextlib.suppress(OSError):
            return h5py.File(real, "r", locking=False, swmr=True)
    raise Problem("unreadable", detail=f"{name}: {problem}") from problem


def _folder(file: h5py.File) -> Path:
    return Path(file.filename).parent


def _has_link(file: h5py.File, at: str) -> bool:
    """Whether a link stands there, wherever it leads; what is above it is resolved already."""
    group, _, name = at.rpartition("/")
    try:
        parent = file[group or "/"]
    except (KeyError, OSError):
        return False
    return isinstance(parent, h5py.Group) and parent.id.links.exists(name.encode())
