"""A session's life on a real Slurm: start, queue, hub restarts, stop."""

import threading
import time
from typing import Any

import pytest
import requests
from hub_client import boot_data, wait_for
from real_hub import RealHub, jobs_of, slurm

SMALL: dict[str, Any] = {"partition": "tiny", "nprocs": 1, "memory": "500M", "runtime": "0:10:00"}
WHOLE: dict[str, Any] = {**SMALL, "nprocs": 2}


def fill(partition: str = "tiny") -> str:
    """Take all of a partition, so that the next job waits."""
    command = ["runuser", "-u", "bob", "--", "sbatch", "--parsable", "-o", "/dev/null"]
    job = slurm(*command, "-D", "/tmp", "-p", partition, "-c", "2", "--wrap", "sleep 600")
    wait_for(lambda: jobs_of("bob").get(job, ("", ""))[1] == "RUNNING")
    return job


def waiting(hub: RealHub) -> str:
    """Wait until alice's one job is in the queue and the hub knows of it; give its number."""
    wait_for(lambda: [state for _, state in jobs_of("alice").values()] == ["PENDING"])
    [job] = jobs_of("alice")
    # A hub that is killed before sbatch has answered it cannot find the job again.
    wait_for(lambda: f"Job submitted. output: {job}\n" in hub.log)
    return job


def test_a_job_waits_for_longer_than_a_start_may_take_and_keeps_its_place(hub: RealHub) -> None:
    blocker = fill()
    alice = hub.browser("alice")
    assert hub.post(alice, WHOLE).status_code == 302
    job = waiting(hub)
    began = time.monotonic()
    lines = hub.told(alice, "alice", "Slurm expects it to start")
    told = [line for line in lines if "waits in tiny" in line]
    assert len(told) == len(set(told)), told
    [full] = [line for line in told if "Slurm expects it to start" in line]
    assert "Slurm says: " in full
    assert "your place is kept" in full
    wait_for(lambda: time.monotonic() - began > 17)  # start_timeout is 15 s here.
    assert hub.server("alice")["pending"] == "spawn"
    assert list(jobs_of("alice")) == [job]
    slurm("scancel", blocker)
    hub.wait_until_ready("alice")
    assert list(jobs_of("alice")) == [job]


def test_cancelling_while_it_waits_gives_the_place_up_at_once(hub: RealHub) -> None:
    fill()
    alice = hub.browser("alice")
    hub.post(alice, WHOLE)
    waiting(hub)
    hub.stop_session("alice")
    wait_for(lambda: not jobs_of("alice"))
    assert hub.form(alice)["ended"] is None


def test_cancelling_while_sbatch_hangs_leaves_no_job(hub: RealHub) -> None:
    alice = hub.browser("alice")
    real = (hub.folder / "slurm/sbatch").read_text()
    (hub.folder / "slurm/sbatch").write_text(real.replace("exec ", "sleep 4; exec "))
    try:
        hub.post(alice, SMALL)
        hub.stop_session("alice")
    finally:
        (hub.folder / "slurm/sbatch").write_text(real)
    assert "alice: Cancelling" in hub.log or "Cancelling job" in hub.log
    wait_for(lambda: not jobs_of("alice"))


def test_a_killed_hub_finds_a_job_again_that_waits_and_runs_and_tells_its_end(
    hub: RealHub,
) -> None:
    blocker = fill()
    hub.post(hub.browser("alice"), WHOLE)
    job = waiting(hub)

    hub.kill()
    hub.start()
    assert hub.server("alice")["pending"] == "spawn"
    assert list(jobs_of("alice")) == [job]
    lines = hub.told(hub.browser("alice"), "alice", "waits in tiny")
    assert any("waits in tiny" in line for line in lines), lines
    slurm("scancel", blocker)
    hub.wait_until_ready("alice")
    assert list(jobs_of("alice")) == [job]
    assert hub.session("alice").status_code == 200

    before = jobs_of("alice")
    hub.kill()
    hub.start()
    hub.wait_until_ready("alice")
    assert jobs_of("alice") == before
    assert hub.session("alice").status_code == 200

    hub.kill()
    slurm("scancel", job)
    wait_for(lambda: not jobs_of("alice"))
    hub.start()
    wait_for(lambda: not hub.server("alice").get("ready"))
    assert hub.form(hub.browser("alice"))["ended"]["kind"] == "cancelled"


