"""Programs on a real Xvnc: how they open, with what, and how they end."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from beamtime_desktop import parts
from beamtime_desktop.sessions.words import has_xfce
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from .conftest import Gateway, eventually, within
from .viewer import Viewer

RED, BLUE = (0xFF, 0x00, 0x00), (0x00, 0x00, 0xFF)
PAPER = (0x1E, 0x1E, 0x1E)
PLAIN = (0x28, 0x3D, 0x4F)
"""XFCE's background, as xfdesktop rounds it."""

RED_WINDOW = "xterm -bg red -geometry 20x4 +sb"


class Site:
    """A folder of YAML files, and a gateway that reads them; its root is the home."""

    def __init__(self, gateway: Gateway, folder: Path, home: Path) -> None:
        self.gateway, self.folder, self.home = gateway, folder, home

    def describe(self, name: str, *lines: str) -> None:
        (self.folder / f"{name}.yaml").write_text("\n".join((f"name: {name}", *lines)))

    async def programs(self) -> dict[str, dict[str, Any]]:
        _, answer = await self.gateway.ask("GET", "api/programs")
        return {each["id"]: each for each in answer["programs"]}

    async def post(self, program: str, **more: object) -> tuple[int, dict[str, Any]]:
        name = str(more.get("name", program))
        wish = {"program": program, "width": 640, "height": 480, **more}
        ticket = self.gateway.ticket(name)
        status, answer = await self.gateway.ask("POST", "api/desktops", wish, ticket)
        return status, answer

    async def open(self, program: str, **more: object) -> Viewer:
        status, answer = await self.post(program, **more)
        assert (status, answer.get("state")) == (200, "running"), answer
        name = str(more.get("name", program))
        viewer = Viewer(await self.gateway.connect(name, self.gateway.ticket(name)))
        await viewer.greet()
        return viewer

    def names(self) -> list[str]:
        """Give the first words of all that runs."""
        return [each.split()[1].rpartition("/")[2] for each in self.gateway.processes()]


