"""Guests, hostile ones too, on the real Xvnc: what they may, and what the owner decides."""

from __future__ import annotations

import json
import random
import stat
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError

from .conftest import Gateway, eventually, within
from .viewer import Viewer

PAPER = (0x1E, 0x1E, 0x1E)
SECRET = b"hunter22"
EXTENDED_CLIPBOARD = -0x3F5E1A32
PASTE = struct.pack(">B3xi", 6, len(SECRET)) + SECRET
REQUEST_CLIPBOARD = struct.pack(">B3xiI", 6, -4, 1 << 25 | 1)
SIZE = bytes.fromhex("fb00 0320 0258 0100 00000000 0000 0000 0320 0258 00000000")


class Owner:
    """The owner's way to the gateway."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway

    async def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        ticket = self.gateway.ticket("xterm")
        return await self.gateway.ask(method, f"api/desktops/xterm/{path}", body, ticket)

    async def invite(self, role: str, **more: object) -> dict[str, Any]:
        wish = {"role": role, "minutes": 5, **more}
        status, invitation = await self.ask("POST", "invitations", wish)
        assert status == 200, invitation
        assert isinstance(invitation, dict)
        return invitation

    async def connections(self) -> list[dict[str, Any]]:
        status, answer = await self.ask("GET", "connections")
        assert status == 200, answer
        found: list[dict[str, Any]] = answer["connections"]
        return found

    async def events(self) -> list[dict[str, Any]]:
        ticket = self.gateway.ticket("xterm")
        _, answer = await self.gateway.ask("GET", "api/audit?desktop=xterm", ticket=ticket)
        found: list[dict[str, Any]] = answer["events"]
        return found

    async def look(self) -> Viewer:
        return await look(self.gateway, self.gateway.ticket("xterm"))

    async def guest(self, role: str, who: str = "bob", **more: object) -> Viewer:
        invitation = await self.invite(role, **more)
        return await look(self.gateway, self.gateway.ticket("xterm", who, invitation["code"]))


async def look(gateway: Gateway, ticket: str) -> Viewer:
    viewer = Viewer(await gateway.connect("xterm", ticket))
    await viewer.greet()
    return viewer


@pytest.fixture
async def owner(gateway: Gateway) -> Owner:
    await gateway.ready()
    await gateway.start()
    return Owner(gateway)


async def can_size(viewer: Viewer) -> None:
    """Say as browsers do that a new size is understood: sizes are held back before."""
    await viewer.send(struct.pack(">BxH3i", 2, 3, 0, -223, -308))


async def round_trip(viewer: Viewer) -> None:
    """Wait until Xvnc has done all that it was told on this connection."""
    await viewer.send(struct.pack(">BBHHHH", 3, 0, 0, 0, 1, 1))
    await viewer.update(incremental=False)


async def test_a_viewer_can_do_nothing(owner: Owner, tmp_path: Path) -> None:
    async with within(90):
        mine = await owner.look()
        guest = await owner.guest("view")
        await mine.until_mostly(PAPER)
        await guest.until_mostly(PAPER)  # Looking on works.
        before = (await owner.gateway.desktop("xterm"))["lastInput"]

        await can_size(guest)
        await guest.type(f"touch {tmp_path}/typed\n")
        await guest.send(struct.pack(">BBHH", 5, 1, 9, 9) + PASTE + SIZE)
        await guest.send(struct.pack(">BBHII", 255, 0, 1, 0x61, 30) + b"\xfa\0\1\2")
        await round_trip(guest)
        assert (await owner.gateway.desktop("xterm"))["lastInput"] == before

        # The owner's input does arrive, and comes after all that.
        await mine.type(f"touch {tmp_path}/done\n")
        await eventually((tmp_path / "done").exists, "the owner's words were run")
        assert not (tmp_path / "typed").exists()
        again = await owner.look()
        assert (again.width, again.height) == (640, 480)


async def test_the_owners_clipboard_stays_with_the_owner(owner: Owner) -> None:
    async with within(90):
        mine, other = await owner.look(), await owner.look()
        guest, helper = await owner.guest("view"), await owner.guest("control")
        # As a raw VNC client: say that one knows it, ask for it, again and again.
        await guest.send(struct.pack(">BxH2i", 2, 2, 0, EXTENDED_CLIPBOARD))
        await mine.until_mostly(PAPER)
        await mine.type(f"clear; echo {SECRET.decode()}\n")
        copied = b""
        while copied != SECRET:  # The shell may not have come so far yet.
            for each in (1, 0) * 2:  # A double click on that word copies it.
                await mine.send(struct.pack(">BBHH", 5, each, 20, 8))
            await guest.send(REQUEST_CLIPBOARD)
            await round_trip(guest)
            # Others get it: the owner's second tab, and who may paste it anyway.
            copied = await other.until_clipboard()
        while await helper.until_clipboard() != SECRET:
            pass
        await round_trip(guest)
        assert guest.clipboards == []


async def test_a_guest_in_control_types_but_does_not_size(owner: Owner, tmp_path: Path) -> None:
    async with within(90):
        mine = await owner.look()
        guest = await owner.guest("control")
        await mine.until_mostly(PAPER)
        await can_size(guest)
        await guest.send(SIZE)
        await guest.type(f"touch {tmp_path}/typed\n")
        await eventually((tmp_path / "typed").exists, "the guest's words were run")
        again = await owner.look()
        assert (again.width, again.height) == (640, 480)
    (connection,) = [each for each in await owner.connections() if each["role"] == "control"]
    assert connection["who"] == "bob"
    assert connection["lastInput"] is not None


async def test_control_locks_when_the_owner_leaves(owner: Owner, tmp_path: Path) -> None:
    async with within(90):
        mine = await owner.look()
        guest = await owner.guest("control", unattended=True)
        await guest.until_mostly(PAPER)
        await guest.talk({"type": "ping", "n": 7})
        assert await guest.until_said(type="pong") == {"type": "pong", "n": 7}
        await guest.until_said(type="role", locked=False)
        # A key that is down stays so for nobody.
        await guest.send(struct.pack(">BBxxI", 4, 1, ord("#")))
        mine.close()
        await guest.until_said(type="role", locked=True)
        await guest.type(f"touch {tmp_path}/locked\n")
        await round_trip(guest)

        back = await owner.look()
        await guest.until_said(type="role", locked=False)
        await guest.type(f"\ntouch {tmp_path}/unlocked\n")
        await eventually((tmp_path / "unlocked").exists, "what was typed later was run")
        assert not (tmp_path / "locked").exists()
        await back.until_mostly(PAPER)


async def test_guests_are_there_with_the_owner_only(new_gateway: Callable[..., Gateway]) -> None:
    gateway = new_gateway(BEAMTIME_DESKTOP_ALONE="1")
    await gateway.ready()
    await gateway.start()
    owner = Owner(gateway)
    code = (await owner.invite("view"))["code"]
    with pytest.raises(HTTPClientError) as refused:
        await gateway.connect("xterm", gateway.ticket("xterm", "bob", code))
    assert refused.value.code == 403
    async with within(90):
        mine = await owner.look()
        guest = await look(gateway, gateway.ticket("xterm", "bob", code))
        mine.close()
        await guest.until_closed()
    (left,) = [
        each for each in await owner.events() if (each["event"], each["who"]) == ("left", "bob")
    ]
    assert left["why"] == "the owner of this desktop has left"


async def test_revoking_and_ejecting_close_at_once(owner: Owner) -> None:
    async with within(90):
        await owner.look()
        first = await owner.invite("control", who="Bob of BM23")
        code = first["code"]
        bob = await look(owner.gateway, owner.gateway.ticket("xterm", "bob", code))
        eve = await look(owner.gateway, owner.gateway.ticket("xterm", "eve", code))
        _, listed = await owner.ask("GET", "invitations")
        (told,) = listed["invitations"]
        assert (told["who"], told["connections"]) == ("Bob of BM23", 2)
        assert "code" not in told

        (of_eve,) = [each["id"] for each in await owner.connections() if each["who"] == "eve"]
        assert (await owner.ask("DELETE", f"connections/{of_eve}"))[0] == 204
        await eve.until_closed()
        assert {each["who"] for each in await owner.connections()} == {"ada", "bob"}
        await bob.until_mostly(PAPER)

        assert (await owner.ask("DELETE", f"invitations/{first['id']}"))[0] == 204
        await bob.until_closed()
        with pytest.raises(HTTPClientError):
            await owner.gateway.connect("xterm", owner.gateway.ticket("xterm", "bob", code))
        assert (await owner.ask("DELETE", f"invitations/{first['id']}"))[0] == 404


async def test_revoking_closes_one_that_does_not_read(owner: Owner) -> None:
    async with within(90):
        await owner.look()
        invited = await owner.invite("view")
        deaf = await look(owner.gateway, owner.gateway.ticket("xterm", "eve", invited["code"]))
        # More pictures than all buffers on the way can take.
        for _ in range(200):
            await deaf.send(struct.pack(">BBHHHH", 3, 0, 0, 0, 640, 480))
        assert (await owner.ask("DELETE", f"invitations/{invited['id']}"))[0] == 204
        assert [each["who"] for each in await owner.connections()] == ["ada"]
        await deaf.until_closed()


async def test_the_owner_changes_what_a_guest_may(owner: Owner, tmp_path: Path) -> None:
    async with within(90):
        await owner.look()
        guest = await owner.guest("control")
        viewer = await owner.guest("view", who="eve")
        await viewer.until_mostly(PAPER)
        ids = {each["role"]: each["id"] for each in await owner.connections()}
        path = f"connections/{ids['control']}"
        status, changed = await owner.ask("PATCH", path, {"role": "view"})
        assert (status, changed["role"]) == (200, "view")
        await guest.type(f"touch {tmp_path}/typed\n")
        await round_trip(guest)
        assert (await owner.ask("PATCH", path, {"role": "control"}))[0] == 200
        await guest.type(f"touch {tmp_path}/again\n")
        await eventually((tmp_path / "again").exists, "control is back")
        assert not (tmp_path / "typed").exists()
    # Never more than was invited for; never an owner's.
    for each in ("view", "owner"):
        status, _ = await owner.ask("PATCH", f"connections/{ids[each]}", {"role": "control"})
        assert status == 403


async def test_one_connection_says_the_size(owner: Owner) -> None:
    async with within(90):
        first, second = await owner.look(), await owner.look()
        for each in (first, second):
            await each.talk({"type": "ping", "n": 0})
            await can_size(each)
        await first.until_said(type="sizing", mine=True)
        await second.until_said(type="sizing", mine=False)
        await second.send(SIZE)
        await round_trip(second)
        assert (await owner.look()).width == 640
        await second.talk({"type": "size-me"})
        await second.until_said(type="sizing", mine=True)
        await first.until_said(type="sizing", mine=False)
        await second.send(SIZE)

        async def width() -> bool:
            third = await owner.look()
            third.close()
            return third.width == 800

        await eventually(width, "the desktop has the second tab's size")
        second.close()
        await first.until_said(type="sizing", mine=True)


HOSTILE = {
    "65535 encodings": struct.pack(">BxH", 2, 65535) + b"\xff" * 4000,
    "2 GiB pasted": struct.pack(">B3xI", 6, 2**31 - 1) + b"x" * 4000,
    "most negative length": struct.pack(">B3xi", 6, -(2**31)),
    "8 bits a pixel": b"\0" * 4 + bytes.fromhex("08 08 00 01 0007 0007 0003 000306 000000"),
    "QEMU audio": b"\xff\x01\0\0\0\0\0\0",
    "no message": b"\xfc" * 100,
}


async def test_a_hostile_guest_ends_only_its_own_connection(owner: Owner) -> None:
    async with within(90):
        mine = await owner.look()
        code = (await owner.invite("view"))["code"]
        for words in HOSTILE.values():
            guest = await look(owner.gateway, owner.gateway.ticket("xterm", "eve", code))
            await guest.send(words)
            await guest.until_closed()
        await mine.until_mostly(PAPER)
    why = {each["why"] for each in await owner.events() if each["event"] == "left"}
    assert len(why) == len(HOSTILE)
    assert (await owner.gateway.desktop("xterm"))["restarts"] == 0


async def test_noise_and_floods_do_no_harm(owner: Owner, tmp_path: Path) -> None:
    """Every type of message, cut at every place, and a thousand requests at once."""
    noise = random.Random(7)
    talk = b"".join(
        [
            *(struct.pack(">BBxxI", 4, 1, 0x61), struct.pack(">BBHH", 5, 7, 1, 1)),
            *(PASTE, REQUEST_CLIPBOARD, SIZE, b"\xfa\0\1\2"),
            struct.pack(">BBHII", 255, 0, 1, 0x61, 30),
            struct.pack(">BBHHHH", 150, 1, 0, 0, 640, 480),
            struct.pack(">B3xIB", 248, 0, 64) + b"f" * 64,
            struct.pack(">BBHHHH", 3, 0, 600, 400, 65535, 65535),
        ]
    )
    async with within(90):
        mine, guest = await owner.look(), await owner.guest("view")
        at = 0
        while at < len(talk):
            step = noise.randint(1, 5)
            await guest.send(talk[at : at + step])
            at += step
        await guest.send(struct.pack(">BBHHHH", 3, 0, 0, 0, 640, 480) * 1000)
        await mine.until_mostly(PAPER)
        await mine.type(f"touch {tmp_path}/well\n")
        await eventually((tmp_path / "well").exists, "the owner works on")
        guest.close()
        for _ in range(20):  # Noise after the greeting.
            other = await owner.guest("view")
            await other.send(noise.randbytes(500))
            other.close()
        await eventually(lambda: only_the_owner(owner), "no connection of theirs is left")
    assert (await owner.gateway.desktop("xterm"))["state"] == "running"


async def only_the_owner(owner: Owner) -> bool:
    return [each["who"] for each in await owner.connections()] == ["ada"]


async def test_a_slow_browser_costs_no_memory(owner: Owner) -> None:
    def memory() -> int:
        status = Path(f"/proc/{owner.gateway.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) // 1024

    async with within(90):
        mine, slow = await owner.look(), await owner.look()
        await mine.until_mostly(PAPER)
        before = memory()
        # 300 whole pictures of 1.2 MB that nobody reads.
        for _ in range(300):
            await slow.send(struct.pack(">BBHHHH", 3, 0, 0, 0, 640, 480))
        for _ in range(10):
            await mine.update(incremental=False)  # Others are served meanwhile.
    assert memory() - before < 60, "MiB"


async def test_an_invitation_ends_with_its_time_and_its_desktop(owner: Owner) -> None:
    await owner.look()
    invited = await owner.invite("view")
    ticket = owner.gateway.ticket("xterm")
    assert (await owner.gateway.ask("DELETE", "api/desktops/xterm", ticket=ticket))[0] == 204
    await owner.gateway.start()
    await owner.look()
    with pytest.raises(HTTPClientError):
        await owner.gateway.connect("xterm", owner.gateway.ticket("xterm", "b", invited["code"]))


async def test_refuses_a_wrong_invitation(owner: Owner) -> None:
    wrong: list[object] = [
        {},
        [],
        {"role": "owner", "minutes": 5},
        {"role": "view", "minutes": 0},
        {"role": "view", "minutes": True},
        {"role": "view", "minutes": 20_000},
        {"role": "view", "minutes": 5, "who": "x" * 81},
        {"role": "view", "minutes": 5, "unattended": "yes"},
        {"role": "view", "minutes": 5, "more": 1},
    ]
    for wish in wrong:
        status, failure = await owner.ask("POST", "invitations", wish)
        assert (status, failure["code"]) == (400, "bad-request"), wish


async def test_nobody_else_shares(owner: Owner) -> None:
    await owner.look()
    code = (await owner.invite("control"))["code"]
    for ticket in (None, owner.gateway.ticket("xterm", "bob", code)):
        for path in (
            "desktops/xterm/connections",
            "desktops/xterm/invitations",
            "audit?desktop=xterm",
        ):
            assert (await owner.gateway.ask("GET", f"api/{path}", ticket=ticket))[0] == 403


async def test_writes_down_who_did_what(owner: Owner, tmp_path: Path) -> None:
    async with within(90):
        await owner.look()
        guest = await owner.guest("view", who="bob")
        guest.close()
        await eventually(lambda: only_the_owner(owner), "the guest has left")
    events = await owner.events()
    assert [each["event"] for each in events] == ["joined", "invited", "joined", "left"]
    file = tmp_path / ".local/state/beamtime/desktop-audit.jsonl"
    assert [json.loads(line) for line in file.read_text().splitlines()] == events
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (events[3]["who"], events[3]["role"]) == ("bob", "view")
    assert events[3]["since"] <= events[3]["at"]


async def test_goes_on_when_the_audit_cannot_be_written(
    new_gateway: Callable[..., Gateway], tmp_path: Path
) -> None:
    (tmp_path / ".local").write_text("no folder")
    gateway = new_gateway()
    await gateway.ready()
    await gateway.start()
    owner = Owner(gateway)
    await owner.look()
    assert [each["event"] for each in await owner.events()] == ["joined"]
