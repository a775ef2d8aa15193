"""The gateway with the real Xvnc: start, look, type, shut down, and what is refused."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from tornado.httpclient import HTTPError

from .conftest import Gateway, within
from .viewer import Viewer

PAPER = (0x1E, 0x1E, 0x1E)
RED = (0xCD, 0x00, 0x00)
"""xterm's colour 1."""


async def look(gateway: Gateway, desktop: str) -> Viewer:
    viewer = Viewer(await gateway.connect(desktop, gateway.ticket(desktop)))
    await viewer.greet()
    return viewer


async def test_what_is_typed_is_run_and_painted(gateway: Gateway, tmp_path: Path) -> None:
    await gateway.ready()
    desktop = await gateway.start()
    assert desktop["state"] == "running"
    assert desktop["lastInput"] is None

    viewer = await look(gateway, "xterm")
    assert (viewer.width, viewer.height) == (640, 480)
    async with within(90):
        await viewer.until_mostly(PAPER)
        # The whole window turns red only if the shell got each letter as typed.
        await viewer.type(f"printf '\\033[41m\\033[2J'; touch {tmp_path}/typed\n")
        await viewer.until_mostly(RED)
    assert (tmp_path / "typed").exists()
    assert (await gateway.desktop("xterm"))["lastInput"] is not None


async def test_two_viewers_see_the_same(gateway: Gateway) -> None:
    await gateway.ready()
    await gateway.start()
    first, second = await look(gateway, "xterm"), await look(gateway, "xterm")
    async with within(90):
        await first.until_mostly(PAPER)
        await second.until_mostly(PAPER)
        await second.type("printf '\\033[41m\\033[2J'\n")
        await first.until_mostly(RED)


async def test_starting_again_gives_the_one_that_runs(gateway: Gateway) -> None:
    await gateway.ready()
    first, second = await gateway.start(), await gateway.start()
    assert second == first


async def test_a_closed_program_says_so_and_starts_again(gateway: Gateway) -> None:
    await gateway.ready()
    await gateway.start()
    viewer = await look(gateway, "xterm")
    async with within(90):
        await viewer.until_mostly(PAPER)
        await viewer.type("exit\n")
        with pytest.raises(EOFError):
            while True:
                await viewer.update()
    # Whoever lost the connection finds the reason, at once.
    ended = (await gateway.desktop("xterm"))["ended"]
    assert ended["cause"] == "closed"
    assert ended["reason"] == "Terminal window (xterm) was closed."

    assert (await gateway.start())["state"] == "running"
    await look(gateway, "xterm")


async def test_a_program_that_fails_gives_its_last_words(
    gateway: Gateway, bin_folder: Path
) -> None:
    xterm = bin_folder / "xterm"
    xterm.write_text("#!/bin/sh\necho no licence for you >&2\nexit 3\n")
    xterm.chmod(0o755)
    await gateway.ready()
    await gateway.start()

    ended = await gateway.ended("xterm")
    assert (ended["cause"], ended["status"]) == ("failed", 3)
    assert ended["reason"] == ("Terminal window (xterm) ended with an error (exit status 3).")
    assert "no licence for you" in ended["output"]


async def test_a_display_that_fails_gives_its_last_words(
    gateway: Gateway, bin_folder: Path
) -> None:
    server = bin_folder / "Xtigervnc"
    server.write_text("#!/bin/sh\necho cannot open the fonts >&2\nexit 1\n")
    server.chmod(0o755)
    await gateway.ready()
    desktop = await gateway.start()
    assert desktop["state"] == "ended"
    assert desktop["ended"]["cause"] == "start"
    assert desktop["ended"]["output"] == ["cannot open the fonts"]


async def test_says_what_is_missing_and_how_to_get_it(
    new_gateway: Callable[..., Gateway], bin_folder: Path
) -> None:
    (bin_folder / "xterm").symlink_to("/bin/true")
    gateway = new_gateway(path=str(bin_folder))
    await gateway.ready()
    _, answer = await gateway.ask("GET", "api/programs")
    missing = {each["id"]: each["missing"] for each in answer["programs"]}
    assert missing["xterm"][0] == (
        "None of Xtigervnc, Xvnc and TurboVNC is installed. "
        "Get it: apt install tigervnc-standalone-server (Debian, Ubuntu)."
    )
    assert any("window manager" in sentence for sentence in missing["desktop"])
    found = {part["id"]: part["found"] for part in answer["parts"]}
    assert found["display"] is None

    wish = {"program": "xterm", "width": 640, "height": 480}
    ticket = gateway.ticket("xterm")
    status, failure = await gateway.ask("POST", "api/desktops", wish, ticket)
    assert status == 409
    assert failure["message"].startswith("None of Xtigervnc")


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"program": "rm", "width": 1, "height": 1}, "no program rm"),
        ({"name": "../x", "width": 1, "height": 1}, "name"),
        ({"width": "wide", "height": 1}, "width"),
        ({"width": 640, "height": True}, "height"),
        ({"width": 640, "height": 480, "command": "x"}, "command"),
        ([], "object"),
    ],
)
async def test_refuses_nonsense(gateway: Gateway, wish: object, words: str) -> None:
    await gateway.ready()
    ticket = gateway.ticket("xterm")
    status, failure = await gateway.ask("POST", "api/desktops", wish, ticket)
    assert (status, failure["code"]) == (400, "bad-request")
    assert words in failure["message"]


