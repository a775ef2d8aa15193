"""One real Slurm for all tests, and hubs on it."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "hub-spawner-form/tests")]

from hub_client import wait_for  # noqa: E402
from real_hub import CHECKOUT, STATE, RealHub, jobs_of, slurm  # noqa: E402

SCRIPTS = CHECKOUT / "tests/facility/slurm"


def run(script: str, *args: str) -> None:
    env = {**os.environ, "BEAMTIME_SLURM_DIR": str(STATE / "slurm")}
    subprocess.run(["bash", str(SCRIPTS / script), *args], env=env, check=True, timeout=120)


@pytest.fixture(scope="session")
def cluster() -> Iterator[None]:
    run("up.sh", "--clean", "--users", "alice bob", "--jobacct", "linux")
    for user in ("alice", "bob"):
        # Jobs are numbered from 1 again: what an earlier run left there bears their names.
        shutil.rmtree(Path(pwd.getpwnam(user).pw_dir, ".beamtime"), ignore_errors=True)
    yield
    run("down.sh")


@pytest.fixture(scope="session")
def hub(cluster: None) -> Iterator[RealHub]:
    hub = RealHub()
    hub.start()
    yield hub
    hub.stop()


@pytest.fixture(autouse=True)
def _nothing_is_left(hub: RealHub) -> Iterator[None]:
    yield
    (hub.folder / "slurm" / "hang").unlink(missing_ok=True)
    slurm("scancel", "-u", "alice")
    slurm("scancel", "-u", "bob")
    for user in ("alice", "bob"):
        for name in hub.rest("GET", f"/users/{user}").json().get("servers", {}):
            hub.stop_session(user, name)
    wait_for(lambda: not jobs_of("alice") and not jobs_of("bob"))
