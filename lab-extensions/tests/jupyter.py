"""A real Jupyter server with the extension, as a process of its own."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PACKAGE = Path(__file__).parents[1]
BASE_URL = "/user/alice/"
TOKEN = "test-token"
CONFIG = {
    "ServerApp": {
        "ip": "127.0.0.1",
        "port": 0,
        "base_url": BASE_URL,
        "allow_root": True,
        "open_browser": False,
        "jpserver_extensions": {
            "beamtime_lab": True,
            # What else is installed is not of interest here.
            "jupyter_lsp": False,
            "jupyter_server_proxy": False,
            "beamtime_desktop": False,
        },
    },
    "IdentityProvider": {"token": TOKEN},
}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Jupyter:
    port: int
    root: Path

    def ask(
        self,
        path: str,
        headers: Mapping[str, str] | None = None,
        *,
        method: str = "GET",
        body: object = None,
        signed_in: bool = True,
    ) -> Answer:
        """Ask below the base URL, with the path just as it is given."""
        auth = {"Authorization": f"token {TOKEN}"} if signed_in else {}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            content = None if body is None else json.dumps(body)
            connection.request(method, BASE_URL + path, content, {**auth, **(headers or {})})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()


@contextmanager
def jupyter(folder: Path, environ: Mapping[str, str], config: Any = None) -> Iterator[Jupyter]:
    """Start a server with `folder/home` as its root, and end it.

    `environ` is what the hub would give it besides.
    """
    home = folder / "home"
    home.mkdir(exist_ok=True)
    settings = {**CONFIG, "ServerApp": {**CONFIG["ServerApp"], "root_dir": str(home)}}
    for section, values in (config or {}).items():
        settings[section] = {**settings.get(section, {}), **values}
    file = folder / "jupyter_server_config.json"
    file.write_text(json.dumps(settings))
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BEAMTIME_", "JUPYTER", "PYTHON"))
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter_server", f"--config={file}"],
        env={
            **clean,
            "HOME": str(folder),
            "JUPYTER_NO_CONFIG": "",
            "JUPYTER_CONFIG_DIR": str(folder / "none"),
            "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
            "JUPYTER_DATA_DIR": str(folder / "share"),
            "PYTHONPATH": str(PACKAGE),
            "PYTHONDONTWRITEBYTECODE": "1",
            **environ,
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    log = folder / "server.log"
    try:
        yield Jupyter(_port(process, log), home)
    finally:
        process.terminate()
        _, rest = process.communicate(timeout=20)
        with log.open("a") as stream:
            stream.write(rest)


def _port(process: subprocess.Popen[str], log: Path) -> int:
    """Read the log until the server says where it listens."""
    assert process.stderr
    said = ""
    for line in process.stderr:
        said += line
        if match := re.search(r"http://127\.0\.0\.1:\d+/", line):
            log.write_text(said)
            port = urlsplit(match[0]).port
            assert port
            _wait_for(port)
            return port
    raise AssertionError(f"Jupyter did not start:\n{said}")


def _wait_for(port: int) -> None:
    """Wait until the server listens, which it does some time after it says so."""
    end = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
