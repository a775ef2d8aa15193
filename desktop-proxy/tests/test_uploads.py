"""A file that is dropped gets to the desktop's folder, whole or not at all."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from beamtime_desktop import uploads

from .conftest import eventually
from .jupyter import Jupyter

PATH = "beamtime/desktop/files/"


def contents(folder: Path) -> dict[str, bytes]:
    """Give the files of a folder by name; nothing if it is not there."""
    return {each.name: each.read_bytes() for each in folder.glob("*")}


async def put(jupyter: Jupyter, name: str, body: bytes, user: str = "alice") -> tuple[int, object]:
    return await jupyter.ask("PUT", PATH + name, user, body)


@pytest.fixture(scope="module")
def jupyter() -> Iterator[Jupyter]:
    """One server for these tests, that takes 24 MiB at most."""
    home = Path(tempfile.mkdtemp(prefix="bt-"))
    jupyter = Jupyter(home, BEAMTIME_DESKTOP_MAX_UPLOAD=str(24 * 1024**2))
    yield jupyter
    jupyter.process.terminate()
    jupyter.process.wait(60)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def folder(jupyter: Jupyter) -> Iterator[Path]:
    """Where the files go; empty."""
    folder = jupyter.home / "Desktop"
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


async def test_never_goes_over_another(jupyter: Jupyter, folder: Path) -> None:
    await jupyter.ready()
    for name, body in (("plot.png", b"one"), ("plot (2).png", b"two"), ("plot (3).png", b"three")):
        answer = {"name": name, "path": f"~/Desktop/{name}"}
        assert await put(jupyter, "plot.png", body) == (201, answer)
    assert contents(folder) == {
        "plot.png": b"one",
        "plot (2).png": b"two",
        "plot (3).png": b"three",
    }


async def test_a_large_file_comes_whole(jupyter: Jupyter, folder: Path) -> None:
    await jupyter.ready()
    body = os.urandom(1024) * 20_000  # Many pieces.
    assert (await put(jupyter, "%C3%A9chantillon%20%231.h5", body))[0] == 201
    assert contents(folder) == {"échantillon #1.h5": body}


async def test_is_the_owners_alone(jupyter: Jupyter, folder: Path) -> None:
    await jupyter.ready()
    assert (await put(jupyter, "x", b"x", user="bob"))[0] == 403
    assert (await put(jupyter, "x", b"x", user=""))[0] == 403
    for name in ("..", "a%2Fb", "%2E%2E", "a%00b", "x" * 201):
        assert (await put(jupyter, name, b"x"))[0] in (400, 404), name
    assert not contents(folder)


async def test_a_broken_upload_leaves_nothing(jupyter: Jupyter, folder: Path) -> None:
    await jupyter.ready()
    host, _, path = jupyter.address.partition("/")
    reader, writer = await asyncio.open_connection(*host.split(":"))
    head = f"PUT /{path}{PATH}x HTTP/1.1\r\nHost: {host}\r\nX-Test-User: alice\r\n"
    writer.write(f"{head}Content-Length: 1000000\r\n\r\n".encode() + b"x" * 1000)
    await eventually(lambda: list(folder.glob(".*.part")), "it has begun")
    writer.close()
    await eventually(lambda: not list(folder.glob(".*")), "nothing is left of it")
    del reader


async def test_is_bounded(jupyter: Jupyter, folder: Path) -> None:
    await jupyter.ready()
    assert (await put(jupyter, "fits", b"x" * 24 * 1024**2))[0] == 201
    status, failure = await put(jupyter, "more", b"x" * (24 * 1024**2 + 1))
    assert status == 413
    assert isinstance(failure, dict)
    assert failure["message"] == "A file of more than 24 MiB cannot be dropped here."
    assert list(contents(folder)) == ["fits"]


@pytest.mark.parametrize(
    ("line", "folder"),
    [
        ('XDG_DESKTOP_DIR="$HOME/Bureau"', "Bureau"),
        ('XDG_DESKTOP_DIR="$HOME/"', ""),
        ("# nothing", "Desktop"),
    ],
)
def test_finds_the_desktops_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, folder: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    (tmp_path / ".config").mkdir()
    (tmp_path / ".config/user-dirs.dirs").write_text(f"{line}\n")
    assert uploads.desktop_folder() == tmp_path / folder


async def test_a_plain_server_with_a_hubs_name_is_its_visitors(private_folder: Path) -> None:
    """BinderHub names a user, but the login is Jupyter's own token."""
    jupyter = Jupyter(private_folder, "jupyter_token.py")
    try:
        await jupyter.ready()
        path, body = "beamtime/desktop/ticket", {"desktop": "xterm"}
        assert (await jupyter.ask("POST", path, "", body))[0] == 403
        token = {"Authorization": "token the-token"}
        assert (await jupyter.ask("POST", path, "", body, **token))[0] == 200
    finally:
        jupyter.process.terminate()
        jupyter.process.wait(60)
