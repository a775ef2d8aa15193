"""What the hub (or, on Binder, the image) tells the session by its environment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .experiment import Experiment


@dataclass(frozen=True)
class Settings:
    """The environment, read once. What could not be read is in `problems`, in words."""

    service_url: str | None = None
    """Where the *browser* reaches the service: an absolute path or URL, ending in `/`."""
    internal_url: str | None = None
    """Where *this server* reaches the service, if that is known to be elsewhere."""
    hub_url: str | None = None
    """The hub's public URL, if the hub knows it."""
    experiments: tuple[Experiment, ...] = ()
    """What the session was started with."""
    data_roots: tuple[Path, ...] = ()
    """Folders in which experiments' data may lie."""
    experiments_file: Path | None = None
    """The experiments of a session without a hub."""
    problems: tuple[str, ...] = field(default=())


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read the environment; never raises, so that a slip cannot stop the server."""
    problems: list[str] = []
    file = environ.get("BEAMTIME_EXPERIMENTS_FILE")
    experiments_file = Path(file).resolve() if file else None
    roots = [Path(root) for root in _strings("BEAMTIME_DATA_ROOTS", environ, problems)]
    if experiments_file is not None:
        # The file may only name what lies beside it, unless the roots say more.
        roots.append(experiments_file.parent)
    return Settings(
        service_url=_with_slash(environ.get("BEAMTIME_URL")),
        internal_url=_with_slash(environ.get("BEAMTIME_INTERNAL_URL")),
        hub_url=environ.get("JUPYTERHUB_PUBLIC_HUB_URL") or None,
        experiments=tuple(_experiments(environ, problems)),
        data_roots=tuple(root for root in roots if root.is_absolute()),
        experiments_file=experiments_file,
        problems=tuple(problems),
    )


def _with_slash(url: str | None) -> str | None:
    return None if not url else url.rstrip("/") + "/"


def _list(name: str, environ: Mapping[str, str], problems: list[str]) -> list[object]:
    text = environ.get(name)
    if not text:
        return []
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if isinstance(value, list):
        return value
    problems.append(f"{name} of this session is not a JSON list. Ask the hub's administrators.")
    return []


def _strings(name: str, environ: Mapping[str, str], problems: list[str]) -> list[str]:
    return [item for item in _list(name, environ, problems) if isinstance(item, str)]


def _experiments(environ: Mapping[str, str], problems: list[str]) -> list[Experiment]:
    found = []
    for item in _list("BEAMTIME_EXPERIMENTS", environ, problems):
        try:
            found.append(Experiment.of_session(item))
        except ValueError as error:
            problems.append(f"An experiment of this session could not be read: {error}")
    return found
