"""Experiments and their files in a Jupyter session.

A thin server extension beside JupyterLab:

- it tells the page where the experiment service is (`beamtimeUrl` in the page config);
- it links the folders of experiments below ``Experiments/`` (`links`);
- it sends files by byte ranges, also where links leave the root folder (`files`);
- without a hub it answers for the service from a JSON file (`catalogue`).

In a notebook, `view` shows an HDF5 file below a cell.
"""

from __future__ import annotations

from typing import Any

from .notebook_view import view

__all__ = ["view"]
__version__ = "0.1.0"

EXTENSIONS = ("experiments", "hdf5-viewer", "desktop")


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": f"labextensions/{name}", "dest": f"@beamtime/{name}"} for name in EXTENSIONS]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "beamtime_lab"}]


def _load_jupyter_server_extension(server_app: Any) -> None:
    from .extension import load

    load(server_app)
