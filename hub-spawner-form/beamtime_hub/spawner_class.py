"""Which spawner class the administrator has chosen, if any."""

from importlib.metadata import entry_points
from typing import Any

from traitlets.config import Config
from traitlets.utils.importstring import import_item

from .checks import ConfigurationError
from .merging import set_default


def chosen_spawner(c: Config, ours: type, scheduler: str) -> Any:
    """Choose our spawner class, or take the administrator's own subclass of it.

    Raises
    ------
    ConfigurationError
        Another spawner class is configured.
    """
    set_default(c, "JupyterHub", "spawner_class", ours)
    chosen = c.JupyterHub.spawner_class
    cls = _load(chosen) if isinstance(chosen, str) else chosen
    if not (isinstance(cls, type) and issubclass(cls, ours)):
        raise ConfigurationError(
            f"beamtime_hub.configure: c.JupyterHub.spawner_class is {chosen!r}, but "
            f"scheduler={scheduler!r} needs beamtime_hub.{ours.__name__}. "
            "Remove the line, or name a subclass of it."
        )
    return cls


def _load(name: str) -> object:
    for entry in entry_points(group="jupyterhub.spawners"):
        if entry.name.lower() == name.lower():
            return entry.load()
    try:
        return import_item(name)
    except (ImportError, ValueError) as error:
        raise ConfigurationError(
            f"beamtime_hub.configure: c.JupyterHub.spawner_class is {name!r}, "
            f"which cannot be imported: {error}"
        ) from error
