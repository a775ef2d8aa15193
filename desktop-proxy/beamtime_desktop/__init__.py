"""Desktops and programs with a window, carried into a JupyterLab tab.

Three programs meet here:

- *Jupyter's server* loads this package as a server extension (`extension`), which
  gives tickets to the signed-in owner of the server;
- *the gateway* (`gateway`, launched by jupyter-server-proxy as `server_proxy` says)
  starts and ends the desktops and carries RFB, the protocol of VNC, to the browser;
- *a keeper* for each desktop (`keeper`) owns its processes and ends them all.

Nothing listens on a TCP port. This module imports nothing of its own at load time,
so that `python -m beamtime_desktop` can set its import path right first.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "beamtime_desktop"}]


def _load_jupyter_server_extension(server_app: Any) -> None:
    from .extension import load

    load(server_app)
