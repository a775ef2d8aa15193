"""Binder as a visitor meets it: postBuild and start, run by an ordinary user in a fresh HOME."""

from __future__ import annotations

import hashlib
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
ACCOUNT = "beamtime-demo"  # Who runs it when the tests run as root.
NOT_FROM_PYPI = {"conda-forge", "python", "pip", "nodejs"}
NAMES_ON_PYPI = {"matplotlib-base": "matplotlib", "python-build": "build"}
TOKEN = "let-me-in"
LIVE = "data/BX11/CH-6410/raw/live/C08_0001.nxs"


@dataclass(frozen=True)
class Person:
    """An ordinary user with a fresh HOME, which holds the checkout as on Binder."""

    uid: int
    gid: int
    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def data(self) -> Path:
        return self.home / ".local/share/beamtime"

    def own(self, *paths: Path) -> None:
        if os.geteuid() == 0:
            for path in paths:
                # Never through a link: an environment's `python` is the machine's own.
                os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def popen(self, *command: str | Path, **options: Any) -> subprocess.Popen[str]:
        if os.geteuid() == 0:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        words = [str(word) for word in command]
        return subprocess.Popen(words, cwd=self.home, text=True, **options)

    def run(self, *command: str | Path, **env: str) -> str:
        """Give what the command prints; it must succeed."""
        output = subprocess.PIPE
        process = self.popen(*command, env=self.env(**env), stdout=output, stderr=subprocess.STDOUT)
        printed, _ = process.communicate(timeout=400)
        assert process.returncode == 0, f"{' '.join(map(str, command))}\n{printed}"
        return printed

    def env(self, **more: str) -> dict[str, str]:
        home = str(self.home)
        return {"HOME": home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **more}


def owner() -> pwd.struct_passwd:
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    if subprocess.run(["id", ACCOUNT], capture_output=True).returncode != 0:
        options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        subprocess.run(["useradd", *options, ACCOUNT], check=True)
    return pwd.getpwnam(ACCOUNT)


@pytest.fixture(scope="module")
def person() -> Iterator[Person]:
    account = owner()
    # Not pytest's folders: they are private to whoever runs the tests.
    folder = Path(tempfile.mkdtemp(prefix="beamtime-binder-", dir="/var/tmp"))
    folder.chmod(0o755)
    someone = Person(account.pw_uid, account.pw_gid, folder)
    for name in ("binder", "tests/facility/data"):
        ignored = shutil.ignore_patterns("__pycache__", ".*_cache")
        shutil.copytree(CHECKOUT / name, someone.home / name, ignore=ignored)
    someone.own(folder, *folder.rglob("*"))
    yield someone
    for path in folder.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o700)  # Raw data are read-only.
    shutil.rmtree(folder)


def requirements() -> list[str]:
    """Give environment.yml's packages in pip's words: the same names and versions from PyPI."""
    text = (CHECKOUT / "binder/environment.yml").read_text()
    wanted = []
    for line in re.findall(r"^ +- ([^\s:]+)$", text, re.MULTILINE):
        name, version = re.fullmatch(r"([\w-]+)(.*)", line).groups()  # type: ignore[union-attr]
        if name not in NOT_FROM_PYPI:
            exact = re.sub(r"^=(?!=)", "==", version)
            wanted.append(NAMES_ON_PYPI.get(name, name) + exact)
    assert len(wanted) > 5, f"environment.yml cannot be read: {wanted}"
    return wanted


@pytest.fixture(scope="module")
def environment(person: Person) -> Path:
    """The `bin` of an environment with environment.yml's packages; kept for the next run."""
    wanted = requirements()
    key = hashlib.sha256("\n".join([sys.version, *wanted]).encode()).hexdigest()[:12]
    state = os.environ.get("BEAMTIME_STATE")
    folder = (Path(state) if state else person.folder) / "binder-env"
    folder.mkdir(exist_ok=True)
    person.own(folder)
    env, ready = folder / key, folder / f"{key}.ready"
    if not ready.exists():
        shutil.rmtree(env, ignore_errors=True)
        # The base installation: an environment's own Python would lend its packages.
        person.run(Path(sys.executable).resolve(), "-m", "venv", env)
        person.run(env / "bin/pip", "install", "-q", "--no-cache-dir", *wanted)
        ready.touch()
    # What an earlier run installed must not stand in for what this one does not.
    person.run(env / "bin/pip", "uninstall", "-q", "-y", "beamtime-lab")
    return env / "bin"


@pytest.fixture(scope="module")
def wheel(person: Person) -> Path:
    told = os.environ.get("BEAMTIME_WHEEL")
    found = [Path(told)] if told else sorted((CHECKOUT / "dist").glob("beamtime_lab-*.whl"))
    if not found or not found[-1].is_file():
        pytest.fail("There is no wheel of beamtime-lab: npm run setup, or set BEAMTIME_WHEEL.")
    copy = person.folder / found[-1].name
    shutil.copy(found[-1], copy)
    copy.chmod(0o644)
    return copy


@pytest.fixture(scope="module")
def built(person: Person, environment: Path, wheel: Path) -> Path:
    """The environment after postBuild."""
    path = f"{environment}:/usr/bin:/bin"
    person.run("binder/postBuild", PATH=path, BEAMTIME_WHEEL=str(wheel))
    return environment


