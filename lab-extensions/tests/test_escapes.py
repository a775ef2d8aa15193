"""What must never be given, whatever the path and the links say."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from beamtime_lab.failures import Failure
from beamtime_lab.opened import open_file
from beamtime_lab.roots import Roots

from .conftest import Site
from .jupyter import Jupyter

RAW = "Experiments/MA-5127-BX11/raw"


def link(name: str, target: str) -> Callable[[Path, Path], None]:
    """A link in the folder `{raw}`; `{out}` is where the secret is."""

    def make(raw: Path, out: Path) -> None:
        (raw / name).symlink_to(target.format(out=out, raw=raw))

    return make


def nothing(raw: Path, out: Path) -> None:
    pass


def hidden_file(raw: Path, out: Path) -> None:
    (raw / ".hidden").write_text("SECRET")
    (raw / ".folder").mkdir()
    (raw / ".folder/file").write_text("SECRET")
    (raw / "shown").symlink_to(raw / ".hidden")
    (raw / "shown-folder").symlink_to(raw / ".folder")


def chain(raw: Path, out: Path) -> None:
    (raw / "c1").symlink_to("c2")
    (raw / "c2").symlink_to("c3")
    (raw / "c3").symlink_to(out)


def long_chain(raw: Path, out: Path) -> None:
    for number in range(45):
        (raw / f"l{number}").symlink_to(f"l{number + 1}")
    (raw / "l45").symlink_to(out)


def loop(raw: Path, out: Path) -> None:
    (raw / "loop").symlink_to("loop")


def fifo(raw: Path, out: Path) -> None:
    os.mkfifo(raw / "fifo")
    (raw / "to-fifo").symlink_to("fifo")


def unix_socket(raw: Path, out: Path) -> None:
    server = socket.socket(socket.AF_UNIX)
    descriptor = os.open(raw, os.O_PATH)
    server.bind(f"/proc/self/fd/{descriptor}/socket")  # A path may have 107 bytes only.
    os.close(descriptor)
    server.close()


ESCAPES = [
    ("up", nothing, f"{RAW}/../../../../outside/secret.txt"),
    ("up, encoded", nothing, f"{RAW}/%2e%2e/%2e%2e/%2e%2e/%2e%2e/outside/secret.txt"),
    ("up, encoded slashes", nothing, f"{RAW}/..%2f..%2f..%2f..%2foutside%2fsecret.txt"),
    ("up, encoded twice", nothing, f"{RAW}/%252e%252e/outside/secret.txt"),
    ("up out of the link's target", nothing, f"{RAW}/../../../outside/secret.txt"),
    ("up from the top", nothing, "Experiments/../../outside/secret.txt"),
    ("up within", nothing, f"{RAW}/../raw/scan.h5"),
    ("a dot", nothing, f"{RAW}/./scan.h5"),
    ("backslashes", nothing, f"{RAW}/..\\..\\outside\\secret.txt"),
    ("absolute", nothing, "Experiments//etc/passwd"),
    ("absolute, encoded", nothing, "Experiments/%2Fetc%2Fpasswd"),
    ("empty part", nothing, f"{RAW}//scan.h5"),
    ("a NUL", nothing, f"{RAW}/scan.h5%00.txt"),
    ("a NUL before up", nothing, f"{RAW}/%00/../../outside/secret.txt"),
    ("link to a file outside", link("l", "{out}/secret.txt"), f"{RAW}/l"),
    ("relative link outside", link("l", "../../../../outside/secret.txt"), f"{RAW}/l"),
    ("link to a folder outside", link("l", "{out}"), f"{RAW}/l/secret.txt"),
    ("link to the top", link("l", "/"), f"{RAW}/l/etc/passwd"),
    ("link to a system's file", link("l", "/etc/passwd"), f"{RAW}/l"),
    ("chain of links", chain, f"{RAW}/c1/secret.txt"),
    (
        "link to a sibling of like name",
        link("l", "{raw}/../../../../data-more/secret.txt"),
        f"{RAW}/l",
    ),
    ("link by /proc/self", link("l", "/proc/self/environ"), f"{RAW}/l"),
    ("link by /proc/self/root", link("l", "/proc/self/root/etc/passwd"), f"{RAW}/l"),
    ("link by /dev/fd", link("l", "/dev/fd/0"), f"{RAW}/l"),
    ("link to a device", link("l", "/dev/zero"), f"{RAW}/l"),
    ("link to itself", loop, f"{RAW}/loop"),
    ("link to nothing", link("l", "{out}/nothing"), f"{RAW}/l"),
    ("FIFO", fifo, f"{RAW}/fifo"),
    ("link to a FIFO", fifo, f"{RAW}/to-fifo"),
    ("socket", unix_socket, f"{RAW}/socket"),
    ("folder", nothing, RAW),
    ("folder with a slash", nothing, f"{RAW}/"),
    ("file as a folder", nothing, f"{RAW}/scan.h5/x"),
    ("hidden file", hidden_file, f"{RAW}/.hidden"),
    ("file in a hidden folder", hidden_file, f"{RAW}/.folder/file"),
    ("link to a hidden file", hidden_file, f"{RAW}/shown"),
    ("link to a hidden folder", hidden_file, f"{RAW}/shown-folder/file"),
    ("our own manifest", nothing, "Experiments/.beamtime.json"),
    ("a name too long", nothing, f"{RAW}/{'x' * 300}"),
    ("more links than the kernel follows", long_chain, f"{RAW}/l0/secret.txt"),
]


@pytest.fixture
def fresh(shared: tuple[Site, Jupyter], request: pytest.FixtureRequest) -> tuple[Path, str]:
    """A fresh folder three below the data, and its path in the session."""
    name = re.sub(r"\W", "", request.node.name)
    folder = shared[0].data / "ma5127/raw" / name
    folder.mkdir()
    (folder / "scan.h5").write_bytes(b"fine")
    return folder, f"{RAW}/{name}"


@pytest.mark.parametrize("place", ["beamtime/files", "files"])
@pytest.mark.parametrize(
    ("arrange", "path"), [case[1:] for case in ESCAPES], ids=[case[0] for case in ESCAPES]
)
def test_gives_no_secret(place, arrange, path, shared, fresh):
    site, server = shared
    arrange(fresh[0], site.outside)
    answer = server.ask(f"{place}/{path.replace(RAW, fresh[1])}")
    assert answer.status in (403, 404)
    assert b"SECRET" not in answer.body
    assert b"root:" not in answer.body
    assert answer.headers.get_content_type() == "application/json"
    assert answer.json()["message"]


def test_there_are_as_many_escapes_as_were_promised():
    assert len({(arrange, path) for _, arrange, path in ESCAPES}) >= 25


def test_the_same_folder_gives_what_is_in_it(shared, fresh):
    assert shared[1].ask(f"beamtime/files/{fresh[1]}/scan.h5").body == b"fine"


def test_gives_what_links_within_the_data_lead_to(shared, fresh):
    site, server = shared
    (site.data / "ls3302/raw/other.txt").write_text("fine")
    (fresh[0] / "l").symlink_to("../../../ls3302/raw")
    assert server.ask(f"beamtime/files/{fresh[1]}/l/other.txt").body == b"fine"


def test_gives_hidden_files_where_jupyter_does(site, start):
    hidden_file(site.data / "ma5127/raw", site.outside)
    server = start(site.environ(), {"ContentsManager": {"allow_hidden": True}})
    assert server.ask(f"beamtime/files/{RAW}/.hidden").body == b"SECRET"


def test_a_folder_swapped_for_a_link_while_opening_gives_nothing(site, monkeypatch):
    """Between the check of a path and its opening, somebody replaces a folder on the way."""
    folder = site.data / "ma5127/raw/sub"
    folder.mkdir()
    (folder / "secret.txt").write_text("harmless")
    really_open = os.open

    def swap_then_open(path, flags):
        folder.rename(site.data / "moved")
        folder.symlink_to(site.outside)
        return really_open(path, flags)

    monkeypatch.setattr(os, "open", swap_then_open)
    with pytest.raises(Failure) as caught:
        open_file("ma5127/raw/sub/secret.txt", Roots(site.data, []), hidden=False)
    assert caught.value.code == "forbidden"
