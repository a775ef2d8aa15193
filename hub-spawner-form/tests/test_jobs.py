"""One question for all jobs: to the service, and to Slurm itself while that is away."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from batchspawner import JobStatus
from beamtime_hub import jobs as jobs_module
from beamtime_hub import slurm_job
from beamtime_hub.commands import CommandError, run
from beamtime_hub.debts import Debts
from beamtime_hub.ending import describe, end_of_log, is_news, last_record
from beamtime_hub.jobs import JobBoard
from beamtime_hub.port_report import hash_of
from beamtime_hub.slurm_words import FORGOTTEN, Job, read_account, read_jobs, read_record
from fake_service import FakeService

RUNS = {
    "state": "RUNNING",
    "reason": "None",
    "start": "2026-11-21T12:00:00Z",
    "end": None,
    "node": "a",
}


def command(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\necho x >> {folder}/{name}.calls\n{script}\n")
    file.chmod(0o755)


@pytest.fixture
def board(folder: Path, monkeypatch: pytest.MonkeyPatch) -> JobBoard:
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return JobBoard(str(folder / "service.sock"))


async def test_asks_the_service_once_for_all(board: JobBoard, service: FakeService) -> None:
    service.answers["jobs"] = lambda query: (200, {"asOf": "x", "jobs": {"7": RUNS, "8": None}})
    assert (await board.look("7")) == Job("RUNNING", "None", _at(), "a")
    await board.look("8")
    gone = await board.look("8")
    assert gone is not None
    assert gone.state == FORGOTTEN
    assert service.asked[-1] == ("jobs", {"ids": ["7", "8"], "fresh": False})
    assert len(service.asked) == 2  # The third look came at once: what is known has to do.


async def test_a_job_that_the_service_has_not_asked_for_is_unknown(
    board: JobBoard, service: FakeService
) -> None:
    assert await board.look("7") is None
    service.answers["jobs"] = lambda query: (
        200,
        {"asOf": None, "problem": "Slurm is away.", "jobs": {}},
    )
    assert await board.look("7", fresh=True) is None
    assert board.problem == "Slurm is away."


async def test_without_the_service_slurm_is_asked_for_all_and_seldom(
    board: JobBoard, folder: Path
) -> None:
    command(folder, "squeue", "echo '7|RUNNING|1795262400|cpu01|None'")
    job = await board.look("7")
    assert job is not None
    assert (job.state, job.node) == ("RUNNING", "cpu01")
    for _ in range(3):
        await board.look("7", fresh=True)
    assert (folder / "squeue.calls").read_text().count("x") == 1
    gone = await board.look("9")  # A new one is worth another question.
    assert gone is not None
    assert gone.state == FORGOTTEN


@pytest.mark.parametrize("script", ["exit 1", "echo 'Unable to contact' >&2; exit 1"])
async def test_no_answer_is_no_end(board: JobBoard, folder: Path, script: str) -> None:
    command(folder, "squeue", script)
    assert await board.look("7") is None
    assert board.problem


async def test_a_follower_is_told_when_its_job_ends(
    board: JobBoard, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "LOOK", 0.01)
    state = "RUNNING"
    service.answers["jobs"] = lambda query: (
        200,
        {"asOf": "x", "jobs": {"7": {**RUNS, "state": state}}},
    )
    told: list[str] = []

    def tell() -> None:
        told.append(state)
        board.unfollow("7")

    board.follow("7", tell)
    await _until(lambda: len(service.asked) >= 3)
    assert told == []
    state = "CANCELLED"
    await _until(lambda: bool(told))
    assert told == ["CANCELLED"]


def _at() -> Any:
    [job] = read_jobs("1|RUNNING|1795262400|a|None").values()
    return job.start


async def _until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not what():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


ORDER = "slurmstepd: error: *** JOB {} ON cpu01 CANCELLED AT 2026-11-21T20:18:22{} ***"


@pytest.mark.parametrize(
    ("job", "log", "kind", "words"),
    [
        (Job("TIMEOUT", "TimeLimit"), "", "timeout", "Its time of 01:00:00 was up"),
        (Job("COMPLETING", "TimeLimit"), "", "timeout", "was up"),
        (Job("CANCELLED"), "", "cancelled", "by you or by an administrator"),
        (Job("CANCELLED"), "slurmstepd: error: Exceeded job memory limit", "memory", "more memory"),
        (Job("OUT_OF_MEMORY"), "", "memory", "more memory"),
        (Job("NODE_FAIL", "None", node="cpu01"), "", "machine", "The machine cpu01 failed"),
        (Job("PREEMPTED"), "", "preempted", "higher priority"),
        (Job("FAILED", "NonZeroExitCode", exit_code="3:0"), "", "failed", "with exit status 3"),
        (Job("COMPLETED", exit_code="0:0"), "", "finished", "was shut down"),
        (Job("COMPLETING", exit_code="0:15"), "", "cancelled", "cancelled"),
        (Job("COMPLETING", exit_code="0:0"), "", "finished", "was shut down"),
        (Job("COMPLETING", exit_code="0:0"), ORDER.format(7, ""), "cancelled", "by you or"),
        (Job("COMPLETING", exit_code="0:0"), ORDER.format("7.0", ""), "cancelled", "by you or"),
        (Job("COMPLETING", exit_code="0:0"), ORDER.format(77, ""), "finished", "was shut down"),
        (Job(FORGOTTEN), ORDER.format(7, " DUE TO TIME LIMIT"), "timeout", "was up"),
        (Job(FORGOTTEN), ORDER.format(7, " DUE TO PREEMPTION"), "preempted", "make room"),
        (
            Job(FORGOTTEN),
            ORDER.format(7, " DUE TO NODE FAILURE, SEE SLURMCTLD LOG FOR DETAILS"),
            "machine",
            "failed",
        ),
        (Job(FORGOTTEN), "", "gone", "does not know job 7 any more"),
    ],
)
def test_says_why_a_session_ended(job: Job, log: str, kind: str, words: str) -> None:
    ended = describe("", "7", job, log, "/home/alice/x.log", "01:00:00")
    assert ended["kind"] == kind
    assert words in ended["reason"]
    assert is_news(ended)
    assert not is_news({**ended, "when": "2026-01-01T00:00:00Z"})
    assert not is_news(None)


async def test_slurm_is_asked_why_and_then_its_accounts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    command(folder, "scontrol", "echo 'JobId=7 JobState=TIMEOUT Reason=TimeLimit ExitCode=0:15'")
    record = await last_record([], "7", Job(FORGOTTEN))
    assert (record.state, record.reason, record.exit_code) == ("TIMEOUT", "TimeLimit", "0:15")
    command(folder, "scontrol", "echo 'Invalid job id specified' >&2; exit 1")
    assert await last_record([], "7", Job(FORGOTTEN)) == Job(FORGOTTEN)
    command(folder, "sacct", "echo 'CANCELLED by 2001|0:0'")
    assert (await last_record([], "7", Job(FORGOTTEN))).state == "CANCELLED"
    assert await last_record([], "7", Job("NODE_FAIL")) == Job("NODE_FAIL")
    assert read_record("slurm_load_jobs error") is None
    assert read_account("") is None


async def test_reads_the_end_of_a_log_and_not_more(folder: Path) -> None:
    log = folder / "session.log"
    log.write_text("\n".join(f"line {number} é" for number in range(5000)))
    text = await end_of_log([], str(log))
    assert text.startswith("line ")
    assert text.endswith("line 4999 é")
    assert len(text.encode()) <= 8192
    assert await end_of_log([], str(folder / "none")) == ""
    assert await end_of_log([], "--help") == ""


async def test_a_command_has_a_deadline_and_no_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFIGPROXY_AUTH_TOKEN", "the hub's secret")
    assert await run(["printf", "%s", "$(id);"], deadline=5) == "$(id);"
    assert "secret" not in await run(["env"], deadline=5)
    began = time.monotonic()
    with pytest.raises(CommandError, match="did not answer within"):
        await run(["sleep", "30"], deadline=0.2)
    assert time.monotonic() - began < 10
    with pytest.raises(CommandError, match="cannot be run"):
        await run(["no-such-command"], deadline=5)


async def test_a_job_that_could_not_be_cancelled_is_cancelled_later(
    slurm: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setattr("beamtime_hub.debts.AGAIN", 0.01)
    slurm.exec_prefix = ""
    slurm.req_homedir = "/"
    command(folder, "scancel", f"[ -e {folder}/back ] || exit 1")
    slurm.job_id = "42"
    await slurm.stop()
    slurm.clear_state()
    assert list(slurm.get_state()["owed"]) == ["42"]
    later = Debts(slurm)
    later.load(slurm.get_state()["owed"])
    (folder / "back").touch()
    await _until(lambda: not later.owed and "owed" not in slurm.get_state())


def test_what_is_kept_finds_the_job_again(slurm: Any, make_spawner: Callable[..., Any]) -> None:
    slurm.job_id, slurm.api_token, slurm._starting = "42", "a token", True
    slurm.req_partition, slurm.req_homedir = "cpu", "/"
    state = slurm.get_state()
    assert "a token" not in str(state)
    again = make_spawner(type(slurm))
    again.load_state(state)
    assert (again.job_id, again.req_partition, again.was_starting) == ("42", "cpu", True)
    assert again.token_hash == hash_of("a token")
    again.clear_state()
    assert again.get_state() == {}


async def test_a_job_that_only_its_user_may_see_is_asked_for_as_the_user(
    slurm: Any, service: FakeService, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service's account sees no jobs of others where Slurm keeps them private."""
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    service.answers["jobs"] = lambda query: (200, {"asOf": "x", "jobs": {"42": None}})
    command(folder, "squeue", "echo 'RUNNING None N/A cpu01'")
    slurm.exec_prefix, slurm.req_homedir, slurm.job_id = "", "/", "42"
    for _ in range(5):
        assert await slurm.query_job_status() is JobStatus.RUNNING
    assert (folder / "squeue.calls").read_text().count("x") == 1
    command(folder, "squeue", "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1")
    slurm._own_looked_at = float("-inf")
    assert await slurm.query_job_status() is JobStatus.NOTFOUND


@pytest.mark.parametrize(
    ("state", "status"), [("CANCELLED", JobStatus.NOTFOUND), ("RUNNING", JobStatus.RUNNING)]
)
async def test_a_job_that_reports_its_end_is_asked_for_alone_and_not_believed(
    slurm: Any,
    service: FakeService,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    state: str,
    status: JobStatus,
) -> None:
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setattr(slurm_job, "LOOKS_FOR_END", 1)
    service.answers["jobs"] = lambda query: (200, {"asOf": "x", "jobs": {"42": RUNS}})
    command(folder, "scontrol", f"echo 'JobId=42 JobState={state} Reason=None ExitCode=0:15'")
    slurm.exec_prefix, slurm.req_homedir, slurm.job_id = "", "/", "42"
    slurm.end_was_reported()
    slurm.end_was_reported()
    await slurm._own_look
    assert (folder / "scontrol.calls").read_text().count("x") == 1
    assert await slurm.query_job_status() is status
    assert slurm.job.state == state
