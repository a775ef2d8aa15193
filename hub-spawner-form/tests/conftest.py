"""What the tests share: a folder that other accounts can reach, a service, spawners."""

import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from beamtime_hub import (  # noqa: E402
    BeamtimeLocalSpawner,
    BeamtimeSlurmSpawner,
    configuration,
    form_page,
    state_dir,
)
from beamtime_hub.refusals import refusals  # noqa: E402
from fake_service import FakeService  # noqa: E402


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder with a short name that every account may enter (pytest's own is closed)."""
    path = Path(tempfile.mkdtemp(prefix="bt-hub-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def root() -> bool:
    return os.geteuid() == 0


@pytest.fixture
async def service(folder: Path) -> AsyncIterator[FakeService]:
    fake = FakeService(str(folder / "service.sock"))
    fake.start()
    yield fake
    await fake.stop()


@pytest.fixture(autouse=True)
def _nothing_refused_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield
    for name in ("alice", "root", "nobody"):
        refusals.clear(name)


@pytest.fixture
def bundle(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for `npm run build -w hub-spawner-form`."""
    for name in ("FORM_SCRIPT", "FORM_STYLE"):
        file = folder / name.lower()
        file.write_text(name)
        monkeypatch.setattr(form_page, name, file)


@pytest.fixture
def user() -> SimpleNamespace:
    """Give a user of the hub, who has an account on every Unix machine."""
    return SimpleNamespace(
        name="nobody",
        admin=False,
        groups=[SimpleNamespace(name="bx11"), SimpleNamespace(name="all")],
        escaped_name="nobody",
        url="/user/nobody/",
        settings={},
    )


@pytest.fixture
def make_spawner(user: SimpleNamespace, folder: Path) -> Callable[..., Any]:
    def make(cls: type, **traits: Any) -> Any:
        hub = SimpleNamespace(
            base_url="/hub/", public_host="", api_url="http://127.0.0.1:8081/hub/api"
        )
        return cls(user=user, hub=hub, service_socket=str(folder / "service.sock"), **traits)

    return make


@pytest.fixture
def slurm(make_spawner: Callable[..., Any]) -> Any:
    return make_spawner(BeamtimeSlurmSpawner)


@pytest.fixture
def local(make_spawner: Callable[..., Any], folder: Path, root: bool) -> Any:
    return make_spawner(
        BeamtimeLocalSpawner,
        home_template=f"{folder}/homes/{{username}}",
        shared_account="nobody" if root else "",
    )


ENVIRONMENT = {"id": "analysis", "name": "Analysis", "path": "/opt/env/bin"}


@pytest.fixture
def built(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for `npm run build`."""
    for name in ("FORM_SCRIPT", "FORM_STYLE", "WAITING_SCRIPT", "WAITING_STYLE", "SERVICE"):
        file = folder / name.lower()
        file.write_text("")
        monkeypatch.setattr(configuration, name, file)
    monkeypatch.setattr(state_dir, "SERVICE", folder / "service")
    return folder


@pytest.fixture
def given(built: Path, folder: Path, root: bool) -> dict[str, Any]:
    """Give options that work, for root and for others."""
    return {
        "scheduler": "slurm",
        "environments": [ENVIRONMENT],
        "state_dir": f"{folder}/state",
        "service_user": "nobody" if root else None,
    }
