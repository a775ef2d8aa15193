"""Local sessions: real processes, of which nothing is left."""

import asyncio
import os
import pwd
import sys
from pathlib import Path
from typing import Any

import pytest
from beamtime_hub.errors import Refused
from beamtime_hub.processes import marked
from fake_service import PLAN

# Starts a child that leaves its process group, as kernels and desktops do, and ignores SIGTERM.
SERVER = """
import os, signal, subprocess, sys, time
from pathlib import Path
child = subprocess.Popen(
    [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN);"
     "print(flush=True); time.sleep(60)"],
    start_new_session=True, stdout=subprocess.PIPE)
child.stdout.readline()
signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
Path("seen").write_text(f"{os.getcwd()} {os.geteuid()} {os.environ['HOME']}")
time.sleep(60)
"""


@pytest.fixture
def ready(local: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("beamtime_hub.processes.GRACE", 0.3)
    local.cmd = [sys.executable, "-c", SERVER]
    return local


async def started(spawner: Any) -> Path:
    """Start, and wait until the session runs in its home."""
    await spawner.apply_plan(PLAN)
    await spawner.start()
    seen = Path(spawner.home()) / "seen"

    async def until_seen() -> None:
        while not (seen.exists() and seen.read_text()):
            assert await spawner.poll() is None
            await asyncio.sleep(0.02)

    await asyncio.wait_for(until_seen(), 20)
    return seen


async def test_runs_in_a_home_of_its_own(ready: Any, folder: Path, root: bool) -> None:
    home = folder / "homes/nobody"
    seen = await started(ready)
    account = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.geteuid())
    assert seen.read_text() == f"{home} {account.pw_uid} {home}"
    assert home.stat().st_mode & 0o777 == 0o700
    assert home.stat().st_uid == account.pw_uid
    await ready.stop()


async def test_leaves_nothing_behind(ready: Any) -> None:
    await started(ready)
    mark = ready.get_state()["mark"]
    assert len(marked(mark)) == 2
    await ready.stop()
    assert await ready.poll() is not None
    assert marked(mark) == []


async def test_a_crashed_server_takes_its_children_along(ready: Any) -> None:
    await started(ready)
    mark = ready.get_state()["mark"]
    os.kill(ready.pid, 9)
    ready.proc.wait(20)
    assert await ready.poll() is not None
    assert marked(mark) == []


async def test_a_restarted_hub_knows_the_session_again(ready: Any, make_spawner: Any) -> None:
    await started(ready)
    state = ready.get_state()
    after = make_spawner(type(ready), home_template=ready.home_template)
    after.load_state(state)
    assert await after.poll() is None
    ready.proc.send_signal(9)
    ready.proc.wait(20)
    assert await after.poll() == 0
    assert marked(state["mark"]) == []


async def test_a_process_number_of_somebody_else_is_left_alone(
    ready: Any, make_spawner: Any
) -> None:
    after = make_spawner(type(ready), home_template=ready.home_template)
    after.load_state({"pid": os.getpid(), "mark": "of another boot"})
    assert await after.poll() == 0


async def test_runs_the_environments_own_server(ready: Any) -> None:
    ready.cmd = ["jupyterhub-singleuser", "--debug"]
    await ready.apply_plan({**PLAN, "environmentPath": "/opt/env/bin"})
    assert ready.session_command() == ["/opt/env/bin/jupyterhub-singleuser", "--debug"]
    assert ready.get_env()["PATH"].startswith("/opt/env/bin:")
    with pytest.raises(Refused, match="/opt/env/bin/jupyterhub-singleuser"):
        await ready.start()
    assert ready.cmd == ["jupyterhub-singleuser", "--debug"]


@pytest.mark.parametrize("name", ["..", ".", "a/b", "", "-x"])
def test_a_name_cannot_lead_out_of_the_homes(ready: Any, user: Any, name: str) -> None:
    user.name = name
    with pytest.raises(Refused, match="cannot be that of a home"):
        ready.home()


async def test_a_home_of_somebody_else_is_not_taken(
    ready: Any, folder: Path, tmp_path: Path
) -> None:
    (folder / "homes").mkdir()
    (folder / "homes/nobody").symlink_to(tmp_path)
    await ready.apply_plan(PLAN)
    with pytest.raises(Refused, match="is not a folder of the account"):
        await ready.start()