@dataclass
class Lab:
    """A running session."""

    address: str
    process: subprocess.Popen[str]
    log: Path

    def ask(self, path: str, body: object = None, **headers: str) -> tuple[int, bytes]:
        """Give status and body of the answer; with a body it is a POST."""
        data = None if body is None else json.dumps(body).encode()
        known = {"Authorization": f"token {TOKEN}", "X-Beamtime-Contract": "1"}
        request = urllib.request.Request(self.address + path, data, {**known, **headers})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def json(self, path: str, body: object = None, **headers: str) -> Any:
        status, answer = self.ask(path, body, **headers)
        assert status in (200, 201), f"{path}: {status} {answer.decode(errors='replace')[:500]}"
        return json.loads(answer)


def eventually(condition: Callable[[], object], what: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def lab(person: Person, built: Path) -> Iterator[Lab]:
    port = free_port()
    command = ["jupyter", "lab", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"]
    command += ["--no-browser", f"--IdentityProvider.token={TOKEN}"]
    # BinderHub is a hub: its sessions have such variables, though no hub of ours.
    env = person.env(PATH=f"{built}:/usr/bin:/bin", JUPYTERHUB_USER="visitor-x7")
    log = person.folder / "lab.log"
    with log.open("w") as output:
        process = person.popen(
            "binder/start", *command, env=env, stdout=output, stderr=subprocess.STDOUT
        )
    session = Lab(f"http://127.0.0.1:{port}/", process, log)

    def answers() -> bool:
        assert process.poll() is None, f"The session ended:\n{log.read_text()}"
        try:
            return session.ask("api")[0] == 200
        except OSError:
            return False

    try:
        eventually(answers, "the session answers", 90)
        yield session
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def test_lab_opens_with_its_token_and_not_without(lab: Lab) -> None:
    status, page = lab.ask("lab")
    assert status == 200
    assert b"jupyter-config-data" in page
    assert lab.ask("api/contents", Authorization="token wrong")[0] == 403


def test_the_extensions_are_installed_and_enabled(person: Person, built: Path) -> None:
    listed = person.run(built / "jupyter", "labextension", "list", PATH=f"{built}:/usr/bin:/bin")
    for name in ("@beamtime/experiments", "@beamtime/hdf5-viewer", "@beamtime/desktop"):
        line = next((line for line in listed.splitlines() if name in line), "")
        assert "enabled" in line, listed
        assert "OK" in line, listed


def test_the_panel_is_told_where_to_ask(lab: Lab) -> None:
    found = re.search(rb'"beamtimeUrl": "([^"]*)"', lab.ask("lab")[1])
    assert found, "The page does not name beamtimeUrl."
    assert found[1] == b"/beamtime/"


def test_the_sample_experiments_are_answered(lab: Lab, person: Person) -> None:
    page = lab.json("beamtime/api/v1/experiments")
    facility = json.loads((CHECKOUT / "tests/facility/data/facility.json").read_text())
    proposals = {experiment["proposal"] for experiment in facility["experiments"]}
    assert {experiment["proposal"] for experiment in page["items"]} == proposals
    datasets = lab.json("beamtime/api/v1/experiments/embedded%3Ae1/datasets")["items"]
    assert [dataset["name"] for dataset in datasets][:1] == ["S03 strain map"]


def test_an_experiment_is_linked_and_its_bytes_are_served(lab: Lab) -> None:
    link = lab.json("beamtime/experiments/link", {"key": "embedded:e1"})
    assert link["slug"] == "MA-5127-BX11"
    path = f"beamtime/files/Experiments/{link['slug']}/raw/S03/S03_0001.nxs"
    assert lab.ask(path, Range="bytes=0-7") == (206, b"\x89HDF\r\n\x1a\n")


def test_the_environment_has_what_the_notebooks_need(person: Person, built: Path) -> None:
    book = person.data / "data/BX11/MA-5127/processed/first-look.ipynb"
    cells = json.loads(book.read_text())["cells"]
    code = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    code = f"import os; os.chdir({str(book.parent)!r})\n{code}\nprint(plt.get_fignums())"
    printed = person.run(built / "python", "-c", code, MPLBACKEND="Agg")
    assert printed.splitlines()[-1] == "[1, 2, 3]"


def test_the_measurement_is_running(lab: Lab, person: Person) -> None:
    file = person.data / LIVE
    before = file.stat().st_size
    eventually(lambda: file.stat().st_size > before, f"{LIVE} grows")


def test_a_desktop_starts(lab: Lab) -> None:
    ticket = lab.json("beamtime/desktop/ticket", {"desktop": "xterm"})["ticket"]
    wish = {"name": "xterm", "program": "xterm", "width": 800, "height": 600}
    made = lab.json("beamtime-desktop/api/desktops", wish, **{"X-Beamtime-Ticket": ticket})
    assert made["name"] == "xterm"


def test_nothing_is_left_when_the_session_ends(lab: Lab, person: Person) -> None:
    mine = processes(person)
    assert any("live.py" in command for command in mine), mine
    lab.process.send_signal(signal.SIGTERM)
    lab.process.wait(30)
    eventually(lambda: not processes(person), f"all end: {processes(person)}")


def processes(person: Person) -> list[str]:
    """Give the command lines of the session: those that have its HOME."""
    found = []
    wanted = f"HOME={person.home}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue  # It has ended meanwhile, or is somebody else's.
    return [command for command in found if command]  # A zombie has none.
