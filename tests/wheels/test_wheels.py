"""The wheels as an admin meets them: clean environments, outside the checkout, without Node."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
EXTENSIONS = ("@beamtime/experiments", "@beamtime/hdf5-viewer", "@beamtime/desktop")


def run(
    *command: str | Path, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
        check=False,
    )


def wheel(name: str) -> Path:
    found = list((CHECKOUT / "dist").glob(f"{name}-*.whl"))
    assert len(found) == 1, f"expected one {name} wheel in dist/, found {found}: npm run setup"
    return found[0]


def clean_environment(folder: Path, *packages: str | Path) -> Path:
    """Make an environment with `packages` and what they depend on; give its `bin`."""
    # Not our own executable: it is an environment's, and would lend its packages.
    venv.EnvBuilder(with_pip=True, symlinks=True).create(folder)
    done = run(folder / "bin/python", "-m", "pip", "install", "-q", *packages, cwd=folder)
    assert done.returncode == 0, done.stdout
    return folder / "bin"


def environment_without_node(bin_folder: Path, home: Path) -> dict[str, str]:
    """Give the variables of a process that finds this environment and no other program."""
    kept = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "NODE_PATH"}}
    return kept | {"PATH": f"{bin_folder}:/bin", "HOME": str(home)}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lab") / "env"
    return clean_environment(folder, "jupyterlab==4.6.6", wheel("beamtime_lab"))


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Give a folder that other accounts can enter: pytest's own are closed to the service's."""
    with tempfile.TemporaryDirectory(prefix="beamtime-wheels-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def hub(place: Path) -> Path:
    return clean_environment(place / "env", wheel("beamtime_hub"))


def test_lab_wheel_brings_its_extensions_without_node(lab: Path, tmp_path: Path) -> None:
    env = environment_without_node(lab, tmp_path)
    listed = run(lab / "jupyter", "labextension", "list", cwd=tmp_path, env=env).stdout
    for name in EXTENSIONS:
        line = next((line for line in listed.splitlines() if name in line), "")
        assert "enabled" in line and "OK" in line, listed


def test_lab_wheel_enables_its_server_extensions(lab: Path, tmp_path: Path) -> None:
    env = environment_without_node(lab, tmp_path)
    coloured = run(lab / "jupyter", "server", "extension", "list", cwd=tmp_path, env=env).stdout
    listed = re.sub(r"\x1b\[\d+m", "", coloured)
    for name in ("beamtime_lab", "beamtime_desktop"):
        assert f"{name} enabled" in listed, listed
        assert re.search(rf"{name} [0-9.]+ OK", listed), listed


def test_lab_wheel_tells_server_proxy_of_the_desktop(lab: Path, tmp_path: Path) -> None:
    code = (
        "from importlib.metadata import entry_points;"
        "e, = [e for e in entry_points(group='jupyter_serverproxy_servers')"
        " if e.name == 'beamtime-desktop'];"
        "print(e.load()()['unix_socket'])"
    )
    done = run(lab / "python", "-c", code, cwd=tmp_path)
    assert done.returncode == 0 and done.stdout.strip(), done.stdout


def test_hub_wheel_configures_a_hub_outside_the_checkout(hub: Path, place: Path) -> None:
    code = f"""
import json
from traitlets.config import Config
import beamtime_hub
c = Config()
c.JupyterHub.services = []
beamtime_hub.configure(
    c, scheduler="local", state_dir={str(place / "state")!r}, service_user={service_user()!r},
    environments=[{{"id": "a", "name": "A", "description": "", "path": "/usr/bin"}}],
)
service, = c.JupyterHub.services
print(json.dumps(service["command"]))
"""
    done = run(hub / "python", "-c", code, cwd=place)
    assert done.returncode == 0, done.stdout
    node, *_options, script = json.loads(done.stdout.splitlines()[-1])
    assert str(hub.parent) in node and str(hub.parent) in script
    version = run(node, "--version", cwd=place, env={"PATH": "/nonexistent"}).stdout
    assert version.startswith("v24."), version


def service_user() -> str | None:
    """As root the service needs an account of its own; everybody has `nobody`."""
    return "nobody" if os.getuid() == 0 else None


@pytest.mark.parametrize(
    ("project", "output", "missing"),
    [
        ("lab-extensions", "beamtime_lab/labextensions", "labextensions"),
        ("hub-spawner-form", "beamtime_hub/_service", "_service/main.js"),
        ("hub-spawner-form", "beamtime_hub/_static", "_static/form.js"),
    ],
)
def test_a_forgotten_build_makes_no_wheel(
    project: str, output: str, missing: str, tmp_path: Path
) -> None:
    ignore = shutil.ignore_patterns("node_modules", "lib", "dist")
    for folder in (project, "desktop-proxy"):
        shutil.copytree(CHECKOUT / folder, tmp_path / folder, ignore=ignore)
    shutil.rmtree(tmp_path / project / output)
    done = run(
        sys.executable,
        *("-m", "build", "--wheel", "--no-isolation", project, "-o", "out"),
        cwd=tmp_path,
    )
    assert done.returncode != 0, done.stdout
    assert missing in done.stdout
    assert not list((tmp_path).glob("out/*.whl"))


def test_hub_wheel_brings_its_command_with_the_worker_beside_it(hub: Path, place: Path) -> None:
    env = environment_without_node(hub, place)
    helped = run(hub / "beamtime", "--help", cwd=place, env=env)
    assert helped.returncode == 0 and "catalogue import" in helped.stdout, helped.stdout
    template = CHECKOUT / "docs/admin/embedded-catalogue/csv"
    checked = run(hub / "beamtime", "catalogue", "check", template, cwd=place, env=env)
    assert checked.returncode == 0 and "all good" in checked.stdout, checked.stdout
    code = "from beamtime_hub.places import SERVICE; print(SERVICE.parent)"
    service = Path(run(hub / "python", "-c", code, cwd=place).stdout.strip())
    script = f"""
const {{ Worker }} = require('node:worker_threads');
const worker = new Worker({str(service / "catalogue-worker.js")!r}, {{
  workerData: {{ file: {str(place / "catalogue.sqlite")!r}, source: 'embedded', dataRoots: [] }},
}});
worker.once('message', (reply) => {{
  console.log(JSON.stringify(reply));
  process.exit(0);
}});
worker.postMessage({{ id: 1, question: {{ call: 'size' }} }});
"""
    code = "from beamtime_hub.places import NODE; print(NODE)"
    node = run(hub / "python", "-c", code, cwd=place).stdout.strip()
    answered = run(node, "-e", script, cwd=place, env=env)
    assert answered.stdout.strip() == '{"id":1,"value":0}', answered.stdout
