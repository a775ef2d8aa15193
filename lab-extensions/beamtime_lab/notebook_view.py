"""`view`: an HDF5 file in the output of a notebook's cell, shown by the viewer in JupyterLab."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

MIME = "application/vnd.beamtime.hdf5-view+json"
"""As in `lab-extensions/hdf5-viewer/src/notebook-view.ts`."""

_SESSION = "JPY_SESSION_NAME"
"""Where Jupyter Server puts the notebook's path, below its root folder as it was given."""


class Hdf5View:
    """What `view` gives: JupyterLab shows it, anything else prints it.

    Parameters
    ----------
    places
        Absolute paths of the file, all of the same one.
    path
        Path in the file.
    height
        Height of the view in pixels.
    """

    def __init__(self, places: list[str], path: str, height: int) -> None:
        self._places, self._path, self._height = places, path, height

    def __repr__(self) -> str:
        return f"view({self._places[0]!r}, {self._path!r})"

    def _repr_mimebundle_(self, **_more: object) -> dict[str, Any]:
        data = {"files": self._places, "path": self._path, "height": self._height}
        return {MIME: data, "text/plain": repr(self)}


def view(file: str | os.PathLike[str], path: str = "/", *, height: int = 480) -> Hdf5View:
    """Show an HDF5 or NeXus file below the cell, at a path in it.

    The kernel reads nothing: the browser does, as in the viewer's own tab, so a file of any
    size is there at once. It must lie below the folder that JupyterLab shows; data of an
    experiment does, as `Experiments/<proposal>-<instrument>/raw/…`.

    Parameters
    ----------
    file
        Path of the file, as for `open`.
    path
        Path of a group or dataset in the file, for instance `/entry/data`.
    height
        Height of the view in pixels, 100 to 4000.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    ValueError
        `path` does not begin with a slash, or `height` is not in its range.

    Examples
    --------
    >>> from beamtime_lab import view
    >>> view("Experiments/MA-5127-BX11/raw/scan_0001.nxs", "/entry/data")  # doctest: +SKIP
    """
    given = os.fspath(file)
    if not Path(given).is_file():
        raise FileNotFoundError(f"There is no file {given!r} in {str(Path.cwd())!r}.")
    if not path.startswith("/"):
        raise ValueError(f"A path in the file begins with a slash: {'/' + path!r}?")
    if not 100 <= height <= 4000:
        raise ValueError(f"The height is in pixels, from 100 to 4000; {height} is not.")
    return Hdf5View(_places(given), path, height)


def _places(file: str) -> list[str]:
    """Give the paths by which JupyterLab may know the file.

    A kernel's working directory has its links resolved, JupyterLab's root folder may not.
    """
    # Not resolved: the way through Experiments/ is a link.
    places = [os.path.normpath(Path.cwd() / file)]
    folder = Path(os.environ.get(_SESSION, "")).parent
    if folder.is_absolute() and not Path(file).is_absolute():
        beside = Path(os.path.normpath(folder / file))
        if str(beside) not in places and beside.exists() and beside.samefile(file):
            places.append(str(beside))
    return places
