"""However a session ends, the person is told which way, soon, with the end of its output."""

import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from hub_client import wait_for
from real_hub import RealHub, jobs_of, slurm
from test_life import SMALL


def started(hub: RealHub, **more: object) -> str:
    alice = hub.browser("alice")
    # Refused for some seconds after a test in which Slurm was away.
    wait_for(lambda: hub.post(alice, {**SMALL, **more}).status_code == 302)
    hub.wait_until_ready("alice")
    [job] = jobs_of("alice")
    return job


def wait_until_told(hub: RealHub, job: str) -> None:
    """Wait for Slurm to end a job, and for the hub to tell; `npm run bench told` measures it."""
    wait_for(lambda: not is_held(job), 90)
    wait_for(lambda: not hub.server("alice"))


def is_held(job: str) -> bool:
    return slurm("squeue", "-h", "-t", "all", "-j", job, "-o", "%T") in ("RUNNING", "PENDING")


def scancel(hub: RealHub, job: str) -> None:
    slurm("scancel", job)


def time_limit(hub: RealHub, job: str) -> None:
    slurm("scontrol", "update", f"jobid={job}", "EndTime=now")


def out_of_memory(hub: RealHub, job: str) -> None:
    hub.session("alice", "eat")


def broken(hub: RealHub, job: str) -> None:
    hub.session("alice", "exit3")


def shut_down(hub: RealHub, job: str) -> None:
    hub.session("alice", "exit0")


def node_down(hub: RealHub, job: str) -> None:
    slurm("scontrol", "update", "NodeName=cpu01", "State=DOWN", "Reason=test")


@pytest.fixture
def whole_cluster() -> Any:
    yield
    resume = ["scontrol", "update", "NodeName=cpu01", "State=RESUME"]
    subprocess.run(resume, check=False, capture_output=True)  # Refused where it was not down.


@pytest.mark.parametrize(
    ("end", "kind", "slurms"),
    [
        (scancel, "cancelled", "CANCELLED"),
        (time_limit, "timeout", "TIMEOUT"),
        (out_of_memory, "memory", ""),
        (broken, "failed", "FAILED"),
        (shut_down, "finished", "COMPLETED"),
        (node_down, "machine", "NODE_FAIL"),
    ],
)
def test_the_end_is_told(
    hub: RealHub,
    whole_cluster: None,
    end: Callable[[RealHub, str], None],
    kind: str,
    slurms: str,
) -> None:
    job = started(hub)
    end(hub, job)
    wait_until_told(hub, job)
    ended = hub.form(hub.browser("alice"))["ended"]
    print(kind, ended)
    assert ended["kind"] == kind
    # On a busy machine Slurm may take seconds until a job that has ended is more than COMPLETING.
    assert ended["slurm"].startswith((slurms, "COMPLETING"))
    assert job in ended["reason"] or kind in ("failed", "finished", "timeout")
    assert ended["logPath"].endswith(f"/.beamtime/session-{job}.log")
    if kind == "failed":
        assert "with exit status 3" in ended["reason"]
        assert "the last line of a session that broke" in ended["log"]


@pytest.mark.parametrize(
    ("environment", "words"),
    [("missing", "/no/such/environment/bin"), ("broken", "No module named jupyterhub")],
)
def test_software_that_does_not_start_is_told_with_its_own_words(
    hub: RealHub, environment: str, words: str
) -> None:
    alice = hub.browser("alice")
    assert hub.post(alice, {**SMALL, "environment_id": environment}).status_code == 302
    lines = hub.told(alice, "alice", "ended before JupyterLab answered")
    [end] = [line for line in lines if "ended before JupyterLab answered" in line]
    assert words in end
    page = alice.get(f"{hub.url}/spawn-pending/alice", timeout=30)
    assert page.status_code == 424
    assert words in page.text
    data = hub.form(alice)
    assert data["ended"]["kind"] == "failed"
    assert words in data["ended"]["log"]


def test_the_end_of_a_log_is_read_as_its_user(hub: RealHub) -> None:
    """A link in place of the log shows what the user may read, never what root may."""
    job = started(hub)
    log = f"/home/alice/.beamtime/session-{job}.log"
    slurm("runuser", "-u", "alice", "--", "ln", "-sf", "/etc/shadow", log)
    slurm("scancel", job)
    wait_until_told(hub, job)
    assert hub.form(hub.browser("alice"))["ended"]["log"] == ""
