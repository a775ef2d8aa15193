"""The gateway: one program for each user's server, on a unix socket, no TCP port."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import os
import shutil
import signal
from collections.abc import Sequence
from pathlib import Path

from tornado import httpserver, netutil, web

from . import handover, keeper, runtime, sharing
from .api import (
    DesktopHandler,
    DesktopsHandler,
    JsonHandler,
    PingHandler,
)
from .applications.handlers import routes as programs_routes
from .audit import Audit, default_path
from .carrier import House
from .carry import CarryHandler
from .company import Company
from .desktops import NAME, Desktops
from .programs import Programs
from .tickets import TicketOffice
from .websockets import PING_SECONDS


def application(house: House, programs: Programs) -> web.Application:
    """Put the handlers together."""
    shared: dict[str, object] = {
        **{"desktops": house.desktops, "office": house.office},
        "company": house.company,
    }
    return web.Application(
        [
            (r"/api/desktops", DesktopsHandler, shared),
            (rf"/api/desktops/({NAME.pattern})", DesktopHandler, shared),
            *programs_routes(shared),
            (r"/api/ping", PingHandler, shared),
            *sharing.routes(shared),
            (r"/ws", CarryHandler, {"house": house}),
        ],
        default_handler_class=JsonHandler,
        default_handler_args=shared,
        websocket_ping_interval=PING_SECONDS,
        programs=programs,
        log_function=lambda _: None,  # Jupyter's server logs each request already.
    )


async def serve(socket: Path, folder: Path, root: Path, parent: int | None) -> None:
    """Serve until told to end, or until `parent` is gone; then end all desktops.

    Raises
    ------
    RuntimeFolderError
        `folder`, or that of the socket, is not private.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(signum, stop.set)
    _stop_with(parent, stop)

    desktops = Desktops(folder, runtime.InputMark(folder).note)
    office = TicketOffice(runtime.read_secret(folder))
    house = House(desktops, office, Company(Audit(default_path())))
    runtime.hold(folder)
    # A gateway before us may have removed it; who else makes it is refused.
    socket.parent.mkdir(mode=0o700, exist_ok=True)
    runtime.require_private(socket.parent)
    server = httpserver.HTTPServer(application(house, Programs(root)))
    owners = await handover.serve(house, runtime.handover_path(folder))
    server.add_socket(netutil.bind_unix_socket(str(socket), mode=0o600))
    await stop.wait()

    server.stop()
    owners.close()
    await desktops.end_all()
    _tidy_up(socket, folder, parent)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the gateway; give its exit status."""
    parser = argparse.ArgumentParser(prog="python -m beamtime_desktop", description=__doc__)
    parser.add_argument("--socket", type=Path, required=True, help="where to listen")
    parser.add_argument("--folder", type=Path, required=True, help="private folder with the secret")
    parser.add_argument("--parent", type=int, help="process with which to end")
    parser.add_argument("--root", type=Path, default=Path.home(), help="Jupyter's root folder")
    options = parser.parse_args(argv)
    logging.basicConfig(
        level=logging.INFO, format="[%(levelname).1s %(asctime)s desktop] %(message)s"
    )
    keeper.die_with_parent(signal.SIGTERM)
    try:
        asyncio.run(serve(options.socket, options.folder, options.root, options.parent))
    except runtime.RuntimeFolderError as error:
        logging.error("%s", error)
        return 2
    return 0


def _tidy_up(socket: Path, folder: Path, parent: int | None) -> None:
    for each in (socket, runtime.handover_path(folder)):
        each.unlink(missing_ok=True)
    # If it was made for the socket alone; `serve` makes it again.
    with contextlib.suppress(OSError):
        socket.parent.rmdir()
    if parent is not None and not _lives(parent):
        # Nobody else is left to do it.
        shutil.rmtree(folder, ignore_errors=True)


def _stop_with(parent: int | None, stop: asyncio.Event) -> None:
    """Have `stop` set when the process `parent` ends, even if it is not our own."""
    if parent is None:
        return
    if not _lives(parent):
        stop.set()
        return
    with contextlib.suppress(OSError):  # Linux before 5.3: PR_SET_PDEATHSIG must do.
        fd = os.pidfd_open(parent)
        asyncio.get_running_loop().add_reader(fd, stop.set)


def _lives(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return False
    # The name, in parentheses, may hold anything. Z: it has ended, nobody has looked yet.
    return stat.rpartition(b")")[2].split()[0] not in (b"Z", b"X")
