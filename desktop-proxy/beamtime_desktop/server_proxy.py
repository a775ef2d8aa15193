"""How jupyter-server-proxy launches the gateway.

Entry point group `jupyter_serverproxy_servers`:
`beamtime-desktop = "beamtime_desktop.server_proxy:setup"`.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from . import runtime


def setup() -> dict[str, Any]:
    """Give the gateway's configuration, in jupyter-server-proxy's terms."""
    return {
        "command": command,
        "unix_socket": True,
        # Python and tornado from a cold network file system take their time.
        "timeout": 30,
        # Pictures are no activity. What is, a person's input, each desktop's
        # `last_input` says; nothing reads it yet.
        "update_last_activity": False,
        "new_browser_tab": False,
        # The lab extension has its own cards.
        "launcher_entry": {"enabled": False},
    }


def command() -> list[str]:
    """Give the words that start the gateway, when it is first asked for."""
    return [
        *(sys.executable, "-m", "beamtime_desktop"),
        *("--socket", "{unix_socket}"),
        *("--folder", str(runtime.folder())),
        *("--parent", str(os.getpid())),
    ]
