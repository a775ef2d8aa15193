"""Wires the server extension together when Jupyter loads it."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_data_dir
from jupyter_server.utils import url_path_join

from .api import (
    LinkHandler,
    OfflineBookmarksHandler,
    OfflineDatasetsHandler,
    OfflineExperimentHandler,
    OfflineFilesHandler,
    OfflineFiltersHandler,
    OfflineListHandler,
    Session,
    StatusHandler,
)
from .beside.handlers import BesideHandler, IsThereHandler
from .beside.pool import Pool, is_there
from .catalogue import Catalogue, FileCatalogue, ServiceCatalogue
from .experiment import Experiment
from .failures import Failure
from .files import BytesHandler, FilesHandler
from .links import Links
from .offline import BookmarkFile
from .roots import Roots
from .settings import Settings, read_settings

PATIENCE_S = 5
"""How long the start waits for links: a data server that hangs must not stop Jupyter."""


def load(server_app: Any) -> None:
    """Add everything to a running server application; nothing here may stop its start."""
    settings = read_settings(os.environ)
    web_app = server_app.web_app
    base_url = web_app.settings["base_url"]
    root = Path(getattr(server_app.contents_manager, "root_dir", server_app.root_dir))
    roots = Roots(root.expanduser().absolute(), settings.data_roots)
    session = Session(Links(roots), _catalogue(settings), list(settings.problems))

    url = _browser_url(settings, base_url)
    if url is not None:
        # JupyterLab merges its own into this dictionary, whichever comes first.
        web_app.settings.setdefault("page_config_data", {})["beamtimeUrl"] = url

    pool = _pool(roots, settings)
    # Handlers added here come before Jupyter's own, so `files/Experiments/…` is ours.
    web_app.add_handlers(
        ".*$",
        [
            (url_path_join(base_url, path), handler, options)
            for path, handler, options in _handlers(session, roots, pool)
        ],
    )
    _link_at_start(session, settings.experiments, server_app.log)


def _catalogue(settings: Settings) -> Catalogue | None:
    if settings.service_url:
        return ServiceCatalogue(settings)
    return FileCatalogue(settings.experiments_file) if settings.experiments_file else None


def _browser_url(settings: Settings, base_url: str) -> str | None:
    if settings.service_url:
        return settings.service_url
    return url_path_join(base_url, "beamtime/") if settings.experiments_file else None


def _pool(roots: Roots, settings: Settings) -> Pool | None:
    return Pool(roots.root, settings.data_roots, roots.linked) if is_there() else None


def _handlers(
    session: Session, roots: Roots, pool: Pool | None
) -> list[tuple[str, type, dict[str, Any]]]:
    api = "beamtime/api/v1"
    experiments = f"{api}/experiments"
    handlers: list[tuple[str, type, dict[str, Any]]] = [
        ("beamtime/status", StatusHandler, {"session": session}),
        ("beamtime/experiments/link", LinkHandler, {"session": session}),
        ("beamtime/hdf5", IsThereHandler, {"pool": pool}),
        ("beamtime/hdf5/([a-z]+)", BesideHandler, {"pool": pool}),
        ("beamtime/files/(.*)", BytesHandler, {"roots": roots}),
        ("files/Experiments/(.*)", FilesHandler, {"roots": roots, "prefix": "Experiments/"}),
    ]
    if isinstance(session.catalogue, FileCatalogue):
        kept = BookmarkFile(Path(jupyter_data_dir()) / "beamtime" / "bookmarks.json")
        options = {"catalogue": session.catalogue, "bookmarks": kept}
        handlers += [
            (f"{api}/filters", OfflineFiltersHandler, options),
            (f"{api}/bookmarks", OfflineBookmarksHandler, options),
            (f"{api}/bookmarks/(favourites|recent)/([^/]+)", OfflineBookmarksHandler, options),
            (experiments, OfflineListHandler, options),
            (f"{experiments}/([^/]+)", OfflineExperimentHandler, options),
            (f"{experiments}/([^/]+)/datasets", OfflineDatasetsHandler, options),
            (f"{experiments}/([^/]+)/datasets/([^/]+)/files", OfflineFilesHandler, options),
        ]
    return handlers


def _link_at_start(session: Session, experiments: tuple[Experiment, ...], log: Any) -> None:
    def work() -> None:
        for experiment in experiments:
            try:
                session.links.add(experiment)
            except Failure as failure:
                session.problems.append(f"{experiment.slug}: {failure.message}")
                log.warning("beamtime_lab: %s: %s", experiment.slug, failure.message)
            except Exception:
                session.problems.append(f"{experiment.slug}: its folders could not be linked.")
                log.exception("beamtime_lab: cannot link %s", experiment.slug)

    thread = threading.Thread(target=work, name="beamtime-links", daemon=True)
    thread.start()
    thread.join(PATIENCE_S)
    if thread.is_alive():
        log.warning("beamtime_lab: the data folders do not answer; linking goes on meanwhile.")