@pytest.mark.parametrize(
    ("slow", "is_there"),
    [("{}; sleep 5", True), ("sleep 5; {}", False)],
    ids=["has the job", "is about to have it"],
)
def test_a_hub_that_is_killed_before_sbatch_has_answered_finds_the_job(
    hub: RealHub, slow: str, is_there: bool
) -> None:
    blocker = fill()  # So that the job is not just reporting to the hub that is killed.
    program = hub.folder / "slurm/sbatch"
    real = program.read_text()
    command = real.rpartition("exec ")[2].strip()
    program.write_text(real.replace(f"exec {command}", slow.format(command)))
    calls = hub.folder / "slurm/calls"
    before = calls.read_text().count(" sbatch ")
    submitted = hub.log.count("Job submitted. output:")
    try:
        assert hub.post(hub.browser("alice"), WHOLE).status_code == 302
        wait_for(lambda: calls.read_text().count(" sbatch ") > before)
        if is_there:
            wait_for(lambda: jobs_of("alice"))
        hub.kill()
    finally:
        program.write_text(real)
    assert hub.log.count("Job submitted. output:") == submitted
    hub.start()
    slurm("scancel", blocker)
    hub.wait_until_ready("alice")
    assert len(jobs_of("alice")) == 1
    assert hub.session("alice").status_code == 200
    hub.stop_session("alice")
    wait_for(lambda: not jobs_of("alice"))


def test_a_job_that_starts_while_the_hub_is_away_waits_for_it(hub: RealHub) -> None:
    blocker = fill()
    hub.post(hub.browser("alice"), WHOLE)
    job = waiting(hub)
    hub.kill()
    slurm("scancel", blocker)
    wait_for(lambda: jobs_of("alice")[job][1] == "RUNNING")
    hub.start()
    hub.wait_until_ready("alice")
    assert list(jobs_of("alice")) == [job]
    hub.stop_session("alice")
    wait_for(lambda: not jobs_of("alice"))


def test_two_tabs_at_once_start_one_job(hub: RealHub) -> None:
    tabs = [hub.browser("alice"), hub.browser("alice")]
    answers: list[requests.Response] = []
    threads = [
        threading.Thread(target=lambda tab=tab: answers.append(hub.post(tab, SMALL)))
        for tab in tabs
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [302, 302]
    pages = {answer.headers["Location"].partition("?")[0] for answer in answers}
    assert pages <= {"/hub/spawn-pending/alice", "/hub/spawn-pending/alice/"}
    third = hub.post(tabs[0], SMALL)
    assert third.status_code == 302
    lines = hub.told(tabs[1], "alice", "your second request was not sent")
    told = any("your second request was not sent" in line for line in lines)
    assert told or hub.is_ready("alice")
    hub.wait_until_ready("alice")
    assert len(jobs_of("alice")) == 1


def test_several_named_sessions_at_once(hub: RealHub) -> None:
    for name, title in (("scan-1", "Scan 1: steel"), ("fits", "Fits & more")):
        body = {"user_options": SMALL, "display_name": title}
        answer = hub.rest("POST", f"/users/alice/servers/{name}", body)
        assert answer.status_code in (201, 202), answer.text
    wait_for(lambda: hub.is_ready("alice", "scan-1") and hub.is_ready("alice", "fits"))
    names = sorted(name for name, _ in jobs_of("alice").values())
    assert names == ["beamtime-fits", "beamtime-scan-1"]
    environment = hub.session("alice", name="scan-1").json()
    assert environment["JUPYTERHUB_SERVER_NAME"] == "scan-1"
    assert hub.server("alice", "fits")["display_name"] == "Fits & more"
    hub.stop_session("alice", "fits")
    assert hub.is_ready("alice", "scan-1")
    wait_for(lambda: len(jobs_of("alice")) == 1)


def test_bytes_through_the_proxy_are_no_activity(hub: RealHub) -> None:
    hub.post(hub.browser("alice"), SMALL)
    hub.wait_until_ready("alice")
    before = hub.server("alice")["last_activity"]
    until = time.monotonic() + 6  # The hub asks the proxy every 2 s here.
    while time.monotonic() < until:
        url = hub.url.removesuffix("/hub") + "/user/alice/api"
        assert requests.get(url, timeout=10).status_code == 200
    assert hub.server("alice")["last_activity"] == before


def test_the_forms_data_survive_a_page_that_is_refused(hub: RealHub) -> None:
    alice = hub.browser("alice")
    answer = hub.post(alice, {**SMALL, "nprocs": 64})
    assert answer.status_code == 400
    assert boot_data(answer.text)["refused"]["options"]["nprocs"] == 64
