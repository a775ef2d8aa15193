"""The owner's shorter way: the display's socket in another process, and still in hand."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import struct

import pytest
from beamtime_desktop import frames, runtime
from beamtime_desktop.owner_line import LineRefused, OwnerLine

from .conftest import Gateway, eventually, within
from .viewer import Viewer

PAPER = (0x1E, 0x1E, 0x1E)
RED = (0xCD, 0x00, 0x00)
WHOLE = struct.pack(">BBHHHH", 3, 0, 0, 0, 640, 480)


class Line:
    """The owner's end, as Jupyter's server has it, with a websocket client's words."""

    def __init__(self) -> None:
        self.line: OwnerLine | None = None
        self.is_slow = False
        self.received = 0
        self._messages: asyncio.Queue[bytes | str | None] = asyncio.Queue()

    async def open(self, gateway: Gateway, ticket: str, desktop: str = "xterm") -> None:
        path = runtime.handover_path(gateway.folder)
        self.line = await OwnerLine.open(path, desktop, ticket, self)
        await self.line.start()

    async def read_message(self) -> bytes | str | None:
        return await self._messages.get()

    async def write_message(self, message: bytes | str, binary: bool = False) -> None:
        assert self.line is not None
        if isinstance(message, str):
            self.line.say(message)
        else:
            waiting = self.line.send(message)
            if waiting is not None:
                await waiting

    def close(self) -> None:
        assert self.line is not None
        self.line.close()

    # What the line calls

    def show(self, data: bytes) -> asyncio.Future[None] | None:
        self.received += len(data)
        self._messages.put_nowait(data)
        return asyncio.get_running_loop().create_future() if self.is_slow else None

    def tell(self, line: str) -> None:
        self._messages.put_nowait(line)

    def ended(self, at_once: bool) -> None:
        self._messages.put_nowait(None)


@pytest.fixture
async def ready(gateway: Gateway) -> Gateway:
    """A gateway with a terminal window."""
    await gateway.ready()
    await gateway.start()
    return gateway


async def look(gateway: Gateway) -> tuple[Viewer, Line]:
    line = Line()
    await line.open(gateway, gateway.ticket("xterm"))
    viewer = Viewer(line)  # type: ignore[arg-type]
    await viewer.greet()
    return viewer, line


async def connections(gateway: Gateway) -> list[dict[str, object]]:
    ticket = gateway.ticket("xterm")
    _, answer = await gateway.ask("GET", "api/desktops/xterm/connections", ticket=ticket)
    found: list[dict[str, object]] = answer["connections"]
    return found


async def test_what_is_typed_is_run_and_painted(ready: Gateway) -> None:
    viewer, line = await look(ready)
    async with within(90):
        await viewer.until_mostly(PAPER)
        assert (await ready.desktop("xterm"))["lastInput"] is None
        await viewer.type("printf '\\033[41m\\033[2J'\n")
        await viewer.until_mostly(RED)
        await viewer.talk({"type": "ping", "n": 7})
        assert await viewer.until_said(type="pong") == {"type": "pong", "n": 7}
        await viewer.until_said(type="sizing", mine=True)
    assert (await ready.desktop("xterm"))["lastInput"] is not None

    async def counted() -> bool:
        (mine,) = await connections(ready)
        return mine["sent"] == line.received and mine["role"] == "owner"

    await eventually(counted, "the gateway knows what went out")
    viewer.close()

    async def left() -> bool:
        return not await connections(ready)

    await eventually(left, "the connection has ended")
    assert (await ready.desktop("xterm"))["state"] == "running"


async def test_others_are_not_thrown_out(ready: Gateway) -> None:
    first, _ = await look(ready)
    second, _ = await look(ready)  # The viewer wishes to be alone.
    async with within(90):
        await first.until_mostly(PAPER)
        await second.until_mostly(PAPER)


async def test_is_the_owners_way_alone(ready: Gateway) -> None:
    await look(ready)
    path, ticket = "api/desktops/xterm/invitations", ready.ticket("xterm")
    wish = {"role": "control", "minutes": 5, "unattended": True}
    _, invited = await ready.ask("POST", path, wish, ticket)
    refused = {
        "": 403,
        "x.y": 403,
        ticket: 403,  # It was used.
        ready.ticket("other"): 403,
        ready.ticket("xterm", "bob", invited["code"]): 403,
    }
    for each, status in refused.items():
        with pytest.raises(LineRefused) as error:
            await Line().open(ready, each)
        assert error.value.status == status
    with pytest.raises(LineRefused) as error:
        await Line().open(ready, ready.ticket("other"), "other")
    assert (error.value.status, str(error.value)) == (404, "This desktop does not run")
    assert stat.S_IMODE(runtime.handover_path(ready.folder).stat().st_mode) == 0o600


