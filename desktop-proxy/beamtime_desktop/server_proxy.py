"""How jupyter-server-proxy launches the gateway.

Entry point group `jupyter_serverproxy_servers`:
`beamtime-desktop = "beamtime_desktop.server_proxy:setup"`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from jupyter_server.serverapp import ServerApp

from . import runtime


def setup() -> dict[str, Any]:
    """Give the gateway's configuration, in jupyter-server-proxy's terms."""
    return {
        "command": command,
        # Told, not left to jupyter-server-proxy: it leaves the folders that it makes.
        "unix_socket": str(runtime.socket_path()),
        # Python and tornado from a cold network file system take their time.
        "timeout": 30,
        # Pictures are no activity, nor is the tab that asks how things are. What a person
        # does on a desktop is: see `activity`.
        "update_last_activity": False,
        "new_browser_tab": False,
        # The lab extension has its own cards.
        "launcher_entry": {"enabled": False},
    }


def command() -> list[str]:
    """Give the words that start the gateway, when it is first asked for.

    If its folder cannot be made, `extension.ProblemHandler` says why.
    """
    return [
        *(sys.executable, "-m", "beamtime_desktop"),
        *("--socket", "{unix_socket}"),
        *("--folder", str(runtime.folder())),
        *("--root", _root_folder()),
        *("--parent", str(os.getpid())),
    ]


def _root_folder() -> str:
    """Give Jupyter's root folder, below which the browser names files."""
    if not ServerApp.initialized():
        return str(Path.cwd())
    return str(ServerApp.instance().root_dir)
