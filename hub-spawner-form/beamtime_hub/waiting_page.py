"""The hub's page of a session that is being started: our steps in place of its bar.

Our template extends the hub's, whose page stays where our script does not run. A site's own
`spawn_pending.html` wins over ours.
"""

from pathlib import Path
from typing import Any, TypedDict

from jupyterhub._data import DATA_FILES_PATH
from traitlets.config import Config

from .form_page import script_safe, static_url
from .merging import listed
from .places import TEMPLATES, WAITING_SCRIPT, WAITING_STYLE


class WaitingPage(TypedDict):
    """What our template puts into the page: URLs of two files, and JSON for a script element."""

    style: str
    script: str
    data: str


def add_waiting_page(c: Config) -> None:
    """Add our folder of templates behind those of the site, and before the hub's own."""
    there = [str(path) for path in listed(c, "JupyterHub", "template_paths")]
    hubs = Path(DATA_FILES_PATH, "templates")
    # The hub appends its own folder unless the site has named it.
    at = next((i for i, path in enumerate(there) if Path(path) == hubs), len(there))
    c.JupyterHub.template_paths = [*there[:at], str(TEMPLATES), *there[at:]]


def waiting_page(spawner: Any, progress_url: str) -> WaitingPage:
    """Describe the start that is under way.

    Parameters
    ----------
    spawner
        The session's spawner. Without a plan, after a restart of the hub, less is told.
    progress_url
        The hub's stream of events, with the page's XSRF token.
    """
    base_url: str = spawner.hub.base_url
    plan = spawner.plan
    asked_at = spawner.asked_at
    data = {
        "base_url": base_url,
        "progress_url": progress_url,
        "user": spawner.user.name,
        "server": spawner.name,
        "title": spawner.orm_spawner.display_name or spawner.name or "",
        "on_cluster": spawner.on_cluster,
        "asked_at": asked_at.isoformat() if asked_at else None,
        "summary": plan["summary"] if plan else "",
        "experiments": [each["slug"] for each in plan["experiments"]] if plan else [],
    }
    return WaitingPage(
        style=static_url(base_url, WAITING_STYLE),
        script=static_url(base_url, WAITING_SCRIPT),
        data=script_safe(data),
    )
