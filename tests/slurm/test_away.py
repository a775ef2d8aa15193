"""While Slurm does not answer, the form opens, sessions go on, and Start says what is wrong."""

import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from hub_client import boot_data, wait_for
from real_hub import STATE, RealHub, jobs_of, slurm
from test_life import SMALL


@pytest.fixture
def session(hub: RealHub) -> requests.Session:
    alice = hub.browser("alice")
    hub.post(alice, SMALL)
    hub.wait_until_ready("alice")
    return hub.browser("bob")


@pytest.fixture
def controller() -> Iterator[None]:
    yield
    subprocess.run(["slurmctld"], check=True, stdin=subprocess.DEVNULL)
    wait_for(lambda: subprocess.run(["scontrol", "ping"], check=False).returncode == 0)


def stop_controller() -> None:
    pid = int((STATE / "slurm/run/slurmctld.pid").read_text())
    subprocess.run(["kill", str(pid)], check=True)
    wait_for(lambda: not Path(f"/proc/{pid}").exists())


def opening_times(hub: RealHub, bob: requests.Session, seconds: float) -> list[float]:
    times = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        data = hub.form(bob)
        times.append(time.monotonic() - began)
        assert data["form"]["cluster"]["asOf"]
        assert data["form"]["cluster"]["partitions"]
    return times


def test_slurmctld_is_stopped(hub: RealHub, session: requests.Session, controller: None) -> None:
    stop_controller()
    times = sorted(opening_times(hub, session, 13))
    assert times[len(times) // 2] < 8  # Never for as long as a question to Slurm may take.
    wait_for(lambda: hub.form(session)["form"]["cluster"].get("problem"))
    answer = hub.post(session, {**SMALL, "partition": "cpu"})
    assert answer.status_code == 503
    assert "answer" in boot_data(answer.text)["refused"]["errors"][0]["message"]
    assert boot_data(answer.text)["refused"]["options"]["partition"] == "cpu"
    assert "Your choices are kept" in answer.text
    assert hub.is_ready("alice")
    assert hub.session("alice").status_code == 200


def test_a_session_that_is_stopped_meanwhile_is_cancelled_later(
    hub: RealHub, session: requests.Session
) -> None:
    [job] = jobs_of("alice")
    stop_controller()
    try:
        hub.stop_session("alice")
    finally:
        subprocess.run(["slurmctld"], check=True, stdin=subprocess.DEVNULL)
    wait_for(lambda: subprocess.run(["scontrol", "ping"], check=False).returncode == 0)
    wait_for(lambda: job not in jobs_of("alice"))


def test_commands_hang(hub: RealHub, session: requests.Session) -> None:
    (hub.folder / "slurm/hang").touch()
    times = sorted(opening_times(hub, session, 8))
    assert times[len(times) // 2] < 8  # Never for as long as a question to Slurm may take.
    assert hub.is_ready("alice")
    (hub.folder / "slurm/hang").unlink()
    assert hub.is_ready("alice")


def test_slurm_was_asked_seldom(hub: RealHub) -> None:
    """Over all that happened before: at most 12 squeue in any minute."""
    calls = [line.split() for line in (hub.folder / "slurm/calls").read_text().splitlines()]
    counts = Counter(name for _, name, _ in calls)
    print(counts)
    assert counts["squeue"] > 5
    asked = sorted(float(at) for at, name, who in calls if name == "squeue" and who == "nobody")
    for at in asked:
        # The stand-in writes down when it runs, on a busy machine a moment after it was called.
        assert len([other for other in asked if at <= other < at + 57]) <= 12
    slurm("squeue")