async def test_changes_nothing_without_the_owners_ticket(gateway: Gateway) -> None:
    await gateway.ready()
    await gateway.start()
    wish = {"name": "xterm", "width": 640, "height": 480}
    for ticket in (None, "x.y", gateway.ticket("xterm", "bob", "no code")):
        status, failure = await gateway.ask("POST", "api/desktops", wish, ticket)
        assert (status, failure["code"]) == (403, "forbidden")
        status, _ = await gateway.ask("DELETE", "api/desktops/xterm", ticket=ticket)
        assert status == 403
    assert (await gateway.desktop("xterm"))["state"] == "running"


async def test_carries_nothing_without_a_ticket(gateway: Gateway) -> None:
    await gateway.ready()
    await gateway.start()
    used = gateway.ticket("xterm")
    await gateway.connect("xterm", used)
    tickets = ["", "x.y", used, gateway.ticket("other"), gateway.ticket("xterm", "bob", "no code")]
    for ticket in tickets:
        with pytest.raises(HTTPError) as refused:
            await gateway.connect("xterm", ticket)
        assert refused.value.code == 403


async def test_a_hostile_client_ends_only_its_own_connection(gateway: Gateway) -> None:
    await gateway.ready()
    await gateway.start()
    friend, foe = await look(gateway, "xterm"), await look(gateway, "xterm")
    await foe.send(b"\xfc" * 100)
    async with within(90):
        await foe.until_closed()
        await friend.until_mostly(PAPER)


async def test_a_resize_before_the_encodings_leaves_the_desktop_alive(
    gateway: Gateway,
) -> None:
    await gateway.ready()
    await gateway.start()
    ws = await gateway.connect("xterm", gateway.ticket("xterm"))
    resize = bytes.fromhex("fb00 0320 0258 01 00 00000000 0000 0000 0320 0258 00000000")
    await ws.write_message(b"RFB 003.008\n\x01\x01" + resize, binary=True)
    async with within(90):
        await (await look(gateway, "xterm")).until_mostly(PAPER)


async def test_is_open_to_its_owner_only(gateway: Gateway) -> None:
    await gateway.ready()
    await gateway.start()
    assert stat.S_IMODE(gateway.socket.stat().st_mode) == 0o600
    assert stat.S_IMODE(gateway.socket.parent.stat().st_mode) == 0o700
    (rfb,) = gateway.folder.glob("*/rfb")
    assert stat.S_IMODE(rfb.stat().st_mode) == 0o600
    assert stat.S_IMODE(rfb.parent.stat().st_mode) == 0o700
    pids = {int(process.partition(" ")[0]) for process in gateway.processes()}
    assert len(pids) >= 4  # The gateway, a keeper, Xvnc, xterm.
    assert not {pid for pid in pids if listens_on_tcp(pid)}


def listens_on_tcp(pid: int) -> bool:
    inodes = set()
    try:
        for table in ("tcp", "tcp6"):
            for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == "0A":
                    inodes.add(f"socket:[{fields[9]}]")
        links = [str(fd.readlink()) for fd in Path(f"/proc/{pid}/fd").iterdir()]
    except OSError:
        return False  # A helper of the start, which has ended meanwhile.
    return bool(inodes & set(links))


async def test_shutting_down_ends_all_processes(gateway: Gateway) -> None:
    await gateway.ready()
    await gateway.start()
    ticket = gateway.ticket("xterm")
    status, _ = await gateway.ask("DELETE", "api/desktops/xterm", ticket=ticket)
    assert status == 204
    assert len(gateway.processes()) == 1, gateway.processes()
    assert (await gateway.ask("GET", "api/desktops"))[1] == {"desktops": []}
    assert not list(gateway.folder.glob("*/rfb"))


async def test_the_desktop_runs_on_without_a_viewer(gateway: Gateway) -> None:
    await gateway.ready()
    await gateway.start()
    ws = await gateway.connect("xterm", gateway.ticket("xterm"))
    ws.close()
    while await ws.read_message() is not None:
        pass
    assert (await gateway.desktop("xterm"))["state"] == "running"
