from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from .jupyter import Jupyter, jupyter


@dataclass(frozen=True)
class Site:
    """A site's data: two experiments with raw and processed, and a secret beside them."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def outside(self) -> Path:
        return self.folder / "outside"

    def session_experiment(self, **more: str) -> dict[str, str]:
        return {
            "key": "embedded:e1",
            "slug": "MA-5127-BX11",
            "title": "Crack growth",
            "dataPath": str(self.data / "ma5127"),
            **more,
        }

    def environ(self, **more: object) -> dict[str, str]:
        """The environment that the hub gives to a session."""
        values = {
            "DATA_ROOTS": [str(self.data)],
            "EXPERIMENTS": [self.session_experiment()],
            **more,
        }
        return {
            f"BEAMTIME_{name}": value if isinstance(value, str) else json.dumps(value)
            for name, value in values.items()
        }


def make_site(folder: Path) -> Site:
    for name in ("ma5127", "ls3302"):
        for part in ("raw", "processed"):
            (folder / "data" / name / part).mkdir(parents=True)
    (folder / "data/ma5127/raw/scan.h5").write_bytes(bytes(range(256)) * 8)
    for name in ("outside", "data-more"):
        (folder / name).mkdir()
        (folder / name / "secret.txt").write_text("SECRET")
    return Site(folder)


def catalogue_experiment(id: str = "e1", **more: object) -> dict[str, Any]:
    """The contract's `Experiment`, as the service gives it."""
    return {
        "ref": {"source": "embedded", "id": id},
        "proposal": "MA-5127",
        "title": "Crack growth in duplex steel",
        "instrument": {"name": "BX11"},
        "start": "2026-11-12T08:00:00Z",
        "visibility": "member",
        "people": [{"name": "Maja Lindqvist", "role": "pi", "pids": []}],
        "pids": [],
        **more,
    }


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


@pytest.fixture
def start(site: Site) -> Iterator[Callable[..., Jupyter]]:
    """Starts a server of this test's own: `start(environ, config)`."""
    with ExitStack() as stack:
        yield lambda environ, config=None: stack.enter_context(
            jupyter(site.folder, environ, config)
        )


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Jupyter]]:
    """One server for all tests that only look at files."""
    site = make_site(tmp_path_factory.mktemp("site"))
    with jupyter(site.folder, site.environ()) as server:
        yield site, server