async def test_a_hostile_client_ends_only_its_own_connection(ready: Gateway) -> None:
    friend, _ = await look(ready)
    foe, _ = await look(ready)
    async with within(90):
        await foe.send(b"\xfc" * 100)
        await foe.until_closed()
        await friend.until_mostly(PAPER)
    (mine,) = await connections(ready)
    assert mine["role"] == "owner"


async def test_noise_instead_of_frames_ends_that_connection(ready: Gateway) -> None:
    path = str(runtime.handover_path(ready.folder))
    hello = frames.frame(frames.HELLO, b"{}")
    noise = [
        frames.frame(frames.RFB, WHOLE),
        frames.frame(frames.HELLO, b"no JSON"),
        frames.frame(frames.HELLO, b"[]"),
        b"h\xff\xff\xff\xff",
        hello + hello,
        hello,
    ]
    async with within(90):
        for each in noise:
            reader, writer = await asyncio.open_unix_connection(path)
            writer.write(each)
            assert not (await reader.read()).startswith(frames.WELCOME), each
            writer.close()
        await (await look(ready))[0].until_mostly(PAPER)


async def test_ejecting_closes_at_once_one_that_does_not_read(ready: Gateway) -> None:
    viewer, line = await look(ready)
    line.is_slow, before = True, line.received
    await viewer.send(WHOLE * 50)
    await eventually(lambda: line.received > before, "pictures come")
    held = line.received
    (mine,) = await connections(ready)
    path = f"api/desktops/xterm/connections/{mine['id']}"
    status, _ = await ready.ask("DELETE", path, ticket=ready.ticket("xterm"))
    assert status == 204
    async with within(90):
        await viewer.until_closed()
    assert await connections(ready) == []
    # What the display had sent, and this end had not read, is gone.
    assert line.received == held


async def test_a_slow_browser_stops_the_display_and_nobody_else(ready: Gateway) -> None:
    other, _ = await look(ready)
    viewer, line = await look(ready)
    line.is_slow, before = True, line.received
    await viewer.send(WHOLE * 300)
    await eventually(lambda: line.received > before, "pictures come")
    held = line.received
    async with within(90):
        for _ in range(10):
            await other.update(incremental=False)
    # At most what was read at once, while the others have had 12 MB.
    assert line.received == held


async def test_a_killed_gateway_ends_it(ready: Gateway) -> None:
    viewer, line = await look(ready)
    ready.process.kill()
    async with within(90):
        await viewer.until_closed()
    with pytest.raises(LineRefused) as error:
        await Line().open(ready, ready.ticket("xterm"))
    assert error.value.status == 503
    line.close()


async def test_a_program_that_ends_is_known_when_the_connection_ends(ready: Gateway) -> None:
    viewer, _ = await look(ready)
    async with within(90):
        await viewer.until_mostly(PAPER)
        await viewer.type("exit\n")
        await viewer.until_closed()
    assert (await ready.desktop("xterm"))["ended"]["cause"] == "closed"


async def test_leaving_before_it_has_begun_leaves_nothing(ready: Gateway) -> None:
    def held() -> int:
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208

    before = held()
    for _ in range(5):
        line = await OwnerLine.open(
            runtime.handover_path(ready.folder), "xterm", ready.ticket("xterm"), Line()
        )
        line.close()
    await eventually(lambda: held() <= before, "no socket is left")

    async def nobody() -> bool:
        return not await connections(ready)

    await eventually(nobody, "no connection is left")


async def test_a_display_that_hangs_is_found_out(ready: Gateway) -> None:
    viewer, _ = await look(ready)
    async with within(90):
        await viewer.until_mostly(PAPER)
    displays = [each for each in ready.processes() if "Xtigervnc" in each.split()[1]]
    pid = min(int(each.split()[0]) for each in displays)
    os.kill(pid, signal.SIGSTOP)
    try:
        await viewer.type("x")

        async def problem() -> object:
            return (await ready.desktop("xterm"))["problem"]

        await eventually(problem, "it is said", 60)
    finally:
        os.kill(pid, signal.SIGCONT)


def test_frames_are_cut_anywhere() -> None:
    sent = [(frames.RFB, b"x" * 300), (frames.TEXT, b""), (frames.ENDED, b"")]
    stream = b"".join(frames.frame(*each) for each in sent)
    for step in (1, 2, 7, len(stream)):
        cut = frames.Frames()
        pieces = (stream[at : at + step] for at in range(0, len(stream), step))
        assert [found for piece in pieces for found in cut.feed(piece)] == sent