@pytest.fixture
async def site(
    new_gateway: Callable[..., Gateway], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Site:
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.setenv("BEAMTIME_DESKTOP_APPLICATIONS", str(folder))
    monkeypatch.setenv("BEAMTIME_DESKTOP_SESSION", "openbox")
    gateway = new_gateway()
    await gateway.ready()
    return Site(gateway, folder, tmp_path)


@pytest.fixture
def openbox() -> None:
    """Fail, rather than test another window manager."""
    assert parts.find("openbox"), "openbox is not installed"


@pytest.mark.usefixtures("openbox")
async def test_a_programs_main_window_fills_the_display(site: Site) -> None:
    site.describe("red", f"command: {RED_WINDOW}")
    viewer = await site.open("red")
    async with within(90):
        await viewer.until_mostly(RED)
        # To its edges: there is no frame. (xterm leaves less than one letter's size.)
        while viewer.colours()[RED] < 0.9 * 640 * 480:
            await viewer.update()


@pytest.mark.usefixtures("openbox")
async def test_a_second_window_keeps_its_size_and_its_frame(site: Site, tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.write_text(f"#!/bin/sh\n{RED_WINDOW.replace('red', 'blue')}\n")
    second.chmod(0o755)
    site.describe("red", f"command: {RED_WINDOW} -e {second}")
    viewer = await site.open("red")
    async with within(90):
        while not viewer.colours()[BLUE]:
            await viewer.update()
        while viewer.colours()[RED] < 0.5 * 640 * 480:
            await viewer.update()
    assert viewer.colours()[BLUE] < 0.3 * 640 * 480


async def test_is_opened_with_a_file_and_its_experiment(site: Site) -> None:
    raw = site.home / "Experiments/MA-1/raw"
    raw.mkdir(parents=True)
    (raw.parent / "processed").mkdir()
    (raw / "it's $(x) 1.h5").touch()
    said = site.home / "said"
    script = site.home / "say"
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$PWD" "$OUT" "$@" > {said}.new\n'
                      f"mv {said}.new {said}\n")  # fmt: skip
    script.chmod(0o755)
    site.describe(
        "say",
        f"command: [{script}, '{{file}}', '{{url}}', [--to, '{{processed}}']]",
        "env: {OUT: '{processed}/out'}",
        "folder: '{processed}'",
        "extensions: .h5",
    )
    status, _ = await site.post("say", file="Experiments/MA-1/raw/it's $(x) 1.h5")
    assert status == 200
    await eventually(said.exists, "the program has run")
    processed = f"{raw.parent}/processed"
    assert said.read_text().splitlines() == [
        *(processed, f"{processed}/out", f"{raw}/it's $(x) 1.h5"),
        *(f"file://{raw}/it%27s%20%24%28x%29%201.h5", "--to", processed),
    ]
    assert (await site.gateway.ended("say"))["cause"] == "closed"


@pytest.mark.parametrize(
    ("wish", "status", "words"),
    [
        ({"file": "gone.h5"}, 409, "There is no file gone.h5."),
        ({"folder": "gone"}, 409, "There is no folder gone."),
        ({"experiment": "../.."}, 409, "is not in this session"),
        ({"experiment": "MA-2"}, 409, "is not in this session"),
        ({"mode": "full"}, 409, "mode must be"),
        ({"file": 1}, 409, "file must be text"),
        ({"colour": "red"}, 400, "Not known: colour"),
    ],
)
async def test_what_cannot_be_opened_is_said(
    site: Site, wish: dict[str, object], status: int, words: str
) -> None:
    answer = await site.post("xterm", **wish)
    assert answer[0] == status
    assert words in answer[1]["message"]
    assert (await site.post("nothing"))[0] == 400


async def test_a_failing_programs_words_are_kept(site: Site) -> None:
    site.describe("bad", "command: [sh, -c, 'echo no licence >&2; exit 3']")
    await site.post("bad")
    ended = await site.gateway.ended("bad")
    assert (ended["cause"], ended["status"], ended["output"][-1:]) == (
        *("failed", 3),
        ["no licence"],
    )


async def test_a_wrong_description_keeps_its_tile_and_cannot_start(site: Site) -> None:
    site.describe("bad", "command: x", "mode: big")
    program = (await site.programs())["bad"]
    assert (program["title"], program["tile"]) == ("bad", True)
    assert program["problem"]["line"] == 3
    status, answer = await site.post("bad")
    assert status == 409
    assert answer["message"].startswith(f"{site.folder}/bad.yaml, line 3: mode must be")


async def test_what_is_not_installed_keeps_its_tile_and_cannot_start(site: Site) -> None:
    site.describe("lost", "command: not-installed-anywhere", "get: Ask for it.")
    program = (await site.programs())["lost"]
    assert program["tile"]
    assert program["missing"][0].startswith("not-installed-anywhere is not installed. Looked for")
    assert (await site.post("lost"))[0] == 409


MODULE = r"""
module() {
  case "$2" in
    good) export PATH="$HOME/good:$PATH"; export LOADED="$2" ;;
    *) echo "Lmod has detected the following error: unknown module $2" >&2; return 1 ;;
  esac
}
"""


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module system with one module, in which there is one program."""
    init = tmp_path / "modules.sh"
    init.write_text(MODULE)
    monkeypatch.setenv("BEAMTIME_MODULES_INIT", str(init))
    program = tmp_path / "good/inside"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "$LOADED $1" >&2; exit 4\n')
    program.chmod(0o755)
    return program


async def test_modules_are_loaded_first(modules: Path, site: Site) -> None:
    site.describe("m", "command: [inside, a b]", "modules: [good]")
    assert (await site.programs())["m"]["missing"] == []
    await site.post("m")
    ended = await site.gateway.ended("m")
    assert (ended["status"], ended["output"][-1]) == (4, "good a b")


async def test_a_module_that_fails_gives_its_own_words(modules: Path, site: Site) -> None:
    site.describe("m", "command: [inside]", "modules: [good, bad]")
    await site.post("m")
    ended = await site.gateway.ended("m")
    assert ended["status"] == 69
    assert ended["output"][-2:] == [
        "Lmod has detected the following error: unknown module bad",
        "The module bad could not be loaded.",
    ]


async def test_a_program_that_its_modules_lack_is_said(modules: Path, site: Site) -> None:
    site.describe("m", "command: [outside]", "modules: good")
    await site.post("m")
    ended = await site.gateway.ended("m")
    assert ended["status"] == 127
    assert ended["output"][-1].startswith("outside was not found after its modules were loaded.")


async def test_an_image_is_run_by_apptainer(site: Site, bin_folder: Path) -> None:
    apptainer = bin_folder / "apptainer"
    apptainer.write_text('#!/bin/sh\nprintf "%s\\n" "$@" >&2; exit 1\n')
    apptainer.chmod(0o755)
    image = site.home / "x.sif"
    image.touch()
    site.describe("i", "command: [prog, a b]", f"image: {image}", "env: {A: b c}",
                  "image_options: [--nv]")  # fmt: skip
    await site.post("i")
    words = (await site.gateway.ended("i"))["output"]
    assert "exec" in words
    assert words[-5:] == ["A=b c", "--nv", str(image), "prog", "a b"]
    assert "/tmp/.X11-unix" in words


@pytest.mark.usefixtures("openbox")
async def test_without_xfce_the_desktop_is_openbox_and_a_terminal(site: Site) -> None:
    viewer = await site.open("desktop")
    async with within(90):
        while not viewer.colours()[PAPER]:
            await viewer.update()
    # The oldest: xterm's child bears the same name until it has become the shell.
    pids = [int(each.split()[0]) for each in site.gateway.processes() if "xterm" in each.split()[1]]
    os.kill(min(pids), signal.SIGTERM)
    await eventually(lambda: "xterm" not in site.names(), "the terminal is closed")
    assert (await site.gateway.desktop("desktop"))["state"] == "running"

    # Logging out ends it.
    manager = [each for each in site.gateway.processes() if each.split()[1] == "openbox"]
    os.kill(min(int(each.split()[0]) for each in manager), signal.SIGTERM)
    assert (await site.gateway.ended("desktop"))["cause"] == "closed"


@pytest.fixture
async def xfce(
    new_gateway: Callable[..., Gateway], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Site:
    assert has_xfce(), "XFCE is not installed"
    monkeypatch.setenv("BEAMTIME_DESKTOP_SESSION", "xfce")
    monkeypatch.setenv("BEAMTIME_DESKTOP_APPLICATIONS", str(tmp_path))
    gateway = new_gateway()
    await gateway.ready()
    return Site(gateway, tmp_path, tmp_path)


async def test_xfce_paints_a_plain_desktop_and_its_logout_ends_it(xfce: Site) -> None:
    viewer = await xfce.open("desktop")
    async with within(90):
        await viewer.until_mostly(PLAIN)
        await eventually(lambda: "xfce4-panel" in xfce.names(), "the panel runs")
    running = set(xfce.names())
    assert not running & {"xfce4-power-manager", "xfce4-screensaver", "xscreensaver", "ssh-agent"}

    panel = next(each for each in xfce.gateway.processes() if "xfce4-panel" in each)
    env = environment(int(panel.split()[0]))
    # As the panel's menu does it.
    logout = await finished("xfce4-session-logout", "--logout", "--fast", env=env)
    assert logout == 0
    assert (await xfce.gateway.ended("desktop"))["cause"] == "closed"
    await eventually(lambda: len(xfce.gateway.processes()) == 1, "nothing else is left")


async def test_a_program_may_open_inside_the_full_desktop(xfce: Site) -> None:
    xfce.describe("red", f"command: {RED_WINDOW}")
    viewer = await xfce.open("red", mode="desktop")
    async with within(90):
        while not (viewer.colours()[RED] and viewer.colours()[PLAIN]):
            await viewer.update()


def environment(pid: int) -> dict[str, str]:
    """Give the variables of a process."""
    lines = os.fsdecode(Path(f"/proc/{pid}/environ").read_bytes()).split("\0")
    return dict(line.split("=", 1) for line in lines if "=" in line)


async def finished(*words: str, env: dict[str, str]) -> int:
    """Run a program to its end, and give its exit status."""
    process = await asyncio.create_subprocess_exec(*words, env=env)
    return await process.wait()


async def test_a_picture_is_sent_so_that_nothing_in_it_runs(site: Site) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    (site.folder / "x.svg").write_text(picture)
    site.describe("x", "command: xterm", "icon: x.svg")
    icon = (await site.programs())["x"]["icon"]
    response = await SimpleAsyncHTTPClient(
        force_instance=True, resolver=site.gateway.resolver
    ).fetch(f"http://gateway/{icon}")
    assert response.body.decode() == picture
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (await site.gateway.ask("GET", "api/programs/xterm/icon"))[0] == 404
